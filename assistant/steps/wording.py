"""A condition as a question to the customer, in the language of its source."""

from __future__ import annotations

import re

from assistant.steps.models import Condition
from knowledge.models import Language

_IF: dict[Language, re.Pattern[str]] = {
    "es": re.compile(r"si\s+(?=\S)", re.IGNORECASE),
    "en": re.compile(r"if\s+(?=\S)", re.IGNORECASE),
}
_HOLDS: dict[Language, str] = {"es": "¿Se da el caso: {clause}?", "en": "Is it so: {clause}?"}


def question_of(condition: Condition, language: Language) -> str:
    """What to ask to know whether a condition holds.

    >>> from assistant.steps.models import Quote
    >>> question_of(Condition("1?1", "if", Quote("si no existe", 0, 12)), "es")
    '¿No existe?'
    """
    clause = " ".join(condition.quote.text.split()).rstrip(" .,;:")
    opening = _IF[language].match(clause)
    if condition.kind == "case" or opening is None:
        told = clause if condition.kind == "case" else clause[:1].lower() + clause[1:]
        return _HOLDS[language].format(clause=told)
    rest = clause[opening.end() :]
    if language == "es":
        return f"¿{rest[:1].upper()}{rest[1:]}?"
    return _HOLDS[language].format(clause=rest)
