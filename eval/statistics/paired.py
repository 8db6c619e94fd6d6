"""Two runs over the same cases: the mean difference, its interval, and whether it may be chance."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.stats import bootstrap

from eval.statistics.clusters import Clusters, clustered
from eval.statistics.percentiles import CONFIDENCE

RESAMPLES = 10_000
FEWEST_FOR_BCA = 30
"""Clusters below which the correction of the bootstrap is estimated from too little."""
_AT_ONCE = 1_000
_TIE = 1e-12

Method = Literal["BCa", "percentile", "constant"]


@dataclass(frozen=True)
class Interval:
    """Where the mean difference lies.

    Attributes:
        low: end below.
        high: end above.
        method: of the bootstrap; ``constant`` where all differences are equal, and the interval is
            the one value.
    """

    low: float
    high: float
    method: Method


@dataclass(frozen=True)
class Paired:
    """What changed from one run to another in one metric, positive where it became better.

    Attributes:
        difference: mean over the cases.
        interval: of it, 95 %.
        p_worse: chance of a mean this low or lower if nothing changed.
        p_changed: chance of a mean this far from 0 in either direction if nothing changed.
        standard_error: of `difference`; `None` for one cluster.
        better: cases that became better.
        equal: cases that did not change.
        worse: cases that became worse.
        clusters: independent draws among the cases.
        changed: clusters that became better or worse on the whole.
    """

    difference: float
    interval: Interval
    p_worse: float
    p_changed: float
    standard_error: float | None
    better: int
    equal: int
    worse: int
    clusters: int
    changed: int

    @property
    def n(self) -> int:
        """Cases that were compared."""
        return self.better + self.equal + self.worse


def compare(
    before: Sequence[float],
    after: Sequence[float],
    keys: Sequence[Hashable],
    *,
    higher_is_better: bool = True,
    seed: int = 0,
) -> Paired:
    """One metric of two runs, case by case.

    Args:
        before: ``(n,)`` of the first run.
        after: ``(n,)`` of the second, in the same order.
        keys: ``(n,)``, equal for cases that hang together.
        higher_is_better: the metric's direction.
        seed: of the resampling; equal input and seed give equal output.

    Raises:
        ValueError: there are no cases, or not as many of each.
    """
    if len(before) != len(after):
        raise ValueError(f"{len(before)} and {len(after)} cases: compare the ones both runs have")
    sign = 1.0 if higher_is_better else -1.0
    differences = sign * (np.asarray(after, np.float64) - np.asarray(before, np.float64))
    groups = clustered(differences, keys)
    p_worse, p_changed = sign_flips(groups, seed=seed)
    better, worse = int((differences > _TIE).sum()), int((differences < -_TIE).sum())
    return Paired(
        difference=groups.mean,
        interval=interval(groups, seed=seed),
        p_worse=p_worse,
        p_changed=p_changed,
        standard_error=groups.standard_error,
        better=better,
        equal=len(differences) - better - worse,
        worse=worse,
        clusters=len(groups),
        changed=len(_changed(groups)),
    )


def interval(groups: Clusters, *, seed: int = 0) -> Interval:
    """Of the mean, by resampling whole clusters.

    Bias-corrected and accelerated (Efron 1987), by percentiles for fewer than 30 clusters.
    """
    if np.ptp(groups.sums / groups.sizes) < _TIE:
        return Interval(groups.mean, groups.mean, "constant")
    method: Method = "BCa" if len(groups) >= FEWEST_FOR_BCA else "percentile"
    found = bootstrap(
        (groups.sums, groups.sizes),
        lambda sums, sizes, axis: sums.sum(axis=axis) / sizes.sum(axis=axis),
        paired=True,
        vectorized=True,
        n_resamples=RESAMPLES,
        batch=_AT_ONCE,
        confidence_level=CONFIDENCE,
        method=method,
        rng=np.random.default_rng(seed),
    ).confidence_interval
    return Interval(float(found.low), float(found.high), method)


def sign_flips(groups: Clusters, *, seed: int = 0) -> tuple[float, float]:
    """``(p_worse, p_changed)``: of a paired randomisation test that flips whole clusters.

    If nothing changed, each cluster's difference could as well have had the other sign (Smucker et
    al. 2007). ``p = (1 + count) / (1 + draws)``, so that it is never 0 (Davison & Hinkley 1997).
    """
    rng = np.random.default_rng(seed)
    changed = _changed(groups)
    seen = changed.sum()
    lower = farther = 0
    for _ in range(RESAMPLES // _AT_ONCE):
        signs = rng.integers(0, 2, (_AT_ONCE, len(changed)), dtype=np.int8) * 2 - 1
        sums = signs @ changed
        lower += int((sums <= seen + _TIE).sum())
        farther += int((np.abs(sums) >= abs(seen) - _TIE).sum())
    return (1 + lower) / (1 + RESAMPLES), (1 + farther) / (1 + RESAMPLES)


def _changed(groups: Clusters) -> NDArray[np.float64]:
    return groups.sums[np.abs(groups.sums) > _TIE]
