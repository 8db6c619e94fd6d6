"""Tallies of days -> themes of a period, ranked, with their weeks and what is rising.

After the register has counted (`knowledge.themes.theme_rows`); names and sources come after.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from assistant.themes.models import Theme
from assistant.themes.rising import BEFORE_WEEKS, RECENT_DAYS, Counted, Rise, rising, rising_each
from assistant.themes.weeks import Period, week_of, weeks
from knowledge.themes.theme_rows import Tally

PLOTTED_WEEKS = 12


@dataclass
class _Count:
    contacts: int = 0
    questions: int = 0
    before: int = 0
    days: dict[date, int] = field(default_factory=lambda: defaultdict(int))


def counted_days(period: Period) -> tuple[date, date]:
    """First and last of the days whose tallies `ranked` needs."""
    plotted = week_of(period.last) - timedelta(weeks=PLOTTED_WEEKS - 1)
    compared = period.last - timedelta(days=RECENT_DAYS * (1 + BEFORE_WEEKS) - 1)
    return min(plotted, compared, period.before[0]), period.last


def plotted_weeks(period: Period) -> tuple[date, ...]:
    """The Mondays of the weeks that are plotted: those of the period, and at least twelve."""
    first = min(period.first, week_of(period.last) - timedelta(weeks=PLOTTED_WEEKS - 1))
    return tuple(weeks(first, period.last))


def ranked(tallies: Iterable[Tally], period: Period) -> list[Theme]:
    """The themes that came up in a period, most often first."""
    counts = _counts(tallies, period)
    mondays = plotted_weeks(period)
    rises = rising_at(counts_by_day(counts), period.last)
    found = [
        Theme(
            number,
            one.contacts,
            one.questions,
            one.before,
            by_week(one.days, mondays),
            rises.get(number),
        )
        for number, one in counts.items()
        if one.contacts + one.questions
    ]
    return sorted(found, key=lambda theme: (-theme.total, theme.number))


def by_week(days: dict[date, int], mondays: Sequence[date]) -> tuple[int, ...]:
    """Sums of days in each of these weeks."""
    sums: dict[date, int] = defaultdict(int)
    for day, count in days.items():
        sums[week_of(day)] += count
    return tuple(sums[monday] for monday in mondays)


def all_days(tallies: Iterable[Tally]) -> dict[date, int]:
    """Contacts and questions of each day, each theme of a contact by itself."""
    found: dict[date, int] = defaultdict(int)
    for one in tallies:
        found[date.fromisoformat(one.day)] += one.contacts + one.questions
    return found


def total_in(tallies: Iterable[Tally], period: Period) -> int:
    """Contacts and questions in a period, each theme of a contact by itself."""
    days = all_days(tallies)
    return sum(count for day, count in days.items() if period.first <= day <= period.last)


def counts_by_day(counts: dict[int, _Count]) -> dict[int, dict[date, int]]:
    """For each theme how often it came up on each day."""
    return {number: one.days for number, one in counts.items()}


def rising_at(days: dict[int, dict[date, int]], last: date) -> dict[int, Rise]:
    """The themes that are rising at the end of a day, and why."""
    numbers = sorted(days)
    windows = [_window(days[number], last) for number in numbers]
    found = zip(numbers, rising(windows), strict=True)
    return {number: rise for number, rise in found if rise is not None}


def rising_in(tallies: Iterable[Tally], period: Period) -> dict[int, tuple[date, Rise]]:
    """The themes that were rising at the end of some week of a period: the first such day, and why.

    All weeks and themes are one family for the false discovery rate.
    """
    days = counts_by_day(_counts(tallies, period))
    ends = [
        min(monday + timedelta(days=6), period.last) for monday in weeks(period.first, period.last)
    ]
    numbers = sorted(days)
    windows = [[_window(days[number], end) for number in numbers] for end in ends]
    found: dict[int, tuple[date, Rise]] = {}
    for end, rises in zip(ends, rising_each(windows), strict=True):
        for number, rise in zip(numbers, rises, strict=True):
            if rise is not None:
                found.setdefault(number, (end, rise))
    return found


def _counts(tallies: Iterable[Tally], period: Period) -> dict[int, _Count]:
    counts: dict[int, _Count] = defaultdict(_Count)
    before, before_last = period.before
    for one in tallies:
        if one.topic is None:
            continue
        day, count = date.fromisoformat(one.day), counts[one.topic]
        count.days[day] += one.contacts + one.questions
        if period.first <= day <= period.last:
            count.contacts += one.contacts
            count.questions += one.questions
        elif before <= day <= before_last:
            count.before += one.contacts + one.questions
    return counts


def _window(days: dict[date, int], last: date) -> Counted:
    sums = [0] * (1 + BEFORE_WEEKS)
    for day, count in days.items():
        ago = (last - day).days
        if 0 <= ago < RECENT_DAYS * len(sums):
            sums[ago // RECENT_DAYS] += count
    return Counted(sums[0], tuple(reversed(sums[1:])))
