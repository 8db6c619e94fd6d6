"""ECE and Brier: does a confidence of 0.8 mean that eight in ten are right?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from eval.measures.models import NotApplicable
from eval.measures.whole.models import Rows, WholeMeasure
from eval.measures.whole.sureness import sureness

BINS = 10
FEWEST = 100
"""Answers below which a bin has fewer than ten, and the error is mostly chance."""


@dataclass(frozen=True)
class Bin:
    """Answers of nearly one confidence.

    Attributes:
        confidence: mean of theirs.
        right: share of right ones.
        n: how many.
    """

    confidence: float
    right: float
    n: int


def bins(rows: Rows) -> list[Bin]:
    """As many answers in each of ten bins, least sure first; equal confidences stay in order."""
    ordered = rows[np.argsort(rows[:, 0], kind="stable")]
    return [
        Bin(float(part[:, 0].mean()), float(part[:, 1].mean()), len(part))
        for part in np.array_split(ordered, BINS)
        if len(part)
    ]


def _ece(rows: Rows) -> float | NotApplicable:
    if len(rows) < FEWEST:
        return NotApplicable("few_answers")
    return sum(one.n * abs(one.right - one.confidence) for one in bins(rows)) / len(rows)


def _brier(rows: Rows) -> float:
    return float(((rows[:, 0] - rows[:, 1]) ** 2).mean())


ECE = WholeMeasure(
    name="ECE",
    formula="mean distance of confidence and share of right answers over ten bins of as many "
    f"answers; from {FEWEST} answers on",
    source="Naeini et al. 2015; bins of equal mass as in Nixon et al. 2019 (arXiv 1904.01685)",
    row=sureness,
    value=_ece,
    best="low",
)
BRIER = WholeMeasure(
    name="Brier",
    formula="mean square of confidence - 1 for right answers, confidence - 0 for wrong ones",
    source="Brier 1950",
    row=sureness,
    value=_brier,
    best="low",
)
