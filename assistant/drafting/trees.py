"""Sums of small trees: rows of features -> probabilities. Learned by `eval.fitting.boosted`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

LEAF = -1
"""In place of a feature, where a node divides nothing: all go left."""


@dataclass(frozen=True)
class Trees:
    """Trees of one depth; node ``i`` has the children ``2 i + 1`` and ``2 i + 2``.

    Attributes:
        features: ``(n_trees, 2 ** depth - 1)``: what each node looks at.
        cuts: the same: a row whose feature is greater goes right.
        leaves: ``(n_trees, 2 ** depth)``: log odds that each leaf adds.
        start: log odds that all begin with.
    """

    features: NDArray[np.int64]
    cuts: Array
    leaves: Array
    start: float

    def probabilities(self, rows: Array) -> Array:
        """``(n,)``, 0 to 1, of ``(n, k)`` rows."""
        if not len(rows):
            return np.empty(0)
        inner = self.features.shape[1]
        features, cuts, leaves = self._flat
        first = np.arange(len(self.features)) * inner
        at = np.zeros((len(rows), len(first)), np.int64)
        for _ in range(inner.bit_length()):
            node = first + at
            seen = np.take_along_axis(rows, features[node], axis=1)
            at = 2 * at + 1 + (seen > cuts[node])
        margin = self.start + leaves[np.arange(len(first)) + first + at - inner].sum(axis=1)
        sure: Array = 1 / (1 + np.exp(-margin))
        return sure

    @cached_property
    def _flat(self) -> tuple[NDArray[np.int64], Array, Array]:
        """Features, cuts and leaves, tree after tree; nothing is greater than the cut of a leaf."""
        cuts = np.where(self.features == LEAF, np.inf, self.cuts)
        return np.maximum(self.features, 0).ravel(), cuts.ravel(), self.leaves.ravel()

    def to_json(self) -> dict[str, Any]:
        """As it is shipped: a line for each tree, "feature>cut" of its nodes, then its leaves."""
        lines = [
            " ".join(
                (
                    *(f"{f}>{c:.5g}" for f, c in zip(features, cuts, strict=True)),
                    *(f"{value:.4g}" for value in leaves),
                )
            )
            for features, cuts, leaves in zip(self.features, self.cuts, self.leaves, strict=True)
        ]
        return {"start": round(self.start, 4), "trees": lines}

    @classmethod
    def from_json(cls, made: Mapping[str, Any]) -> Self:
        """What `to_json` gave."""
        nodes, leaves = [], []
        for line in made["trees"]:
            parts = line.split()
            nodes.append([one.split(">") for one in parts if ">" in one])
            leaves.append([float(one) for one in parts if ">" not in one])
        return cls(
            np.array([[int(feature) for feature, _ in tree] for tree in nodes]),
            np.array([[float(cut) for _, cut in tree] for tree in nodes]),
            np.array(leaves),
            float(made["start"]),
        )
