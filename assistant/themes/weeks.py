"""Days as weeks, Monday to Sunday (ISO 8601), and the months of reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.refusals import because
from knowledge.errors import SettingsError

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
MAX_DAYS = 366
"""Of a period that is counted at once."""
_FIRST_YEAR, _LAST_YEAR = 1900, 9998


@dataclass(frozen=True)
class Period:
    """Days from the first to the last, both counted.

    Raises:
        SettingsError: the last comes before the first, there are more than `MAX_DAYS`, or they lie
            before 1900 or after 9998.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise SettingsError(because("period-order", first=self.first, last=self.last))
        if self.first.year < _FIRST_YEAR or self.last.year > _LAST_YEAR:
            raise SettingsError(because("period-years", first=_FIRST_YEAR, last=_LAST_YEAR))
        if self.days > MAX_DAYS:
            raise SettingsError(because("period-long", count=self.days, limit=MAX_DAYS))

    @property
    def days(self) -> int:
        """How many there are."""
        return (self.last - self.first).days + 1

    @property
    def before(self) -> tuple[date, date]:
        """First and last of as many days right before it."""
        return self.first - timedelta(days=self.days), self.first - DAY


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def weeks(first: date, last: date) -> list[date]:
    """The Mondays of all weeks with a day in a period, in order."""
    found, monday = [], week_of(first)
    while monday <= last:
        found.append(monday)
        monday += WEEK
    return found


def month_of(text: str) -> Period:
    """The days of a month written as 2026-11.

    Raises:
        SettingsError: it is written otherwise, or there is no such month.
    """
    found = re.fullmatch(r"(\d{4})-(\d{2})", text.strip())
    if not found or not 1 <= int(found[2]) <= 12 or not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
        raise SettingsError(because("month-form", text=text[:40]))
    year, month = int(found[1]), int(found[2])
    following = date(year + month // 12, month % 12 + 1, 1)
    return Period(date(year, month, 1), following - DAY)
