"""Whose turn it is: who is on duty at a moment, and when a question goes on. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, time, timedelta

from knowledge.escalations.models import OPEN, Duty, Escalation

_RESTARTS = frozenset({"sent", "taken"})
"""Steps from which on whoever has the question has the whole time again."""


def is_on(duty: Duty, now: datetime) -> bool:
    """Whether somebody is on duty.

    Args:
        duty: theirs.
        now: at the company.

    >>> is_on(Duty("ana", "5", "22:00", "06:00"), datetime(2026, 11, 28, 5, 59))
    True
    >>> is_on(Duty("ana", "5", "22:00", "06:00"), datetime(2026, 11, 28, 22, 0))
    False
    """
    clock = now.time()
    start = time.fromisoformat(duty.start) if duty.start else time.min
    end = time.fromisoformat(duty.end) if duty.end else None
    if end is not None and end <= start:  # over midnight: the hours after it are of the day before
        if clock < end:
            return _is_day(duty, now - timedelta(days=1))
        return clock >= start and _is_day(duty, now)
    return _is_day(duty, now) and clock >= start and (end is None or clock < end)


def _is_day(duty: Duty, now: datetime) -> bool:
    return str(now.isoweekday()) in duty.days


def next_on(
    duties: Iterable[Duty],
    now: datetime,
    asked: Collection[str],
    able: Callable[[str], bool],
) -> str | None:
    """The first person who is on duty and was not asked yet; `None`: nobody is left.

    Args:
        duties: in the order in which they are asked.
        now: at the company.
        asked: accounts that are left out: they had it, or ask it.
        able: whether an account can answer just now.
    """
    for duty in duties:
        if duty.account not in asked and is_on(duty, now) and able(duty.account):
            return duty.account
    return None


def goes_on_at(one: Escalation, minutes: float) -> datetime | None:
    """The moment from which a question is the next person's; `None`: it is over.

    It is computed from the steps alone, so that it is the same after a restart.
    """
    if one.state not in OPEN:
        return None
    since = max(step.at for step in one.steps if step.kind in _RESTARTS)
    return datetime.fromisoformat(since) + timedelta(minutes=minutes)
