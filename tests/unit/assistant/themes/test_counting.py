"""Days become weeks, periods and months; themes are ranked by how often they came up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from assistant.themes import counting
from assistant.themes.weeks import Period, month_of, week_of, weeks
from knowledge.errors import SettingsError
from knowledge.themes.theme_rows import Tally

SUNDAY = date(2026, 11, 29)
MONTH = Period(date(2026, 11, 2), SUNDAY)


def tally(topic: int | None, day: date, contacts: int = 1, questions: int = 0) -> Tally:
    return Tally(topic, "staff", day.isoformat(), contacts, questions)


def test_a_week_begins_on_monday_across_the_year() -> None:
    assert week_of(SUNDAY) == date(2026, 11, 23)
    assert week_of(date(2027, 1, 1)) == date(2026, 12, 28)
    assert weeks(date(2026, 11, 22), date(2026, 11, 30)) == [
        date(2026, 11, 16),
        date(2026, 11, 23),
        date(2026, 11, 30),
    ]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_a_month_has_its_days(text: str, first: date, last: date) -> None:
    assert month_of(text) == Period(first, last)


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "nov", "2026-1", "0000-01"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="write it as 2026-11"):
        month_of(text)


@pytest.mark.parametrize(
    ("first", "last", "line"),
    [
        (SUNDAY, SUNDAY - timedelta(days=1), "before it begins"),
        (SUNDAY - timedelta(days=366), SUNDAY, "367 days"),
        (date.min, date.min, "outside the years"),
        (date.max, date.max, "outside the years"),
    ],
)
def test_what_is_no_period_is_refused(first: date, last: date, line: str) -> None:
    with pytest.raises(SettingsError, match=line):
        Period(first, last)


def test_themes_are_ranked_by_the_period_with_what_was_before() -> None:
    before = MONTH.first - timedelta(days=1)
    themes = counting.ranked(
        [
            tally(1, SUNDAY, 2),
            tally(2, MONTH.first, 1, 0),
            tally(2, MONTH.first, 0, 4),
            tally(2, before, 7),
            tally(3, before, 9),
            tally(None, SUNDAY, 5),
        ],
        MONTH,
    )
    assert [(t.number, t.contacts, t.questions, t.before) for t in themes] == [
        (2, 1, 4, 7),
        (1, 2, 0, 0),
    ]
    assert themes[1].weeks[-1] == 2
    assert sum(themes[0].weeks) == 12
    assert len(themes[0].weeks) == counting.PLOTTED_WEEKS


def test_what_rose_in_the_middle_of_a_month_is_in_its_report() -> None:
    middle = date(2026, 11, 13)
    noise = [
        tally(topic, MONTH.first - timedelta(days=35 - day), 2)
        for topic in range(10, 30)
        for day in range(60)
    ]
    found = counting.rising_in([*noise, tally(1, middle, 12)], MONTH)
    assert {number: day for number, (day, _) in found.items()} == {1: date(2026, 11, 15)}
    assert counting.rising_at({1: {middle: 12}}, SUNDAY) == {}
