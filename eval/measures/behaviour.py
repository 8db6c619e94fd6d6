"""behaviour, hallucination, over_refusal: was answered what can be answered, and nothing else?"""

from __future__ import annotations

from eval.measures.models import Asked, Measure, NotApplicable, Score
from eval.outcome import Did

_DID = {"answer": "answer", "abstain": "abstain", "clarify": "abstain", "escalate": "abstain"}
"""What is expected -> what it looks like: whoever clarifies or escalates states nothing yet."""


def hallucinated(did: Did) -> float:
    """Of a question that the sources do not answer: 1 if it was answered."""
    return float(did == "answer")


def over_refused(did: Did) -> float:
    """Of a question that the sources answer: 1 if it was not answered."""
    return float(did == "abstain")


def _right(asked: Asked) -> Score:
    return float(_DID[asked.case.expected_behaviour] == asked.outcome.did)


def _hallucination(asked: Asked) -> Score:
    if asked.case.answerability not in ("unanswerable", "out_of_scope"):
        return NotApplicable("answerable")
    return hallucinated(asked.outcome.did)


def _over_refusal(asked: Asked) -> Score:
    if asked.case.answerability != "answerable":
        return NotApplicable("not_answerable")
    return over_refused(asked.outcome.did)


BEHAVIOUR = Measure(
    name="behaviour",
    formula="1 if it answered where an answer is expected and stated nothing where none is, else 0",
    source="own",
    score=_right,
)
HALLUCINATION = Measure(
    name="hallucination",
    formula="1 if a question was answered that the sources do not answer, else 0",
    source="NoMIRACL (arXiv 2312.11361)",
    score=_hallucination,
    higher_is_better=False,
)
OVER_REFUSAL = Measure(
    name="over_refusal",
    formula="1 if a question was not answered that the sources answer, else 0",
    source="error rate of NoMIRACL (arXiv 2312.11361)",
    score=_over_refusal,
    higher_is_better=False,
)
