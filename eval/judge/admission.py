"""May a judge gate? It has to agree with people, and with itself, in each language by itself.

Balanced accuracy, so that a judge that always says the same has 0.5; its interval resamples the
quotes and questions, of which each has several statements. No verdict counts as a wrong one.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from eval.judge.labelled import Labelled
from eval.judge.prompts import KINDS, Kind
from eval.statistics.percentiles import ends
from eval.statistics.resampling import resamples
from knowledge.models import LANGUAGES, Language

LEAST_AGREEMENT = 0.70
"""Lower end of the 95 % interval of balanced accuracy; what word overlap alone reaches on sentences
labelled by one person is 0.64 (MEMERAG, arXiv 2502.17163)."""
LEAST_SELF_AGREEMENT = 0.95
"""Share of statements of which it says the same each time."""
TIMES = 3
REPEATED = 40
"""Statements of each kind and language that are asked so often."""
RESAMPLES = 2_000
SEED = 0


class Judge(Protocol):
    """Whoever says whether something holds, see `eval.judge.prompts`."""

    @property
    def id(self) -> str:
        """What tells judges apart."""
        ...

    def finds(
        self, kind: Kind, statement: str, sources: Sequence[str], language: Language
    ) -> bool | None:
        """Whether it does; `None` for no verdict."""
        ...


@dataclass(frozen=True)
class Admission:
    """How a judge did with one kind in one language.

    Attributes:
        kind: what it judged.
        language: of the statements.
        n: statements that it judged.
        sensitivity: share of those that hold that it says so of.
        specificity: share of those that do not that it says so of.
        low: lower end of the 95 % interval of `agreement`.
        high: upper end.
        self_agreement: share of repeated statements with the same verdict each time.
        unread: statements without a verdict.
    """

    kind: Kind
    language: Language
    n: int
    sensitivity: float
    specificity: float
    low: float
    high: float
    self_agreement: float
    unread: int

    @property
    def agreement(self) -> float:
        """Balanced accuracy: the mean of both shares."""
        return (self.sensitivity + self.specificity) / 2

    @property
    def admitted(self) -> bool:
        """Whether it may gate in this language."""
        return self.low >= LEAST_AGREEMENT and self.self_agreement >= LEAST_SELF_AGREEMENT


def calls(found: Sequence[Labelled]) -> int:
    """How often a judge is asked in all."""
    own = Counter((one.kind, one.language) for one in found)
    return len(found) + (TIMES - 1) * sum(min(REPEATED, count) for count in own.values())


def examine(
    judge: Judge, found: Sequence[Labelled], progress: Callable[[int, int], None]
) -> tuple[Admission, ...]:
    """The test, of each kind and language that has statements.

    Args:
        judge: who is examined.
        found: statements with their labels.
        progress: told how many were asked, of how many.
    """
    of, done = calls(found), 0

    def ask(one: Labelled) -> bool | None:
        nonlocal done
        said = judge.finds(one.kind, one.statement, [one.source], one.language)
        done += 1
        progress(done, of)
        return said

    admissions = []
    for kind, language in itertools.product(KINDS, LANGUAGES):
        own = [one for one in found if (one.kind, one.language) == (kind, language)]
        if not own:
            continue
        said = [ask(one) for one in own]
        repeated = random.Random(SEED).sample(range(len(own)), min(REPEATED, len(own)))
        same = [
            all(ask(own[at]) == said[at] for _ in range(TIMES - 1)) and said[at] is not None
            for at in repeated
        ]
        admissions.append(admission(own, said, sum(same) / len(same)))
    return tuple(admissions)


def admission(
    found: Sequence[Labelled], said: Sequence[bool | None], self_agreement: float
) -> Admission:
    """What verdicts come to.

    Args:
        found: of one kind and language, at least one that holds and one that does not.
        said: a verdict for each.
        self_agreement: see `Admission`.

    Raises:
        ValueError: all of them have the same label.
    """
    right = [verdict == one.holds for one, verdict in zip(found, said, strict=True)]
    sensitivity, specificity = _shares(range(len(found)), found, right)
    if np.isnan(sensitivity + specificity):
        raise ValueError("a judge is examined with what holds and what does not")
    low, high = _interval(found, right)
    return Admission(
        found[0].kind,
        found[0].language,
        len(found),
        sensitivity,
        specificity,
        low,
        high,
        self_agreement,
        sum(verdict is None for verdict in said),
    )


def _shares(
    places: Sequence[int], found: Sequence[Labelled], right: Sequence[bool]
) -> tuple[float, float]:
    """Right ones among those that hold, and among the others; not a number without any."""
    both = []
    for label in (True, False):
        own = [right[at] for at in places if found[at].holds is label]
        both.append(sum(own) / len(own) if own else float("nan"))
    return both[0], both[1]


def _interval(found: Sequence[Labelled], right: Sequence[bool]) -> tuple[float, float]:
    """Of the mean of both shares, by resampling sources."""
    drawn = resamples([one.source for one in found], times=RESAMPLES, seed=SEED)
    return ends([sum(_shares(places.tolist(), found, right)) / 2 for places in drawn])
