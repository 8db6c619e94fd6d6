"""Means over cases that leave out what does not apply."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np


def mean(values: Sequence[float | None]) -> float | None:
    """Mean of the values that apply; `None` when none does."""
    applying = [v for v in values if v is not None]
    return float(np.mean(applying)) if applying else None


def weighted(parts: Iterable[tuple[float, float | None]]) -> float | None:
    """Mean of pairs ``(weight, value)`` whose values apply; `None` when none does."""
    applying = [(weight, value) for weight, value in parts if value is not None]
    if not applying:
        return None
    return sum(w * v for w, v in applying) / sum(w for w, _ in applying)
