"""What a comparison could have seen: the smallest drop, and the cases a smaller one takes."""

from __future__ import annotations

import math

from scipy.stats import t as student

from eval.statistics.rates import never_seen

ALPHA = 0.05
"""One-sided: a gate asks whether a run became worse."""
POWER = 0.8
FEWEST_CHANGED = 5
"""Clusters that have to change for a drop to be seen: four that all change for the worse come by
chance in one of 2**4, which is above `ALPHA`."""


def detectable_drop(
    standard_error: float, changed: int, *, alpha: float = ALPHA, power: float = POWER
) -> float:
    """Smallest true drop that is seen with this power.

    ``(z_alpha + z_power) * standard_error`` (Miller 2024, arXiv 2411.00640, section 5), with the
    quantiles of Student's t: where few clusters change, the test knows the error from few.

    Args:
        standard_error: of the mean paired difference, above 0.
        changed: clusters whose cases became better or worse on the whole.
        alpha: chance of a false alarm, one-sided.
        power: chance that the drop is seen.
    """
    free = max(changed, FEWEST_CHANGED) - 1
    return float(student.isf(alpha, free) + student.isf(1 - power, free)) * standard_error


def cases_needed(
    drop: float,
    n: int,
    standard_error: float,
    changed: int,
    *,
    alpha: float = ALPHA,
    power: float = POWER,
) -> int:
    """Cases of the same kind with which a drop is seen with this power; at least 1.

    Args:
        drop: above 0, in the metric's unit.
        n: cases that gave the standard error.
        standard_error: of the mean paired difference over them, above 0.
        changed: see `detectable_drop`.
        alpha: chance of a false alarm, one-sided.
        power: chance that the drop is seen.

    Raises:
        ValueError: the drop is not above 0.
    """
    if drop <= 0:
        raise ValueError(f"drop must be above 0, got {drop}")
    smallest = detectable_drop(standard_error, changed, alpha=alpha, power=power)
    return max(1, math.ceil(n * (smallest / drop) ** 2))


def least_standard_error(n: int, widest: float = 1.0) -> float:
    """What to reckon with where no case changed, which does not mean that none ever would.

    At most 3 / n of such cases change, at 95 % (`never_seen`), each by `widest` at most.
    """
    return widest * math.sqrt(never_seen(n) / n)
