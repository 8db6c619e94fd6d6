"""Does a turn say that a step is done? By meaning, shared words, and how it is said.

A logistic regression over four features, learned and measured by `eval.components.steps` on
hand-made conversations. What is only announced or not done yet ticks nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.speech import asks, plain
from knowledge.models import Language, Vector
from knowledge.text import STOP_WORDS, fold, stem, words

FEATURES = ("cosine", "margin", "step_words", "turn_words")
"""In the order of `features`."""
WEIGHTS = (9.7908, 25.5184, 6.5894, 4.0894)
BIAS = -3.1793
THRESHOLD = 0.9554
"""Probability from which a step is proposed as done: the lowest that kept 95 of 100 proposals right
on what was learned from."""
LEAST_WORDS = 2
"""Content words of a turn that can tell anything."""

_ASKING_STEP = re.compile(
    r"\b(?:pregunt\w+|pid[ae]\w*|pedir|ofre[zc]\w+|solicit\w+|confirm\w+|compr[uo][eb]\w+|ask|offer|request|"
    r"check|confirm|propos\w+|propon\w+)\b"
)
"""Steps that a question of the agent does."""
_NOT_YET = re.compile(
    r"\b(?:todavia no|aun no|no (?:he|ha|hemos|puedo|puede|se puede|me deja|lo veo|la veo|consigo|"
    r"encuentro)|no la he|no lo he|no se lo he|antes de|luego|despues|ahora (?:le |la |lo )?voy a|"
    r"en (?:un|cuanto)|"
    r"(?:not|n't)(?: \w+)? yet|(?:have|has|had|did|could|can)(?:n't| not)|can't|cannot|"
    r"(?:i'll|i will|i am going to|i'm going to|let me|we'll|we will) (?!get|be)|later|before)\b"
)


@dataclass(frozen=True)
class Proposal:
    """A step that a turn says is done.

    Attributes:
        step: its place among those asked about, from 0.
        probability: that it is, 0 to 1.
    """

    step: int
    probability: float


def features(
    step: str, turn: str, cosines: Sequence[float], at: int, language: Language
) -> list[float]:
    """What tells whether a turn says that a step is done, in the order of `FEATURES`.

    Args:
        step: its words.
        turn: as it was written down.
        cosines: similarity of the turn with every step of the procedure, -1 to 1.
        at: which of them is meant.
        language: of the source.
    """
    wanted, said = _stems(step, language), _stems(turn, language)
    shared = len(wanted & said)
    others = [value for n, value in enumerate(cosines) if n != at]
    return [
        cosines[at] - 0.8,  # where unrelated and related sentences part, roughly
        cosines[at] - max(others, default=0.8),
        shared / (len(wanted) or 1),
        shared / (len(said) or 1),
    ]


def proposals(
    steps: Sequence[str],
    step_vectors: Vector,
    turn: str,
    speaker: str,
    turn_vector: Vector,
    language: Language,
) -> list[Proposal]:
    """The steps that a turn says are done, the surest first.

    Args:
        steps: their words.
        step_vectors: ``(n_steps, dimension)``, unit length.
        turn: as it was written down.
        speaker: ``agent`` or ``customer``.
        turn_vector: ``(dimension,)``, unit length.
        language: of the source.
    """
    if not tells(turn, speaker):
        return []
    cosines = [float(value) for value in np.asarray(step_vectors) @ turn_vector]
    found = [
        Proposal(at, probability(features(step, turn, cosines, at, language)))
        for at, step in enumerate(steps)
        if may_do(step, turn)
    ]
    sure = [one for one in found if one.probability >= THRESHOLD]
    return sorted(sure, key=lambda one: -one.probability)


def tells(turn: str, speaker: str) -> bool:
    """Whether a turn can say that something is done.

    Not a word or two, nothing put off, and no question of the customer.
    """
    if speaker == "customer" and asks(turn):
        return False
    folded = fold(turn).replace("’", "'")
    content = [word for word in words(plain(turn)) if word not in STOP_WORDS]
    return len(content) >= LEAST_WORDS and not _NOT_YET.search(folded)


def may_do(step: str, turn: str) -> bool:
    """Whether a turn can be the doing of a step: a question does only what is to be asked."""
    return not turn.rstrip().endswith("?") or bool(_ASKING_STEP.search(fold(step)))


def probability(values: Sequence[float]) -> float:
    """Probability, 0 to 1, that the step is done."""
    total = BIAS + sum(w * value for w, value in zip(WEIGHTS, values, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _stems(text: str, language: Language) -> frozenset[str]:
    return frozenset(stem(word, language) for word in words(text) if word not in STOP_WORDS)
