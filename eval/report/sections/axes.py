"""Axes that several plots have."""

from __future__ import annotations

from eval.report.words import Words

Ticks = tuple[tuple[float, str], ...]


def share_ticks(w: Words, most: float = 1.0) -> Ticks:
    """Six ticks of shares from 0 on."""
    digits = 1 if most > 0.5 else 2
    return tuple((most * part / 5, w.n(most * part / 5, digits)) for part in range(6))
