"""Measures of one ranking, by their names in `ir-measures`: pure functions."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

Ranked = Sequence[str]
Grades = Mapping[str, int]
"""How relevant each document is, above 0; one that is not in it is not relevant."""
RankingMeasure = Callable[[Ranked, Grades], float | None]


def distinct(names: Iterable[str], k: int) -> list[str]:
    """The first ``k`` different names: a ranking of documents from one of their passages."""
    return list(dict.fromkeys(names))[:k]


def success(ranked: Ranked, grades: Grades, k: int) -> float | None:
    """1.0 when any relevant document is among the first ``k``, else 0.0; `None` without any."""
    return float(any(name in grades for name in ranked[:k])) if grades else None


def recall(ranked: Ranked, grades: Grades, k: int) -> float | None:
    """Share of the relevant documents among the first ``k``; `None` when none is relevant."""
    return len(set(ranked[:k]) & set(grades)) / len(grades) if grades else None


def reciprocal_rank(ranked: Ranked, grades: Grades, k: int) -> float | None:
    """1 / rank of the first relevant document, 0.0 below ``k``; `None` when none is relevant."""
    if not grades:
        return None
    return next((1.0 / rank for rank, name in enumerate(ranked[:k], 1) if name in grades), 0.0)


def ndcg(ranked: Ranked, grades: Grades, k: int) -> float | None:
    """Grades by log2(rank + 1) over the first ``k``, as a share of the best order.

    Järvelin & Kekäläinen 2002, with the grade itself as gain, as `trec_eval` has it.
    """
    if not grades:
        return None
    best = _dcg(sorted(grades.values(), reverse=True)[:k])
    return _dcg(grades.get(name, 0) for name in ranked[:k]) / best


def average_precision(ranked: Ranked, grades: Grades, k: int) -> float | None:
    """Mean, over the relevant documents, of the precision where each stands; 0 below ``k``."""
    if not grades:
        return None
    found, total = 0, 0.0
    for rank, name in enumerate(ranked[:k], 1):
        if name in grades:
            found += 1
            total += found / rank
    return total / len(grades)


def _dcg(gains: Iterable[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


_BY_NAME = {
    "Success": success,
    "R": recall,
    "RR": reciprocal_rank,
    "nDCG": ndcg,
    "AP": average_precision,
}


def measure(name: str) -> RankingMeasure:
    """The measure of a name such as ``nDCG@10``; rankings must not repeat a document.

    Raises:
        ValueError: there is no such measure.
    """
    match = re.fullmatch(r"(\w+)@([1-9]\d*)", name)
    if match is None or match[1] not in _BY_NAME:
        known = ", ".join(f"{one}@k" for one in _BY_NAME)
        raise ValueError(f"measure {name!r} is not known: expected one of {known}")
    function, k = _BY_NAME[match[1]], int(match[2])
    return lambda ranked, grades: function(ranked, grades, k)
