"""R@5: which share of the sources that answer is among the first five?"""

from __future__ import annotations

from eval.measures.models import Asked, Measure, NotApplicable, Score
from eval.measures.relevance import grades
from eval.metrics import recall_at_k

K = 5


def _score(asked: Asked) -> Score:
    recall = recall_at_k(asked.outcome.documents, grades(asked), K)
    return NotApplicable("no_gold") if recall is None else recall


RECALL = Measure(
    name=f"R@{K}",
    formula="sources that answer among the first five found / sources that answer",
    source="TREC; ir-measures",
    score=_score,
)
