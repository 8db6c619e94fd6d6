"""A measure: one number of one answer, or why there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from eval.golden.models import GoldenCase
from eval.outcome import Outcome

Why = Literal[
    "abstained",
    "no_gold",
    "no_facts",
    "no_values",
    "no_steps",
    "few_steps",
    "no_forbidden",
    "no_required",
    "no_citations",
    "no_figures",
    "nothing_checkable",
    "not_answerable",
    "answerable",
    "no_twin",
    "failed",
    "nothing_counts",
    "few_answers",
    "one_kind",
    "no_unanswerable",
    "no_answerable",
    "one_kind_of_turn",
    "not_judged",
    "judge_failed",
]
"""Why a measure does not apply, to an answer or to a run; in words: `eval.measures.reasons`."""


@dataclass(frozen=True)
class NotApplicable:
    """No number, which is neither 0 nor left out in silence.

    Attributes:
        why: for machines.
    """

    why: Why


Score = float | NotApplicable


@dataclass(frozen=True)
class Asked:
    """A case with its outcome, and the outcomes it is compared with.

    Attributes:
        case: what is expected.
        outcome: what was done.
        twins: the same question in the other language, and paraphrases.
    """

    case: GoldenCase
    outcome: Outcome
    twins: tuple[tuple[GoldenCase, Outcome], ...] = ()

    @property
    def wants_answer(self) -> bool:
        """Whether an answer is expected."""
        return self.case.expected_behaviour == "answer"


@dataclass(frozen=True)
class Measure:
    """One number of one answer.

    Attributes:
        name: as reports write it; measures of rankings have the names of ir-measures.
        formula: in words.
        source: who defined it.
        score: of one asked case; never called for one that failed.
        higher_is_better: its direction.
        unit: ``share``, 0 to 1; ``ms``; ``tau``, -1 to 1.
        version: raised whenever the number of an unchanged answer may change.
    """

    name: str
    formula: str
    source: str
    score: Callable[[Asked], Score]
    higher_is_better: bool = True
    unit: Literal["share", "ms", "tau"] = "share"
    version: int = 1

    def of(self, asked: Asked) -> Score:
        """The number; not applicable to a case that failed.

        Raises:
            ValueError: the number is outside its range: the measure is wrong.
        """
        if asked.outcome.error is not None:
            return NotApplicable("failed")
        score = self.score(asked)
        if isinstance(score, NotApplicable):
            return score
        low, high = {"share": (0.0, 1.0), "tau": (-1.0, 1.0), "ms": (0.0, 1e9)}[self.unit]
        if not low <= score <= high:
            raise ValueError(f"{self.name} of {asked.case.id} is {score}, not in {low} to {high}")
        return score
