"""Gradient boosting of small trees for a yes or no (Friedman 2001, Newton leaves as in XGBoost).

Features are cut into few bins, so that a tree takes milliseconds; the same rows and seed give the
same trees on every machine. What comes out is evaluated by `assistant.drafting.trees`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.drafting.trees import LEAF, Trees

Array = NDArray[np.float64]

_DIGITS = 4
_LEAST_GAIN = 1e-6


@dataclass(frozen=True)
class Boosting:
    """How trees are grown.

    Attributes:
        trees: of each sum.
        depth: of each; it has at most ``2 ** depth`` leaves.
        rate: share of each tree's step that is taken.
        l2: what the squares of a leaf's value count.
        least: rows that a leaf has.
        tried: share of the features that a tree looks at.
        bins: of a feature at most.
        sums: of trees that are grown apart, from other features each.
    """

    trees: int = 100
    depth: int = 3
    rate: float = 0.08
    l2: float = 5.0
    least: int = 20
    tried: float = 0.25
    bins: int = 24
    sums: int = 4


def boosted(rows: Array, right: NDArray[np.bool_], how: Boosting) -> Trees:
    """Trees whose sum is the log odds that a row is right: the mean of several such sums.

    Args:
        rows: ``(n, k)``.
        right: ``(n,)``.
        how: see `Boosting`.
    """
    edges = [_edges(column, how.bins) for column in rows.T]
    binned = np.column_stack([np.searchsorted(e, c) for e, c in zip(edges, rows.T, strict=True)])
    binned += np.arange(rows.shape[1]) * how.bins  # each feature has bins of its own
    share = float(right.mean())
    start = float(np.log(share / (1 - share)))
    chance = np.random.default_rng(0)
    grown = []
    for _ in range(how.sums):
        margin = np.full(len(rows), start)
        for _ in range(how.trees):
            sure = 1 / (1 + np.exp(-margin))
            order = chance.permutation(rows.shape[1])
            tried = np.sort(order[: max(1, int(how.tried * rows.shape[1]))])
            grown.append(_Tree(how, tried, binned, right - sure, sure * (1 - sure)))
            margin += grown[-1].value
    return _packed(grown, edges, start, how)


def _edges(column: Array, bins: int) -> Array:
    """Cuts between the bins of a feature, rising."""
    values = np.unique(np.round(column, _DIGITS))
    if len(values) > bins:
        values = np.unique(np.quantile(column, np.linspace(0, 1, bins + 1)).round(_DIGITS))
    return (values[:-1] + values[1:])[: bins - 1] / 2


class _Tree:
    """One tree as a full binary one: node ``i`` has the children ``2 i + 1`` and ``2 i + 2``.

    Attributes:
        feature: of each inner node; `LEAF` where it does not divide.
        cut: the bin from which a row goes right.
        leaves: value of each node of the last level.
        value: ``(n,)`` of each row.
    """

    def __init__(
        self,
        how: Boosting,
        tried: NDArray[np.int64],
        binned: NDArray[np.int64],
        gradient: Array,
        curvature: Array,
    ) -> None:
        inner = 2**how.depth - 1
        self.feature = np.full(inner, LEAF)
        self.cut = np.zeros(inner, np.int64)
        self.leaves = np.zeros(inner + 1)
        self.value = np.zeros(len(binned))
        self._how = how
        self._tried = tried
        self._grow(0, np.arange(len(binned)), binned, (gradient, curvature, np.ones(len(binned))))

    def _grow(
        self,
        node: int,
        here: NDArray[np.int64],
        binned: NDArray[np.int64],
        sums: tuple[Array, Array, Array],
    ) -> None:
        how = self._how
        if node >= len(self.feature):
            gradient, curvature = (float(one[here].sum()) for one in sums[:2])
            step = round(how.rate * gradient / (curvature + how.l2), _DIGITS)
            self.leaves[node - len(self.feature)] = step
            self.value[here] = step
            return
        found = self._best(here, binned, sums)
        if found is None:
            self._grow(2 * node + 1, here, binned, sums)  # nothing comes to the other one
            return
        self.feature[node], self.cut[node] = found
        bins = binned[here, found[0]] - found[0] * how.bins
        self._grow(2 * node + 1, here[bins < found[1]], binned, sums)
        self._grow(2 * node + 2, here[bins >= found[1]], binned, sums)

    def _best(
        self,
        here: NDArray[np.int64],
        binned: NDArray[np.int64],
        sums: tuple[Array, Array, Array],
    ) -> tuple[int, int] | None:
        """The feature and bin that divide rows best; `None` where none does."""
        how, tried = self._how, self._tried
        own = binned[np.ix_(here, tried)]
        size = (int(tried[-1]) + 1) * how.bins
        left = []
        for one in sums:
            repeated = np.repeat(one[here], len(tried))
            summed = np.bincount(own.ravel(), repeated, size).reshape(-1, how.bins)[tried]
            left.append(np.cumsum(summed, axis=1))
        gradient, curvature, count = left
        whole = [one[:, -1:] for one in left]
        gain = (
            gradient**2 / (curvature + how.l2)
            + (whole[0] - gradient) ** 2 / (whole[1] - curvature + how.l2)
            - whole[0] ** 2 / (whole[1] + how.l2)
        )
        gain[(count < how.least) | (whole[2] - count < how.least)] = -np.inf
        at = int(np.argmax(gain))
        if gain.flat[at] < _LEAST_GAIN:
            return None
        return int(tried[at // how.bins]), at % how.bins + 1


def _packed(grown: list[_Tree], edges: list[Array], start: float, how: Boosting) -> Trees:
    """Trees with the values of features in place of bins, and the mean of their sums."""
    features = np.array([tree.feature for tree in grown])
    cuts = np.array([_values(tree, edges) for tree in grown])
    leaves = np.array([tree.leaves for tree in grown]) / how.sums
    return Trees(features, cuts, leaves, start)


def _values(tree: _Tree, edges: list[Array]) -> list[float]:
    return [
        0.0 if feature == LEAF else float(edges[feature][cut - 1])
        for feature, cut in zip(tree.feature, tree.cut, strict=True)
    ]
