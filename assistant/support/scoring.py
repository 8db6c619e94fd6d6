"""How sure it is that evidence supports a statement: a weighted sum of what a person can check.

One set of weights for statements in the evidence's language and one for those across languages,
learned by ``voz eval support --learn`` on half ``fit``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields

WITHIN: Mapping[str, float] = {
    "coverage": 3.107,
    "covered": 0.727,
    "stems": 1.807,
    "pairs": 0.379,
    "cosine": 0.0,
    "other_figures": -6.591,
    "missing_figures": -4.0,
    "denial": -5.548,
    "obligation": -5.815,
    "other_names": -5.022,
    "missing_names": -4.0,
    "bias": -2.949,
}
ACROSS: Mapping[str, float] = {
    "coverage": 0.0,
    "covered": 1.729,
    "stems": 0.212,
    "pairs": 0.0,
    "cosine": 8.047,
    "other_figures": -5.329,
    "missing_figures": -4.0,
    "denial": -2.56,
    "obligation": -3.588,
    "other_names": -3.465,
    "missing_names": -1.671,
    "bias": -6.005,
}
SUPPORTED_FROM = 0.4
SUPPORTED_FROM_ACROSS = 0.7
"""Least probability, in one language and across two: chosen on half ``fit``, where they catch what
is changed at the fewest false alarms."""
CONTRADICTED_LIKENESS = 0.5
"""Share of its words that the evidence sentence must have for saying otherwise; less is not about
the same."""
CONTRADICTED_COSINE = 0.8
"""The same across languages: nine of ten changed translations on half ``fit`` reach it, one of five
sentences of other passages."""


@dataclass(frozen=True, slots=True)
class Features:
    """What tells whether a stretch of evidence supports a statement.

    Attributes:
        coverage: share of the statement's content words that the stretch has.
        covered: the same of all the evidence.
        stems: share of its content words and numbers that all the evidence has, inflected or not
            (k-precision).
        pairs: share of its pairs of neighbouring words that all the evidence has.
        cosine: of the two vectors; 0 where there are none.
        other_figures: how many figures and days differ, at most 2.
        missing_figures: how many the evidence does not say, at most 2.
        denial: 1 where one denies what the other does not.
        obligation: 1 where one demands what the other allows.
        other_names: how many names differ, at most 2.
        missing_names: how many the evidence does not have, at most 2.
    """

    coverage: float
    covered: float
    stems: float
    pairs: float
    cosine: float
    other_figures: float
    missing_figures: float
    denial: float
    obligation: float
    other_names: float
    missing_names: float


FEATURES = tuple(field.name for field in fields(Features))


def probability(features: Features, *, across: bool) -> float:
    """That a statement is supported, 0 to 1."""
    weights = ACROSS if across else WITHIN
    total = weights["bias"] + sum(
        weight * float(getattr(features, name))
        for name, weight in weights.items()
        if name != "bias"
    )
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))
