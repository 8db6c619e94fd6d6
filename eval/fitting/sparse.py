"""Logistic regression for many features of which each row has few."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.fitting.logistic import Array

_STEPS = 200


def fitted_sparse(x: Any, right: NDArray[np.bool_], *, l2: float) -> tuple[Array, float]:
    """Weights and bias of the least sum of surprises and squared weights, by L-BFGS.

    Args:
        x: ``(n, k)`` scipy sparse array, of about one size.
        right: ``(n,)``.
        l2: what the squares of the weights count; the bias is free.
    """
    from scipy.optimize import minimize

    sign = np.where(right, 1.0, -1.0)
    across = x.T.tocsr()

    def loss(w: Array) -> tuple[float, Array]:
        margin = sign * (x @ w[:-1] + w[-1])
        value = float(np.logaddexp(0, -margin).sum()) + l2 * float(w[:-1] @ w[:-1])
        pull = -sign / (1 + np.exp(margin))
        return value, np.append(across @ pull + 2 * l2 * w[:-1], pull.sum())

    start = np.zeros(x.shape[1] + 1)
    learned = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x
    return learned[:-1], float(learned[-1])
