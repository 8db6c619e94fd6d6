"""The month as one HTML file: what customers asked, what rises, what went wrong, what was done.

For people who never open the program: no script, nothing fetched, prints on A4. Every number stands
with its definition and with what it is counted over. Everything that somebody said is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from assistant.refusals import because
from assistant.shell.themes import report_page
from assistant.shell.themes.measuring import Measured
from assistant.shell.themes.room import Room
from assistant.shell.themes.sight import Sight, title_of, widest
from assistant.themes.measures import SMALLEST_GROUP
from assistant.themes.models import Theme, Themes
from assistant.themes.rising import Rise
from assistant.themes.weeks import Period, month_of
from knowledge.errors import SettingsError
from knowledge.models import Language
from knowledge.work.gaps import Gap, Gaps

COUNTED_THEMES = 500
COUNTED_GAPS = 1_000


@dataclass(frozen=True)
class Risen:
    """A theme that rose, at the end of which day, and why it is marked."""

    theme: Theme
    day: date
    rise: Rise


@dataclass(frozen=True)
class Report:
    """What a report says.

    Attributes:
        month: its first day.
        period: the days that are counted: of a month that goes on, those up to today.
        complete: whether the month is over.
        made: the day it is made.
        audiences: titles of those whose contacts and questions count.
        themes: what customers asked.
        before: contacts and questions in as many days before.
        risen: rising at the end of some week, named ones alone.
        whole: the measures of all.
        groups: the measures by audience.
        left_out: titles of audiences with too few agents.
        gaps: missed in the month, the worst first.
        contact_days: after which words of contacts are erased.
        question_days: after which words of questions are.
    """

    month: date
    period: Period
    complete: bool
    made: date
    audiences: tuple[str, ...]
    themes: Themes
    before: int
    risen: tuple[Risen, ...]
    whole: Measured
    groups: tuple[Measured, ...]
    left_out: tuple[str, ...]
    gaps: tuple[Gap, ...]
    contact_days: int
    question_days: int


def make_report(room: Room, sight: Sight, month: str, language: Language) -> str:
    """The report of a month, of what somebody may see, as one HTML file.

    Args:
        room: what is counted.
        sight: whose contacts and questions.
        month: as 2026-11.
        language: of the report.

    Raises:
        SettingsError: it is no month, or has not begun.
    """
    return report_page.page(report_of(room, sight, month, language), language)


def report_of(room: Room, sight: Sight, month: str, language: Language) -> Report:
    """What the report of a month says."""
    whole, today = month_of(month), room.store.today()
    if whole.first > today:
        raise SettingsError(because("month-future", text=month[:40]))
    period = replace(whole, last=min(whole.last, today))
    themes = room.themes(sight, period, language, limit=COUNTED_THEMES)
    groups, left_out = room.by_audience(sight, period)
    first, last = period.before
    return Report(
        month=whole.first,
        period=period,
        complete=period.last == whole.last and whole.last < today,
        made=today,
        audiences=tuple(title_of(one, sight.tree) for one in widest(sight.labels, sight.tree)),
        themes=themes,
        before=room.total(sight, Period(first, last)),
        risen=_risen(themes, room.rising_in(sight, period)),
        whole=room.measures(sight, period),
        groups=tuple(groups),
        left_out=tuple(title_of(one, sight.tree) for one in left_out),
        gaps=_gaps(room, sight, period),
        contact_days=room.store.contact_days,
        question_days=room.store.question_days,
    )


def _risen(themes: Themes, found: dict[int, tuple[date, Rise]]) -> tuple[Risen, ...]:
    named = {theme.number: theme for theme in themes.themes if theme.total >= SMALLEST_GROUP}
    risen = [Risen(named[n], day, rise) for n, (day, rise) in found.items() if n in named]
    return tuple(sorted(risen, key=lambda one: (-one.rise.recent, one.theme.number)))


def _gaps(room: Room, sight: Sight, period: Period) -> tuple[Gap, ...]:
    """Gaps that were missed in the period, by how often they were in all."""
    found: Sequence[Any] = Gaps(room.store).all(sight.asks, settled=True, limit=COUNTED_GAPS)
    day_of = room.store.day_of
    ends = period.last + timedelta(days=1)
    return tuple(
        gap for gap in found if day_of(gap.last) >= period.first and day_of(gap.first) < ends
    )
