"""The runs of a set one after the other: no line across a change of the set."""

from __future__ import annotations

import re
from pathlib import Path

from eval.measures.catalogue import GATED
from eval.report.trend import Point, points, trend
from eval.report.words import Words
from eval.runs.folder import RunFolder
from eval.runs.scoring import Summary
from knowledge.evaluations.run_log import LoggedRun
from tests.unit.eval.selftest.desk import golden

NAME = GATED[0].name


def point(at: int, mean: float | None, golden: str = "a", register: str = "r") -> Point:
    summary = Summary(NAME, mean, 0.1, 0.9, 10, {})
    return Point(f"run-{at}", "2026-11-29", 1, golden, register, None, {NAME: summary})


def figure(*found: Point) -> str:
    """The first plot."""
    return trend(Words("en"), found).split("</figure>", maxsplit=1)[0]


def test_a_line_ends_where_the_set_changed_and_other_sources_have_another_mark() -> None:
    drawn = figure(
        point(1, 0.5), point(2, 0.6), point(3, 0.7, "b"), point(4, 0.8, "b", "s"), point(5, None)
    )
    plot = drawn.split("</svg>", maxsplit=1)[0]
    lines = [one.split() for one in re.findall(r'<polyline class="l0" points="([^"]+)"', plot)]
    assert [len(one) for one in lines] == [2, 2]
    assert plot.count('class="whisker"') == 4
    assert plot.count('<circle class="m0"') == 3
    assert plot.count('class="m3"') == 1
    assert "0.100 – 0.900" in drawn
    assert "run-5" not in drawn


def test_what_no_run_measured_is_said() -> None:
    assert "No run has a number" in figure(point(1, None))


def logged(at: int, finished: str | None = "2026-11-29T10:00:00+00:00") -> LoggedRun:
    began = "2026-11-29T09:00:00+00:00"
    return LoggedRun(at, f"r{at}", "set", 1, "staff", "g", "r", "ana", began, finished)


def test_runs_of_other_audiences_and_those_that_are_gone_are_left_out(tmp_path: Path) -> None:
    small = type(golden()).of(golden().cases[:2])
    for name in ("r1", "r2"):
        folder = RunFolder.create(tmp_path, name, {}, small)
        folder.finish([], [Summary(NAME, 1.0, None, None, 2, {})])
    RunFolder.create(tmp_path, "r4", {}, small)
    newest_first = [logged(4, None), logged(3), logged(2), logged(1)]
    found = points(tmp_path, newest_first)
    assert [one.run for one in found] == ["r1", "r2"]
    assert [one.run for one in points(tmp_path, newest_first, {"staff"})] == ["r1", "r2"]
    assert points(tmp_path, newest_first, {"levante"}) == []
