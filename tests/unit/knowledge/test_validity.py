from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import SettingsError
from knowledge.validity import NOW, STILL, Validity, day_of, moment, today, zone

FIRST = date(2026, 1, 1)
days = st.integers(0, 40).map(lambda n: FIRST + timedelta(days=n))
spans = (
    st.tuples(days, days).filter(lambda ab: ab[0] != ab[1]).map(lambda ab: Validity(*sorted(ab)))
)


@given(spans, spans)
def test_what_is_left_is_exactly_the_days_that_the_other_has_not(a: Validity, b: Validity) -> None:
    every = [FIRST + timedelta(days=n) for n in range(42)]
    rest = a.without(b)
    left = [day for day in every if any(day in piece for piece in rest)]
    assert left == [day for day in every if day in a and day not in b]
    assert all(one.end < other.start for one, other in itertools.pairwise(rest))


def test_without_limits_every_day_is_in_force() -> None:
    assert date(1999, 1, 1) in Validity()
    assert date(9000, 1, 1) in Validity()


def test_no_day_at_all_is_refused_with_both_ends() -> None:
    with pytest.raises(SettingsError, match="2026-01-01 until before 2026-01-01"):
        Validity(FIRST, FIRST)


def test_moments_sort_as_time_does_whatever_their_zone() -> None:
    early = datetime(2026, 3, 1, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    late = datetime(2026, 3, 1, 0, 0, 0, 1, tzinfo=UTC)
    assert moment(early) < moment(late) < NOW < STILL
    with pytest.raises(ValueError, match="no time zone"):
        moment(datetime(2026, 3, 1))


def test_a_day_is_read_as_it_is_written_in_spain_and_elsewhere() -> None:
    assert day_of("2025-09-02") == day_of(" 02/09/2025 ") == date(2025, 9, 2)


@pytest.mark.parametrize("text", ["", "2025-9", "31/02/2025", "mañana", "2025-13-01"])
def test_what_is_no_day_is_told_with_how_to_write_one(text: str) -> None:
    with pytest.raises(SettingsError, match="2025-09-02"):
        day_of(text)


def test_a_zone_that_is_none_is_told_by_its_setting() -> None:
    assert isinstance(today("Europe/Madrid"), date)
    for name in ("Mars/Olympus", "", "../etc/passwd"):
        with pytest.raises(SettingsError, match="VOZ_TIME_ZONE"):
            zone(name)
