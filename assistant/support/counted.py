"""Does a period count from another event than in the evidence? `Read`s -> differences.

"45 días desde la compra" is not what "45 días desde la entrega" says, though every figure is right.
Events are read as deadlines are (`assistant.cases.rules`); where either sentence names none that is
known, nothing is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.cases.models import Event, Unit
from assistant.cases.rules import rules_of
from assistant.support.figures import Difference
from assistant.support.models import Span
from assistant.support.reading import Read
from knowledge.models import Language

ALIKE: tuple[frozenset[Event], ...] = (
    frozenset({"collected", "returned"}),
    frozenset({"notified", "claimed", "found"}),
    frozenset({"purchased", "paid", "invoiced", "started"}),
    frozenset({"delivered", "installed"}),
    frozenset({"invoiced", "refunded"}),  # both are issued
)
"""Events that people put for each other, since one comes with the other."""
_SIGN = re.compile(r"[.,;:()|\n](?=\s|$)|[()|]")


class Period(NamedTuple):
    """A period that counts from an event.

    Attributes:
        span: of the part of the text between signs that says so.
        amount: the most, of `unit`.
        unit: of the amount.
        before: whether it lies before the event.
        event: that it counts from.
    """

    span: Span
    amount: int
    unit: Unit
    before: bool
    event: Event


@lru_cache(maxsize=5_000)
def periods_of(text: str, language: Language) -> tuple[Period, ...]:
    """The periods of a text of which it is said from what event they count."""
    found = []
    for one in rules_of(text, language):
        if one.event is not None:
            before = one.direction == "before"
            span = _between_signs(text, one.amount_start, one.amount_end)
            found.append(Period(span, one.high, one.unit, before, one.event))
    return tuple(found)


def _between_signs(text: str, start: int, end: int) -> Span:
    signs = list(_SIGN.finditer(text))
    first = max((m.end() for m in signs if m.end() <= start), default=0)
    last = min((m.start() for m in signs if m.start() >= end), default=len(text))
    while first < start and text[first].isspace():
        first += 1
    return first, last


def counted_apart(said: Read, found: Read, others: Sequence[Read] = ()) -> Iterator[Difference]:
    """The periods that the evidence has too, but counts from another event.

    Args:
        said: the statement.
        found: the stretch of the evidence that comes nearest.
        others: its other sentences; where one counts the period as is said, nothing differs.
    """
    for one in periods_of(said.text, said.language):
        near = [p for p in periods_of(found.text, found.language) if as_long(one, p)]
        far = [p for other in others for p in periods_of(other.text, other.language)]
        if near and not any(same_event(one, p) for p in (*near, *far) if as_long(one, p)):
            yield Difference("other_event", one.span, near[0].span)


def as_long(one: Period, other: Period) -> bool:
    """Whether two are of one length, on the same side of their events."""
    return (one.amount, one.unit, one.before) == (other.amount, other.unit, other.before)


def same_event(one: Period, other: Period) -> bool:
    """Whether two count from the same, or from what comes with it."""
    return one.event == other.event or any({one.event, other.event} <= few for few in ALIKE)
