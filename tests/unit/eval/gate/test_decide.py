"""Every rule by itself: what it stops for, and what it lets pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest

from eval.gate.decide import judge
from eval.gate.models import Decision, Evidence, Finding, Run
from eval.gate.policy import Policy, bundled
from eval.golden.models import GoldenCase
from eval.outcome import Outcome, Said
from eval.runs.scoring import score
from eval.selftest.testing import again
from tests.unit.eval.selftest.desk import golden, run_of

GOLDEN = golden()
IN_FORCE = run_of(GOLDEN)
CASES = tuple(case.model_copy(update={"critical": False}) for case in GOLDEN.cases)
ANSWERED = [case.id for case in CASES if case.facts]


def gated(**fields: Any) -> Policy:
    given = {"schema": "gate/1", "measures": [{"name": "must_facts", "margin": 0.02}]}
    return Policy.model_validate(given | fields)


def decided(
    change: Callable[[Outcome], Outcome],
    names: Iterable[str],
    policy: Policy | None = None,
    cases: tuple[GoldenCase, ...] = CASES,
) -> Decision:
    """What the gate says of a candidate that differs in these cases."""
    changed = set(names)
    candidate = again(IN_FORCE, cases)
    outcomes = {n: change(o) if n in changed else o for n, o in candidate.outcomes.items()}
    return of(IN_FORCE, measured(candidate, outcomes, cases), policy or gated(), cases)


def measured(run: Run, outcomes: dict[str, Outcome], cases: tuple[GoldenCase, ...]) -> Run:
    scored = tuple(score(cases, outcomes))
    return replace(run, outcomes=outcomes, kept=scored, scored=scored)


def of(before: Run, after: Run, policy: Policy, cases: tuple[GoldenCase, ...] = CASES) -> Decision:
    hashes = {case.id: case.sha256 for case in cases}
    before, after = replace(before, golden=hashes), replace(after, golden=hashes)
    before = measured(before, dict(before.outcomes), cases)
    return judge(Evidence(cases, before, after, policy, policy))[0]


def abstained(outcome: Outcome) -> Outcome:
    return replace(outcome, did="abstain", said=())


def found(decision: Decision, stage: str) -> list[Finding]:
    return [one for one in decision.findings if one.stage == stage]


def test_without_a_change_it_passes_and_says_what_it_could_not_see() -> None:
    decision = decided(abstained, [])
    assert decision.verdict == "pass"
    assert str(decision.sentence) == (
        "nothing that matters became worse in 120 cases: 0 mended, 0 broken"
    )
    (weak,) = found(decision, "power")
    assert weak.weight == "warn"
    assert "for 0.02 about " in str(weak.says)


def test_a_drop_that_is_no_chance_blocks_and_names_its_cases() -> None:
    decision = decided(abstained, ANSWERED[:12])
    assert decision.verdict == "block"
    (drop,) = found(decision, "regression")
    assert drop.cases == tuple(ANSWERED[:12])
    assert "from 1 to 0.875: 12 of 96 cases" in str(drop.says)
    assert decision.sentence.told("es").startswith(
        "no publique: must_facts empeoró, de 1 a 0,875: 12 de 96 casos"
    )


def test_a_drop_that_may_be_chance_is_not_sure() -> None:
    decision = decided(abstained, ANSWERED[:6:2])
    assert decision.verdict == "inconclusive"
    (unsure,) = found(decision, "power")
    assert "cases would tell" in str(unsure.says)


def test_a_drop_that_is_not_worth_it_passes() -> None:
    policy = gated(measures=[{"name": "must_facts", "margin": 0.5}])
    assert decided(abstained, ANSWERED[:12], policy).verdict == "pass"


def test_below_its_floor_nothing_is_let_through() -> None:
    policy = gated(measures=[{"name": "must_facts", "margin": 0.9, "floor": 0.9}])
    decision = decided(abstained, ANSWERED[:12], policy)
    assert decision.verdict == "block"
    assert "0.875, worse than its floor 0.9" in str(found(decision, "floors")[0].says)


def test_one_critical_case_that_became_worse_blocks() -> None:
    policy = gated(measures=[{"name": "must_facts", "margin": 0.9}])
    cases = tuple(GOLDEN.cases)
    critical = next(case.id for case in cases if case.critical and case.facts)
    decision = decided(abstained, [critical], policy, cases)
    assert decision.verdict == "block"
    (one,) = found(decision, "zero_tolerance")
    assert one.cases == (critical,)
    assert "behaviour, must_facts" in str(one.says)


def test_forbidden_words_block_in_any_case() -> None:
    policy = gated(measures=[{"name": "must_facts", "margin": 0.9}])

    def says(outcome: Outcome) -> Outcome:
        return replace(outcome, said=(*outcome.said, Said("Llame al fabricante.")))

    decision = decided(says, ANSWERED[:1], policy)
    assert decision.verdict == "block"
    assert "llame al fabricante" in str(found(decision, "zero_tolerance")[0].says)


def test_a_language_that_falls_behind_its_twin_blocks() -> None:
    policy = gated(measures=[{"name": "hallucination", "margin": 0.9}])
    spanish = [name for name in ANSWERED if name.endswith("-es")][:12]
    decision = decided(abstained, spanish, policy)
    (one,) = found(decision, "parity")
    assert one.weight == "block"
    assert "in es became worse" in str(one.says)
    both = decided(abstained, [n for s in spanish for n in (s, s.replace("-es", "-en"))], policy)
    assert found(both, "parity") == []


def test_a_slice_is_named_and_stops_nothing() -> None:
    policy = gated(measures=[{"name": "hallucination", "margin": 0.9}])
    cases = tuple(
        case.model_copy(update={"tags": {"topic": "a" if at < 60 else "b"}, "twin_id": None})
        for at, case in enumerate(CASES)
    )
    names = [case.id for case in cases if case.facts and case.tags["topic"] == "a"][:10]
    decision = decided(abstained, names, policy, cases)
    assert decision.verdict == "pass"
    assert any("topic=a" in str(one.says) for one in found(decision, "slices"))
    assert not any("topic=b" in str(one.says) for one in found(decision, "slices"))


def test_slow_answers_are_told() -> None:
    def slow(outcome: Outcome) -> Outcome:
        return replace(outcome, timings_ms={"total": 5_000.0})

    decision = decided(slow, [c.id for c in CASES], gated(latency_p95_ms=1_000))
    assert decision.verdict == "pass"
    assert "5000 ms at the 95th percentile" in str(found(decision, "budgets")[0].says)


def test_the_same_answers_at_the_same_times_were_not_asked_anew() -> None:
    decision = of(IN_FORCE, replace(IN_FORCE, id="two"), bundled())
    assert decision.verdict == "invalid"
    assert "nothing was asked anew" in str(decision.sentence)


def test_missing_and_failed_cases_make_it_worthless() -> None:
    candidate = again(IN_FORCE, CASES)
    fewer = {n: o for n, o in candidate.outcomes.items() if n not in ANSWERED[:5]}
    decision = of(IN_FORCE, measured(candidate, fewer, CASES), bundled())
    assert decision.verdict == "invalid"
    assert found(decision, "validity")[0].cases == tuple(sorted(ANSWERED[:5]))


@pytest.mark.parametrize("verdict", ["pass", "block", "inconclusive", "invalid"])
def test_each_verdict_is_a_sentence_in_both_languages(verdict: str) -> None:
    chosen = {
        "pass": decided(abstained, []),
        "block": decided(abstained, ANSWERED[:12]),
        "inconclusive": decided(abstained, ANSWERED[:6:2]),
        "invalid": of(IN_FORCE, replace(IN_FORCE, id="two"), bundled()),
    }[verdict]
    assert chosen.verdict == verdict
    assert chosen.sentence.told("es") != chosen.sentence.told("en")
    assert all(one.says.told("es") != one.says.told("en") for one in chosen.findings)
