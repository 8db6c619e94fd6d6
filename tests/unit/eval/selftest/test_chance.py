"""The test of the gate, over candidates drawn by chance."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eval.gate.policy import Policy
from eval.runs.scoring import Scored
from eval.selftest.chance import Chance, chances
from tests.unit.eval.selftest.desk import golden

CASES = golden().cases


def policy(alpha: float) -> Policy:
    measures = [{"name": "behaviour", "margin": 0.02}, {"name": "forbidden", "margin": 0.02}]
    return Policy.model_validate({"schema": "gate/1", "alpha": alpha, "measures": measures})


def drawn(alpha: float, draws: int = 60) -> list[Chance]:
    scored = [Scored(case.id, "behaviour", 1.0) for case in CASES]
    scored += [Scored(case.id, "forbidden", None, "no_forbidden") for case in CASES]
    return list(chances(CASES, scored, policy(alpha), draws=draws))


def test_what_applies_to_no_case_is_left_out() -> None:
    assert [one.measure for one in drawn(0.05, 5)] == ["behaviour"]


def test_cases_that_hang_together_are_one_draw() -> None:
    (one,) = drawn(0.05, 5)
    assert one.n == len(CASES)
    assert one.clusters == len({case.cluster for case in CASES}) < one.n


def test_a_stated_drop_is_seen_more_often_than_none() -> None:
    (one,) = drawn(0.05)
    assert one.alarms.times < one.seen.times / 3
    assert one.alarms.of == one.seen.of == 60


def test_who_allows_more_false_alarms_has_more_of_them_and_sees_smaller_drops() -> None:
    (strict,), (lax,) = drawn(0.01), drawn(0.3)
    assert strict.alarms.times < lax.alarms.times
    assert strict.drop > lax.drop


def test_one_conversation_says_nothing_of_chance() -> None:
    alone = [case.model_copy(update={"group_id": "one", "twin_id": None}) for case in CASES[:3]]
    scored = [Scored(case.id, "behaviour", 1.0) for case in alone]
    assert list(chances(alone, scored, policy(0.05), draws=5)) == []


def test_a_count_has_its_interval() -> None:
    (one,) = drawn(0.05, 20)
    low, high = replace(one.alarms, times=10, of=20).interval
    assert low == pytest.approx(0.2993, abs=1e-4)
    assert high == pytest.approx(0.7007, abs=1e-4)
