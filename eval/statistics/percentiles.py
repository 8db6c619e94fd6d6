"""Below what a share of values lies."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = Sequence[float] | NDArray[np.float64]

CONFIDENCE = 0.95
"""Of intervals, where nothing else is said."""


def percentile(values: Numbers, percent: float) -> float:
    """The value below which so many of 100 lie, between two by straight line.

    >>> percentile([1.0, 2.0, 4.0], 75)
    3.0
    """
    return float(np.percentile(values, percent))


def median(values: Numbers) -> float:
    """The value in the middle, or the mean of the two there."""
    return float(np.median(values))


def ends(values: Numbers, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The interval that leaves out as many values below as above; what is no number is left out."""
    tail = (1 - confidence) / 2
    low, high = np.nanquantile(values, [tail, 1 - tail])
    return float(low), float(high)
