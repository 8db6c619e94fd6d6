"""`voz eval figures`: is it told which figure of the sources a figure of a draft is about?

Passages of invented companies of many trades and what agents say of them, in other words and often
in the other language, half of the time with another value (``eval/sets/figures.jsonl``): every
figure is marked with the number of the passage's figure that it is about, 0 for none. What the
model tells (`knowledge.encoders.figures`) is learned from half ``fit`` (``voz eval fit-figures``),
and from figures in the statements that a rule or passage was judged to say or to deny
(`eval.components.entailment`).
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.drafting.meant import figured
from assistant.drafting.reading import stated
from assistant.support.figures import meets
from assistant.support.reading import Read
from eval.components.entailment import NO, OPEN, YES
from eval.corpora.reading import by_hand
from eval.fitting.marked_figures import About, Marked, Passage, Place
from eval.scores import Measured, values_of
from eval.work import Work
from knowledge.errors import SettingsError
from knowledge.models import Language
from knowledge.ports import FigureEncoder
from knowledge.quantities.models import Quantity
from knowledge.text import sentence_spans

if TYPE_CHECKING:
    import torch

    from knowledge.encoders.additions import Learned

_MARK = re.compile(r"\{(\d+)\|([^{}|]+)\}")
_HEADINGS = re.compile(r"[^.]{2,160} > .{0,160}?[^.]\. (?=[^a-z])")
NOWHERE = 0
"""The number of a figure that its passage does not say anything like."""
FIRST, THEN = 4e-4, 3e-4
"""Learning rates: from the bundled model, and from what was learned before."""
TOGETHER = 4
"""Passages of a batch, one after the other: each one's figures are the others' wrong ones."""
OFTEN = 3
JUDGED = 800
"""How often an epoch goes over marked passages, and passages with judged statements that come
along."""
EPOCHS = 3


def measure(work: Work) -> Iterator[Measured]:
    """How often the figure most alike, of a company's passages, is the one spoken of."""
    from knowledge.encoders.figures import FigureReader

    encoder = FigureReader.open(work.embedder)
    if encoder is None:
        raise SettingsError("figures are told by the bundled model alone: unset VOZ_MODEL")
    companies: dict[str, list[Passage]] = defaultdict(list)
    for one in passages():
        if work.half in (one.half, "all"):
            companies[one.company].append(one)
    work.progress(f"{len(companies)} companies of half {work.half}")
    told: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    chance: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for company in companies.values():
        for about, first, share in _first(company, encoder):
            told[about.languages].append((first, company[0].company))
            chance[about.languages].append((share, company[0].company))
    for languages in sorted(told):
        name = f"figures {languages}"
        yield values_of(name, "the figure spoken of is first", told[languages])
        yield values_of(name, "by chance", chance[languages], system="chance")


def _first(
    company: Sequence[Passage], encoder: FigureEncoder
) -> Iterator[tuple[About, bool, float]]:
    """Each figure that is about one: whether that is most alike, and the share by chance."""
    lines = [line for one in company for line in one.lines]
    vectors = np.concatenate(encoder.said_of([line.figured for line in lines]))
    kinds = np.array([kind for line in lines for kind in line.kinds])
    begin = 0
    for one in company:
        places = one.rows(begin)
        begin += len(places)
        for about in one.about:
            if not about.right:
                continue
            own = encoder.said_of([about.said.figured])[0][about.at]
            alike = np.where(kinds == about.said.kinds[about.at], vectors @ own, -np.inf)
            right = [places[place] for place in about.right]
            yield about, int(alike.argmax()) in right, len(right) / int(np.isfinite(alike).sum())


def learn(work: Work, begun: Learned | None = None) -> dict[str, torch.Tensor]:
    """The tensors that are shipped in ``knowledge/encoders/figures.safetensors``.

    Args:
        work: what embeds.
        begun: what to go on from.

    Raises:
        SettingsError: another model embeds than the bundled one, or what was begun is of another
            kind.
    """
    from eval.components.encoder import bundled, go_on
    from eval.fitting.figures import FigureTrainer

    embedder = bundled(work)
    trainer = FigureTrainer(embedder.network, embedder.tokenizer)
    if begun is not None:
        go_on(trainer, begun)
    trainer.learn([*taught()], FIRST if begun is None else THEN, work.progress)
    return trainer.tensors()


def taught(seed: int = 1) -> Iterator[tuple[Passage, ...]]:
    """Batches of passages of half ``fit``, in the order in which they are learned from."""
    dice = random.Random(seed)
    marked = [one for one in passages() if one.half == "fit"]
    judged = list(judged_passages())
    for _ in range(EPOCHS):
        batches: list[tuple[Passage, ...]] = []
        for _ in range(OFTEN):
            off = dice.randrange(TOGETHER)
            starts = range(-off, len(marked), TOGETHER)
            batches += [tuple(marked[max(0, at) : at + TOGETHER]) for at in starts]
        some = dice.sample(judged, min(JUDGED, len(judged)))
        batches += [tuple(some[at : at + TOGETHER]) for at in range(0, len(some), TOGETHER)]
        dice.shuffle(batches)
        yield from batches


def passages() -> Iterator[Passage]:
    """The marked passages, in the order of the set."""
    for row in by_hand("figures.jsonl"):
        text, marks = unmarked(row["passage"])
        lines, places = _lines(text, row["language"])
        numbers: dict[int, set[Place]] = defaultdict(set)
        for number, start, end in marks:
            for place, (first, last) in places.items():
                if first < end and start < last:
                    numbers[number].add(place)
        about = tuple(_about(row, lines, numbers))
        yield Passage(row["id"], row["company"], row["half"], lines, about)


def _about(
    row: Mapping[str, Any], lines: Sequence[Marked], numbers: Mapping[int, set[Place]]
) -> Iterator[About]:
    for language, asked, said in row["said"]:
        text, marks = unmarked(said)
        marked = _marked(stated(text, language), asked)
        for number, start, end in marks:
            at = _at(marked, start, end)
            if at is None:
                continue
            right = frozenset(
                place
                for place in numbers.get(number, ())
                if lines[place[0]].kinds[place[1]] == marked.kinds[at]
            )
            if right or number == NOWHERE:
                yield About(marked, at, right, f"{language}-{row['language']}")


def judged_passages() -> Iterator[Passage]:
    """Passages and statements that they were judged to say, or to deny, of half ``fit``."""
    for row in by_hand("rules.jsonl"):
        for own, label in (("a", 2), ("b", 3)) if row["half"] == "fit" else ():
            said = [(one[0], "", one[1], one[label]) for one in row["said"]]
            yield from _judged(f"{row['id']}{own}", row["language"], row[own], said)
    for row in by_hand("replies.jsonl"):
        for own, label in (("a", 1), ("b", 2)) if row["half"] == "fit" else ():
            said = [
                (talk["language"], talk["asked"], one[0], one[label])
                for talk in row["talks"]
                for one in talk["said"]
            ]
            yield from _judged(f"{row['id']}{own}", row["language"], row[own], said)


def _judged(
    key: str, language: Language, passage: str, said: Sequence[tuple[Language, str, str, str]]
) -> Iterator[Passage]:
    """A passage of which a statement's figures are known: met ones, or the only one denied."""
    lines, _ = _lines(passage, language)
    reads = [stated(line.figured.text, language) for line in lines]
    about = []
    for own, asked, text, label in said if lines else ():
        read = stated(text, own)
        marked = _marked(read, asked)
        for at, (start, _) in enumerate(marked.figured.figures if label != OPEN else ()):
            right = _right(_figure(read, start), read, lines, reads, label)
            if right:
                about.append(About(marked, at, right, f"{own}-{language}"))
    if about:
        yield Passage(key, key, "fit", lines, tuple(about))


def _right(
    one: Quantity, said: Read, lines: Sequence[Marked], reads: Sequence[Read], label: str
) -> frozenset[Place]:
    alike = [
        (n, at)
        for n, line in enumerate(lines)
        for at, kind in enumerate(line.kinds)
        if kind == one.kind
    ]
    met = [
        place
        for place in alike
        if meets(one, said, _figure(reads[place[0]], _start(lines, place)), reads[place[0]])
    ]
    if label == YES:
        return frozenset(met)
    return frozenset(alike) if label == NO and len(alike) == 1 and not met else frozenset()


def _start(lines: Sequence[Marked], place: Place) -> int:
    return lines[place[0]].figured.figures[place[1]][0]


def _figure(read: Read, start: int) -> Quantity:
    return next(one for one in read.figures if one.start == start)


def _lines(text: str, language: Language) -> tuple[tuple[Marked, ...], dict[Place, Place]]:
    """The sentences of a passage that have figures, and where each figure stands in it."""
    headings = _HEADINGS.match(text)
    begin = headings.end() if headings else 0
    lines: list[Marked] = []
    places: dict[Place, Place] = {}
    for start, end in sentence_spans(text[begin:]):
        marked = _marked(stated(text[begin:][start:end], language), text[:begin].strip(" ."))
        for at, (first, last) in enumerate(marked.figured.figures):
            places[len(lines), at] = first + begin + start, last + begin + start
        if marked.kinds:
            lines.append(marked)
    return tuple(lines), places


def _marked(read: Read, above: str) -> Marked:
    text = figured(read, above)
    return Marked(text, tuple(_figure(read, start).kind for start, _ in text.figures))


def _at(marked: Marked, start: int, end: int) -> int | None:
    spans = marked.figured.figures
    return next((n for n, (a, b) in enumerate(spans) if a < end and start < b), None)


def unmarked(text: str) -> tuple[str, list[tuple[int, int, int]]]:
    """A text without its marks, and number, start and end of each."""
    parts: list[str] = []
    marks: list[tuple[int, int, int]] = []
    at = length = 0
    for found in _MARK.finditer(text):
        parts += [text[at : found.start()], found[2]]
        length += found.start() - at
        marks.append((int(found[1]), length, length + len(found[2])))
        length += len(found[2])
        at = found.end()
    return "".join([*parts, text[at:]]), marks
