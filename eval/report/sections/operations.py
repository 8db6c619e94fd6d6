"""How long answers took, as the share that was there within a time."""

from __future__ import annotations

from assistant.report.parts import section
from eval.measures.whole.models import Rows, rows_of
from eval.measures.whole.times import total_ms
from eval.report.models import Report
from eval.report.plots import Axis, Line, legend, plot
from eval.report.sections.axes import round_axis, share_ticks
from eval.report.words import Words, head_cell, number_cell
from eval.statistics.percentiles import percentile

_PERCENTILES = (10, 25, 50, 75, 90, 95, 99, 100)
_SHOWN = 99
"""Percentile at which the axis ends, so that one slow answer does not hide the others."""


def operations(w: Words, report: Report) -> str:
    """The section."""
    runs = [("line_now", 0, rows_of(total_ms, report.asked)[0])]
    before = rows_of(total_ms, report.asked_before)[0]
    if len(before):
        runs.append(("line_was", 1, before))
    heading, title = w.say("operations"), w.say("latency")
    if not len(runs[0][2]):
        return section(heading, w.missing(title, w.say("latency_none")), w.anchor("operations"))
    most = max(1.0, *(percentile(times, _SHOWN) for _, _, times in runs))
    lines = [Line(w.say(key), _shares(times), look, marked=False) for key, look, times in runs]
    x = round_axis(w, w.say("milliseconds"), most)
    y = Axis(w.say("answers_share"), 0, 1, share_ticks(w))
    drawn = plot(lines, x, y, title) + legend(lines)
    heads = [(w.say("percentile"), ""), *((f"{line.name} (ms)", "n") for line in lines)]
    rows = [
        [head_cell(str(p)), *(number_cell(w.n(percentile(t, p))) for _, _, t in runs)]
        for p in _PERCENTILES
    ]
    figure = w.figure(title, w.say("latency_hint"), drawn, heads, rows)
    return section(heading, f'<div class="plots">{figure}</div>', w.anchor("operations"))


def _shares(times: Rows) -> tuple[tuple[float, float], ...]:
    """The empirical distribution at each percentile."""
    return tuple((percentile(times, p), p / 100) for p in range(101))
