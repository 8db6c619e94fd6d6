"""Is a clause of a draft what the sources in force say? Learned, from all that speak of the same.

Of each source sentence nearest to a clause it is told how likely it says otherwise and how likely
it says so (`pairs`); then, from those and from what the clause's figures are beside the sources'
(`facts`), how likely the clause is wrong. All three are sums of small trees, learned by ``voz eval
drafts --learn`` on half ``fit`` of the labelled drafts, and kept beside this file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.drafting.clauses import Span
from assistant.drafting.facts import FEATURES, Look, Weighed, looked_up, weighed
from assistant.drafting.lines import Apart, Line, Talk
from assistant.drafting.meant import Meant
from assistant.drafting.own_figures import CHECKED, is_checked
from assistant.drafting.pairs import PAIR_FEATURES, Paired, paired
from assistant.drafting.trees import Trees
from assistant.support.reading import Read
from knowledge.conflicts.wording import Rarity
from knowledge.ports import FigureEncoder

Array = NDArray[np.float64]

ABSENT = -3.0
"""In place of what is known of a figure, where a clause has none."""
MOST = 3
"""Probabilities of pairs that count, greatest first."""
AHEAD = 0.0
"""How much more alike the source's other figure has to be for it to be what is wrong."""
ASKED_FROM = 0.35
"""Least probability by words, of any clause of a sentence, from which a model is asked what figures
mean, which takes longer than all else: of 210 clauses that were marked then, in scenarios left out,
none was less likely before (docs/measurements.md)."""
LEARNED = Path(__file__).with_name("claims.json")


@dataclass(frozen=True)
class Claim:
    """A clause of a draft with what tells whether it is wrong.

    Attributes:
        paired: it beside the nearest sentences of sources.
        figures: `FIGURE_FEATURES` of its figures.
        rival: its figure that a source most likely says otherwise; `None` where none does.
    """

    paired: Paired
    figures: Array
    rival: Weighed | None


FIGURE_FEATURES = (*FEATURES, *CHECKED, "checked", "unopposed")


class Way(NamedTuple):
    """When a clause is marked.

    Attributes:
        wrong: that it is wrong.
        marked_from: least probability from which it is marked.
    """

    wrong: Trees
    marked_from: float


class Learned(NamedTuple):
    """What was learned.

    Attributes:
        otherwise: of a pair, that the source says otherwise.
        likewise: of a pair, that it says so too.
        by_words: of a clause, where words alone tell what its figures are said of.
        by_meaning: where a model tells it too.
    """

    otherwise: Trees
    likewise: Trees
    by_words: Way
    by_meaning: Way

    def to_json(self) -> dict[str, Any]:
        """As it is shipped."""
        ways = {"by words": self.by_words, "by meaning": self.by_meaning}
        return {
            "features": [*PAIR_FEATURES, *FIGURE_FEATURES],
            "otherwise": self.otherwise.to_json(),
            "likewise": self.likewise.to_json(),
            **{
                name: {"marked from": way.marked_from, "wrong": way.wrong.to_json()}
                for name, way in ways.items()
            },
        }


@lru_cache(maxsize=1)
def learned() -> Learned:
    """What is shipped.

    Raises:
        ValueError: it was learned from other features.
    """
    made = json.loads(LEARNED.read_text(encoding="utf-8"))
    if made["features"] != [*PAIR_FEATURES, *FIGURE_FEATURES]:
        raise ValueError(
            f"{LEARNED.name} was learned from other features: run voz eval drafts --learn"
        )
    otherwise, likewise = (Trees.from_json(made[name]) for name in ("otherwise", "likewise"))
    by_words, by_meaning = (
        Way(Trees.from_json(made[name]["wrong"]), made[name]["marked from"])
        for name in ("by words", "by meaning")
    )
    return Learned(otherwise, likewise, by_words, by_meaning)


def claims_apart(
    said: Read,
    lines: Sequence[Line],
    talk: Talk,
    look: Look,
    encoder: FigureEncoder | None = None,
) -> Iterator[Apart]:
    """The clauses of a sentence that the sources most likely say otherwise.

    Args:
        said: the sentence.
        lines: of the passages that may speak of the same.
        talk: what the sentence is said in.
        look: finds passages with a figure, before it is said that no source has it there.
        encoder: tells what figures are said of; `None`: their words alone do.
    """
    if said.text.rstrip().endswith("?"):
        return
    known = learned()
    every = list(claims(said, lines, talk))
    likely = wrong(every, known, known.by_words)
    if encoder and likely.max(initial=0.0) >= ASKED_FROM:
        every = list(with_meaning(every, said, lines, talk, encoder))
        likely = wrong(every, known, known.by_meaning)
    elif encoder:
        return
    way = known.by_meaning if encoder else known.by_words
    for one, sure in zip(every, likely, strict=True):
        if sure < way.marked_from:
            continue
        again = seen_again(one, said, lines, talk, look, encoder)
        if again is one or wrong([again], known, way)[0] >= way.marked_from:
            yield _apart(again, said, known)


def claims(
    said: Read, lines: Sequence[Line], talk: Talk, encoder: FigureEncoder | None = None
) -> Iterator[Claim]:
    """The clauses of a sentence, each with what tells whether it is wrong."""
    rarity = Rarity(line.read.text for line in lines)
    pairs = list(paired(said, lines, talk, rarity))
    yield from _claims(pairs, said, lines, talk, rarity, encoder)


def with_meaning(
    every: Sequence[Claim], said: Read, lines: Sequence[Line], talk: Talk, encoder: FigureEncoder
) -> Iterator[Claim]:
    """The same clauses with what a model tells of their figures."""
    rarity = Rarity(line.read.text for line in lines)
    yield from _claims([one.paired for one in every], said, lines, talk, rarity, encoder)


def _claims(
    pairs: Sequence[Paired],
    said: Read,
    lines: Sequence[Line],
    talk: Talk,
    rarity: Rarity,
    encoder: FigureEncoder | None,
) -> Iterator[Claim]:
    meant = Meant(encoder, said, talk.about, lines) if encoder else None
    found = list(weighed(said, lines, talk, rarity, meant))
    checked = [one for one in said.figures if is_checked(one, said, talk)]
    for one in pairs:
        start, end = one.span
        own = [w for w in found if start <= w.figure.start < end]
        rival = max(own, key=lambda w: w.features.ahead, default=None)
        count = sum(start <= q.start < end for q in checked)
        yield Claim(one, _of_figures(rival, count, count - len(own)), rival)


def seen_again(
    one: Claim,
    said: Read,
    lines: Sequence[Line],
    talk: Talk,
    look: Look,
    encoder: FigureEncoder | None = None,
) -> Claim:
    """The same beside passages that have its figure itself, too."""
    if one.rival is None:
        return one
    more = looked_up(one.rival.figure, said, lines, talk, look)
    if not more:
        return one
    again = claims(said, [*lines, *more], talk, encoder)
    return next(each for each in again if each.paired.span == one.paired.span)


def _of_figures(rival: Weighed | None, checked: float, unopposed: float) -> Array:
    if rival is None:
        own = [ABSENT] * (len(FEATURES) + len(CHECKED))
    else:
        own = [getattr(rival.features, name) for name in FEATURES]
        own += [float(rival.figure.kind == kind) for kind in CHECKED]
    return np.array([*own, checked, unopposed], np.float64)


def wrong(every: Sequence[Claim], known: Learned, way: Way) -> Array:
    """``(n,)`` probability that each clause is wrong."""
    if not every:
        return np.empty(0)
    rows = np.concatenate([one.paired.rows for one in every])
    cuts = np.cumsum([len(one.paired.rows) for one in every])[:-1]
    otherwise, likewise = (
        np.split(trees.probabilities(rows), cuts) for trees in (known.otherwise, known.likewise)
    )
    seen = [described(*each) for each in zip(every, otherwise, likewise, strict=True)]
    return way.wrong.probabilities(np.array(seen))


def described(one: Claim, otherwise: Array, likewise: Array) -> Array:
    """A clause in numbers, from ``(n_lines,)`` probabilities that its lines say otherwise or so."""
    rows = one.paired.rows
    weight = otherwise + likewise
    first = int(np.argmax(otherwise))
    both = [_greatest(otherwise), _greatest(likewise)]
    tiny = 1e-3
    shares = [
        otherwise.max() / (otherwise.max() + likewise.max() + tiny),
        otherwise[first] / (otherwise[first] + likewise[first] + tiny),
        float(first),
    ]
    return np.concatenate(
        [rows[0], rows[first], weight @ rows / (weight.sum() + tiny), *both, shares, one.figures]
    )


def _greatest(values: Array) -> Array:
    return np.pad(np.sort(values)[::-1][:MOST], (0, max(0, MOST - len(values))))


def _apart(one: Claim, said: Read, known: Learned) -> Apart:
    """What is wrong: the figure, if another is surely said in its place, or the whole clause."""
    if one.rival is not None and one.rival.features.ahead > AHEAD:
        return one.rival.apart
    otherwise = known.otherwise.probabilities(one.paired.rows)
    line = one.paired.lines[int(np.argmax(otherwise))]
    start, end = _trimmed(said.text, one.paired.span)
    return Apart(start, end, line.read.text, line.passage, line.span, swap=False)


def _trimmed(text: str, span: Span) -> Span:
    """A clause without the signs and spaces around it."""
    start, end = span
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in "%€$£"):
        end -= 1
    while start < end and not (text[start].isalnum() or text[start] in "€$£"):
        start += 1
    return start, end
