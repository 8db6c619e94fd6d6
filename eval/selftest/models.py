"""What is planted: a change of a candidate run, with what the gate has to say declared before."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.support.check import SupportCheck
from eval.gate.models import Evidence, Run, Verdict
from eval.golden.models import GoldenCase
from eval.outcome import Outcome
from eval.runs.judging import judged
from eval.runs.scoring import score

Group = Literal["answers", "retrieval", "harness", "harmless"]
CAUGHT: tuple[Verdict, ...] = ("block", "invalid")
"""A defect is caught if it cannot be published; not being sure is not enough."""


@dataclass(frozen=True)
class Planting:
    """What a mutant is planted with.

    Attributes:
        evidence: the run in force, and a candidate that differs by its timings alone.
        check: judges statements that were changed.
        random: of this mutant, so that the same is planted each time.
    """

    evidence: Evidence
    check: SupportCheck
    random: random.Random

    @property
    def outcomes(self) -> dict[str, Outcome]:
        """Of the candidate, by the case's id."""
        return dict(self.evidence.after.outcomes)

    @property
    def cases(self) -> tuple[GoldenCase, ...]:
        """What was asked."""
        return self.evidence.cases

    def with_outcomes(self, changed: Mapping[str, Outcome]) -> Evidence:
        """The evidence with a candidate that did this instead, judged and measured anew."""
        was = self.evidence.after.outcomes
        outcomes = {
            name: outcome if outcome.said == was[name].said else judged(outcome, self.check)
            for name, outcome in changed.items()
        }
        scored = tuple(score(self.cases, outcomes))
        return self.with_run(
            replace(self.evidence.after, outcomes=outcomes, kept=scored, scored=scored)
        )

    def with_run(self, after: Run) -> Evidence:
        """The evidence with another candidate."""
        return replace(self.evidence, after=after)


Plant = Callable[[Planting], Evidence | None]
"""Evidence with the change in it; `None` where the run has nothing that it could be planted in."""


@dataclass(frozen=True)
class Mutant:
    """One change.

    Attributes:
        name: what is planted, in words.
        group: where.
        plant: how.
    """

    name: str
    group: Group
    plant: Plant

    @property
    def harmless(self) -> bool:
        """Whether the gate has to let it pass."""
        return self.group == "harmless"


@dataclass(frozen=True)
class Planted:
    """What the gate said of a mutant.

    Attributes:
        mutant: the change.
        verdict: of the gate; `None` where it could not be planted.
        why: first reason, for people.
    """

    mutant: Mutant
    verdict: Verdict | None
    why: str = ""

    @property
    def right(self) -> bool | None:
        """Whether a defect was caught, or a harmless change was let pass."""
        if self.verdict is None:
            return None
        if self.mutant.harmless:
            return self.verdict not in CAUGHT
        return self.verdict in CAUGHT


def some(names: Sequence[str], share: float, chance: random.Random) -> list[str]:
    """A share of the names, at least one, in their order; none of none."""
    if not names:
        return []
    wanted = set(chance.sample(list(names), max(1, round(share * len(names)))))
    return [name for name in names if name in wanted]
