"""The measures that count, each a share with what it is of and what is missing; handle time last.

What nobody has noted is unknown: it is neither yes nor no, and is told beside the share.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Literal, get_args

from assistant.themes.ports import Kept, Met, Outcome
from knowledge.themes.measure_rows import ContactRow

Measure = Literal[
    "resolved", "repeated", "escalated", "promises", "complaints", "answered", "handle_time"
]
MEASURES: tuple[Measure, ...] = get_args(Measure)
REPEATED_DAYS = 7
"""Within which the same customer with the same theme is a repeat."""
SMALLEST_GROUP = 5
"""People below which a group has no measures of its own, and what is named in reports."""


@dataclass(frozen=True)
class Share:
    """How many of how many.

    Attributes:
        count: those that are so.
        of: those of which it is known; 0: nothing is.
        unknown: those of which it is not.
        open: of the unknown, those that may still become one or the other.
    """

    count: int
    of: int
    unknown: int
    open: int = 0

    @property
    def share(self) -> float | None:
        """0 to 1; `None` where nothing is known."""
        return round(self.count / self.of, 4) if self.of else None


@dataclass(frozen=True)
class Typical:
    """A typical time.

    Attributes:
        seconds: the median; `None` where there is none.
        of: how many it is of.
        unknown: those without an end.
    """

    seconds: float | None
    of: int
    unknown: int


Value = Share | Typical


def resolved(contacts: Sequence[ContactRow], outcomes: Mapping[int, Outcome] | None) -> Share:
    """Ended contacts whose summary says that the matter is settled."""
    ended = [one for one in contacts if one.ended_at is not None]
    known = [outcomes[one.number] for one in ended if outcomes and one.number in outcomes]
    return Share(known.count("resolved"), len(known), len(ended) - len(known))


def repeated(
    contacts: Sequence[ContactRow],
    earlier: Sequence[ContactRow],
    customers: Mapping[int, str] | None,
    topics: Mapping[int, frozenset[int]],
) -> Share:
    """Contacts whose customer had one with a theme of theirs in the `REPEATED_DAYS` days before.

    Args:
        contacts: of the period.
        earlier: of the days before it.
        customers: of contacts, where it is known.
        topics: themes of contacts.
    """
    known = customers or {}
    measurable = [one for one in contacts if one.number in known and topics.get(one.number)]
    before: dict[str, list[ContactRow]] = {}
    for one in [*earlier, *contacts]:
        if one.number in known:
            before.setdefault(known[one.number], []).append(one)
    count = sum(
        any(_is_repeat(one, other, topics) for other in before[known[one.number]])
        for one in measurable
    )
    return Share(count, len(measurable), len(contacts) - len(measurable))


def _is_repeat(one: ContactRow, other: ContactRow, topics: Mapping[int, frozenset[int]]) -> bool:
    apart = one.opened_at - other.opened_at
    if other.number == one.number or not timedelta(0) <= apart <= timedelta(days=REPEATED_DAYS):
        return False
    if not apart and other.number > one.number:
        return False
    return bool(topics.get(one.number, frozenset()) & topics.get(other.number, frozenset()))


def escalated(contacts: Sequence[ContactRow], numbers: Iterable[int] | None) -> Share:
    """Contacts in which the company was asked."""
    if numbers is None:
        return Share(0, 0, len(contacts))
    asked = frozenset(numbers)
    return Share(sum(one.number in asked for one in contacts), len(contacts), 0)


def promises(some: Sequence[Kept] | None) -> Share:
    """Promises that fell due and were kept, of those of which that is decided."""
    found = some or ()
    is_open = found.count("open")
    return Share(found.count("kept"), len(found) - is_open, is_open, is_open)


def complaints(some: Sequence[Met] | None) -> Share:
    """Complaints that were answered within their deadline, of those of which that is decided."""
    found = some or ()
    is_open = found.count("open")
    return Share(found.count("met"), len(found) - is_open, is_open, is_open)


def answered(verdicts: Mapping[str, int]) -> Share:
    """Needs of contacts and questions that the sources answered in full."""
    return Share(verdicts.get("answered", 0), sum(verdicts.values()), 0)


def handle_time(contacts: Sequence[ContactRow]) -> Typical:
    """From the opening of a contact to its end; those that were ended by erasing have none."""
    spans = [
        (one.ended_at - one.opened_at).total_seconds()
        for one in contacts
        if one.ended_at is not None and one.ended_at != one.erased_at
    ]
    typical = round(median(spans), 1) if spans else None
    return Typical(typical, len(spans), len(contacts) - len(spans))
