"""Are a draft's figures those of the sources in force? A sentence and passages -> what differs.

A figure is held against the sentences that speak of the same: of all that have one of its kind,
the one that shares most with what stands around it in the draft, with what the draft said before
and with what the customer asked. What belongs to the case (dates of a delivery, what the customer
wrote, sums of other figures) is nothing that a source says.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from assistant.drafting.reading import stated
from assistant.support.figures import meets
from assistant.support.reading import Read
from knowledge.conflicts.wording import Rarity, Word, Words, share, shared
from knowledge.models import Language, StoredChunk
from knowledge.quantities.models import Quantity

REST_WEIGHT = 0.4
TOPIC_WEIGHT = 0.4
"""Of a word of the sentence's other clauses, and of what was said before, against one of the
clause that the figure stands in."""
DATE_WEIGHT = 1.5
FIGURE_WEIGHT = 0.25
"""Of a date and another figure beside the one that is held against the sources."""
TOPIC_MOST = 3.0
"""Weight of words said before that counts at most: a long question is no more than that."""
ABOVE_WEIGHT = 0.8
"""Of a word that stands in the title or a heading, against one of the sentence."""
ALIKE = 0.42
"""Least likeness of what a figure is said of and a sentence that says another."""
SUPPORTED = 0.25
"""Likeness from which a sentence that says the same figure is enough."""
CLEARLY = 0.06
MUCH = 0.2
"""How much more alike the other has to be than one that says the same figure: where that is not
enough, and where it is."""
NEARBY = 0.75
"""Least likeness of the nearest sentence for a figure to be missed that no source has."""
OLDER = 0.3
"""What is taken from a rule of which a newer one is in force too, unless dates are spoken of."""
_DATED = re.compile(r"\b20\d\d\b|anterior|antes del|before \d|earlier|febrero|february")
_BEFORE = re.compile(
    r"[^.;,]{0,25}\b(?:si (?:se )?compr\w+ antes|antes del 1|en compras anteriores|for earlier|"
    r"before 1 march)"
)
UNKNOWN = 0.3
"""Of a word that only one language is known to have, against the others."""
ELSEWHERE = 0.05
"""What is taken from a sentence in another language than the draft's."""
_EARLIER = re.compile(
    r"\b(?:anterior(?:es)?|hasta el 2[89] de febrero|earlier policy|limite anterior|previous)\b"
)
NONE: frozenset[str] = frozenset()
AN_HOUR = 1 / 24
_OWN = re.compile(
    r"\b(?:tardo|vuelvo|dejeme|un momento|i will|i'll|let me|i am going|voy a|it takes)\b"
)
"""How long whoever writes takes is nothing that a source says."""
_TO = re.compile(r"\W*(?:a|hasta|to|and|y|-|–)\W*")
_ROW = re.compile(r"[^:;.]{2,40}: (?P<key>[^:;]{2,80}); [^:;]{2,60}: ")
_ITEM = re.compile(r"(?P<key>[^:;.,]{2,40}(?:, [^:;.,]{2,20}){0,3}): (?=.{0,30}\d)")
_OR = re.compile(r",\s|\s(?:y|o|and|or)\s")
NAMED = 0.5
"""Share of the words of one of a row's things that has to be spoken of for the row to count."""
_NUMBERS = re.compile(r"\d+")
_MISSED = frozenset(("money", "percent", "duration"))
_ORDERED = re.compile(
    r"\b(?:cuotas?|instalments?|payments?|total|factura|invoice|(?:su|el|del|al) pedido|(?:your|"
    r"the) order|plus delivery|\d+h)\b"
)
"""Amounts of an order are its own."""
_CHECKED = frozenset(("money", "percent", "duration", "time", "count", "measure"))
_CLAUSE = re.compile(r"[,;:.()]\s|\s(?:y|e|pero|aunque|que|and|but|that|if|si|which)\s")


class Apart(NamedTuple):
    """Something that a sentence says and the sources do not.

    Attributes:
        start: offset in the sentence.
        end: offset after it.
        found: what the source says in its place; empty where none says anything.
        passage: the source's passage; `None` where none says anything.
        span: of the sentence in the passage.
    """

    start: int
    end: int
    found: str
    passage: StoredChunk | None
    span: tuple[int, int] = (0, 0)
    swap: bool = True


@dataclass(frozen=True)
class Line:
    """A sentence of a source.

    Attributes:
        passage: that it stands in.
        span: in the passage's text.
        read: what it says.
        above: words of title and headings.
        keys: of a row or item, the words of each thing that it is of; empty for other sentences.
    """

    passage: StoredChunk
    span: tuple[int, int]
    read: Read
    above: Words
    keys: tuple[Words, ...] = ()


class Talk(NamedTuple):
    """What a sentence is said in.

    Attributes:
        words: of what the customer asked and the draft said before.
        given: texts whose figures are those of the case.
        text: all of it.
        titles: of all documents in force: earlier versions of rules are known by later ones.
    """

    words: Words
    given: tuple[Read, ...]
    text: str = ""
    titles: frozenset[str] = frozenset()


def lines_of(passages: Sequence[StoredChunk]) -> list[Line]:
    """The sentences of passages that customers may hear, each once."""
    return [line for one in passages for line in _lines(one)]


def _lines(one: StoredChunk) -> Iterator[Line]:
    chunk = one.chunk
    above = _above(f"{one.title}\n" + "\n".join(chunk.headings), chunk.language)
    for start, end in chunk.sentences:
        text = chunk.text[start:end]
        yield Line(
            one, (start, end), stated(text, chunk.language), above, _keys(text, chunk.language)
        )


@lru_cache(maxsize=20_000)
def _keys(text: str, language: Language) -> tuple[Words, ...]:
    """Of "Artículo: Mesa o silla; Plazo: 45 días" and "Mesa o silla: 29,90 €", the things."""
    row = _ROW.match(text)
    item = None if row else _ITEM.match(text)
    found = row or item
    if found is None:
        return ()
    things = [stated(part, language).words for part in _OR.split(found["key"])]
    return tuple(words for words in things if words)


@lru_cache(maxsize=5_000)
def _above(text: str, language: Language) -> Words:
    return Words(word for line in text.split("\n") for word in stated(line, language).words)


Look = Callable[[str, str], Sequence[StoredChunk]]
"""Passages with a figure, from the figure and the words around it."""


def figures_apart(said: Read, lines: Sequence[Line], talk: Talk, look: Look) -> Iterator[Apart]:
    """The figures of a sentence that the sources say otherwise, or not at all.

    Args:
        said: the sentence.
        lines: of the passages that may speak of the same.
        talk: what the sentence is said in.
        look: finds passages with a figure, before it is said that no source has it.
    """
    for one in said.figures:
        if one.kind not in _CHECKED or _of_case(one, said, talk):
            continue
        written = said.text[one.start : one.end]
        if (
            one.kind in ("percent", "count")
            and one.unit != "weekdays"
            and not any(c.isdigit() for c in written)
        ):
            continue
        if one.kind == "duration" and one.values[0][0] < AN_HOUR and _OWN.search(said.folded):
            continue
        if one.kind == "money" and one.values[0][0] and _ORDERED.search(said.folded):
            continue
        found = _judged(one, said, lines, talk)
        if found is None:
            continue
        figure = said.text[one.start : one.end]
        around = " ".join(w.text for w in _around(one, said))
        known = {line.passage.key for line in lines}
        more = [line for p in look(figure, around) if p.key not in known for line in _lines(p)]
        again = _judged(one, said, [*lines, *more], talk) if more else found
        if again is not None:
            yield again


def _judged(one: Quantity, said: Read, lines: Sequence[Line], talk: Talk) -> Apart | None:
    spoken = Words((*said.words, *talk.words))
    lines = [line for line in lines if _is_of(line, spoken, said.language)]
    about = _About.of(one, said, talk, Rarity(line.read.text for line in lines))
    older = _older(talk.titles) if not _DATED.search(f"{said.text} {talk.text}") else NONE
    best: tuple[float, Line, Quantity] | None = None
    same = near = 0.0
    for line in lines:
        alike = about.likeness(line)
        if line.passage.title in older or (older is not NONE and _EARLIER.search(line.read.folded)):
            alike -= OLDER
        near = max(near, alike)
        figures = _of_now(line.read) if older is not NONE else line.read.figures
        if line.passage.chunk.language != said.language:
            alike -= ELSEWHERE
        if any(meets(one, said, q, line.read) for q in figures):
            same = max(same, alike)
            continue
        rivals = [q for q in figures if _rival(one, q, said, line.read)]
        if rivals and (best is None or alike > best[0]):
            best = alike, line, rivals[0]
    margin = CLEARLY if same < SUPPORTED else MUCH
    if best is not None and best[0] >= ALIKE and best[0] > same + margin:
        _, line, other = best
        words = line.read.text[other.start : other.end]
        return Apart(one.start, one.end, words, line.passage, line.span)
    if not same and near >= NEARBY and one.kind in _MISSED:
        return Apart(one.start, one.end, "", None)
    return None


def _of_now(read: Read) -> list[Quantity]:
    """The figures of a sentence but those that it says of earlier purchases: "y 30 si antes"."""
    return [q for q in read.figures if not _BEFORE.match(read.folded, q.end)]


def _is_of(line: Line, spoken: Words, spoken_in: Language) -> bool:
    """Whether a row is of something that is spoken of; other sentences are of anything."""
    if line.read.language != spoken_in:
        return True
    return not line.keys or any(share(key, spoken) >= NAMED for key in line.keys)


def in_force(lines: Sequence[Line], said: Read, talk: Talk) -> list[Line]:
    """Without earlier versions of rules, unless dates are spoken of."""
    if _DATED.search(f"{said.text} {talk.text}"):
        return list(lines)
    older = _older(talk.titles)
    return [one for one in lines if one.passage.title not in older]


@lru_cache(maxsize=64)
def _older(titles: frozenset[str]) -> frozenset[str]:
    """Titles of which another has a higher number in the same place: earlier versions of rules."""
    groups: dict[str, list[str]] = {}
    for title in titles:
        groups.setdefault(_NUMBERS.sub("#", title), []).append(title)
    return frozenset(
        title
        for group in groups.values()
        for title in group
        if _NUMBERS.findall(title) < max(_NUMBERS.findall(other) for other in group)
    )


@dataclass(frozen=True)
class _About:
    """What a figure is said of: words with how much each counts, and the figures beside it."""

    own: Words
    rest: Words
    topic: Words
    beside: tuple[tuple[Quantity, Read], ...]
    language: Language

    @classmethod
    def of(cls, one: Quantity, said: Read, talk: Talk, rarity: Rarity) -> _About:
        own = _around(one, said)
        places = {w.start for w in own}
        rest = [w for w in said.words if w.start not in places]
        beside = [(q, said) for q in said.figures if q is not one]
        return cls(
            rarity.weigh(own),
            rarity.weigh(rest),
            rarity.weigh(talk.words),
            tuple(beside),
            said.language,
        )

    def likeness(self, line: Line) -> float:
        """How much a sentence is about the same, 0 to 1."""
        weights = (1.0, REST_WEIGHT, TOPIC_WEIGHT)
        met = total = 0.0
        for every, weight in zip((self.own, self.rest, self.topic), weights, strict=True):
            words = every if line.read.language == self.language else _known(every, line)
            limit = 1.0 if every is not self.topic else min(1.0, TOPIC_MOST / (words.weight or 1.0))
            total += weight * limit * words.weight
            met += weight * limit * _met(words, line)
        dated = [q for q, _ in self.beside if q.kind == "date"]
        for one, read in self.beside:
            weight = DATE_WEIGHT if one in dated else FIGURE_WEIGHT
            total += weight
            met += weight * any(meets(one, read, q, line.read) for q in line.read.figures)
        return met / total if total else 0.0


def _known(words: Words, line: Line) -> Words:
    """Across languages: words that no thesaurus knows say little where they are not met."""
    met = {w.start for w in shared(words, Words((*line.read.words, *line.above)))}
    return Words(
        w if len(w.keys) > 1 or w.start in met else w._replace(weight=UNKNOWN * w.weight)
        for w in words
    )


def _met(words: Words, line: Line) -> float:
    """Weight of the words that a line has, itself or above it."""
    if not words:
        return 0.0
    here = shared(words, line.read.words)
    above = shared(Words(w for w in words if w not in here), line.above)
    return sum(w.weight for w in here) + ABOVE_WEIGHT * sum(w.weight for w in above)


def _around(one: Quantity, said: Read) -> list[Word]:
    """The words of the clause that a figure stands in; of the sentence where those are few."""
    cuts = [0, *(m.end() for m in _CLAUSE.finditer(said.text)), len(said.text)]
    start = max(c for c in cuts if c <= one.start)
    end = min((c for c in cuts if c >= one.end), default=len(said.text))
    clause = [w for w in said.words if start <= w.start < end]
    return clause if len(clause) >= 2 else list(said.words)


def _rival(one: Quantity, other: Quantity, said: Read, found: Read) -> bool:
    """Whether a figure of a source is said of what another would be said of."""
    if one.kind != other.kind:
        return False
    if any(meets(q, said, other, found) for q in said.figures if q is not one):
        return False
    if _within(one, other, found):
        return False
    if one.kind == "count":
        return bool(set(one.unit.split()) & set(other.unit.split()))
    return one.kind != "measure" or one.unit == other.unit


def _within(one: Quantity, other: Quantity, found: Read) -> bool:
    """Whether the other is an end of a range that a figure lies in: "de 12 a 36 meses"."""
    for low, high in itertools.pairwise(found.figures):
        between = found.folded[low.end : high.start]
        if other in (low, high) and low.kind == high.kind and _TO.fullmatch(between):
            return low.values[0][0] <= one.values[0][0] <= high.values[0][0]
    return False


def _of_case(one: Quantity, said: Read, talk: Talk) -> bool:
    """Whether a figure is the case's: the customer said it, or it follows from others."""
    if any(meets(one, said, q, text) for text in talk.given for q in text.figures):
        return True
    values = {
        v
        for text in (said, *talk.given)
        for q in text.figures
        if q is not one
        for v, _ in q.values[:1]
    }
    value = one.values[0][0]
    if not value:
        return False
    return any(
        abs(value - made) < 0.005
        for a, b in itertools.permutations(values, 2)
        if a > 1 and b > 1
        for made in (a + b, a - b, a * b, a / b, a + 2 * b, a + 3 * b)
    )
