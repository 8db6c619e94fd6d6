"""Learn what `assistant.drafting.weighing` weighs, from half ``fit`` of the labelled drafts.

How sure it is to be about drafts of other scenarios is found by leaving scenarios out in turn.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.drafting.weighing import FEATURES, Features
from eval.components.drafts.cases import Case, cases, checker, setting_of
from eval.fitting.logistic import Array, held_out, logistic, named
from eval.work import Work

L2 = 0.01
"""There are few figures: weights keep to what holds for all of them."""
FOLDS = 10
ROUNDS = 5
PRECISION = 0.95
"""Least precision of what is marked in scenarios that were left out."""


class Figure(NamedTuple):
    """A figure of a draft that a source says otherwise.

    Attributes:
        scenario: of the draft.
        features: what tells how sure that is.
        wrong: whether the set says that it is wrong.
    """

    scenario: str
    features: Features
    wrong: bool


def learn(work: Work) -> dict[str, float]:
    """Weights by name with ``bias``, and ``marked from``, the least probability to mark."""
    found = list(figures(work))
    rows = np.array([[getattr(one.features, name) for name in FEATURES] for one in found])
    wrong = np.array([one.wrong for one in found])
    groups, scenarios = ["drafts"] * len(wrong), [one.scenario for one in found]
    sure = held_out(rows, wrong, groups, scenarios, l2=L2, folds=FOLDS, rounds=ROUNDS)
    bar, recall = threshold(sure, wrong)
    work.progress(f"{len(found)} figures, {int(wrong.sum())} wrong; left out: recall {recall:.3f}")
    weights, bias = logistic(rows, wrong, groups, l2=L2)
    return {**named(FEATURES, weights), "bias": round(bias, 4), "marked from": round(bar, 3)}


def figures(work: Work) -> Iterator[Figure]:
    """The figures of half ``fit`` that any source says otherwise."""
    with checker(work) as (check, guides):
        for case in cases("fit"):
            for start, one in check.weighed(case.draft, setting_of(case, guides)):
                place = start + one.figure.start, start + one.figure.end
                wrong = is_wrong(case, *place)
                if wrong is not None:
                    yield Figure(case.scenario, one.features, wrong)


def is_wrong(case: Case, start: int, end: int) -> bool | None:
    """Whether the set says that a figure is wrong; `None` where it stands in another mark."""
    met = [label for label in case.labels if start < label.end and label.start < end]
    if not met:
        return False
    return True if any("fact" in (label.kind, *label.also) for label in met) else None


def threshold(sure: Array, wrong: NDArray[np.bool_]) -> tuple[float, float]:
    """The lowest probability from which precision reaches `PRECISION`, and the recall there."""
    best = 1.0, 0.0
    for bar in np.unique(sure)[::-1]:
        marked = sure >= bar
        if wrong[marked].mean() >= PRECISION:
            best = float(bar), float(wrong[marked].sum() / wrong.sum())
    return best
