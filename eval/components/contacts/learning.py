"""Learn what tells a need (`assistant.contact.need`), from half ``fit`` of the calls."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.bootstrap import LOCAL_VIEWER
from assistant.contact.listening import Listener
from assistant.contact.need import FEATURES
from eval.cases import half
from eval.components.contacts.measuring import stores
from eval.fitting.logistic import Array, logistic, named
from eval.scores import Progress
from eval.statistics.telling import f1
from knowledge.ports import Embedder
from knowledge.settings import Settings

FOLDS = 8
ROUNDS = 8
L2 = 0.03
"""There are few calls: features keep to what they tell in all of them."""


def learn(
    data: Path, embedder: Embedder, settings: Settings, progress: Progress = lambda line: None
) -> tuple[dict[str, float], float]:
    """Weights by name and ``bias``, and the probability from which there is a need.

    The threshold is where F1 of calls that were not learned from is highest, by cross-validation
    over whole conversations.
    """
    rows: list[list[float]] = []
    needed: list[bool] = []
    groups: list[str] = []
    keys: list[str] = []
    for name, assistant, calls in stores(data, embedder, settings):
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
        progress(f"need: {groups.count(name)} turns of {name}")
    x, y = np.asarray(rows), np.asarray(needed)
    sure = held_out(x, y, groups, keys)
    threshold, reached = best_threshold(sure, y)
    progress(f"need: F1 {reached:.3f} held out, from {threshold:.3f} on")
    weights, bias = logistic(x, y, groups, l2=L2)
    return {**named(FEATURES, weights), "bias": round(float(bias), 4)}, round(threshold, 4)


def held_out(x: Array, y: NDArray[np.bool_], groups: list[str], keys: list[str]) -> Array:
    """``(n,)`` probability of each row by weights learned without its conversation."""
    conversations = np.unique(keys)
    total = np.zeros(len(y))
    rng = np.random.default_rng(0)
    for _ in range(ROUNDS):
        fold_of = dict(
            zip(rng.permutation(conversations), np.arange(len(keys)) % FOLDS, strict=False)
        )
        folds = np.asarray([fold_of[key] for key in keys])
        for fold in range(FOLDS):
            out = folds == fold
            kept = [group for group, is_out in zip(groups, out, strict=True) if not is_out]
            weights, bias = logistic(x[~out], y[~out], kept, l2=L2)
            total[out] += 1 / (1 + np.exp(-(x[out] @ weights + bias)))
    return total / ROUNDS


def best_threshold(sure: Array, y: NDArray[np.bool_]) -> tuple[float, float]:
    """The probability with the highest F1, between two that occur, and that F1."""
    known = np.unique(sure)
    between = (known[:-1] + known[1:]) / 2
    reached = [f1(list(zip(sure >= cut, y, strict=True))) or 0.0 for cut in between]
    best = int(np.argmax(reached))
    return float(between[best]), float(reached[best])
