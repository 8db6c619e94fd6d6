from __future__ import annotations

import time

from eval.speed.questions import bundled, parse
from eval.speed.timing import Timed, described, summary, timed


def test_percentiles_of_a_hundred_values_are_those_worked_by_hand() -> None:
    # 95 % of the way from the first to the last of 1..101 is 96
    assert summary([float(i) for i in range(1, 102)]) == {"p50": 51.0, "p95": 96.0, "max": 101.0}


def test_waiting_takes_time_on_the_clock_and_none_of_the_processor() -> None:
    result = timed(time.sleep, [0.02, 0.02])

    assert len(result.wall_ms) == 2
    assert min(result.wall_ms) >= 20
    assert max(result.cpu_ms) < 10


def test_calls_made_later_are_added() -> None:
    joined = Timed([1.0], [0.5]).with_more(Timed([3.0], [1.5]))

    assert described(joined) == {
        "p50": 2.0,
        "p95": 2.9,
        "max": 3.0,
        "cpu_p50": 1.0,
        "cpu_p95": 1.45,
    }


def test_a_line_is_a_question_and_what_was_said_before() -> None:
    follow_up, plain = parse("# a comment\ny si no\tquiero devolver\tclaro\n\nhola")

    assert [turn.text for turn in follow_up.history] == ["quiero devolver", "claro"]
    assert (plain.text, plain.history) == ("hola", ())


def test_at_least_a_hundred_different_questions_are_measured() -> None:
    asked = bundled()

    assert len({question.text for question in asked}) == len(asked) >= 110
    assert sum(bool(question.history) for question in asked) >= 10
