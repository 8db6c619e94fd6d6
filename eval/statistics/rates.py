"""Shares of cases: how far off they may be, and whether two runs flip the same ones by chance."""

from __future__ import annotations

from scipy.stats import binomtest


def wilson(hits: int, n: int) -> tuple[float, float]:
    """95 % interval of a share (Wilson 1927); with no hits its upper end is near 3.8 / n.

    Raises:
        ValueError: there are no cases, or more hits than cases.
    """
    found = binomtest(hits, n).proportion_ci(method="wilson")
    return float(found.low), float(found.high)


def never_seen(n: int) -> float:
    """The share below which something lies, at 95 %, that did not happen in n cases.

    The rule of three (Hanley & Lippman-Hand 1983): 3 / n; 1 for fewer than three cases.

    Raises:
        ValueError: there are no cases.
    """
    if n < 1:
        raise ValueError(f"n must be at least 1, got {n}")
    return min(1.0, 3.0 / n)


def mcnemar(better: int, worse: int) -> float:
    """Chance of flips this uneven, either way, if both directions are as likely.

    The exact form of the test (McNemar 1947): binomial over the cases that flipped. 1.0 without
    any. It takes cases as independent; twins are not, so `paired.sign_flips` decides.
    """
    if not better + worse:
        return 1.0
    return float(binomtest(worse, better + worse, 0.5).pvalue)
