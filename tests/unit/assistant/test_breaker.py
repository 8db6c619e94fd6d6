"""When a failing service is left alone."""

from __future__ import annotations

from assistant.breaker import Breaker, Share


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def made() -> tuple[Breaker, Clock]:
    clock = Clock()
    return Breaker(5, 15.0, clock, Share(0.5, 10, 30.0)), clock


def test_five_failures_in_a_row_open_it_and_four_do_not() -> None:
    breaker, _ = made()
    for _ in range(4):
        breaker.failed()
    assert breaker.admits()
    breaker.failed()
    assert not breaker.admits()


def test_one_call_is_let_through_after_the_rest_and_its_success_closes_it() -> None:
    breaker, clock = made()
    for _ in range(5):
        breaker.failed()
    clock.now += 14.9
    assert not breaker.admits()
    clock.now += 0.2
    assert breaker.admits()
    assert not breaker.admits()
    breaker.succeeded()
    assert breaker.admits()
    assert breaker.admits()


def test_a_try_that_fails_begins_another_rest() -> None:
    breaker, clock = made()
    for _ in range(5):
        breaker.failed()
    clock.now += 15
    assert breaker.admits()
    breaker.failed()
    clock.now += 14
    assert not breaker.admits()
    clock.now += 1
    assert breaker.admits()


def test_half_of_ten_calls_open_it_though_none_fail_in_a_row() -> None:
    breaker, _ = made()
    for _ in range(4):
        breaker.succeeded()
        breaker.failed()
    assert breaker.admits()
    breaker.succeeded()
    breaker.failed()
    assert not breaker.admits()


def test_what_lies_more_than_thirty_seconds_back_does_not_count() -> None:
    breaker, clock = made()
    for _ in range(4):
        breaker.succeeded()
        breaker.failed()
    clock.now += 31
    breaker.succeeded()
    breaker.failed()
    assert breaker.admits()


def test_the_failures_before_a_rest_do_not_count_after_it() -> None:
    breaker, clock = made()
    for _ in range(5):
        breaker.succeeded()
        breaker.failed()
    clock.now += 15
    assert breaker.admits()
    breaker.succeeded()
    breaker.failed()
    assert breaker.admits()
