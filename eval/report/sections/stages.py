"""Failing cases by the first stage that broke: where to begin."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.report import drawing
from assistant.report.parts import paragraph, section, table
from eval.report.models import Failure, Report
from eval.report.stages import STAGES, Stage
from eval.report.words import Words, head_cell, number_cell, upper


def counted(failures: Sequence[Failure]) -> dict[Stage, tuple[int, int]]:
    """``(cases, critical ones)`` of each stage, in the order in which an answer is made."""
    return {
        stage: (len(own), sum(one.asked.case.critical for one in own))
        for stage in STAGES
        for own in [[one for one in failures if one.stage == stage]]
    }


def stages(w: Words, report: Report) -> str:
    """The section; nothing where no case fails."""
    if not report.failures:
        return ""
    now, before = counted(report.failures), counted(report.failures_before)
    most = max(count for count, _ in [*now.values(), *before.values()])
    heads = [(w.say("broken_stage"), ""), (w.say("count"), "n"), (w.say("of_them_critical"), "n")]
    if report.before is not None:
        heads.append((w.say("before"), "n"))
    rows = []
    for stage, (count, critical) in now.items():
        bar = drawing.bar(count, most)
        row = [
            head_cell(upper(w.say(stage))),
            ("td", "n", f"{escape(w.n(count))}{bar}"),
            number_cell(w.n(critical)),
        ]
        if report.before is not None:
            row.append(number_cell(w.n(before[stage][0])))
        rows.append(row)
    heading = w.say("stages")
    content = paragraph(w.say("stages_hint"), "hint") + table(heads, rows, name=heading)
    return section(heading, content, w.anchor("stages"))
