"""nDCG@10: are the most relevant sources first?"""

from __future__ import annotations

from eval.measures.models import Asked, Measure, NotApplicable, Score
from eval.measures.rankings import ndcg
from eval.measures.relevance import grades

K = 10


def _score(asked: Asked) -> Score:
    found = ndcg(asked.outcome.documents, grades(asked), K)
    return NotApplicable("no_gold") if found is None else found


NDCG = Measure(
    name=f"nDCG@{K}",
    formula="sum of grade / log2(rank + 1) over the first ten found / the greatest it could be",
    source="Järvelin & Kekäläinen 2002; ir-measures",
    score=_score,
)
