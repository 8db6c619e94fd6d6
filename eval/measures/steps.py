"""step_coverage and step_order: is the procedure told, and in its order?"""

from __future__ import annotations

from itertools import combinations

from eval.measures.matching import says_any
from eval.measures.models import Asked, Measure, NotApplicable, Score
from knowledge.text import sentence_spans


def _coverage(asked: Asked) -> Score:
    if not asked.case.steps:
        return NotApplicable("no_steps")
    return len(_places(asked)) / len(asked.case.steps)


def _order(asked: Asked) -> Score:
    if not asked.case.steps:
        return NotApplicable("no_steps")
    pairs = [(a, b) for a, b in combinations(_places(asked), 2) if a != b]
    if not pairs:
        return NotApplicable("few_steps")
    return sum((a < b) - (a > b) for a, b in pairs) / len(pairs)


def _places(asked: Asked) -> list[int]:
    """The sentence in which each step that is told is told first, in the expected order."""
    lines = [line for said in asked.outcome.said for line in said.text.splitlines()]
    texts = [line[start:end] for line in lines for start, end in sentence_spans(line)]
    firsts = (
        next((place for place, text in enumerate(texts) if says_any(text, step.aliases)), None)
        for step in asked.case.steps
    )
    return [place for place in firsts if place is not None]


STEP_COVERAGE = Measure(
    name="step_coverage",
    formula="steps that the answer tells / steps",
    source="own",
    score=_coverage,
)
STEP_ORDER = Measure(
    name="step_order",
    formula="(pairs of steps in order - pairs turned round) / pairs told in two sentences",
    source="Kendall 1938",
    score=_order,
    unit="tau",
)
