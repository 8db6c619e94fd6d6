"""Which of what was found is relevant; what the measures of rankings share."""

from __future__ import annotations

from eval.measures.matching import says
from eval.measures.models import Asked
from eval.outcome import Retrieved


def relevant(asked: Asked, passage: Retrieved) -> bool:
    """Whether a passage is one of those that answer: of that source, with that quote."""
    return any(
        gold.document == passage.document and (gold.quote is None or says(passage.text, gold.quote))
        for gold in asked.case.gold
    )


def grades(asked: Asked) -> dict[str, int]:
    """How relevant each source is: 2 answers, 1 helps."""
    found: dict[str, int] = {}
    for gold in asked.case.gold:
        found[gold.document] = max(gold.grade, found.get(gold.document, 0))
    return found


def required(asked: Asked) -> frozenset[str]:
    """Sources without which there is no answer."""
    return frozenset(gold.document for gold in asked.case.gold if gold.required)
