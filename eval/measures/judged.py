"""judge_supported_statements and judge_answered: what does a chat model think of the answer?

A judge's opinion has a name of its own and never stands for what is measured without one.
"""

from __future__ import annotations

from eval.measures.models import Asked, Measure, NotApplicable, Score

PREFIX = "judge_"
"""Of all measures that rest on the opinion of a chat model."""


def _supported(asked: Asked) -> Score:
    if (why := _why_none(asked)) is not None:
        return why
    verdicts = [said.judged for said in asked.outcome.said]
    if any(verdict not in ("holds", "fails") for verdict in verdicts):
        return NotApplicable("judge_failed")
    return verdicts.count("holds") / len(verdicts)


def _answered(asked: Asked) -> Score:
    if (why := _why_none(asked)) is not None:
        return why
    if not asked.wants_answer:
        return NotApplicable("not_answerable")
    if asked.outcome.judged not in ("holds", "fails"):
        return NotApplicable("judge_failed")
    return float(asked.outcome.judged == "holds")


def _why_none(asked: Asked) -> NotApplicable | None:
    if asked.outcome.judge is None:
        return NotApplicable("not_judged")
    if asked.outcome.did == "abstain":
        return NotApplicable("abstained")
    return None if asked.outcome.said else NotApplicable("nothing_checkable")


JUDGE_SUPPORTED = Measure(
    name="judge_supported_statements",
    formula="statements that a chat model finds in their citations / statements",
    source="faithfulness of RAGAS (arXiv 2309.15217), asked of statements as they were shown",
    score=_supported,
)
JUDGE_ANSWERED = Measure(
    name="judge_answered",
    formula="1 if a chat model finds the question answered by what was shown, else 0",
    source="own; the yes or no of answer relevance in ARES (arXiv 2311.09476)",
    score=_answered,
)
JUDGED = {"support": JUDGE_SUPPORTED, "answer": JUDGE_ANSWERED}
"""By what is judged, see `eval.judge.prompts`."""
