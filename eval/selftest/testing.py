"""Every mutant planted in a run -> how many the gate caught, and what it stopped for nothing."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.support.check import SupportCheck
from eval.gate.decide import judge
from eval.gate.models import Evidence, Run
from eval.gate.policy import Policy
from eval.golden.models import GoldenCase
from eval.outcome import Outcome
from eval.runs.scoring import score
from eval.selftest.answers import ANSWERS
from eval.selftest.harmless import HARMLESS
from eval.selftest.harness import HARNESS
from eval.selftest.models import Mutant, Planted, Planting
from eval.selftest.retrieval import RETRIEVAL
from eval.statistics.rates import wilson

MUTANTS: tuple[Mutant, ...] = (*ANSWERS, *RETRIEVAL, *HARNESS, *HARMLESS)
ADEQUATE = 0.9
"""Share of the defects that a gate has to catch."""


@dataclass(frozen=True)
class Adequacy:
    """How good the gate is.

    Attributes:
        planted: every mutant with what the gate said of it.
    """

    planted: tuple[Planted, ...]

    @property
    def caught(self) -> int:
        """Defects that cannot be published."""
        return sum(one.right is True for one in self._defects)

    @property
    def defects(self) -> int:
        """Defects that could be planted."""
        return len(self._defects)

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the share caught; 0 to 1 without defects."""
        return wilson(self.caught, self.defects) if self.defects else (0.0, 1.0)

    @property
    def survivors(self) -> tuple[Planted, ...]:
        """Defects that would have been published."""
        return tuple(one for one in self._defects if not one.right)

    @property
    def false_alarms(self) -> tuple[Planted, ...]:
        """Harmless changes that were stopped."""
        return tuple(p for p in self.planted if p.mutant.harmless and p.right is False)

    @property
    def harmless(self) -> int:
        """Harmless changes that could be planted."""
        return sum(p.mutant.harmless and p.right is not None for p in self.planted)

    @property
    def adequate(self) -> bool:
        """Whether enough is caught and nothing is stopped for nothing."""
        return self.caught >= ADEQUATE * self.defects > 0 and not self.false_alarms

    @property
    def _defects(self) -> list[Planted]:
        return [p for p in self.planted if not p.mutant.harmless and p.right is not None]


def self_test(
    run: Run,
    cases: Sequence[GoldenCase],
    policy: Policy,
    check: SupportCheck,
    *,
    mutants: Iterable[Mutant] = MUTANTS,
    seed: int = 0,
    progress: Callable[[str], None] = lambda line: None,
) -> Adequacy:
    """Plants every mutant in a finished run and asks the gate.

    Args:
        run: what is in force.
        cases: that it was asked.
        policy: what the gate goes by.
        check: judges statements that were changed.
        mutants: what is planted.
        seed: of what is drawn.
        progress: told of every mutant.
    """
    evidence = Evidence(tuple(cases), run, again(run, cases, seed=seed), policy, policy)
    found = []
    for mutant in mutants:
        planting = Planting(evidence, check, random.Random(f"{seed} {mutant.name}"))
        found.append(_asked(mutant, planting, seed))
        progress(f"{found[-1].verdict or 'not planted'}: {mutant.name}")
    return Adequacy(tuple(found))


def again(run: Run, cases: Sequence[GoldenCase], *, seed: int = 0) -> Run:
    """The run as if it was asked once more: the same answers, other times."""
    chance = random.Random(seed)

    def retimed(outcome: Outcome) -> Outcome:
        scale = chance.uniform(0.9, 1.1)
        return replace(
            outcome, timings_ms={key: ms * scale for key, ms in outcome.timings_ms.items()}
        )

    outcomes = {name: retimed(outcome) for name, outcome in run.outcomes.items()}
    scored = tuple(score(cases, outcomes))
    return replace(run, id=f"{run.id}-again", outcomes=outcomes, kept=scored, scored=scored)


def _asked(mutant: Mutant, planting: Planting, seed: int) -> Planted:
    evidence = mutant.plant(planting)
    if evidence is None:
        return Planted(mutant, None)
    decision, _ = judge(evidence, seed=seed)
    return Planted(mutant, decision.verdict, str(decision.sentence))
