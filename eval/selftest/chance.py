"""How often the gate's test is wrong by chance, over cases that hang together as a run's do.

Candidates are drawn that differ from the run in some clusters of cases: in as many for better as
for worse where nothing changed, in more for worse where there is a drop. What the test says of many
of them is counted: nothing of it is taken from a formula.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.gate.policy import Policy
from eval.golden.models import GoldenCase
from eval.runs.scoring import Scored
from eval.statistics.clusters import Clusters, clustered
from eval.statistics.paired import interval, sign_flips
from eval.statistics.power import detectable_drop
from eval.statistics.rates import wilson

CHANGED = 0.1
"""Share of the clusters that change from one run to another where nothing became worse."""
DRAWS = 300
"""Candidates drawn for each measure, without a drop and with one."""
INTERVALS = 100
"""Of these, those whose interval is made: it takes much longer than the test."""


@dataclass(frozen=True)
class Counted:
    """How often something happened.

    Attributes:
        times: it did.
        of: how often it could have.
    """

    times: int
    of: int

    @property
    def share(self) -> float:
        """0 to 1."""
        return self.times / self.of

    @property
    def interval(self) -> tuple[float, float]:
        """95 % of the share."""
        return wilson(self.times, self.of)


@dataclass(frozen=True)
class Chance:
    """What the test of one measure does over a run's cases.

    Attributes:
        measure: its name.
        n: cases that it applies to.
        clusters: independent draws among them.
        alarms: a drop was told where nothing had changed; to be the policy's alpha at most.
        drop: smallest drop that is said to be seen in four of five comparisons.
        seen: it was seen.
        held: the 95 % interval held that drop.
    """

    measure: str
    n: int
    clusters: int
    alarms: Counted
    drop: float
    seen: Counted
    held: Counted


def chances(
    cases: Sequence[GoldenCase],
    scored: Sequence[Scored],
    policy: Policy,
    *,
    draws: int = DRAWS,
    seed: int = 0,
    progress: Callable[[str], None] = lambda line: None,
) -> Iterator[Chance]:
    """What the test does for each measure that applies to cases of two clusters at least.

    Args:
        cases: of the run.
        scored: its scores; only where a measure applies is looked at.
        policy: what the gate looks at, and what chance of a false alarm it allows.
        draws: see `DRAWS`.
        seed: of what is drawn.
        progress: told of each measure.
    """
    cluster = {case.id: case.cluster for case in cases}
    for name in (one.name for one in policy.measures):
        keys = [cluster[s.case] for s in scored if s.measure == name and s.value is not None]
        if len(set(keys)) < 2:
            continue
        progress(f"{name}: {2 * draws} candidates over {len(keys)} cases")
        sizes = clustered(np.zeros(len(keys)), keys).sizes
        yield _chance(name, sizes, policy.alpha, draws, seed)


def _chance(name: str, sizes: NDArray[np.int64], alpha: float, draws: int, seed: int) -> Chance:
    rng = np.random.default_rng(seed)
    n = int(sizes.sum())
    error = math.sqrt(CHANGED * float((sizes**2).sum())) / n
    drop = detectable_drop(error, round(CHANGED * len(sizes)), alpha=alpha)

    def told(groups: Clusters) -> bool:
        return sign_flips(groups, seed=seed)[0] < alpha

    alarms = sum(told(_drawn(rng, sizes, 0.0)) for _ in range(draws))
    worse = [_drawn(rng, sizes, drop) for _ in range(draws)]
    seen = sum(map(told, worse))
    shown = worse[:INTERVALS]
    held = sum(found.low <= -drop <= found.high for found in (interval(one) for one in shown))
    return Chance(
        measure=name,
        n=n,
        clusters=len(sizes),
        alarms=Counted(alarms, draws),
        drop=drop,
        seen=Counted(seen, draws),
        held=Counted(held, len(shown)),
    )


def _drawn(rng: np.random.Generator, sizes: NDArray[np.int64], drop: float) -> Clusters:
    """Differences of a candidate whose mean is `drop` below the run's in the long run."""
    changed = max(CHANGED, min(1.0, drop))
    draw = rng.random(len(sizes))
    signs = np.where(draw < (changed + drop) / 2, -1.0, np.where(draw < changed, 1.0, 0.0))
    return Clusters(signs * sizes, sizes)
