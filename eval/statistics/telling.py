"""How well a number or a verdict tells two kinds of cases apart: pure functions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """Probability that a positive scores above a negative, ties half; `None` without both.

    The Mann-Whitney statistic divided by the number of pairs (Hanley & McNeil 1982).
    """
    if not positive or not negative:
        return None
    below = np.sort(np.asarray(negative))
    scores = np.asarray(positive)
    wins = np.searchsorted(below, scores, side="left")
    ties = np.searchsorted(below, scores, side="right") - wins
    return float((wins + ties / 2).sum() / (len(scores) * len(below)))


def f1(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Harmonic mean of precision and recall of pairs ``(said, is)``; `None` without a true one."""
    wanted = sum(bool(is_one) for _, is_one in pairs)
    if not wanted:
        return None
    said = sum(bool(said) for said, _ in pairs)
    right = sum(bool(said and is_one) for said, is_one in pairs)
    return 2 * right / (said + wanted)


def selective_risk(confidence: ArrayLike, correct: ArrayLike) -> NDArray[np.float64]:
    """``(n,)``: share of wrong answers among the 1, 2, … n surest.

    Of answers that are equally sure any may come first: the mean over their orders, so that the
    order of the cases does not count.

    Args:
        confidence: ``(n,)``.
        correct: ``(n,)`` of 0 and 1, or truth values.
    """
    down = -np.asarray(confidence, np.float64)
    if not len(down):
        return np.zeros(0)
    order = down.argsort()
    down, wrong = down[order], 1.0 - np.asarray(correct, np.float64)[order]
    starts = np.flatnonzero(np.concatenate(([True], down[1:] != down[:-1])))
    sizes = np.diff(np.append(starts, len(down)))
    share = np.add.reduceat(wrong, starts) / sizes
    return np.cumsum(np.repeat(share, sizes)) / np.arange(1, len(down) + 1)


def risk_coverage(
    confidence: Sequence[float], correct: Sequence[bool], coverages: Sequence[float]
) -> list[tuple[float, float]]:
    """``(coverage, risk)``: share of wrong answers among the most confident share of cases.

    No points without cases.
    """
    risk = selective_risk(confidence, correct)
    if not len(risk):
        return []
    return [(c, float(risk[max(1, round(c * len(risk))) - 1])) for c in coverages]
