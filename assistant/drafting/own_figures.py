"""Which figures of a draft the sources can say otherwise.

What belongs to the case (dates of a delivery, what the customer wrote, sums of other figures) and
what whoever writes arranges is nothing that a source says.
"""

from __future__ import annotations

import itertools
import re

from assistant.drafting.lines import Talk
from assistant.support.figures import meets
from assistant.support.reading import Read
from knowledge.quantities.models import Quantity

AN_HOUR = 1 / 24
CHECKED = ("money", "percent", "duration", "time", "count", "measure", "date")
"""Kinds of figures that are; of dates, those that end something."""
_OWN = re.compile(
    r"\b(?:tardo|vuelvo|dejeme|un momento|i will|i'll|let me|i am|i'm|voy a|it takes)\b"
)
"""How long whoever writes takes is nothing that a source says."""
_BY_CLOCK = re.compile(r"\b(?:las|at)\s$")
"""Before "16h" it is a time of day."""
_OF_EACH = re.compile(r"(?:an?|una?|al) [a-z]+$")
_PERIOD = re.compile(r"\b(?:en|de|within|in|of|for|durante|hasta|tras|after|pasad[oa])\s$")
"""Before "un mes" it is a period; "once a year" is how often."""
_ELAPSED = re.compile(
    r"\b(?:llev\w+|hace|desde hace|van|va con|has been|have been|been|waited|waiting)"
    r"(?: ya| for| casi| mas de| almost| over| more than)? $"
)
_LATE = re.compile(r" (?:de retraso|de demora|esperando|late|overdue|of delay|ago|already)\b")
"""How long something has lasted is the case's: "lleva dos semanas", "two weeks late"."""
_UNTIL = re.compile(r"\b(?:hasta|antes|until|till|before|up to|by)(?: del?)?(?: el| the| dia)* $")
"""Before a day that ends something; other days are the case's."""
_ARRANGED = re.compile(
    r"\b(?:(?:your (?:slot|appointment) is|su (?:cita|franja) es)|"
    r"(?:le|les) (?:llam|escrib|contest|confirm|avis|mand|envi)\w*(?:o|amos|imos|are|ire|"
    r"aremos|iremos)|vuelvo a|(?:i|we)(?:'ll| will| am going to) (?:call|ring|write|phone|confirm|"
    r"get back)|(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo),? \d{1,2} de|"
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday),? \d{1,2}\b)\b"
)
"""When somebody calls or comes on one day is the case's, unless it is a day for everybody."""
_ORDERED = re.compile(
    r"\b(?:cuotas?|instalments?|payments?|total|factura|invoice|(?:su|el|del|al) pedido|(?:your|"
    r"the) order|plus delivery|\d+h)\b"
)
"""Amounts of an order are its own."""


def is_checked(one: Quantity, said: Read, talk: Talk) -> bool:
    """Whether a source may say a figure of a sentence otherwise."""
    if one.kind not in CHECKED or _of_case(one, said, talk):
        return False
    if one.kind == "date" and not ends_something(one, said):
        return False
    written = said.text[one.start : one.end]
    if (
        one.kind in ("percent", "count")
        and one.unit != "weekdays"
        and not any(c.isdigit() for c in written)
    ):
        return False
    if one.kind == "duration" and one.values[0][0] < AN_HOUR and _OWN.search(said.folded):
        return False
    if one.kind == "duration" and (_how_often(said, one, written) or _elapsed(said, one)):
        return False
    if one.kind == "time" and _ARRANGED.search(said.folded):
        return False
    return not (one.kind == "money" and one.values[0][0] and _ORDERED.search(said.folded))


def ends_something(one: Quantity, said: Read) -> bool:
    """Whether a date is the last day of something: "hasta el 31 de enero"."""
    return bool(_UNTIL.search(said.folded, 0, one.start))


def _elapsed(said: Read, one: Quantity) -> bool:
    """Whether it is how long something has lasted."""
    return bool(_ELAPSED.search(said.folded, 0, one.start) or _LATE.match(said.folded, one.end))


def _how_often(said: Read, one: Quantity, written: str) -> bool:
    """Whether it is no period: "once a year", "a las 16h"."""
    if _PERIOD.search(said.folded, 0, one.start):
        return False
    by_clock = _BY_CLOCK.search(said.folded, 0, one.start)
    return bool(by_clock or _OF_EACH.match(written.casefold()))


def _of_case(one: Quantity, said: Read, talk: Talk) -> bool:
    """Whether a figure is the case's: the customer said it, or it follows from others."""
    if any(meets(one, said, q, text) for text in talk.given for q in text.figures):
        return True
    value = one.values[0][0]
    if not value or one.kind not in ("money", "duration", "percent"):
        return False
    others = [q for text in (said, *talk.given) for q in text.figures if q is not one]
    alike = {q.values[0][0] for q in others if q.kind == one.kind}
    times = {q.values[0][0] for q in others if q.kind in ("count", "number", "percent")}
    sums = [a + b for a, b in itertools.combinations(alike, 2)]
    sums += [abs(a - b) for a, b in itertools.combinations(alike, 2)]
    if one.kind == "money":
        made = {*sums, *(a * b for a in alike for b in times if b > 1)}
        made |= {a + n * b for a, b in itertools.permutations(alike, 2) for n in (2, 3)}
        made |= {2 * a for a in alike} | {a * b / 100 for a in alike for b in times}
    else:
        made = set(sums)
    return any(abs(value - each) < 0.005 for each in made)
