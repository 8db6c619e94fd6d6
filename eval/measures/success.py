"""Success@5: is any source that answers among the first five?"""

from __future__ import annotations

from eval.measures.models import Asked, Measure, NotApplicable, Score
from eval.measures.rankings import success
from eval.measures.relevance import grades

K = 5


def _score(asked: Asked) -> Score:
    found = success(asked.outcome.documents, grades(asked), K)
    return NotApplicable("no_gold") if found is None else found


SUCCESS = Measure(
    name=f"Success@{K}",
    formula="1 if any source that answers is among the first five found, else 0",
    source="TREC; ir-measures",
    score=_score,
)
