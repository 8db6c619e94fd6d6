"""RR@10: how far down is the first source that answers?"""

from __future__ import annotations

from eval.measures.models import Asked, Measure, NotApplicable, Score
from eval.measures.rankings import reciprocal_rank
from eval.measures.relevance import grades

K = 10


def _score(asked: Asked) -> Score:
    found = reciprocal_rank(asked.outcome.documents, grades(asked), K)
    return NotApplicable("no_gold") if found is None else found


RECIPROCAL_RANK = Measure(
    name=f"RR@{K}",
    formula="1 / rank of the first source that answers; 0 below the tenth",
    source="TREC; ir-measures",
    score=_score,
)
