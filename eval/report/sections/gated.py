"""The gated measures as a forest: against another run their differences, alone their means."""

from __future__ import annotations

from assistant.report.parts import section
from eval.comparison.compare import Difference
from eval.gate.policy import GatedMeasure
from eval.measures.catalogue import MEASURES
from eval.report.models import Report
from eval.report.plots import Axis, ForestRow, forest
from eval.report.sections.axes import round_axis, share_ticks
from eval.report.words import Cell, Words, head_cell, number_cell, upper
from eval.runs.scoring import Summary

_UNCLEAR, _BETTER, _WORSE = 0, 2, 4
_LEAST_REACH = 0.05
_LOWER = {one.name for one in MEASURES if not one.higher_is_better}


def gated(w: Words, report: Report) -> str:
    """The section."""
    figure = _differences(w, report) if report.compared else _means(w, report)
    return section(w.say("gated"), figure, w.anchor("gated"))


def _differences(w: Words, report: Report) -> str:
    assert report.compared is not None
    by_measure = report.compared.evidence.by_measure
    gates = report.policy.measures
    found = [(one, by_measure[one.name]) for one in gates if one.name in by_measure]
    rows = [_forest_row(w, one, difference) for one, difference in found]
    reach = max([_LEAST_REACH, *(abs(v) for r in rows for v in (r.low or 0, r.high or 0, r.value))])
    axis = round_axis(w, w.say("difference"), reach, -reach)
    heading = w.say("gated")
    heads = [(w.say(key), side) for key, side in _DIFFERENCE_HEADS]
    data = [_difference_cells(w, one, difference) for one, difference in found]
    drawn = forest(rows, axis, heading, zero=0.0)
    return w.figure(w.say("change"), w.say("gated_hint"), drawn, heads, data)


_DIFFERENCE_HEADS = (
    ("measure", ""),
    ("before", "n"),
    ("after", "n"),
    ("change", "n"),
    ("interval", "n"),
    ("p", "n"),
    ("flips", "n"),
    ("n", "n"),
    ("margin", "n"),
    ("floor", "n"),
)


def _forest_row(w: Words, gated_one: GatedMeasure, found: Difference) -> ForestRow:
    paired = found.paired
    low, high = paired.interval.low, paired.interval.high
    look = _BETTER if low > 0 else _WORSE if high < 0 else _UNCLEAR
    return ForestRow(
        name=w.title(found.measure),
        numbers=w.say(
            "forest_row",
            change=w.signed(paired.difference),
            low=w.signed(low),
            high=w.signed(high),
            p=w.number(found.p_worse),
            n=w.n(paired.n),
        ),
        value=paired.difference,
        low=low,
        high=high,
        band=(-gated_one.margin, gated_one.margin),
        look=look,
    )


def _difference_cells(w: Words, gated_one: GatedMeasure, found: Difference) -> list[Cell]:
    paired = found.paired
    return [
        head_cell(w.title(found.measure)),
        number_cell(w.number(found.before)),
        number_cell(w.number(found.after)),
        number_cell(w.signed(paired.difference)),
        number_cell(f"{w.signed(paired.interval.low)} – {w.signed(paired.interval.high)}"),
        number_cell(w.number(found.p_worse)),
        number_cell(f"{w.n(paired.better)} / {w.n(paired.worse)}"),
        number_cell(w.n(paired.n)),
        number_cell(w.number(gated_one.margin)),
        number_cell(w.number(gated_one.floor)),
    ]


def _means(w: Words, report: Report) -> str:
    summaries = {one.measure: one for one in report.summaries}
    found = [(one, summaries[one.name]) for one in report.policy.measures if one.name in summaries]
    rows = [
        ForestRow(
            name=_named(w, one.name),
            numbers=w.say(
                "forest_alone",
                mean=w.number(summary.mean),
                low=w.number(summary.low),
                high=w.number(summary.high),
                n=w.n(summary.n),
            ),
            value=summary.mean,
            low=summary.low,
            high=summary.high,
            tick=one.floor,
        )
        for one, summary in found
        if summary.mean is not None
    ]
    axis = Axis(w.say("mean"), 0.0, 1.0, share_ticks(w))
    heads = [(w.say(key), "" if key == "measure" else "n") for key in _MEAN_HEADS]
    data = [_mean_cells(w, one, summary) for one, summary in found]
    drawn = forest(rows, axis, w.say("gated"))
    return w.figure(upper(w.say("mean")), w.say("gated_alone"), drawn, heads, data)


_MEAN_HEADS = ("measure", "mean", "interval", "n", "margin", "floor")


def _mean_cells(w: Words, one: GatedMeasure, summary: Summary) -> list[Cell]:
    return [
        head_cell(_named(w, one.name)),
        number_cell(w.number(summary.mean)),
        number_cell(w.ends(summary.low, summary.high)),
        number_cell(w.n(summary.n)),
        number_cell(w.number(one.margin)),
        number_cell(w.number(one.floor)),
    ]


def _named(w: Words, measure: str) -> str:
    return w.title(measure) + (" ↓" if measure in _LOWER else "")
