"""Axes that several plots have."""

from __future__ import annotations

import math

from eval.report.plots import Axis
from eval.report.words import Words

Ticks = tuple[tuple[float, str], ...]
_MOST_TICKS = 7


def share_ticks(w: Words) -> Ticks:
    """Ticks of shares, 0 to 1."""
    return tuple((part / 5, w.n(part / 5, 1)) for part in range(6))


def round_axis(w: Words, title: str, most: float, least: float = 0.0) -> Axis:
    """An axis over round numbers that holds all values.

    Args:
        w: how numbers are written.
        title: of the axis.
        most: greatest value, above ``least``.
        least: smallest value.
    """
    step = _step((most - least) / (_MOST_TICKS - 1))
    first, last = math.floor(least / step + 1e-9), math.ceil(most / step - 1e-9)
    digits = max(0, -math.floor(math.log10(step)))
    ticks = tuple((at * step, w.n(at * step, digits)) for at in range(first, last + 1))
    return Axis(title, first * step, last * step, ticks)


def _step(least: float) -> float:
    """1, 2 or 5 times a power of ten, at least so much."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * one for one in (1, 2, 5, 10) if power * one >= least - 1e-12)
