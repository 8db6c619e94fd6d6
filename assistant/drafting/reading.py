"""A sentence as its facts are compared: as `assistant.support` reads it, and more figures.

That something costs nothing is an amount of nothing; "Monday to Friday" is five days of a week.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.support.reading import Read, read
from knowledge.models import Language
from knowledge.quantities.extract import quantities_of
from knowledge.quantities.models import Quantity

_FREE = re.compile(
    r"\bno (?:tienen?|tendran?|lleva|hay) (?:ningun )?(?:coste|suplemento|recargo|gastos?|cargo)\b|"
    r"\bsin (?:suplemento|recargo|cargo|gastos? adicional(?:es)?)\b|"
    r"\bno (?:(?:se )?(?:le )?(?:cobra(?:n|mos|ra|ran)?|cuesta|costara)|se paga)\b(?: nada)?|"
    r"\bno (?:paga|pagara) nada\b|"
    r"\b(?:no|without (?:any )?|free of) (?:extra )?(?:charge|cost|fee|surcharge)\b|"
    r"\b(?:incluid[oa]s? en el precio|included in the price)\b|"
    r"\b(?:subida|conexion|montaje|instalacion|entrega|recogida|retirada|transporte)\b"
    r"[^.;:,]{0,40}(?<!no )\b(?:esta )?incluid[oa]s?\b|"
    r"\b(?:costs?|pay) nothing\b|\b(?:is|are) not charged\b|\bat no charge\b"
)
_DAYS = (
    "lunes martes miercoles jueves viernes sabado domingo".split(),
    "monday tuesday wednesday thursday friday saturday sunday".split(),
)
_NAMES = "|".join(day for days in _DAYS for day in days)
_WEEK = re.compile(
    rf"\b(?P<all>todos los dias|every day|seven days a week|7 dias a la semana|cualquier dia)\b|"
    rf"\b(?P<first>{_NAMES})s?\b (?:a|to|through|-) (?P<last>{_NAMES})s?\b"
)

_SHORT = re.compile(r"[^.;:0-9]{1,45}(?:,|\b(?:y|o|and|or))\s(?:de |a |hasta )?")
_UNIT_ABOVE = re.compile(r"\((?P<unit>[^\W\d]{1,4}|€|\$|£|%)\): $")
RANGE = re.compile(r"\W*(?:a|hasta|to|and|y|-|–)\W*")
"""What stands between the ends of a range."""
_PLACED = re.compile(r" (?:en|si|in|for|to|with|con|para|cuando|when|if)\b")


@lru_cache(maxsize=20_000)
def stated(text: str, language: Language) -> Read:
    """What a sentence says, with what it says of costs and of days in other words.

    Args:
        text: one sentence.
        language: of it.
    """
    found = read(text, language)
    taken = [(q.start, q.end) for q in found.figures]
    more = [
        q for q in _worded(found.folded) if not any(a < q.end and q.start < b for a, b in taken)
    ]
    read_out = (_measured(q, text, language) for q in (*found.figures, *more))
    figures = _told_shortly(found.folded, sorted(read_out, key=lambda q: q.start))
    return replace(found, figures=tuple(figures))


def _measured(one: Quantity, text: str, language: Language) -> Quantity:
    """A bare number in a cell, with the unit of its head: "Península (€): 49,00"."""
    head = _UNIT_ABOVE.search(text, 0, one.start) if one.kind == "number" else None
    if head is None:
        return one
    whole = quantities_of(f"{text[one.start : one.end]} {head['unit']}", language)
    return replace(whole[0], start=one.start, end=one.end) if len(whole) == 1 else one


def _told_shortly(folded: str, figures: Sequence[Quantity]) -> Iterator[Quantity]:
    """Figures with what a bare number leaves out: "7 días en península, 12 en Baleares"."""
    last: Quantity | None = None
    for place, one in enumerate(figures):
        after = figures[place + 1] if place + 1 < len(figures) else None
        if (
            one.kind == "number"
            and after is not None
            and after.kind in ("money", "percent", "duration", "measure")
            and RANGE.fullmatch(folded, one.end, after.start)
        ):
            one = replace(one, kind=after.kind, unit=after.unit)
        if (
            one.kind == "number"
            and last is not None
            and (last.kind in ("money", "percent") or last.unit.endswith("days"))
            and _SHORT.fullmatch(folded[last.end : one.start])
            and _PLACED.match(folded, one.end)
        ):
            one = replace(one, kind=last.kind, unit=last.unit, bound=last.bound)
        last = one
        yield one


def _worded(folded: str) -> Iterator[Quantity]:
    for match in _FREE.finditer(folded):
        yield Quantity("money", ((0.0, 0.0),), "", *match.span())
    for match in _WEEK.finditer(folded):
        days = 7.0 if match["all"] else _length(match["first"], match["last"])
        yield Quantity("count", ((days, days),), "weekdays", *match.span())


def _length(first: str, last: str) -> float:
    places = [next(days.index(d) for days in _DAYS if d in days) for d in (first, last)]
    return float((places[1] - places[0]) % 7 + 1)
