"""A benchmark, what was measured in it, and what others have published. Frozen values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from eval.scores import Progress, Score
from knowledge.ports import Embedder
from knowledge.settings import Settings

VOZ, TWENTY_LINES = "voz", "twenty lines"
"""Names of systems: the two that are compared."""

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
class Values:
    """One measure of one system, question by question.

    Attributes:
        slice: of the set.
        system: what was measured.
        measure: its name.
        values: ``(n,)``, `None` where it does not apply.
        keys: ``(n,)``, equal for questions that hang together: of one conversation or passage.
        higher_is_better: the measure's direction.
    """

    slice: str
    system: str
    measure: str
    values: tuple[float | None, ...]
    keys: tuple[str, ...]
    higher_is_better: bool = True


@dataclass(frozen=True)
class Work:
    """What a benchmark is run with.

    Attributes:
        data: folder of the sets.
        embedder: the model, of every system.
        settings: where registers are kept.
        half: ``fit``, ``report`` or ``all`` questions.
        limit: at most so many questions of each slice; `None` for all.
        progress: is told what goes on.
    """

    data: Path
    embedder: Embedder
    settings: Settings
    half: str = "report"
    limit: int | None = None
    progress: Progress = field(default=lambda line: None)


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
    measure: Callable[[Work], Iterator[Values | Score]]
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
    half: str
    limit: int | None
    scores: tuple[Score, ...]
    differences: tuple[Difference, ...]
    published: tuple[Published, ...]
    not_comparable: tuple[str, ...]
    seconds: float
