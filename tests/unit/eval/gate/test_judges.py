"""A judge's measure gates only where the judge was admitted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from eval.gate.decide import judge
from eval.gate.judges import judges, may_not_gate
from eval.gate.models import Evidence, Run
from eval.golden.reading import GoldenSet
from eval.outcome import Judged, Outcome
from eval.runs.scoring import score
from eval.selftest.testing import again
from tests.unit.eval.gate.test_decide import gated
from tests.unit.eval.selftest.desk import golden, run_of

GOLDEN = GoldenSet.of(golden().cases[:24])
NAME = "judge_supported_statements"
POLICY = gated(measures=[{"name": NAME, "margin": 0.02}])
JUDGE: dict[str, Any] = {"id": "double", "admitted": {NAME: ["es", "en"]}}


def judged(run: Run, verdict: Judged, manifest: dict[str, Any] | None) -> Run:
    def opinion(outcome: Outcome) -> Outcome:
        said = tuple(replace(one, judged=verdict) for one in outcome.said)
        return replace(outcome, said=said, judge="double")

    outcomes = {name: opinion(one) for name, one in run.outcomes.items()}
    scored = tuple(score(GOLDEN.cases, outcomes))
    told = dict(run.manifest) | {"judge": manifest}
    return replace(run, manifest=told, outcomes=outcomes, kept=scored, scored=scored)


def evidence(verdict: Judged, before: Any = JUDGE, after: Any = JUDGE) -> Evidence:
    in_force = judged(run_of(GOLDEN), "holds", before)
    candidate = judged(again(in_force, GOLDEN.cases), verdict, after)
    return Evidence(GOLDEN.cases, in_force, candidate, POLICY, POLICY)


def refused(verdict: Judged, before: Any = JUDGE, after: Any = JUDGE) -> str:
    finding, *_ = judges(evidence(verdict, before, after))
    assert finding.weight == "invalid"
    return f"{finding.says} / {finding.says.told('es')}"


def test_an_admitted_judge_stops_what_it_finds_worse() -> None:
    assert not list(judges(evidence("holds")))
    decision, _ = judge(evidence("fails"))
    assert decision.verdict == "block"


def test_a_judge_that_was_not_admitted_in_a_language_makes_the_comparison_invalid() -> None:
    told = refused("fails", after=JUDGE | {"admitted": {NAME: ["es"], "judge_answered": ["en"]}})
    assert "judge double has not been admitted in English" in told
    assert "no está admitido en inglés" in told


def test_without_a_judge_or_with_another_one_nothing_is_decided() -> None:
    assert "nobody judged" in refused("holds", before=None)
    told = refused("holds", after=JUDGE | {"id": "another"})
    assert "different judges, double and another" in told


def test_a_judge_that_gives_no_verdicts_decides_nothing() -> None:
    assert "gave no verdict on" in refused("unread")


def test_what_does_not_gate_needs_no_admission() -> None:
    assert may_not_gate(gated(), "one", None, {"es"}) is None
    assert may_not_gate(POLICY, "one", JUDGE, {"es", "en"}) is None
    assert may_not_gate(POLICY, "one", JUDGE | {"admitted": {}}, {"es"}) is not None
