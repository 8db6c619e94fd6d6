"""What a comparison could have seen: the smallest drop, and the cases a smaller one takes."""

from __future__ import annotations

import math

from scipy.stats import norm

from eval.statistics.rates import never_seen

ALPHA = 0.05
"""One-sided: a gate asks whether a run became worse."""
POWER = 0.8


def detectable_drop(standard_error: float, *, alpha: float = ALPHA, power: float = POWER) -> float:
    """Smallest true drop that is seen with this power.

    ``(z_alpha + z_power) * standard_error`` (Miller 2024, arXiv 2411.00640, section 5).

    Args:
        standard_error: of the mean paired difference, above 0.
        alpha: chance of a false alarm, one-sided.
        power: chance that the drop is seen.
    """
    return float(norm.isf(alpha) + norm.isf(1 - power)) * standard_error


def cases_needed(
    drop: float, n: int, standard_error: float, *, alpha: float = ALPHA, power: float = POWER
) -> int:
    """Cases of the same kind with which a drop is seen with this power; at least 1.

    Args:
        drop: above 0, in the metric's unit.
        n: cases that gave the standard error.
        standard_error: of the mean paired difference over them, above 0.
        alpha: chance of a false alarm, one-sided.
        power: chance that the drop is seen.

    Raises:
        ValueError: the drop is not above 0.
    """
    if drop <= 0:
        raise ValueError(f"drop must be above 0, got {drop}")
    smallest = detectable_drop(standard_error, alpha=alpha, power=power)
    return max(1, math.ceil(n * (smallest / drop) ** 2))


def least_standard_error(n: int, widest: float = 1.0) -> float:
    """What to reckon with where no case changed, which does not mean that none ever would.

    At most 3 / n of such cases change, at 95 % (`never_seen`), each by `widest` at most.
    """
    return widest * math.sqrt(never_seen(n) / n)
