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
    scale = rows.std(axis=0) + 1e-6
    weights, bias = fitted(rows / scale, answered, balanced(answered, groups), l2=l2)
    return weights / scale, bias


def fitted(
    x: Array,
    right: NDArray[np.bool_],
    counts: Array,
    *,
    l2: float,
    bounds: Sequence[tuple[float | None, float | None]] | None = None,
) -> tuple[Array, float]:
    """Weights and bias of the least sum of surprises and squared weights, by L-BFGS.

    Args:
        x: ``(n, k)``, of about one size.
        right: ``(n,)``.
        counts: ``(n,)``: how often each row counts.
        l2: what the squares of the weights count; the bias is free.
        bounds: ``k`` pairs: least and greatest weight of each feature; `None` for any.
    """
    from scipy.optimize import minimize

    x = np.column_stack([x, np.ones(len(x))])
    sign = np.where(right, 1.0, -1.0)

    def loss(w: Array) -> tuple[float, Array]:
        margin = sign * (x @ w)
        value = float(counts @ np.logaddexp(0, -margin)) + l2 * float(w[:-1] @ w[:-1])
        gradient = -x.T @ (counts * sign / (1 + np.exp(margin)))
        gradient[:-1] += 2 * l2 * w[:-1]
        return value, gradient

    within = None if bounds is None else [*bounds, (None, None)]
    learned = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", bounds=within).x
    return learned[:-1], float(learned[-1])


def held_out(
    rows: Array,
    right: NDArray[np.bool_],
    groups: Sequence[str],
    keys: Sequence[str],
    *,
    l2: float,
    folds: int,
    rounds: int,
) -> Array:
    """``(n,)`` probability of each row by weights learned without those that hang together with it.

    Args:
        rows: ``(n, k)``.
        right: ``(n,)``.
        groups: ``(n,)``, see `logistic`.
        keys: ``(n,)``, equal for rows that hang together.
        l2: see `logistic`.
        folds: parts that are left out in turn.
        rounds: how often they are drawn anew; the mean is taken.
    """
    names = np.unique(keys)
    total = np.zeros(len(right))
    chance = np.random.default_rng(0)
    for _ in range(rounds):
        fold_of = dict(zip(chance.permutation(names), np.arange(len(names)) % folds, strict=True))
        own = np.asarray([fold_of[key] for key in keys])
        for fold in range(folds):
            out = own == fold
            kept = [group for group, is_out in zip(groups, out, strict=True) if not is_out]
            weights, bias = logistic(rows[~out], right[~out], kept, l2=l2)
            total[out] += probabilities(rows[out], weights, bias)
    return total / rounds


def probabilities(rows: Array, weights: Array, bias: float) -> Array:
    """``(n,)``, of rows with the features of the weights."""
    sure: Array = 1 / (1 + np.exp(-(rows @ weights + bias)))
    return sure


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
