"""What is marked as rising: what really rises, hardly ever what only varies, never a handful."""

from __future__ import annotations

import math

import numpy as np
import pytest

from assistant.themes.rising import (
    MIN_RECENT,
    Counted,
    chance,
    rising,
    rising_each,
    variation,
)

STEADY = [Counted(20, (20, 19, 21, 20)) for _ in range(20)]


@pytest.mark.parametrize(
    ("recent", "before", "marked"),
    [
        (30, (5, 6, 4, 5), True),
        (10, (0, 0, 0, 0), True),
        (60, (20, 22, 18, 20), True),
        (8, (0, 1, 0, 0), True),
        (20, (20, 20, 20, 20), False),
        (24, (20, 20, 20, 20), False),
        (4, (0, 0, 0, 0), False),
        (3, (1, 0, 0, 0), False),
        (5, (20, 20, 20, 20), False),
        (0, (9, 9, 9, 9), False),
        (0, (0, 0, 0, 0), False),
        (7, (2, 8, 1, 9), False),
    ],
)
def test_a_theme_among_steady_ones(recent: int, before: tuple[int, ...], marked: bool) -> None:
    *_, found = rising([*STEADY, Counted(recent, before)])
    assert (found is not None) is marked


def test_a_mark_says_why() -> None:
    *_, found = rising([*STEADY, Counted(30, (5, 6, 4, 5))])
    assert found is not None
    assert (found.recent, found.before, found.ratio) == (30, 5.0, 6.0)
    assert found.p < 1e-6
    *_, new = rising([*STEADY, Counted(10, (0, 0, 0, 0))])
    assert new is not None
    assert new.ratio is None


def test_a_handful_is_never_rising() -> None:
    for recent in range(MIN_RECENT):
        assert rising([*STEADY, Counted(recent, (0, 0, 0, 0))])[-1] is None


def test_a_week_that_is_busy_for_all_lifts_none() -> None:
    assert rising([Counted(3 * n, (n, n, n, n)) for n in (10, 20, 30, 40)] * 5) == [None] * 20


def test_weeks_are_judged_by_themselves_and_bounded_together() -> None:
    """A busy second week lifts none there, though it is far above the first week's rate."""
    quiet, busy = STEADY, [Counted(60, one.before) for one in STEADY]
    steady, risen = Counted(20, (20,) * 4), Counted(30, (5, 6, 4, 5))
    first, second = rising_each([[*quiet, risen], [*busy, steady]])
    assert first[-1] == rising([*quiet, risen])[-1]
    assert [one for one in first if one] == [first[-1]]
    assert second == [None] * 21
    assert rising_each([]) == []


def test_what_is_certain_but_slight_is_not_marked() -> None:
    assert rising([*STEADY, Counted(14_000, (10_000,) * 4)] * 2)[-1] is None


def test_without_earlier_weeks_nothing_is_rising() -> None:
    assert rising([Counted(50, (0, 0, 0, 0)), Counted(40, (0, 0, 0, 0))]) == [None, None]
    assert rising([]) == []


def test_the_chance_is_the_tail_of_the_binomial_distribution() -> None:
    """10 of 18 with 1/5: worked out term by term."""
    tail = sum(math.comb(18, k) * 0.2**k * 0.8 ** (18 - k) for k in range(10, 19))
    assert chance(Counted(10, (2, 2, 2, 2)), 0.2, 1.0) == pytest.approx(tail, rel=1e-9)


def test_counts_that_come_in_bursts_vary_more_than_chance() -> None:
    dice = np.random.default_rng(11)
    even = [Counted(0, tuple(dice.poisson(20, 4).tolist())) for _ in range(200)]
    bursts = [Counted(0, tuple((3 * dice.poisson(7, 4)).tolist())) for _ in range(200)]
    assert 1.0 <= variation(even) < 1.3
    assert 2.3 < variation(bursts) < 3.8
