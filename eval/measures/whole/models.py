"""A measure of a whole run: rows of numbers, one a case that counts, and what they come to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from eval.measures.models import Asked, NotApplicable

Rows = NDArray[np.float64]
"""``(n, k)``: k numbers of each of the n cases that count."""
Best = Literal["high", "low", "zero"]
"""Where the best value lies; a gap is best at 0."""


@dataclass(frozen=True)
class WholeMeasure:
    """One number of a run.

    Attributes:
        name: as reports write it.
        formula: in words.
        source: who defined it.
        row: what a case gives; `None` where it does not count. Never called for a failed one.
        value: of all rows, at least one.
        best: see `Best`.
        unit: ``share``, 0 to 1; ``gap``, -1 to 1; ``ms``.
    """

    name: str
    formula: str
    source: str
    row: Callable[[Asked], tuple[float, ...] | None]
    value: Callable[[Rows], float | NotApplicable]
    best: Best = "high"
    unit: Literal["share", "gap", "ms"] = "share"

    def better(self, before: float, after: float) -> float:
        """By how much the second is better; negative where it is worse."""
        if self.best == "zero":
            return abs(before) - abs(after)
        return after - before if self.best == "high" else before - after


def rows_of(
    row: Callable[[Asked], tuple[float, ...] | None], asked: Sequence[Asked]
) -> tuple[Rows, list[str]]:
    """The rows of all cases that count, and what each is one draw with."""
    found = [(row(one), one.case.cluster) for one in asked if one.outcome.error is None]
    kept = [(values, cluster) for values, cluster in found if values is not None]
    rows = np.array([values for values, _ in kept], dtype=np.float64)
    return rows, [cluster for _, cluster in kept]
