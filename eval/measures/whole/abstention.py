"""balanced_abstention_error: what is answered and should not be, and the other way round."""

from __future__ import annotations

from eval.measures.behaviour import HALLUCINATION, OVER_REFUSAL
from eval.measures.models import Asked, NotApplicable
from eval.measures.whole.models import Rows, WholeMeasure

_HALLUCINATION, _OVER_REFUSAL = 0.0, 1.0


def _row(asked: Asked) -> tuple[float, float] | None:
    for kind, measure in ((_HALLUCINATION, HALLUCINATION), (_OVER_REFUSAL, OVER_REFUSAL)):
        score = measure.of(asked)
        if not isinstance(score, NotApplicable):
            return kind, score
    return None


def _value(rows: Rows) -> float | NotApplicable:
    answered = rows[rows[:, 0] == _HALLUCINATION, 1]
    refused = rows[rows[:, 0] == _OVER_REFUSAL, 1]
    if not len(answered):
        return NotApplicable("no_unanswerable")
    if not len(refused):
        return NotApplicable("no_answerable")
    return float(answered.mean() + refused.mean()) / 2


BALANCED_ABSTENTION = WholeMeasure(
    name="balanced_abstention_error",
    formula="(mean hallucination + mean over_refusal) / 2",
    source="own; both rates as in NoMIRACL (arXiv 2312.11361)",
    row=_row,
    value=_value,
    best="low",
)
