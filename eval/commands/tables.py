"""A benchmark's result as tables for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

import typer
from rich.console import Console
from rich.table import Column, Table

from eval.benchmarks.models import Benchmark, Difference, Published, Result
from eval.scores import VOZ, Score

_LARGE = 100.0
"""Values that are no shares, such as characters, have no decimals from here on."""
_READ = {"source": "", "secondary": ", second hand", "own": ", measured by us"}


def as_json(result: Result) -> dict[str, Any]:
    """A result for programs."""
    return asdict(result)


def listed_json(benchmarks: Sequence[Benchmark]) -> list[dict[str, Any]]:
    """The benchmarks for programs."""
    return [{"name": one.name, "about": one.about, "files": list(one.files)} for one in benchmarks]


def print_list(benchmarks: Sequence[Benchmark]) -> None:
    """The benchmarks for people."""
    width = max(len(one.name) for one in benchmarks)
    for one in benchmarks:
        typer.echo(f"{one.name:<{width}}  {one.about}")


def print_result(result: Result) -> None:
    """Our table for each slice with the figures of others below it, then what to beware of."""
    console = Console()
    asked = f"half {result.half}" + (f", at most {result.limit} each" if result.limit else "")
    console.print(f"{result.benchmark} ({asked}), {result.seconds:.0f} s", highlight=False)
    differences = {(one.slice, one.measure): one for one in result.differences}
    for name, group in _slices(result.scores):
        console.print()
        console.print(score_table(name, group, differences))
        beside = [one for one in result.published if one.slice == name]
        if beside:
            console.print(_published(beside, group))
    elsewhere = {score.set for score in result.scores}
    others = [one for one in result.published if one.slice not in elsewhere]
    if others:
        console.print()
        console.print(_published(others, ()))
    console.print("\nNot comparable, and what to beware of:", highlight=False)
    for line in result.not_comparable:
        console.print(f"- {line}", highlight=False)


def score_text(value: float | None, error: float | None) -> str:
    """A value and its standard error.

    >>> score_text(0.9312, 0.0071)
    '0.931 ± 0.007'
    >>> score_text(None, None)
    'n/a'
    >>> score_text(1177.66, None)
    '1178'
    """
    if value is None:
        return "n/a"
    if value >= _LARGE and error is None:
        return f"{value:.0f}"
    return f"{value:.3f}" if error is None else f"{value:.3f} ± {error:.3f}"


def difference_text(found: Difference | None) -> str:
    """Ours less the twenty lines, positive where ours is better, with interval and chance.

    >>> difference_text(Difference("xquad es", "RR@10", 300, 0.021, 0.004, 0.04, 0.0123, 9, 3, 300))
    '+0.021 (+0.004 to +0.040), p 0.012'
    """
    if found is None:
        return ""
    chance = "p < 0.001" if found.p < 0.001 else f"p {found.p:.3f}"
    return f"{found.difference:+.3f} ({found.low:+.3f} to {found.high:+.3f}), {chance}"


def _slices(scores: Sequence[Score]) -> Iterator[tuple[str, list[Score]]]:
    order = {name: at for at, name in enumerate(dict.fromkeys(one.set for one in scores))}
    for name, group in groupby(sorted(scores, key=lambda s: order[s.set]), key=lambda s: s.set):
        yield name, list(group)


def score_table(
    name: str,
    scores: Sequence[Score],
    differences: Mapping[tuple[str, str], Difference] | None = None,
) -> Table:
    """Measures down, systems across, each value with its standard error.

    Args:
        name: of the set, the table's title.
        scores: of it.
        differences: by set and measure: ours less the twenty lines, in the last column.
    """
    differences = differences or {}
    systems = list(dict.fromkeys(score.system for score in scores))
    cells = {(s.measure, s.system): score_text(s.value, s.error) for s in scores}
    counts: dict[str, int] = {}
    for score in scores:
        counts[score.measure] = max(score.n, counts.get(score.measure, 0))
    compared = any((name, measure) in differences for measure in counts)
    last = ("better by (95 %)",) if compared else ()
    table = _table(name, "measure", "n", *systems, *last)
    for measure, n in counts.items():
        found = difference_text(differences.get((name, measure)))
        row = (cells.get((measure, system), "") for system in systems)
        table.add_row(measure, str(n), *row, *((found,) if compared else ()))
    return table


def _published(figures: Sequence[Published], scores: Sequence[Score]) -> Table:
    ours = {s.measure: score_text(s.value, None) for s in scores if s.system == VOZ}
    table = Table(
        *(Column(title) for title in ("published by others", "measure", "theirs", "ours")),
        *(Column(title, overflow="fold") for title in ("source", "not comparable because")),
        title_justify="left",
        box=None,
        padding=(0, 1, 0, 0),
    )
    for one in figures:
        source = f"{one.source}{_READ[one.read]}"
        table.add_row(
            one.system,
            one.measure,
            f"{one.value:.3f}",
            ours.get(one.measure, ""),
            source,
            one.differs,
        )
    return table


def _table(title: str, *columns: str) -> Table:
    return Table(
        *(Column(name, no_wrap=True) for name in columns),
        title=title,
        title_justify="left",
        box=None,
        padding=(0, 1, 0, 0),
    )
