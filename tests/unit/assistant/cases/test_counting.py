"""Counting keeps its promises for every date and amount."""

from __future__ import annotations

from datetime import UTC, date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cases.counting import moved, span_of
from assistant.cases.models import Direction, Rule, Unit, When
from assistant.cases.working_days import CalendarMissing, WorkingDays, holidays_of, week

WORKING = WorkingDays(national=holidays_of("ES"), complete=True)

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
AMOUNTS = st.integers(1, 400)
UNITS: st.SearchStrategy[Unit] = st.sampled_from(
    ["days", "nights", "weeks", "months", "years", "working_days"]
)


def last(day: date, amount: int, unit: Unit) -> date:
    return moved(day, amount, unit, WORKING)[0]


def rule(amount: int, unit: Unit, direction: Direction = "within", *, strict: bool = False) -> Rule:
    return Rule("", 0, 0, 0, 0, amount, amount, unit, direction, strict, event="delivered")


@given(DAYS, st.integers(1, 60), UNITS)
def test_the_day_of_the_event_is_not_counted(day: date, amount: int, unit: Unit) -> None:
    assert last(day, amount, unit) > day
    assert last(day, 1, "days") == day + timedelta(days=1)


@given(DAYS, st.integers(1, 60), UNITS)
def test_a_longer_period_ends_later(day: date, amount: int, unit: Unit) -> None:
    assert last(day, amount, unit) < last(day, amount + 1, unit)


@given(DAYS, st.integers(1, 60), UNITS)
def test_a_later_event_never_ends_earlier(day: date, amount: int, unit: Unit) -> None:
    assert last(day, amount, unit) <= last(day + timedelta(days=1), amount, unit)


@given(DAYS, st.integers(1, 60))
def test_working_days_end_on_a_working_day_and_count_as_many(day: date, amount: int) -> None:
    end = last(day, amount, "working_days")
    between = (day + timedelta(days=n) for n in range(1, (end - day).days + 1))
    assert WORKING.counts(end)
    assert sum(WORKING.counts(one) for one in between) == amount


@given(DAYS, st.integers(1, 60))
def test_as_many_working_days_back_come_before(day: date, amount: int) -> None:
    start = last(day, -amount, "working_days")
    assert WORKING.counts(start)
    assert last(start, amount, "working_days") <= day or not WORKING.counts(day)


@given(DAYS, AMOUNTS)
def test_months_go_from_date_to_date(day: date, months: int) -> None:
    end = last(day, months, "months")
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    is_last_of_month = (end + timedelta(days=1)).day == 1
    assert end.day == day.day or (end.day < day.day and is_last_of_month)


@given(DAYS, st.integers(1, 30))
def test_a_year_is_twelve_months_and_a_week_seven_days(day: date, amount: int) -> None:
    assert last(day, amount, "years") == last(day, 12 * amount, "months")
    assert last(day, amount, "weeks") == last(day, 7 * amount, "days")


@given(DAYS, st.integers(2, 60), UNITS)
def test_what_is_excluded_shifts_a_day_that_counts(day: date, amount: int, unit: Unit) -> None:
    def span(direction: Direction, *, strict: bool) -> date:
        found = span_of(rule(amount, unit, direction, strict=strict), When(day), WORKING, UTC)
        return found.last or found.first or date.min

    assert span("within", strict=True) < span("within", strict=False)
    assert span("at_least", strict=True) > span("at_least", strict=False)


def test_hours_pass_by_the_clock_when_it_is_put_back() -> None:
    madrid = ZoneInfo("Europe/Madrid")  # on 25 October 2026 at 3:00 it is 2:00 again
    when = When(date(2026, 10, 24), time(12))
    span = span_of(rule(24, "hours"), when, WORKING, madrid)
    assert span.due is not None
    assert f"{span.due:%Y-%m-%d %H:%M}" == "2026-10-25 11:00"


def test_a_year_whose_holidays_are_not_known_is_not_counted() -> None:
    own = WorkingDays(week(saturdays=False), own={date(2026, 12, 8): "Inmaculada"})
    assert moved(date(2026, 12, 7), 1, "working_days", own)[0] == date(2026, 12, 9)
    with pytest.raises(CalendarMissing, match="2027"):
        moved(date(2026, 12, 28), 9, "working_days", own)


def test_a_place_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValueError, match="ZZ"):
        holidays_of("ES-ZZ")
