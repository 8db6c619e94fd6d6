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
    probability,
)
from assistant.support.figures import meets
from assistant.support.reading import Read
from knowledge.conflicts.wording import Rarity
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
    sentence: Read, lines: Sequence[Line], odds: Sequence[float] | None = None
) -> Iterator[Unbacked]:
    """The promises of a sentence that no rule in force allows, clauses in a row as one.

    Args:
        sentence: what is said.
        lines: of the passages that may speak of the same.
        odds: log odds, by the bundled model, that each of its clauses commits to something
            unusual; `None`: words tell.
    """
    learned = bundled()
    clauses = clauses_of(sentence.text)
    way = learned.by_words if odds is None else learned.by_model
    by_words = [learned.commits.log_odds(clause) for clause in clauses]
    both = list(zip(by_words, odds or [0.0] * len(clauses), strict=True))
    formed = list(unbacked(sentence, lines))
    if not formed and all(max(one) < way.looked_at_from for one in both):
        return
    rarity = Rarity(line.read.text for line in lines)
    marked: list[Unbacked] = []
    for clause, sure in zip(clauses, both, strict=True):
        features = features_of(clause, *sure, sentence, lines, rarity, formed)
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
    by_words: float,
    by_model: float,
    sentence: Read,
    lines: Sequence[Line],
    rarity: Rarity,
    formed: Sequence[Unbacked],
) -> Features:
    """What tells whether a clause is a promise that no rule allows.

    Args:
        clause: of the sentence.
        by_words: log odds that it commits to something unusual, by its words.
        by_model: the same by the bundled model; 0 without.
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
        by_words=by_words,
        by_model=by_model,
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
