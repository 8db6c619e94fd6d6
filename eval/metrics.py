"""Measures of rankings and answers, as TREC names them: pure functions, one case each."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from knowledge.text import fold


def success_at_k(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """1.0 when any relevant document is among the first ``k``, else 0.0."""
    return float(any(name in relevant for name in ranked[:k]))


def recall_at_k(ranked: Sequence[str], relevant: Collection[str], k: int) -> float | None:
    """Share of the relevant documents among the first ``k``; `None` when none is relevant."""
    if not relevant:
        return None
    return len(set(ranked[:k]) & set(relevant)) / len(set(relevant))


def fact_shown(shown: str, facts: Collection[str]) -> float | None:
    """1.0 when any of the facts stands in the text; `None` when no fact is labelled.

    Case, accents, emphasis marks and white space do not count. A number stands alone: "5 €" is not
    in "15 €".
    """
    if not facts:
        return None
    text = normalised(shown)
    return float(any(_stands_in(normalised(fact), text) for fact in facts))


def _stands_in(fact: str, text: str) -> bool:
    before = r"(?<!\d)" if fact[:1].isdigit() else ""
    after = r"(?!\d)" if fact[-1:].isdigit() else ""
    return bool(fact) and re.search(before + re.escape(fact) + after, text) is not None


def normalised(text: str) -> str:
    """The text folded, emphasis marks out, white space collapsed."""
    return " ".join(fold(text).translate({ord(c): None for c in "*_`"}).split())


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


def mean(values: Sequence[float | None]) -> float | None:
    """Mean of the values that apply; `None` when none does."""
    applying = [v for v in values if v is not None]
    return float(np.mean(applying)) if applying else None


def standard_error(values: Sequence[float | None]) -> float | None:
    """Standard error of `mean`; `None` for fewer than two values."""
    applying = [v for v in values if v is not None]
    if len(applying) < 2:
        return None
    return float(np.std(applying, ddof=1) / np.sqrt(len(applying)))
