"""Each measure over parts of the cases: by language, topic, answerability, audience and so on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from eval.golden.models import GoldenCase
from eval.statistics.means import mean

Dimension = Literal["lang", "topic", "answerability", "turn", "audience", "contractor"]
DIMENSIONS: tuple[Dimension, ...] = (
    "lang",
    "topic",
    "answerability",
    "turn",
    "audience",
    "contractor",
)
MOST_VALUES = 24
"""Values of a dimension that have a row of their own; the rarest ones have none."""


@dataclass(frozen=True)
class Slice:
    """Some of the cases.

    Attributes:
        dimension: what they are alike in.
        value: of it.
        cases: how many.
        means: ``(mean, n)`` of each measure, in its own direction; ``(None, 0)`` where it does not
            apply.
    """

    dimension: Dimension
    value: str
    cases: int
    means: tuple[tuple[float | None, int], ...]


def slices(
    cases: Sequence[GoldenCase],
    values: Mapping[tuple[str, str], float | None],
    measures: Sequence[str],
) -> list[Slice]:
    """Every slice, by dimension, the largest first; dimensions of one value are left out.

    Args:
        cases: of the run.
        values: number of a case and a measure.
        measures: names of those that are shown.
    """
    found: list[Slice] = []
    for dimension in DIMENSIONS:
        members: dict[str, list[GoldenCase]] = defaultdict(list)
        for case in cases:
            if (value := _value(case, dimension)) is not None:
                members[value].append(case)
        if len(members) < 2 and dimension != "contractor":
            continue
        largest = sorted(members, key=lambda value: (-len(members[value]), value))
        found.extend(
            Slice(dimension, value, len(own), tuple(_mean(own, values, m) for m in measures))
            for value in largest[:MOST_VALUES]
            for own in [members[value]]
        )
    return found


def _value(case: GoldenCase, dimension: Dimension) -> str | None:
    if dimension == "lang":
        return case.lang
    if dimension == "answerability":
        return case.answerability
    if dimension == "turn":
        return "later" if len(case.turns) > 1 else "first"
    if dimension == "audience":
        return case.audience or "staff"
    return case.tags.get(dimension)


def _mean(
    cases: Sequence[GoldenCase], values: Mapping[tuple[str, str], float | None], measure: str
) -> tuple[float | None, int]:
    applying = [v for case in cases if (v := values.get((case.id, measure))) is not None]
    return mean(applying), len(applying)
