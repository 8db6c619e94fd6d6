"""consistency: do the other language and other wordings get the same facts?"""

from __future__ import annotations

from eval.measures.facts import facts_said
from eval.measures.models import Asked, Measure, NotApplicable, Score


def _score(asked: Asked) -> Score:
    others = [Asked(case, outcome) for case, outcome in asked.twins if outcome.error is None]
    if not others:
        return NotApplicable("no_twin")
    return float(all(_same(asked, other) for other in others))


def _same(one: Asked, other: Asked) -> bool:
    return one.outcome.did == other.outcome.did and facts_said(one) == facts_said(other)


CONSISTENCY = Measure(
    name="consistency",
    formula="1 if every twin and paraphrase was answered alike and says the same facts, else 0",
    source="own",
    score=_score,
)
