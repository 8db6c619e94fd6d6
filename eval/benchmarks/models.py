"""A benchmark, what was measured in it, and what others have published. Frozen values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from eval.halves import Half
from eval.scores import Measured, Score
from eval.work import Work

TWENTY_LINES = "twenty lines"
"""Name of the system that ours is compared with."""

Read = Literal["source", "secondary", "own"]
"""How a figure is known: read where it was published, in a summary of it, or our measurement."""


@dataclass(frozen=True)
class Published:
    """A figure of others.

    Attributes:
        system: what reached it.
        slice: of ours that it stands beside, as printed.
        measure: by its `ir-measures` name where it is one of rankings.
        value: 0 to 1.
        source: where it stands.
        differs: why it cannot be compared with ours; empty where it can.
        read: how it is known.
    """

    system: str
    slice: str
    measure: str
    value: float
    source: str
    differs: str = ""
    read: Read = "source"


@dataclass(frozen=True)
class Benchmark:
    """A set of the world.

    Attributes:
        name: on the command line.
        about: one line.
        files: that it reads below the folder of the sets.
        measure: what it yields, as it comes: question by question where there is such a number.
        published: figures of others.
        not_comparable: what must not be read into the numbers, and why.
    """

    name: str
    about: str
    files: tuple[str, ...]
    measure: Callable[[Work], Iterator[Measured]]
    published: tuple[Published, ...] = ()
    not_comparable: tuple[str, ...] = ()


@dataclass(frozen=True)
class Difference:
    """Ours and the twenty lines over the same questions, positive where ours is better.

    Attributes:
        difference: mean.
        low, high: of its 95 % interval.
        p: chance of a mean this far from 0 if neither were better.
        better, worse: questions.
        clusters: independent draws among the questions, such as conversations.
    """

    slice: str
    measure: str
    n: int
    difference: float
    low: float
    high: float
    p: float
    better: int
    worse: int
    clusters: int


@dataclass(frozen=True)
class Result:
    """What one run of a benchmark came to."""

    benchmark: str
    half: Half
    limit: int | None
    scores: tuple[Score, ...]
    differences: tuple[Difference, ...]
    published: tuple[Published, ...]
    not_comparable: tuple[str, ...]
    seconds: float
