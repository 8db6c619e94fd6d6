"""An amount of days, months or hours from a date -> first and last day.

Spain's Código Civil, art. 5: in periods of days the day they count from is excluded; periods of
months or years go from date to date, and end on the last day of the month where that month has no
such day (5.1); days that are no working days are not excluded (5.2), so that a last day which is a
holiday stays the last. Working days are counted where a rule says so, see `working_days`.
"""

from __future__ import annotations

import calendar as months_of_year
from datetime import UTC, date, datetime, timedelta, tzinfo

from assistant.cases.models import Holiday, Rule, Span, Unit, When
from assistant.cases.working_days import WorkingDays

_DAYS_OF: dict[Unit, int] = {"days": 1, "nights": 1, "weeks": 7}
_MONTHS_OF: dict[Unit, int] = {"months": 1, "years": 12}
LONGEST_YEARS = 200
"""A longer period is a mistake of reading."""


class HourMissing(Exception):
    """Hours that make no whole days need the time of day that they count from."""


def span_of(rule: Rule, when: When, working: WorkingDays, zone: tzinfo) -> Span:
    """First and last day that a rule gives for the date that it counts from.

    Args:
        rule: what counts from the date.
        when: the date.
        working: the working days.
        zone: of the company's clock.

    Raises:
        CalendarMissing: holidays of a year are not known.
        HourMissing: the time of day is needed.
        OverflowError: there is no such day.
    """
    back = -1 if rule.direction == "before" else 1
    if rule.unit == "hours":
        return _hours(rule, when, back, zone)
    day, skipped = moved(when.day, back * rule.high, rule.unit, working)
    if rule.direction == "at_least":
        return Span(first=_beyond(rule, day, working, 1), skipped=skipped)
    if rule.direction == "range":
        first, _ = moved(when.day, rule.low, rule.unit, working)
        return Span(first, day, skipped=skipped)
    return Span(last=_beyond(rule, day, working, -1), skipped=skipped)


def moved(
    day: date, amount: int, unit: Unit, working: WorkingDays
) -> tuple[date, tuple[Holiday, ...]]:
    """The day so many units later, or earlier for a negative amount, and holidays passed over.

    >>> moved(date(2027, 1, 31), 1, "months", WorkingDays())[0].isoformat()
    '2027-02-28'

    Raises:
        CalendarMissing: holidays of a year are not known.
        OverflowError: there is no such day.
    """
    if unit in _DAYS_OF:
        return day + timedelta(days=amount * _DAYS_OF[unit]), ()
    if unit in _MONTHS_OF:
        return _months_later(day, amount * _MONTHS_OF[unit]), ()
    return _working_days_later(day, amount, working)


def _months_later(day: date, months: int) -> date:
    """Date to date; the last day of a month that has no such day."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= years <= 9999:
        raise OverflowError(f"there is no year {years}")
    last = months_of_year.monthrange(years, month + 1)[1]
    return date(years, month + 1, min(day.day, last))


def _working_days_later(
    day: date, amount: int, working: WorkingDays
) -> tuple[date, tuple[Holiday, ...]]:
    step = timedelta(days=1 if amount > 0 else -1)
    skipped: list[Holiday] = []
    left = abs(amount)
    while left:
        day += step
        if day.weekday() in working.rest:
            continue
        holiday = working.holiday(day)
        if holiday:
            skipped.append(holiday)
        else:
            left -= 1
    return day, tuple(skipped)


def _beyond(rule: Rule, day: date, working: WorkingDays, step: int) -> date:
    """The day, or where the amount itself is excluded the next one in a direction that counts."""
    if not rule.strict:
        return day
    unit: Unit = "working_days" if rule.unit == "working_days" else "days"
    return moved(day, step, unit, working)[0]


def _hours(rule: Rule, when: When, back: int, zone: tzinfo) -> Span:
    """Hours pass by the clock, also on the day on which it is put forward or back."""
    if when.clock is None:
        days, rest = divmod(rule.high, 24)
        if rest or rule.direction == "range":
            raise HourMissing
        day = when.day + back * timedelta(days=days)
        return Span(first=day) if rule.direction == "at_least" else Span(last=day)
    began = datetime.combine(when.day, when.clock, tzinfo=zone).astimezone(UTC)
    due = (began + back * timedelta(hours=rule.high)).astimezone(zone)
    if rule.direction == "at_least":
        return Span(first=due.date(), due=due)
    if rule.direction == "range":
        earliest = (began + timedelta(hours=rule.low)).astimezone(zone)
        return Span(earliest.date(), due.date(), due)
    return Span(last=due.date(), due=due)
