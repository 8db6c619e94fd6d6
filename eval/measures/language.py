"""language_match: is the answer in the language of the question?"""

from __future__ import annotations

from eval.measures.models import Asked, Measure, NotApplicable, Score
from knowledge.language import detect_language


def _score(asked: Asked) -> Score:
    if asked.outcome.did == "abstain":
        return NotApplicable("abstained")
    return float(detect_language(asked.outcome.text) == asked.case.lang)


LANGUAGE_MATCH = Measure(
    name="language_match",
    formula="1 if the answer is in the language of the question, else 0",
    source="MIRAGE-Bench (arXiv 2410.13716)",
    score=_score,
)
