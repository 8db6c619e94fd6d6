"""How sure it is that evidence supports a statement: a weighted sum of what a person can check.

One set of weights for statements in the evidence's language and one for those across languages,
learned by ``voz eval support --learn`` on half ``fit``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields

WITHIN: Mapping[str, float] = {
    "coverage": 3.098,
    "covered": 1.808,
    "stems": 0.0,
    "pairs": 0.27,
    "cosine": 0.0,
    "other_figures": -6.432,
    "missing_figures": -4.0,
    "denial": -5.491,
    "obligation": -6.185,
    "condition": -2.222,
    "rearranged": -1.84,
    "broken": -1.78,
    "other_names": -5.26,
    "missing_names": -4.0,
    "bias": -2.367,
}
ACROSS: Mapping[str, float] = {
    "coverage": 1.53,
    "covered": 0.0,
    "stems": 0.0,
    "pairs": 0.322,
    "cosine": 13.458,
    "other_figures": -5.614,
    "missing_figures": -4.284,
    "denial": -2.798,
    "obligation": -5.188,
    "condition": -0.694,
    "rearranged": 0.0,
    "broken": 0.0,
    "other_names": -3.704,
    "missing_names": -2.6,
    "bias": -10.485,
}
AGAIN: Mapping[str, float] = {
    "coverage": 5.24,
    "covered": 0.0,
    "stems": 1.573,
    "pairs": 0.0,
    "cosine": 46.122,
    "other_figures": 0.0,
    "missing_figures": -4.0,
    "denial": 0.0,
    "obligation": 0.0,
    "condition": 0.0,
    "rearranged": -3.306,
    "broken": 0.0,
    "other_names": 0.0,
    "missing_names": -4.0,
    "bias": -44.391,
}
"""As `WITHIN`, of statements whose words alone cannot tell and whose vectors were compared."""
AGAINST = (
    "other_figures",
    "missing_figures",
    "denial",
    "obligation",
    "condition",
    "rearranged",
    "other_names",
    "missing_names",
)
"""Features that tell of something that differs; each can only speak against support."""
OF_WORDING = ("condition", "rearranged")
REWORDED = 0.6
"""Of these, those that a faithful statement often shows too that has fewer of the words: conditions
kept in others, words in other places."""
UNSURE = (0.002, 0.8)
"""Least and greatest probability by words alone at which vectors are compared too, if nothing but
the wording differs."""
SUPPORTED_FROM = 0.2
SUPPORTED_FROM_ACROSS = 0.63
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
        other_figures: how many figures, days and events that periods count from differ, at most 2.
        missing_figures: how many the evidence does not say, at most 2.
        denial: 1 where one denies what the other does not.
        obligation: 1 where one demands what the other allows.
        condition: 1 where it leaves out what the evidence makes it depend on.
        rearranged: how many of its words stand in the place of others, at most 2.
        broken: share of its neighbouring words that the evidence has in other places, by coverage.
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
    condition: float
    rearranged: float
    broken: float
    other_names: float
    missing_names: float


FEATURES = tuple(field.name for field in fields(Features))


def probability(features: Features, *, across: bool, looked_again: bool = False) -> float:
    """That a statement is supported, 0 to 1."""
    weights = ACROSS if across else AGAIN if looked_again else WITHIN
    total = weights["bias"] + sum(
        weight * float(getattr(features, name))
        for name, weight in weights.items()
        if name != "bias"
    )
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))
