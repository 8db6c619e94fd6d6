"""Weights that put the right ones first among the candidates of a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_L2 = 1e-3


@dataclass(frozen=True)
class Labelled:
    """Candidates of one question.

    Attributes:
        features: ``(n, k)``.
        right: ``(n,)`` bool: shown alone, the candidate answers.
    """

    features: Array
    right: NDArray[np.bool_]


def listwise(labelled: Sequence[Labelled]) -> Array:
    """Weights that put right sentences first: softmax over each question's candidates.

    ListNet's top-one loss (Cao et al. 2007) with L2 regularisation, by L-BFGS.
    """
    from scipy.optimize import minimize

    usable = [x for x in labelled if x.right.any()]
    every = np.concatenate([x.features for x in usable])
    scale = every.std(axis=0) + 1e-6

    def loss(weights: Array) -> tuple[float, Array]:
        total, gradient = 0.0, np.zeros_like(weights)
        for one in usable:
            x = one.features / scale
            score = x @ weights
            share = np.exp(score - score.max())
            share /= share.sum()
            right = share[one.right].sum()
            total -= float(np.log(right + 1e-12))
            gradient -= x.T @ (np.where(one.right, share, 0) / (right + 1e-12) - share)
        n = len(usable)
        return total / n + _L2 * float(weights @ weights), gradient / n + 2 * _L2 * weights

    result = minimize(loss, np.zeros(every.shape[1]), jac=True, method="L-BFGS-B")
    learned: Array = result.x / scale
    return learned
