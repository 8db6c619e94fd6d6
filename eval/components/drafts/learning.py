"""Learn what `assistant.drafting.weighing` weighs, from half ``fit`` of the labelled drafts.

How sure it is to be about drafts of other scenarios is found by leaving scenarios out in turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.drafting.check import Held
from assistant.drafting.facts import looked_again, unsourced, weighed
from assistant.drafting.weighing import FEATURES, Features
from eval.components.drafts.cases import Case, cases, checker, setting_of
from eval.fitting.logistic import Array, held_out, logistic, named
from eval.work import Work

L2 = 0.01
"""There are few figures: weights keep to what holds for all of them."""
SOURCED = 19
"""Groups of figures as they are, against one of right figures without a source."""
FOLDS = 10
ROUNDS = 5
PRECISION = 0.96
"""Least precision of what is marked in scenarios that were left out."""


class Figure(NamedTuple):
    """A figure of a draft that a source says otherwise.

    Attributes:
        scenario: of the draft.
        features: what tells how sure that is.
        wrong: whether the set says that it is wrong.
        sourced: whether the sources that say the same were there.
    """

    scenario: str
    features: Features
    wrong: bool
    sourced: bool = True


def learn(work: Work) -> dict[str, float]:
    """Weights by name with ``bias``, and ``marked from``, the least probability to mark."""
    found = list(figures(work))
    rows = np.array([[getattr(one.features, name) for name in FEATURES] for one in found])
    wrong = np.array([one.wrong for one in found])
    groups, scenarios = shares(found), [one.scenario for one in found]
    sure = held_out(rows, wrong, groups, scenarios, l2=L2, folds=FOLDS, rounds=ROUNDS)
    said = np.array([one.sourced for one in found])
    bar, recall = threshold(sure[said], wrong[said])
    unfound = float((sure[~said] >= bar).mean())
    work.progress(
        f"{int(said.sum())} figures, {int(wrong.sum())} wrong; left out: recall {recall:.3f}, "
        f"and {unfound:.3f} of right ones marked if no source said them"
    )
    weights, bias = logistic(rows, wrong, groups, l2=L2)
    return {**named(FEATURES, weights), "bias": round(bias, 4), "marked from": round(bar, 3)}


def shares(found: Sequence[Figure]) -> list[str]:
    """Groups that weigh the same: one of right figures without a source, the rest of the others."""
    return [f"drafts {n % SOURCED}" if one.sourced else "unfound" for n, one in enumerate(found)]


def figures(work: Work) -> Iterator[Figure]:
    """The figures of half ``fit`` that any source says otherwise, and would if none said the same.

    What is right may stand in no source, or in one that is not found: that is no reason to mark it.
    """
    with checker(work) as (check, guides):
        for case in cases("fit"):
            for start, held in check.held(case.draft, setting_of(case, guides)):
                yield from _figures(case, start, held)


def _figures(case: Case, start: int, held: Held) -> Iterator[Figure]:
    for one in weighed(held.said, held.named, held.talk):
        again = looked_again(one, held.said, held.named, held.talk, held.look)
        wrong = is_wrong(case, start + one.figure.start, start + one.figure.end)
        if again is not None and wrong is not None:
            yield Figure(case.scenario, again.features, wrong)
    for one in unsourced(held.said, held.named, held.talk):
        if is_wrong(case, start + one.figure.start, start + one.figure.end) is False:
            yield Figure(case.scenario, one.features, wrong=False, sourced=False)


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
