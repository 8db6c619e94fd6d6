"""What evaluations yield: one measure of one system on one set, case by case or as one number."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from eval.statistics.clusters import clustered
from eval.statistics.percentiles import percentile

Progress = Callable[[str], None]

VOZ = "voz"
"""Name of our system."""


@dataclass(frozen=True)
class Score:
    """One measure of one system on one set.

    Attributes:
        value: mean over the cases, 0 to 1, or what the measure says; `None` when it applies to
            none.
        error: its standard error; `None` where none is known.
    """

    set: str
    system: str
    measure: str
    n: int
    value: float | None
    error: float | None


@dataclass(frozen=True)
class Values:
    """One measure of one system, case by case.

    Attributes:
        slice: of the set.
        system: what was measured.
        measure: its name.
        values: ``(n,)``, `None` where it does not apply.
        keys: ``(n,)``, equal for cases that hang together: of one conversation, document or
            scenario.
        higher_is_better: the measure's direction.
    """

    slice: str
    system: str
    measure: str
    values: tuple[float | None, ...]
    keys: tuple[Hashable, ...]
    higher_is_better: bool = True


Measured = Values | Score


def values_of(
    name: str,
    measure: str,
    cases: Iterable[tuple[float | None, Hashable]],
    *,
    system: str = VOZ,
    higher_is_better: bool = True,
) -> Values:
    """One measure of pairs ``(value, key)``; truth values count as 0 and 1."""
    pairs = [(None if value is None else float(value), key) for value, key in cases]
    values, keys = tuple(value for value, _ in pairs), tuple(key for _, key in pairs)
    return Values(name, system, measure, values, keys, higher_is_better)


def score_of(found: Measured) -> Score:
    """The mean over the cases, with its standard error by clusters."""
    if isinstance(found, Score):
        return found
    applying = [(v, k) for v, k in zip(found.values, found.keys, strict=True) if v is not None]
    mean = error = None
    if applying:
        groups = clustered([v for v, _ in applying], [k for _, k in applying])
        mean, error = groups.mean, groups.standard_error
    return Score(found.slice, found.system, found.measure, len(applying), mean, error)


def times_of(
    name: str, measure: str, taken: Sequence[float], percents: Sequence[int] = (50, 95)
) -> Iterator[Score]:
    """``measure p50`` and so on: the time within which so many of 100 were done."""
    for percent in percents:
        value = percentile(taken, percent) if len(taken) else None
        yield Score(name, VOZ, f"{measure} p{percent}", len(taken), value, None)
