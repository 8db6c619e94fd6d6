"""Success@5: is any source that answers among the first five?"""

from __future__ import annotations

from eval.measures.models import Asked, Measure, NotApplicable, Score
from eval.measures.relevance import grades
from eval.metrics import success_at_k

K = 5


def _score(asked: Asked) -> Score:
    if not asked.case.gold:
        return NotApplicable("no_gold")
    return success_at_k(asked.outcome.documents, grades(asked), K)


SUCCESS = Measure(
    name=f"Success@{K}",
    formula="1 if any source that answers is among the first five found, else 0",
    source="TREC; ir-measures",
    score=_score,
)
