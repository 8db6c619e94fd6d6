"""The runs of one golden set, one after the other: its gated measures with their intervals.

No line is drawn across a change of the set: what is asked is not the same before and after it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from eval.golden.models import GoldenCase
from eval.measures.catalogue import GATED
from eval.report.plots import Axis, Line, legend, plot
from eval.report.sections.axes import share_ticks
from eval.report.words import Words, head_cell, number_cell
from eval.runs.folder import RunFolder
from eval.runs.scoring import Summary
from knowledge.errors import KnowledgeBaseError
from knowledge.evaluations.run_log import LoggedRun
from knowledge.models import EVERYONE

MOST_RUNS = 20
_MOST_DAYS = 5
"""Days written below a plot."""


@dataclass(frozen=True)
class Point:
    """One run of the set.

    Attributes:
        run: its id.
        day: on which it was begun, in UTC, ISO 8601.
        version: of the set; `None` for a file.
        golden: hash of the cases.
        register: hash of the sources that were asked.
        verdict: last decision on it; `None`: none was made.
        summaries: by measure.
    """

    run: str
    day: str
    version: int | None
    golden: str
    register: str
    verdict: str | None
    summaries: Mapping[str, Summary]


def points(
    root: Path, logged: Sequence[LoggedRun], audiences: Collection[str] | None = None
) -> list[Point]:
    """The last finished runs, the oldest first; those whose folder is gone or damaged left out.

    Args:
        root: folder of all runs.
        logged: runs of one set, the newest first.
        audiences: as whose agents somebody may ask; runs with cases of others are left out.
            `None`: all.
    """
    found: list[Point] = []
    for one in logged:
        if one.finished_at is None or len(found) == MOST_RUNS:
            continue
        try:
            folder = RunFolder.open(root, one.run)
            if audiences is not None and not _seen(folder.golden().cases, audiences):
                continue
            summaries = {summary.measure: summary for summary in folder.summaries()}
        except KnowledgeBaseError:
            continue
        found.append(
            Point(
                one.run,
                one.began_at[:10],
                one.version,
                one.golden_sha256,
                one.register_sha256,
                one.verdict,
                summaries,
            )
        )
    return found[::-1]


def _seen(cases: Sequence[GoldenCase], audiences: Collection[str]) -> bool:
    return all((case.audience or EVERYONE) in audiences for case in cases)


def trend(w: Words, found: Sequence[Point]) -> str:
    """A plot of each gated measure, its data below it."""
    return f'<div class="plots">{"".join(_figure(w, one.name, found) for one in GATED)}</div>'


def _figure(w: Words, measure: str, found: Sequence[Point]) -> str:
    title = w.title(measure)
    values = [(at, one, one.summaries.get(measure)) for at, one in enumerate(found)]
    known = [(at, one, s, s.mean) for at, one, s in values if s is not None and s.mean is not None]
    if not known:
        return w.missing(title, w.say("trend_none"))
    sets = [list(group) for _, group in groupby(known, key=lambda row: row[1].golden)]
    lines = [
        Line("", tuple((float(at), mean) for at, _, _, mean in group), marked=False)
        for group in sets
    ]
    other = {at for at, one in enumerate(found) if at and one.register != found[at - 1].register}
    marks = [
        Line(
            w.say(name),
            tuple((float(at), mean) for at, _, _, mean in known if (at in other) is changed),
            look,
            joined=False,
            intervals=tuple((s.low, s.high) for at, _, s, _ in known if (at in other) is changed),
        )
        for name, look, changed in (("trend_same", 0, False), ("trend_other", 3, True))
    ]
    last = max(1, len(found) - 1)
    every = max(1, -(-len(found) // _MOST_DAYS))
    days = tuple((float(at), found[at].day) for at in range(0, len(found), every))
    x, y = Axis(w.say("trend_runs"), 0, last, days), Axis(title, 0, 1, share_ticks(w))
    drawn = plot([*lines, *marks], x, y, title) + legend(marks)
    heads = [(w.say("run"), ""), *((w.say(key), "n") for key in ("trend_mean", "interval", "n"))]
    rows = [
        [
            head_cell(f"{one.day} · {one.run}"),
            number_cell(w.number(mean)),
            number_cell(w.ends(s.low, s.high)),
            number_cell(w.n(s.n)),
        ]
        for _, one, s, mean in known
    ]
    return w.figure(title, w.say("trend_hint"), drawn, heads, rows)
