"""forbidden and required_statements: is anything said that may not be, or left out?"""

from __future__ import annotations

import re

from eval.golden.models import Forbidden, RequiredStatement
from eval.measures.matching import says, says_any
from eval.measures.models import Asked, Measure, NotApplicable, Score
from knowledge.text import fold


def forbidden_said(asked: Asked) -> tuple[Forbidden, ...]:
    """What the answer says and may not."""
    return tuple(one for one in asked.case.forbidden if _said(one, asked.outcome.text))


def required_missing(asked: Asked) -> tuple[RequiredStatement, ...]:
    """What the answer has to say and does not."""
    text, wanted = asked.outcome.text, asked.case.required_statements
    return tuple(one for one in wanted if not says_any(text, one.aliases))


def _said(one: Forbidden, text: str) -> bool:
    if one.phrase is not None:
        return says(text, one.phrase)
    return re.search(one.pattern or "", fold(text)) is not None


def _forbidden(asked: Asked) -> Score:
    if not asked.case.forbidden:
        return NotApplicable("no_forbidden")
    return float(bool(forbidden_said(asked)))


def _required(asked: Asked) -> Score:
    wanted = asked.case.required_statements
    if not wanted:
        return NotApplicable("no_required")
    if asked.outcome.did == "abstain":
        return NotApplicable("abstained")
    return (len(wanted) - len(required_missing(asked))) / len(wanted)


FORBIDDEN = Measure(
    name="forbidden",
    formula="1 if the answer says anything that the case forbids, else 0",
    source="own; evaluation forms of Amazon Connect",
    score=_forbidden,
    higher_is_better=False,
)
REQUIRED_STATEMENTS = Measure(
    name="required_statements",
    formula="required statements that the answer has / required statements",
    source="own; evaluation forms of Amazon Connect",
    score=_required,
)
