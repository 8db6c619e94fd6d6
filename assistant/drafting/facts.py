"""Are a draft's figures those of the sources in force? A sentence and passages -> what differs.

A figure is held against the sources' figures of its kind, each with the words that it is said of:
one that says another in the same place, and one that says the same. How sure it is that the
sources say otherwise is weighed in `assistant.drafting.weighing`. What belongs to the case (dates
of a delivery, what the customer wrote, sums of other figures) is nothing that a source says.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from assistant.drafting.lines import DATED, NONE, Apart, Line, Talk, lines_of, older_titles
from assistant.drafting.reading import stated
from assistant.drafting.weighing import MARKED_FROM, Features, probability
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
BACK_WEIGHT = 0.5
KEY_WEIGHT = 0.2
"""How much it counts for a source's figure that what it is said of, and the thing of its row, are
spoken of in the draft."""
IN_ONE = 0.25
"""How much more of what another figure of one sentence is said of has to be spoken of."""
NEAR = 0.15
"""How much less alike a figure of a source may be to stand beside the one that is most alike."""
OLDER = 0.3
"""What is taken from a figure of earlier purchases, unless dates are spoken of, and from one of a
document behind which another stands."""
UNKNOWN = 0.3
"""Of a word that only one language is known to have, against the others."""
AN_HOUR = 1 / 24
_EARLIER = re.compile(
    r"\b(?:compr\w+|adquir\w+|pedidos?|purchas\w+|bought|orders?|ones|version\w*|limite|policy|"
    r"regla)\b[^.;:]{0,25}\b(?:antes|anterior\w*|before|earlier)\b|"
    r"\b(?:earlier|previous|older) (?:purchas\w+|ones|orders?|policy|version)\b|"
    r"\b(?:for|in) earlier ones\b"
)
"""What is said of earlier purchases, or of an earlier version of the rule."""
_OWN = re.compile(
    r"\b(?:tardo|vuelvo|dejeme|un momento|i will|i'll|let me|i am going|voy a|it takes)\b"
)
"""How long whoever writes takes is nothing that a source says."""
_BY_CLOCK = re.compile(r"\b(?:las|at)\s$")
"""Before "16h" it is a time of day."""
_OF_EACH = re.compile(r"(?:an?|una?|al) [a-z]+$")
_PERIOD = re.compile(r"\b(?:en|de|within|in|of|for|durante|hasta|tras|after|pasad[oa])\s$")
"""Before "un mes" it is a period; "once a year" is how often."""
_ARRANGED = re.compile(
    r"\b(?:(?:le|les) (?:llam|escrib|contest|confirm|avis|mand|envi)\w*(?:o|amos|imos|are|ire|"
    r"aremos|iremos)|vuelvo a|(?:i|we)(?:'ll| will| am going to) (?:call|ring|write|phone|confirm|"
    r"get back)|(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo),? \d{1,2} de|"
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday),? \d{1,2}\b)\b"
)
"""When somebody calls or comes on one day is the case's, unless it is a day for everybody."""
_TO = re.compile(r"\W*(?:a|hasta|to|and|y|-|–)\W*")
_ORDERED = re.compile(
    r"\b(?:cuotas?|instalments?|payments?|total|factura|invoice|(?:su|el|del|al) pedido|(?:your|"
    r"the) order|plus delivery|\d+h)\b"
)
"""Amounts of an order are its own."""
_CHECKED = frozenset(("money", "percent", "duration", "time", "count", "measure"))
_CLAUSE = re.compile(r"[,;:.()]\s|\s(?:y|e|pero|aunque|que|and|but|that|if|si|which)\s")
_CELL = re.compile(r"(?:; | — )[^:;]{2,60}: ")
_CELLS = re.compile(r"; | — ")
"""A row of a table: "Qué: Paquete; Península: 4,95 €", "Prima al mes — Básica: 4,90 €"."""
LEAST_LOCAL = 3
"""Words of a clause that tell what its figure is said of; with fewer, the sentence does."""

Look = Callable[[str, str], Sequence[StoredChunk]]
"""Passages with a figure, from the figure and the words around it."""


class Weighed(NamedTuple):
    """A figure of a draft that a source says otherwise, with what tells how sure that is."""

    figure: Quantity
    features: Features
    apart: Apart


class _Slot(NamedTuple):
    """A source's figure, how alike it is to the draft's, and the parts of that."""

    score: float
    forth: float
    back: float
    key: float
    line: Line
    figure: Quantity


def figures_apart(said: Read, lines: Sequence[Line], talk: Talk, look: Look) -> Iterator[Apart]:
    """The figures of a sentence that the sources say otherwise.

    Args:
        said: the sentence.
        lines: of the passages that may speak of the same.
        talk: what the sentence is said in.
        look: finds passages with a figure, before it is said that no source has it there.
    """
    for one in weighed(said, lines, talk):
        if probability(one.features) < MARKED_FROM:
            continue
        again = looked_again(one, said, lines, talk, look)
        if again is not None and probability(again.features) >= MARKED_FROM:
            yield again.apart


def weighed(said: Read, lines: Sequence[Line], talk: Talk) -> Iterator[Weighed]:
    """The figures of a sentence that a source says otherwise, sure or not; see `figures_apart`."""
    checked = [one for one in said.figures if _is_checked(one, said, talk)]
    if not checked:
        return
    rarity = Rarity(line.read.text for line in lines)
    for one in checked:
        found = _weighed(one, said, lines, talk, rarity)
        if found is not None:
            yield found


def looked_again(
    one: Weighed, said: Read, lines: Sequence[Line], talk: Talk, look: Look
) -> Weighed | None:
    """The same beside passages that have the figure itself."""
    figure = one.figure
    around = " ".join(w.text for w in _around(figure, said))
    known = {line.passage.key for line in lines}
    more = lines_of([p for p in look(said.text[figure.start : figure.end], around)
                     if p.key not in known])  # fmt: skip
    if not more:
        return one
    every = [*lines, *more]
    return _weighed(figure, said, every, talk, Rarity(line.read.text for line in every))


def _is_checked(one: Quantity, said: Read, talk: Talk) -> bool:
    if one.kind not in _CHECKED or _of_case(one, said, talk):
        return False
    written = said.text[one.start : one.end]
    if (
        one.kind in ("percent", "count")
        and one.unit != "weekdays"
        and not any(c.isdigit() for c in written)
    ):
        return False
    if one.kind == "duration" and one.values[0][0] < AN_HOUR and _OWN.search(said.folded):
        return False
    if one.kind == "duration" and _how_often(said, one, written):
        return False
    if one.kind == "time" and _ARRANGED.search(said.folded):
        return False
    return not (one.kind == "money" and one.values[0][0] and _ORDERED.search(said.folded))


def _how_often(said: Read, one: Quantity, written: str) -> bool:
    """Whether it is no period: "once a year", "a las 16h"."""
    if _PERIOD.search(said.folded, 0, one.start):
        return False
    by_clock = _BY_CLOCK.search(said.folded, 0, one.start)
    return bool(by_clock or _OF_EACH.match(written.casefold()))


def _weighed(
    one: Quantity, said: Read, lines: Sequence[Line], talk: Talk, rarity: Rarity
) -> Weighed | None:
    about = _About.of(one, said, talk, rarity)
    older = older_titles(talk.titles) if not about.dated else NONE
    same: list[_Slot] = []
    rivals: list[_Slot] = []
    for line in lines:
        met, others = _told_apart(one, said, line)
        if not met and not others:
            continue
        forth = about.forth(line)
        met_here, rivals_here = (
            [about.slot(forth, line, at, older) for at in places] for places in (met, others)
        )
        same += met_here
        least = max((slot.back + IN_ONE for slot in met_here), default=-1.0)
        rivals += [slot for slot in rivals_here if slot.back > least]
    if not rivals:
        return None
    rival = max(rivals, key=lambda slot: slot.score)
    nearest = max(same, key=lambda slot: slot.score, default=None)
    beside = {
        (*slot.line.span, slot.line.passage.key)
        for slot in rivals
        if slot.score >= rival.score - NEAR
        and meets(rival.figure, rival.line.read, slot.figure, slot.line.read)
    }
    words = rival.line.read.text[rival.figure.start : rival.figure.end]
    features = Features(
        forth=rival.forth,
        back=rival.back,
        key=rival.key,
        above=about.above(rival.line),
        ahead=rival.score - (nearest.score if nearest else 0.0),
        same=nearest.score if nearest else 0.0,
        same_back=nearest.back if nearest else 0.0,
        agreeing=min(len(beside), 3) / 3,
        across=float(rival.line.read.language != said.language),
        worded=min(len(about.own), 5) / 5,
        unit=float(rival.figure.unit == one.unit),
        money=float(one.kind == "money"),
        duration=float(one.kind == "duration"),
        time=float(one.kind == "time"),
        free=float(one.kind == "money" and not one.values[0][0]),
    )
    return Weighed(
        one,
        features,
        Apart(one.start, one.end, words, rival.line.passage, rival.line.span),
    )


def _told_apart(one: Quantity, said: Read, line: Line) -> tuple[list[int], list[int]]:
    """Places of a sentence's figures that say the same, and of those that may say another."""
    met: list[int] = []
    others: list[int] = []
    for at, figure in enumerate(line.read.figures):
        if meets(one, said, figure, line.read) or _is_end(one, figure):
            met.append(at)
        elif _rival(one, figure, said, line.read):
            others.append(at)
    return met, others


def _is_end(one: Quantity, other: Quantity) -> bool:
    """Whether a time of day is one end of hours: 8:00 of "8:00 to 12:00"."""
    if one.kind != "time" or other.kind != "time":
        return False
    (low, high), (first, last) = one.values[0], other.values[0]
    return low == high and low in (first, last)


def _of_earlier(line: Line, figure: Quantity) -> bool:
    """Whether a figure is said of earlier purchases: in its heading or its clause."""
    headings = line.passage.chunk.headings
    if headings and _EARLIER.search(stated(headings[-1], line.read.language).folded):
        return True
    start, end = _clause(figure, line.read)
    return bool(
        _EARLIER.search(line.read.folded, max(0, start - 1), min(end + 30, len(line.read.text)))
    )


@dataclass(frozen=True)
class _About:
    """What a figure is said of: words with how much each counts, and the figures beside it."""

    own: Words
    rest: Words
    topic: Words
    every: Words
    beside: tuple[tuple[Quantity, Read], ...]
    language: Language
    rarity: Rarity
    dated: bool
    behind: frozenset[str]

    @classmethod
    def of(cls, one: Quantity, said: Read, talk: Talk, rarity: Rarity) -> _About:
        own = _around(one, said)
        places = {w.start for w in own}
        rest = [w for w in said.words if w.start not in places]
        return cls(
            rarity.weigh(own),
            rarity.weigh(rest),
            rarity.weigh(talk.words),
            Words((*said.words, *talk.words)),
            tuple((q, said) for q in said.figures if q is not one),
            said.language,
            rarity,
            bool(DATED.search(f"{said.folded} {talk.text.casefold()}")),
            talk.behind,
        )

    def forth(self, line: Line) -> float:
        """Share of what a figure is said of that a sentence has, with its headings, 0 to 1."""
        weights = (1.0, REST_WEIGHT, TOPIC_WEIGHT)
        met = total = 0.0
        for every, weight in zip((self.own, self.rest, self.topic), weights, strict=True):
            if not every:
                continue
            words = every if line.read.language == self.language else _known(every, line)
            limit = 1.0 if every is not self.topic else min(1.0, TOPIC_MOST / (words.weight or 1.0))
            total += weight * limit * words.weight
            met += weight * limit * _met(words, line)
        for one, read in self.beside:
            weight = DATE_WEIGHT if one.kind == "date" else FIGURE_WEIGHT
            total += weight
            met += weight * any(meets(one, read, q, line.read) for q in line.read.figures)
        return met / total if total else 0.0

    def slot(self, forth: float, line: Line, number: int, older: frozenset[str]) -> _Slot:
        """A figure of a sentence, with how much of what it is said of the draft speaks of."""
        local = _local(line.read.text, line.read.language)[number]
        weighty = self.rarity.weigh(local)
        if line.read.language != self.language:
            met = {w.start for w in shared(weighty, self.every)}
            weighty = Words(
                w if len(w.keys) > 1 or w.start in met else w._replace(weight=UNKNOWN * w.weight)
                for w in weighty
            )
        back = share(weighty, self.every) if weighty else 0.5
        key = max((share(key, self.every) for key in line.keys), default=0.5)
        figure = line.read.figures[number]
        earlier = line.passage.title in older or (not self.dated and _of_earlier(line, figure))
        behind = line.passage.chunk.document in self.behind
        score = forth + BACK_WEIGHT * back + KEY_WEIGHT * key - OLDER * (earlier or behind)
        return _Slot(score, forth, back, key, line, figure)

    def above(self, line: Line) -> float:
        """Share of the words of a sentence's headings that the draft speaks of."""
        return share(line.above, self.every)


@lru_cache(maxsize=20_000)
def _local(text: str, language: Language) -> tuple[Words, ...]:
    """For each figure of a source's sentence, the words of its cell or clause."""
    said = stated(text, language)
    found: list[Words] = []
    for one in said.figures:
        start, end = _clause(one, said)
        own = [w for w in said.words if start <= w.start < end]
        enough = len(own) >= (1 if _CELL.search(text) else LEAST_LOCAL)
        found.append(Words(own if enough else said.words))
    return tuple(found)


def _known(words: Words, line: Line) -> Words:
    """Across languages: words that no thesaurus knows say little where they are not met."""
    met = {w.start for w in shared(words, Words((*line.read.words, *line.above)))}
    return Words(
        w if len(w.keys) > 1 or w.start in met else w._replace(weight=UNKNOWN * w.weight)
        for w in words
    )


def _met(words: Words, line: Line) -> float:
    """Weight of the words that a line has, itself or above it."""
    here = shared(words, line.read.words)
    above = shared(Words(w for w in words if w not in here), line.above)
    return sum(w.weight for w in here) + ABOVE_WEIGHT * sum(w.weight for w in above)


def _clause(one: Quantity, said: Read) -> tuple[int, int]:
    """The clause that a figure stands in, or the cell of a row."""
    cut = _CELLS if _CELL.search(said.text) else _CLAUSE
    cuts = [0, *(m.end() for m in cut.finditer(said.text)), len(said.text)]
    start = max(c for c in cuts if c <= one.start)
    return start, min((c for c in cuts if c >= one.end), default=len(said.text))


def _around(one: Quantity, said: Read) -> list[Word]:
    """The words of the clause that a figure stands in; of the sentence where those are few."""
    start, end = _clause(one, said)
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
    value = one.values[0][0]
    if not value or one.kind not in ("money", "duration", "percent"):
        return False
    others = [q for text in (said, *talk.given) for q in text.figures if q is not one]
    alike = {q.values[0][0] for q in others if q.kind == one.kind}
    times = {q.values[0][0] for q in others if q.kind in ("count", "number", "percent")}
    sums = [a + b for a, b in itertools.combinations(alike, 2)]
    sums += [abs(a - b) for a, b in itertools.combinations(alike, 2)]
    if one.kind == "money":
        made = {*sums, *(a * b for a in alike for b in times if b > 1)}
        made |= {a + n * b for a, b in itertools.permutations(alike, 2) for n in (2, 3)}
        made |= {2 * a for a in alike} | {a * b / 100 for a in alike for b in times}
    else:
        made = set(sums)
    return any(abs(value - each) < 0.005 for each in made)
