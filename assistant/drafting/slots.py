"""How alike what a draft's figure is said of is to what a source's figure is said of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from assistant.drafting.lines import DATED, Line, Talk
from assistant.drafting.meant import Meant
from assistant.drafting.reading import stated
from assistant.support.figures import meets
from assistant.support.reading import Read
from knowledge.conflicts.wording import Rarity, Word, Words, share, shared
from knowledge.models import Language
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
OLDER = 0.3
"""What is taken from a figure of earlier purchases, unless dates are spoken of, and from one of a
document behind which another stands."""
UNKNOWN = 0.3
"""Of a word that only one language is known to have, against the others."""
_EARLIER = re.compile(
    r"\b(?:compr\w+|adquir\w+|pedidos?|purchas\w+|bought|orders?|ones|version\w*|limite|policy|"
    r"regla)\b[^.;:]{0,25}\b(?:antes|anterior\w*|before|earlier)\b|"
    r"\b(?:earlier|previous|older) (?:purchas\w+|ones|orders?|policy|version)\b|"
    r"\b(?:for|in) earlier ones\b"
)
"""What is said of earlier purchases, or of an earlier version of the rule."""
_UNTIL = re.compile(r"(?:hasta|antes de|until|up to|before)l? (?:el )?\d{1,2} (?:de )?[a-z]{3,}: ")
"""The head of a column of what held until a day."""
_FROM = re.compile(
    r"\b(?:pas[ao]n?|cambi[ao]n?|sub[eio]n?|baj[ao]n?|(?:go|rise|change|move|drop)(?:e?s)?|went|"
    r"rose) (?:de|from) $"
)
"""Before the first of "from 60 to 100"."""
_CLAUSE = re.compile(r"[,;:.()]\s|\s(?:y|e|pero|aunque|que|and|but|that|if|si|which)\s")
_HOLDS_FOR = re.compile(
    r"(?:si|if|cuando|when|para|for|en|in|on|con|with|desde|from|tras|after|pasad[oa]s?|antes|"
    r"before|sin|without|al|como|as|once|while|mientras)\b"
)
"""Begins what the clause behind it holds for: "si pide el reembolso, …"."""
_ON_CONDITION = re.compile(r"(?:si|if|cuando|when|salvo|unless|siempre que|provided)\b")
_CELL = re.compile(r"(?:; | — )[^:;]{2,60}: ")
_CELLS = re.compile(r"; | — ")
_HEAD = re.compile(r"[^:;]{2,60}: ")
"""A row of a table: "Qué: Paquete; Península: 4,95 €", "Prima al mes — Básica: 4,90 €"."""
LEAST_LOCAL = 3
"""Words of a clause that tell what its figure is said of; with fewer, the sentence does."""


class Slot(NamedTuple):
    """A source's figure, how alike it is to the draft's, and the parts of that.

    `earlier`: the source says of it that it is what held before; `behind`: it says that another
    document prevails, or another has a higher number. `meant`: how alike what both are said of is
    by its meaning; `None` where that is not told.
    """

    score: float
    forth: float
    back: float
    key: float
    line: Line
    figure: Quantity
    earlier: bool
    behind: bool
    meant: float | None


@dataclass(frozen=True)
class About:
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
    figure: Quantity
    meant: Meant | None

    @classmethod
    def of(
        cls, one: Quantity, said: Read, talk: Talk, rarity: Rarity, meant: Meant | None
    ) -> About:
        """What a figure of a sentence is said of, rare words counting more."""
        own = around(one, said)
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
            one,
            meant,
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

    def slot(self, forth: float, line: Line, number: int, older: frozenset[str]) -> Slot:
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
        earlier = not self.dated and _of_earlier(line, figure)
        behind = line.passage.chunk.document in self.behind or line.passage.title in older
        score = forth + BACK_WEIGHT * back + KEY_WEIGHT * key - OLDER * (earlier or behind)
        meant = self.meant.alike(self.figure, line, figure) if self.meant else None
        return Slot(score, forth, back, key, line, figure, earlier, behind, meant)

    def above(self, line: Line) -> float:
        """Share of the words of a sentence's headings that the draft speaks of."""
        return share(line.above, self.every)


def _of_earlier(line: Line, figure: Quantity) -> bool:
    """Whether a figure is said of earlier purchases: in its heading or its clause."""
    headings = line.passage.chunk.headings
    if headings and _EARLIER.search(stated(headings[-1], line.read.language).folded):
        return True
    folded = line.read.folded
    start, end = _clause(figure, line.read)
    if _UNTIL.match(folded, start) or _FROM.search(folded, 0, figure.start):
        return True
    return bool(_EARLIER.search(folded, max(0, start - 1), min(end + 30, len(folded))))


@lru_cache(maxsize=20_000)
def _local(text: str, language: Language) -> tuple[Words, ...]:
    """For each figure of a source's sentence, the words of its cell or clause.

    Of a cell its head tells, if it has one; of "7 days in A, 12 in B" each clause, however short.
    """
    said = stated(text, language)
    in_row = bool(_CELL.search(text))
    found: list[Words] = []
    for one in said.figures:
        start, end = _clause(one, said)
        own = [w for w in said.words if start <= w.start < end]
        if in_row and (head := _HEAD.match(text, start)) is not None:
            own = [w for w in own if w.start < head.end()] or own
        listed = sum(q.kind == one.kind for q in said.figures) > 1
        enough = len(own) >= (1 if in_row or listed else LEAST_LOCAL)
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
    """The clause that a figure stands in, with what it holds for, or the cell of a row."""
    if _CELL.search(said.text):
        cuts = [0, *(m.end() for m in _CELLS.finditer(said.text)), len(said.text)]
        start = max(c for c in cuts if c <= one.start)
        return start, min((c for c in cuts if c >= one.end), default=len(said.text))
    found = list(_CLAUSE.finditer(said.text))
    cuts = [0, *(m.end() for m in found), len(said.text)]
    place = max(i for i, c in enumerate(cuts) if c <= one.start)
    last = next((i for i, c in enumerate(cuts) if c >= one.end), len(cuts) - 1)
    start, end = cuts[place], cuts[last]
    if place and found[place - 1].group()[0] == ",":
        before = cuts[place - 1]
        if _HOLDS_FOR.match(said.folded, before) and not _figure_in(said, before, start):
            start = before
    if last < len(cuts) - 1:
        joined = f"{found[last - 1].group().strip(' ,')} {said.folded[end:]}".strip()
        if _ON_CONDITION.match(joined) and not _figure_in(said, end, cuts[last + 1]):
            end = cuts[last + 1]
    return start, end


def _figure_in(said: Read, start: int, end: int) -> bool:
    return any(start <= q.start < end for q in said.figures)


def around(one: Quantity, said: Read) -> list[Word]:
    """The words of the clause that a figure stands in; of the sentence where those are few."""
    start, end = _clause(one, said)
    clause = [w for w in said.words if start <= w.start < end]
    return clause if len(clause) >= 2 else list(said.words)
