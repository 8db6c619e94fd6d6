"""The promises of a sentence that no rule in force allows, weighed.

What a clause says (`promising`), whether it has the form of a promise that no source stands behind
(`promises`), and what the sources say of its words, figures and moments, are weighed together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.drafting.denying import denies
from assistant.drafting.lines import Line
from assistant.drafting.promised import DATED, SLOT, TOLD, Commitment
from assistant.drafting.promises import (
    CANNOT,
    IF,
    MOMENT,
    Unbacked,
    is_asked,
    shares,
    stands_behind,
    unbacked,
)
from assistant.drafting.promising import (
    Clause,
    Features,
    bundled,
    clauses_of,
    placed,
    probability,
    said,
)
from assistant.support.figures import meets
from assistant.support.reading import Read
from knowledge.conflicts.wording import Rarity
from knowledge.models import Vector
from knowledge.quantities.models import Quantity

NEAR = 0.3
"""Share of a clause's words from which a source's figures may be its own."""
APART_CHARS = 3
"""Between clauses that are marked as one."""


class _Backing(NamedTuple):
    """What the sources say of a clause.

    Attributes:
        alike: share of its words that the nearest sentence has.
        stands: whether one says the same, as much and as quickly.
        nearest: that does not deny it; `None` where none has any of its words.
        unmet: whether it has a figure that no source near it has.
    """

    alike: float
    stands: bool
    nearest: Line | None
    unmet: bool


def unallowed(
    sentence: Read, lines: Sequence[Line], vector: Vector | None = None
) -> Iterator[Unbacked]:
    """The promises of a sentence that no rule in force allows, clauses in a row as one.

    Args:
        sentence: what is said.
        lines: of the passages that may speak of the same.
        vector: of the sentence, by the model that `promising` learned with; `None`: words tell.
    """
    learned = bundled()
    way = learned.by_words if vector is None else learned.with_vectors
    seen = None if vector is None else placed(vector, learned.centre)
    formed = list(unbacked(sentence, lines))
    clauses = clauses_of(sentence.text)
    if not formed and all(said(learned.by_words, c) < learned.suspected_from for c in clauses):
        return
    rarity = Rarity(line.read.text for line in lines)
    marked: list[Unbacked] = []
    for clause in clauses:
        sure = said(way, clause, seen)
        features = features_of(clause, sure, sentence, lines, rarity, formed)
        if not features.formed and TOLD.search(sentence.folded, clause.start, clause.end):
            continue  # what any agent may say or send
        if probability(features, way) < way.marked_from:
            continue
        start = clause.start
        if marked and start - marked[-1].end <= APART_CHARS:
            start = marked.pop().start
        marked.append(Unbacked(start, clause.end))
    yield from marked


def features_of(
    clause: Clause,
    sure: float,
    sentence: Read,
    lines: Sequence[Line],
    rarity: Rarity,
    formed: Sequence[Unbacked],
) -> Features:
    """What tells whether a clause is a promise that no rule allows.

    Args:
        clause: of the sentence.
        sure: log odds that it commits to something unusual.
        sentence: what is said.
        lines: of the passages that may speak of the same.
        rarity: of the words of those.
        formed: promises of the sentence by their form.
    """
    part = sentence.folded[clause.start : clause.end]
    backing = _backing(clause, sentence, lines, rarity)
    nearest = "" if backing.nearest is None else backing.nearest.read.folded
    moments = {match.group() for match in MOMENT.finditer(part)}
    return Features(
        said=sure,
        formed=float(any(one.start < clause.end and clause.start < one.end for one in formed)),
        alike=backing.alike,
        stands=float(backing.stands),
        figures=float(backing.unmet),
        moment=float(bool(moments) and not any(moment in nearest for moment in moments)),
        cannot=float(bool(CANNOT.search(sentence.folded))),
        asked=float(is_asked(sentence.text[clause.start :])),
        settled=float(bool(SLOT.search(sentence.folded) or DATED.search(sentence.folded))),
    )


def _backing(clause: Clause, sentence: Read, lines: Sequence[Line], rarity: Rarity) -> _Backing:
    start, end = clause.start, clause.end
    words = rarity.weigh(w for w in sentence.words if start <= w.start < end)
    figures = [q for q in sentence.figures if start <= q.start < end]
    as_it_is = Commitment(start, end, "plain")
    denied = denies(sentence.folded[start:end])
    most, nearest, stands, unmet = 0.0, None, False, list(figures)
    for line in lines:
        _, alike = shares(words, line)
        if alike > NEAR:
            unmet = [q for q in unmet if not _has(line, q, sentence)]
        if alike > most and (denied or not denies(IF.sub(" ", line.read.folded))):
            most, nearest = alike, line
        stands = stands or stands_behind(as_it_is, words, sentence, line)
    return _Backing(most, stands, nearest, bool(unmet))


def _has(line: Line, figure: Quantity, sentence: Read) -> bool:
    return any(meets(figure, sentence, other, line.read) for other in line.read.figures)
