"""How sure it is that a source says another figure: a weighted sum of what a person can check.

Learned by ``voz eval drafts --learn`` on half ``fit`` of the labelled drafts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields

WEIGHTS: Mapping[str, float] = {
    "forth": 4.2325,
    "back": -0.0803,
    "key": 1.2448,
    "above": 0.5435,
    "ahead": 1.9927,
    "same": -2.3914,
    "same_back": 0.2718,
    "agreeing": -0.1528,
    "across": -0.55,
    "worded": 1.0974,
    "unit": -0.2587,
    "money": 0.1477,
    "duration": 0.2313,
    "time": 0.2935,
    "free": -1.1664,
    "bias": -1.5221,
}
MARKED_FROM = 0.76
"""Least probability from which a figure is marked."""


@dataclass(frozen=True, slots=True)
class Features:
    """What tells whether a source says another figure of the same.

    Attributes:
        forth: share of what the figure is said of that the source's sentence has.
        back: share of what the source's figure is said of that the draft or question speaks of.
        key: the same of the thing that a row or item of the source is of; a half without one.
        above: the same of the title and headings.
        ahead: how much more alike it is than the source that says the same figure.
        same: how alike that one is; 0 where there is none.
        same_back: as ``back``, of that one.
        agreeing: sentences nearly as alike that say as the source does, at most 3, by 3.
        across: 1 where the source is of the other language.
        worded: words around the figure, at most 5, by 5.
        unit: 1 where both figures have one unit.
        money: 1 for amounts.
        duration: 1 for periods.
        time: 1 for times of day.
        free: 1 for what costs nothing.
    """

    forth: float
    back: float
    key: float
    above: float
    ahead: float
    same: float
    same_back: float
    agreeing: float
    across: float
    worded: float
    unit: float
    money: float
    duration: float
    time: float
    free: float


FEATURES = tuple(field.name for field in fields(Features))


def probability(features: Features) -> float:
    """That the source says another figure of the same, 0 to 1."""
    total = WEIGHTS["bias"] + sum(getattr(features, name) * WEIGHTS[name] for name in FEATURES)
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))
