"""What the rules look at, and what they find."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, get_args

from eval.comparison.compare import Difference
from eval.comparison.flips import Flipped
from eval.gate.policy import Policy
from eval.golden.models import GoldenCase
from eval.outcome import Outcome
from eval.runs.scoring import Scored
from knowledge.refusals.reason import Reason

Verdict = Literal["pass", "block", "inconclusive", "invalid"]
Weight = Literal["ok", "warn", "inconclusive", "block", "invalid"]
Stage = Literal[
    "validity", "zero_tolerance", "floors", "regression", "power", "parity", "slices", "budgets"
]
STAGES: tuple[Stage, ...] = get_args(Stage)


@dataclass(frozen=True)
class Finding:
    """What one rule found.

    Attributes:
        stage: of the rule.
        weight: what it means for the verdict.
        says: in a sentence.
        cases: ids of the cases that it is about.
    """

    stage: Stage
    weight: Weight
    says: Reason
    cases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Run:
    """A finished run, as the rules look at it.

    Attributes:
        id: what people name it by.
        manifest: see `eval.runs.manifest`.
        golden: of every case that was asked, the hash of what was expected.
        golden_sha256: of the set as it is beside the outcomes.
        outcomes: by the case's id.
        kept: scores as the run has them on disk.
        scored: the same measures, measured again from the outcomes.
    """

    id: str
    manifest: Mapping[str, Any]
    golden: Mapping[str, str]
    golden_sha256: str
    outcomes: Mapping[str, Outcome]
    kept: tuple[Scored, ...]
    scored: tuple[Scored, ...]

    @cached_property
    def values(self) -> dict[tuple[str, str], float | None]:
        """Measured again, by case and measure."""
        return {(one.case, one.measure): one.value for one in self.scored}


@dataclass(frozen=True)
class Evidence:
    """All that the rules look at.

    Attributes:
        cases: of the golden set that hold today.
        before: the run that is in force.
        after: the candidate.
        policy: what is gone by.
        was: the policy that the run before was gone by; `None` where it is not known.
        differences: of every measure.
        flips: cases that pass in one of the runs.
        reused: ids of cases whose outcome of before stands for after, since the change cannot
            touch them.
    """

    cases: tuple[GoldenCase, ...]
    before: Run
    after: Run
    policy: Policy
    was: Policy | None
    differences: tuple[Difference, ...] = ()
    flips: tuple[Flipped, ...] = ()
    reused: frozenset[str] = frozenset()

    @cached_property
    def by_measure(self) -> dict[str, Difference]:
        """The differences by name."""
        return {one.measure: one for one in self.differences}


@dataclass(frozen=True)
class Decision:
    """What the gate says.

    Attributes:
        verdict: see `Verdict`.
        sentence: what to know first.
        findings: of every rule that had something to say, in order of the stages.
        policy: hash of the policy.
        before: id of the run in force.
        after: id of the candidate.
    """

    verdict: Verdict
    sentence: Reason
    findings: tuple[Finding, ...] = field(default=())
    policy: str = ""
    before: str = ""
    after: str = ""
