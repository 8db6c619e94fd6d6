"""Logistic regression for few features and groups of unequal size."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

AGENTS_GROUPS = "agents over "
AGENTS_WEIGHT = 4
"""How often groups of agents' own questions count: theirs is the way the product is asked."""
_L2 = 1e-3


def logistic(
    rows: Array, answered: NDArray[np.bool_], groups: Sequence[str], *, l2: float = _L2
) -> tuple[Array, float]:
    """Logistic regression in which each group of a side weighs the same, but agents' more."""
    from scipy.optimize import minimize

    scale = rows.std(axis=0) + 1e-6
    x = np.column_stack([rows / scale, np.ones(len(rows))])
    weight = balanced(answered, groups)
    sign = np.where(answered, 1.0, -1.0)

    def loss(w: Array) -> tuple[float, Array]:
        margin = sign * (x @ w)
        value = float(weight @ np.logaddexp(0, -margin)) + l2 * float(w[:-1] @ w[:-1])
        gradient = -x.T @ (weight * sign / (1 + np.exp(margin)))
        gradient[:-1] += 2 * l2 * w[:-1]
        return value, gradient

    learned = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B").x
    return learned[:-1] / scale, float(learned[-1])


def balanced(answered: NDArray[np.bool_], groups: Sequence[str]) -> Array:
    """Weights of the questions: half of all on each side, shared out among its groups."""
    names = np.asarray(groups)
    weight = np.zeros(len(names))
    for side in (True, False):
        here = sorted(set(names[answered == side]))
        counts = [AGENTS_WEIGHT if name.startswith(AGENTS_GROUPS) else 1 for name in here]
        for name, count in zip(here, counts, strict=True):
            members = (names == name) & (answered == side)
            weight[members] = 0.5 * count / sum(counts) / members.sum()
    return weight


def named(names: Sequence[str], values: Array) -> dict[str, float]:
    """Values by the names of their features, rounded."""
    return {name: round(float(v), 4) for name, v in zip(names, values, strict=True)}
