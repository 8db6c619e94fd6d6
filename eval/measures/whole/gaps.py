"""follow_up_gap and language_gap: is it as good later in a conversation, and in both languages?"""

from __future__ import annotations

from eval.measures.facts import MUST_FACTS
from eval.measures.models import Asked, NotApplicable
from eval.measures.whole.models import Rows, WholeMeasure


def _turn(asked: Asked) -> tuple[float, float] | None:
    score = MUST_FACTS.of(asked)
    if isinstance(score, NotApplicable):
        return None
    return float(len(asked.case.turns) > 1), score


def _first_minus_later(rows: Rows) -> float | NotApplicable:
    later = rows[:, 0] == 1.0
    if later.all() or not later.any():
        return NotApplicable("one_kind_of_turn")
    return float(rows[~later, 1].mean() - rows[later, 1].mean())


def _pair(asked: Asked) -> tuple[float] | None:
    """Spanish minus English, told once a pair: by the Spanish case."""
    if asked.case.lang != "es" or asked.case.twin_id is None:
        return None
    for case, outcome in asked.twins:
        if case.twin_id == asked.case.twin_id and case.lang == "en":
            scores = MUST_FACTS.of(asked), MUST_FACTS.of(Asked(case, outcome))
            ours, theirs = scores
            if not isinstance(ours, NotApplicable) and not isinstance(theirs, NotApplicable):
                return (ours - theirs,)
    return None


FOLLOW_UP_GAP = WholeMeasure(
    name="follow_up_gap",
    formula="mean must_facts of questions that open a conversation - mean of later ones",
    source="MTRAG (arXiv 2501.03468)",
    row=_turn,
    value=_first_minus_later,
    best="zero",
    unit="gap",
)
LANGUAGE_GAP = WholeMeasure(
    name="language_gap",
    formula="mean, over questions asked in both languages, of must_facts in Spanish - in English",
    source="own",
    row=_pair,
    value=lambda rows: float(rows[:, 0].mean()),
    best="zero",
    unit="gap",
)
