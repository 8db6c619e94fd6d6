"""Cases that hang together, such as twins in two languages, are one draw and not two."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, eq=False)
class Clusters:
    """Values summed by cluster.

    Attributes:
        sums: ``(n_clusters,)`` float64, of the values of each, in order of first appearance.
        sizes: ``(n_clusters,)`` int64, how many values each has, at least 1.
    """

    sums: NDArray[np.float64]
    sizes: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.sums)

    @property
    def mean(self) -> float:
        """Of all values, so that a cluster of two counts twice."""
        return float(self.sums.sum() / self.sizes.sum())

    @property
    def standard_error(self) -> float | None:
        """Of `mean`, by the clusters' deviations from it; `None` for fewer than two clusters.

        The estimator of a ratio (Cochran, *Sampling Techniques*, 1977, eq. 6.13) over clusters; for
        clusters of one value it is the standard error of the mean.
        """
        if len(self) < 2:
            return None
        off = self.sums - self.mean * self.sizes
        return float(np.sqrt((off**2).sum() * len(self) / (len(self) - 1)) / self.sizes.sum())


def clustered(values: ArrayLike, keys: Sequence[Hashable]) -> Clusters:
    """Values grouped by key.

    Args:
        values: ``(n,)`` finite numbers.
        keys: ``(n,)``, equal for values that hang together.

    Raises:
        ValueError: there are no values, not as many keys, or some are not finite.
    """
    numbers = np.asarray(values, dtype=np.float64)
    if not len(numbers) or len(numbers) != len(keys):
        raise ValueError(f"{len(numbers)} values and {len(keys)} keys: give one key for each value")
    if not np.isfinite(numbers).all():
        raise ValueError("values must be finite: leave out cases that a metric does not apply to")
    places: dict[Hashable, int] = {}
    of = np.array([places.setdefault(key, len(places)) for key in keys])
    sums = np.bincount(of, weights=numbers).astype(np.float64)
    return Clusters(sums, np.bincount(of).astype(np.int64))
