"""Learn what tells a need (`assistant.contact.need`), from half ``fit`` of the calls."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.bootstrap import LOCAL_VIEWER
from assistant.contact.listening import Listener
from assistant.contact.need import FEATURES
from eval.components.contacts.measuring import stores
from eval.fitting.logistic import Array, held_out, logistic, named
from eval.halves import half
from eval.statistics.telling import f1
from eval.work import Work

FOLDS = 8
ROUNDS = 8
L2 = 0.03
"""There are few calls: features keep to what they tell in all of them."""


def learn(work: Work) -> dict[str, Any]:
    """``need``: weights by name with ``bias``; ``needed_from``: the probability of a need.

    The threshold is where F1 of calls that were not learned from is highest, by cross-validation
    over whole conversations.
    """
    rows: list[list[float]] = []
    needed: list[bool] = []
    groups: list[str] = []
    keys: list[str] = []
    for name, assistant, calls in stores(work):
        listener = Listener(assistant)
        for call in calls:
            if half(call.key) != "fit":
                continue
            features = listener.look(call.turns, LOCAL_VIEWER).features
            if features is None:
                continue
            rows.append(features)
            needed.append(call.needed)
            groups.append(name)
            keys.append(call.key)
        work.progress(f"need: {groups.count(name)} turns of {name}")
    x, y = np.asarray(rows), np.asarray(needed)
    sure = held_out(x, y, groups, keys, l2=L2, folds=FOLDS, rounds=ROUNDS)
    threshold, reached = best_threshold(sure, y)
    work.progress(f"need: F1 {reached:.3f} held out, from {threshold:.3f} on")
    weights, bias = logistic(x, y, groups, l2=L2)
    return {
        "need": {**named(FEATURES, weights), "bias": round(float(bias), 4)},
        "needed_from": round(threshold, 4),
    }


def best_threshold(sure: Array, y: NDArray[np.bool_]) -> tuple[float, float]:
    """The probability with the highest F1, between two that occur, and that F1."""
    known = np.unique(sure)
    between = (known[:-1] + known[1:]) / 2
    reached = [f1(list(zip(sure >= cut, y, strict=True))) or 0.0 for cut in between]
    best = int(np.argmax(reached))
    return float(between[best]), float(reached[best])
