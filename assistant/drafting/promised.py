"""What an agent commits the company to: folded sentences -> stretches and what is unusual.

Money, goods and work, in the first person and impersonally, in Spanish and English. What any agent
may do (check, note, call, send a summary) is not among them; what the company does anyway is only
where it is said to be quicker, whole, free or in spite of a condition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.drafting import promised_en, promised_es
from assistant.drafting.promised_kinds import KINDS, How


class Commitment(NamedTuple):
    """Where a sentence commits to something unusual; offsets in it."""

    start: int
    end: int
    how: How


TOLD = re.compile(
    r"\b(?:resumen|correo|e-?mail|mail|etiqueta|factura|enlace|sms|mensaje|duplicado|codigo|clave|"
    r"llam\w+|aviso|escrib\w+|contest\w+|respuesta|confirm\w+|dig\w+|dire|aviso|consult\w+|"
    r"atend\w+|horario|abr\w+|cerra\w+|cierr\w+|festivo|plazo|"
    r"documento\w*|copia|solicitud|formulario|informacion|datos|fecha|cita|reparto|"
    r"label|link|message|text|summary|invoice|copy|code|key|call\w*|ring|phone|write|let you know|"
    r"confirm\w*|answer\w*|reply|open|closed?|holiday|opening hours|update|form|"
    r"information|details|number|slot|appointment|hear|know|told|speak|ask|note|deadline)\b"
)
"""What is said or sent to be read, and when somebody works: no goods, money or work."""
_LOOKED = re.compile(r"\b(?:comprob\w+|revis\w+|mir[oa]\w*|check\w*|look\w*)\b")
"""What anybody may do today."""
_PATTERNS = tuple(
    (how, re.compile(pattern))
    for how in KINDS
    for forms in (promised_es.FORMS, promised_en.FORMS)
    for pattern in forms[how]
)
SLOT = re.compile(
    r"\bde \d{1,2}(?::\d\d)? a \d|\bentre las \d|\b(?:from|between) \d|\d{1,2}:\d\d (?:a|"
    r"to|and|y|-) |\b\d{1,2}(?::\d\d)? ?- ?\d{1,2}:\d\d"
)
"""An appointment with its hours stands on the screen of whoever writes."""
DATED = re.compile(
    r"\b\d{1,2} (?:de )?(?:ene|feb|mar|abr|may|jun|jul|ago|sep|oct|nov|dic|jan|apr|aug|"
    r"dec)[a-z]*\b|"
    r"\b(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|monday|tuesday|wednesday|thursday|"
    r"friday|saturday|sunday),? \d{1,2}\b"
)
"""A whole date is one of the screen."""


def commitments(folded: str) -> Iterator[Commitment]:
    """The unusual commitments of a sentence, whole clauses, in order; none overlap.

    Args:
        folded: the sentence, folded, every character where it was.
    """
    found: list[Commitment] = []
    settled = bool(SLOT.search(folded) or DATED.search(folded))
    for how, pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            start, end = _clause(folded, *match.span())
            if how in ("quick", "plain") and (settled or TOLD.search(folded, start, end)):
                continue
            if how == "quick" and _LOOKED.search(folded, start, end):
                continue
            found.append(Commitment(start, end, how))
    last = 0
    for one in sorted(found):
        if one.start >= last:
            yield one
            last = one.end


def told_apart(text: str, folded: str) -> str:
    """Folded but for what tells that somebody did something: "lo pagó" is not "lo pago"."""
    return "".join("ó" if a == "ó" else b for a, b in zip(text, folded, strict=True))


def _clause(folded: str, start: int, end: int) -> tuple[int, int]:
    """From the beginning of a clause to its end."""
    first = max(folded.rfind(sign, 0, start) for sign in ",;:") + 1
    stops = [at for sign in (", ", ",", ";", ":", ".") if (at := folded.find(sign, end)) >= 0]
    last = min(stops, default=len(folded))
    while first < start and not folded[first].isalnum():
        first += 1
    return first, last
