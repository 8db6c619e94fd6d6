"""Does a condition hold? From the customer's case, or from what they said, only when that is sure.

What is not sure stays a question. A turn decides a condition only when it says all of its content
words, is no question itself, and hedges nothing; it then holds, or with "no" on one side it fails.
"""

from __future__ import annotations

import re

from assistant.cases.conditions import conditions_of
from assistant.cases.models import Case
from assistant.speech import asks
from assistant.steps.models import Condition, Procedure
from knowledge.models import Language
from knowledge.text import STOP_WORDS, fold, stem, words

LEAST_WORDS = 2
"""Content words that a condition must have to be decided by what is said."""

_OPENING = re.compile(
    r"^(?:si|en caso de(?: que)?|cuando|salvo(?: que| si)?|excepto(?: si)?|a menos que|if|"
    r"in case(?: of)?|"
    r"when|unless|except(?: if| when)?)\b\s*"
)
_NO = re.compile(r"\b(?:no|nunca|ni|tampoco|sin|not|never|without|n't|[a-z]+n't)\b")
_HEDGED = re.compile(
    r"\b(?:creo|quizas?|tal vez|a lo mejor|puede que|no se si|no estoy segur[oa]|no recuerdo|si\b"
    r"(?= \w+ (?:o|u) )|maybe|perhaps|i think|not sure|might|don't (?:know|remember)|probably|"
    r"probablemente|supongo|parece)\b"
)
_IF = re.compile(r"(?:^|[,;.]\s*)(?:y |and )?(?:si(?! |,)|if|cuando|when|en caso de)\b")


def known_by_case(procedure: Procedure, case: Case | None) -> dict[str, bool]:
    """What the customer's case decides: where they bought, and on which day."""
    if case is None:
        return {}
    found: dict[str, bool] = {}
    for key, condition in procedure.all_conditions.items():
        holds = _by_case(condition, procedure.language, case)
        if holds is not None:
            found[key] = holds
    return found


def heard(condition: Condition, language: Language, turn: str) -> bool | None:
    """Whether a customer's turn says that a condition holds; `None` where it is not sure.

    Args:
        condition: in a source's language.
        language: of the source; a turn in another one decides nothing.
        turn: as it was written down.
    """
    if condition.kind == "case":
        return True if _says_case(condition, language, turn) else None
    clause = _OPENING.sub("", fold(condition.quote.text))
    wanted = _stems(clause, language)
    said = _stems(turn, language)
    folded = fold(turn).replace("’", "'")
    if len(wanted) < LEAST_WORDS or not wanted <= said:
        return None
    if asks(turn) or _HEDGED.search(folded) or _IF.search(folded):
        return None
    return bool(_NO.search(clause)) == bool(_NO.search(folded))


def _by_case(condition: Condition, language: Language, case: Case) -> bool | None:
    for part in conditions_of(condition.quote.text, language):
        if part.kind == "channel" and case.channel:
            return case.channel in part.channels
        when = case.dates.get(part.event) if part.event else None
        if part.kind == "days" and when:
            early = part.first is not None and when.day < part.first
            late = part.last is not None and when.day > part.last
            return not (early or late)
    return None


def _says_case(condition: Condition, language: Language, turn: str) -> bool:
    """Whether a turn names the case of a row; of a code, the whole code."""
    wanted = _stems(condition.quote.text, language)
    if not wanted or asks(turn) or _HEDGED.search(fold(turn)) or _NO.search(fold(turn)):
        return False
    has_code = any(any(c.isdigit() for c in word) for word in wanted)
    return wanted <= _stems(turn, language) and (has_code or len(wanted) >= LEAST_WORDS)


def _stems(text: str, language: Language) -> frozenset[str]:
    return frozenset(stem(word, language) for word in words(text) if word not in STOP_WORDS)
