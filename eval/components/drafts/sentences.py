"""What the model tells of sentences of many trades, by writers of whom it learned nothing.

Part of `voz eval drafts`: what commits (likelier than not), and what voice guides rule out, clause
by clause, without the sources and the rules that it is weighed beside in a draft. Of half ``fit``
the writers by whom bars are chosen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.drafting.clause_model import commit_odds, worded
from assistant.drafting.forbidden import MARKED_FROM
from assistant.drafting.spoken_clauses import clauses
from eval.components.drafts.clauses import (
    COMMITMENT,
    NONE,
    SaidClause,
    commitment_clauses,
    not_learned_from,
    wording_clauses,
)
from eval.scores import Measured, values_of
from eval.work import Work
from knowledge.encoders.adapted import AdaptedEncoder
from knowledge.models import LANGUAGES
from knowledge.ports import TextClassifier


class _Told(NamedTuple):
    """A clause, and what the model takes it for."""

    clause: SaidClause
    said: str


def measure(work: Work) -> Iterator[Measured]:
    """Precision and recall by language; nothing where the bundled model does not tell."""
    encoder = AdaptedEncoder.open(work.embedder)
    if encoder is None:
        return
    work.progress("sentences of many trades: what the model tells")
    commits = [
        _Told(o, _commits(o, encoder)) for o in not_learned_from(commitment_clauses(), work.half)
    ]
    words = [_Told(o, _worded(o, encoder)) for o in not_learned_from(wording_clauses(), work.half)]
    for name, told in (("commitments", commits), ("wordings", words)):
        for language in LANGUAGES:
            here = [one for one in told if one.clause.language == language]
            yield from _shares(f"{name} {language}", here)


def _shares(name: str, told: Sequence[_Told]) -> Iterator[Measured]:
    marked = ((o.said == o.clause.label, o.clause.text) for o in told if o.said != NONE)
    yield values_of(name, "precision", marked)
    due = ((o.said == o.clause.label, o.clause.text) for o in told if o.clause.label != NONE)
    yield values_of(name, "recall", due)


def _commits(one: SaidClause, encoder: TextClassifier) -> str:
    odds = commit_odds(one.sentence, encoder)
    return COMMITMENT if odds and odds[_place(one)] > 0 else NONE


def _worded(one: SaidClause, encoder: TextClassifier) -> str:
    told = [each for each in worded(one.sentence, encoder) if each.start == one.start]
    return told[0].kind if told and told[0].probability >= MARKED_FROM else NONE


def _place(one: SaidClause) -> int:
    return [start for start, _ in clauses(one.sentence)].index(one.start)
