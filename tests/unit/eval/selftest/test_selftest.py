"""The gate catches what is planted and lets pass what does no harm."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.support.check import SupportCheck
from eval.gate.policy import Policy, bundled
from eval.selftest.models import Mutant
from eval.selftest.testing import MUTANTS, Adequacy, self_test
from tests.unit.eval.selftest.desk import golden, run_of


@pytest.fixture(scope="module")
def adequacy() -> Adequacy:
    asked = golden()
    return self_test(run_of(asked), asked.cases, bundled(), SupportCheck())


def test_enough_is_planted() -> None:
    defects = [mutant for mutant in MUTANTS if not mutant.harmless]
    assert len(defects) >= 24
    assert len(MUTANTS) - len(defects) >= 8
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)


def test_everything_finds_a_place(adequacy: Adequacy) -> None:
    assert [p.mutant.name for p in adequacy.planted if p.verdict is None] == []


def test_harmless_changes_pass(adequacy: Adequacy) -> None:
    assert {p.mutant.name: p.why for p in adequacy.false_alarms} == {}


def test_nine_in_ten_defects_are_caught(adequacy: Adequacy) -> None:
    told = {p.mutant.name: f"{p.verdict}: {p.why}" for p in adequacy.survivors}
    assert adequacy.caught >= 0.9 * adequacy.defects, told
    assert adequacy.adequate


def test_a_gate_that_looks_at_nothing_is_not_adequate() -> None:
    asked = golden()
    blind = Policy.model_validate(
        {"schema": "gate/1", "measures": [{"name": "R@5", "margin": 1.0}]}
    )
    cases = tuple(case.model_copy(update={"critical": False}) for case in asked.cases)
    run = replace(run_of(asked), golden={case.id: case.sha256 for case in cases})
    wrong = [m for m in MUTANTS if m.name in ("one digit is another", "a sentence is invented")]
    found = self_test(run, cases, blind, SupportCheck(), mutants=wrong)
    assert (found.caught, found.defects) == (0, 2)
    assert not found.adequate
    assert {one.mutant.name for one in found.survivors} == {mutant.name for mutant in wrong}


def test_what_cannot_be_planted_is_not_counted() -> None:
    asked = golden()
    none = [Mutant("nowhere", "answers", lambda planting: None)]
    found = self_test(run_of(asked), asked.cases, bundled(), SupportCheck(), mutants=none)
    assert found.defects == 0
    assert not found.adequate
