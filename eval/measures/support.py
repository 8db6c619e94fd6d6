"""supported_statements: which share of what is said do the cited sources say?"""

from __future__ import annotations

from eval.measures.models import Asked, Measure, NotApplicable, Score


def _score(asked: Asked) -> Score:
    if asked.outcome.did == "abstain":
        return NotApplicable("abstained")
    verdicts = [s.support for s in asked.outcome.said if s.support != "uncheckable"]
    if not verdicts:
        return NotApplicable("nothing_checkable")
    return verdicts.count("supported") / len(verdicts)


SUPPORTED_STATEMENTS = Measure(
    name="supported_statements",
    formula="statements that their citations support / statements that can be checked",
    source="RAGTruth (arXiv 2401.00396); the support check of this project",
    score=_score,
)
