"""R@5: which share of the sources that answer is among the first five?"""

from __future__ import annotations

from eval.measures.models import Asked, Measure, NotApplicable, Score
from eval.measures.rankings import recall
from eval.measures.relevance import grades

K = 5


def _score(asked: Asked) -> Score:
    found = recall(asked.outcome.documents, grades(asked), K)
    return NotApplicable("no_gold") if found is None else found


RECALL = Measure(
    name=f"R@{K}",
    formula="sources that answer among the first five found / sources that answer",
    source="TREC; ir-measures",
    score=_score,
)
