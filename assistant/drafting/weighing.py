"""How sure it is that a source says another figure: a weighted sum of what a person can check.

Learned by ``voz eval drafts --learn`` on half ``fit`` of the labelled drafts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields

WEIGHTS: Mapping[str, float] = {
    "forth": 3.7941,
    "key": 1.4329,
    "above": 0.1231,
    "ahead": 1.7836,
    "same": -1.6122,
    "worded": 0.2007,
    "free": -1.0118,
    "ratio": -1.5467,
    "voices": 0.9975,
    "newer": 0.5276,
    "ranks": 0.3765,
    "bias": -2.2052,
}
MARKED_FROM = 0.7
"""Least probability from which a figure is marked."""


@dataclass(frozen=True, slots=True)
class Features:
    """What tells whether a source says another figure of the same.

    Attributes:
        forth: share of what the figure is said of that the source's sentence has.
        key: share of the thing that a row or item of the source is of that the draft or question
            speaks of; a half without one.
        above: the same of the title and headings.
        ahead: how much more alike it is than the source that says the same figure.
        same: how alike that one is; 0 where there is none.
        worded: words around the figure, at most 5, by 5.
        free: 1 for what costs nothing.
        ratio: how far the two values are apart: tenfold is a third, from a thousandfold on 1.
        voices: documents that say the source's figure nearly as much alike, at most 3, by 3.
        newer: 1 where the source holds since a later day than that one, -1 since an earlier one.
        ranks: 1 where the source is a rule and that one sums rules up or teaches them, -1 the
            other way round.
    """

    forth: float
    key: float
    above: float
    ahead: float
    same: float
    worded: float
    free: float
    ratio: float
    voices: float
    newer: float
    ranks: float


FEATURES = tuple(field.name for field in fields(Features))


def probability(features: Features) -> float:
    """That the source says another figure of the same, 0 to 1."""
    total = WEIGHTS["bias"] + sum(getattr(features, name) * WEIGHTS[name] for name in FEATURES)
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))
