"""Of each answer that was given: how sure it was, and whether it was right. What five rest on."""

from __future__ import annotations

from eval.measures.catalogue import MUST_HOLD
from eval.measures.models import Asked, NotApplicable


def right(asked: Asked) -> bool:
    """Whether the case passes: each measure that must hold is at its best, or does not apply."""
    for measure in MUST_HOLD:
        score = measure.of(asked)
        if isinstance(score, NotApplicable):
            continue
        if score != (1.0 if measure.higher_is_better else 0.0):
            return False
    return True


def sureness(asked: Asked) -> tuple[float, float] | None:
    """``(confidence, right)`` of an answer; an abstention is none."""
    if asked.outcome.did == "abstain":
        return None
    return asked.outcome.confidence, float(right(asked))
