"""nDCG@10: are the most relevant sources first?"""

from __future__ import annotations

import math
from collections.abc import Iterable

from eval.measures.models import Asked, Measure, NotApplicable, Score
from eval.measures.relevance import grades

K = 10


def _score(asked: Asked) -> Score:
    wanted = grades(asked)
    if not wanted:
        return NotApplicable("no_gold")
    found = _dcg(wanted.get(name, 0) for name in asked.outcome.documents[:K])
    return found / _dcg(sorted(wanted.values(), reverse=True)[:K])


def _dcg(gains: Iterable[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


NDCG = Measure(
    name=f"nDCG@{K}",
    formula="sum of grade / log2(rank + 1) over the first ten found / the greatest it could be",
    source="Järvelin & Kekäläinen 2002; ir-measures",
    score=_score,
)
