"""A mean of a population from a sample in which some are drawn more often than others."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import t


@dataclass(frozen=True)
class WeightedMean:
    """A mean with its 95 % interval.

    Attributes:
        mean: of the population that the weights stand for.
        low: lower end; `None`: fewer than two clusters, or all values alike.
        high: upper end.
        n: values.
        clusters: independent draws among them.
    """

    mean: float
    low: float | None
    high: float | None
    n: int
    clusters: int


def weighted_mean(
    values: Sequence[float], weights: Sequence[float], keys: Sequence[Hashable]
) -> WeightedMean | None:
    """The mean of a population and its interval; `None` without values.

    The standard error is that of a ratio over clusters (Cochran, *Sampling Techniques*, 1977, eq.
    6.13), here of weighted sums; the interval is Student's with one degree less than clusters.

    Args:
        values: ``(n,)`` from 0 to 1.
        weights: ``(n,)`` above 0: how many of the population each stands for.
        keys: ``(n,)``, equal for values that hang together, such as contacts of one agent.

    Raises:
        ValueError: there are not as many of each, or a weight is not above 0.
    """
    if not len(values) == len(weights) == len(keys):
        raise ValueError(f"{len(values)} values, {len(weights)} weights, {len(keys)} keys")
    if not values:
        return None
    x, w = np.asarray(values, dtype=np.float64), np.asarray(weights, dtype=np.float64)
    if not (w > 0).all():
        raise ValueError("weights must be above 0: leave out what stands for nothing")
    mean = float((w * x).sum() / w.sum())
    places: dict[Hashable, int] = {}
    of = np.array([places.setdefault(key, len(places)) for key in keys])
    count = len(places)
    off = np.bincount(of, weights=w * (x - mean))
    if count < 2 or np.ptp(x) == 0:
        return WeightedMean(mean, None, None, len(x), count)
    error = float(np.sqrt((off**2).sum() * count / (count - 1)) / w.sum())
    reach = float(t.ppf(0.975, count - 1)) * error
    return WeightedMean(mean, max(0.0, mean - reach), min(1.0, mean + reach), len(x), count)
