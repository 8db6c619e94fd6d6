"""RR@10: how far down is the first source that answers?"""

from __future__ import annotations

from eval.measures.models import Asked, Measure, NotApplicable, Score
from eval.measures.relevance import grades

K = 10


def _score(asked: Asked) -> Score:
    wanted = grades(asked)
    if not wanted:
        return NotApplicable("no_gold")
    ranks = (r for r, name in enumerate(asked.outcome.documents[:K], 1) if name in wanted)
    return 1.0 / rank if (rank := next(ranks, 0)) else 0.0


RECIPROCAL_RANK = Measure(
    name=f"RR@{K}",
    formula="1 / rank of the first source that answers; 0 below the tenth",
    source="TREC; ir-measures",
    score=_score,
)
