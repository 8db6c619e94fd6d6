"""Confidence and abstention: risk by coverage, reliability, answering too much and too little."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.report.parts import section
from eval.measures.behaviour import HALLUCINATION, OVER_REFUSAL
from eval.measures.models import Asked
from eval.measures.whole.calibration import FEWEST, bins
from eval.measures.whole.models import Rows
from eval.measures.whole.selection import curve
from eval.report.models import Report
from eval.report.plots import Axis, Line, legend, plot
from eval.report.sections.axes import round_axis, share_ticks
from eval.report.words import Words, head_cell, number_cell
from eval.statistics.means import mean

_NOW, _BEFORE, _BOUND = 0, 1, 4
_DRAWN = 200
"""Points of a curve that are drawn; more are not seen."""


def confidence(w: Words, report: Report) -> str:
    """The section."""
    now, before = report.sureness
    plots = _risk(w, now, before) + _reliability(w, now, before) + _abstention(w, report)
    content = f'<div class="plots">{plots}</div>'
    return section(w.say("confidence_section"), content, w.anchor("confidence"))


def _risk(w: Words, now: Rows, before: Rows) -> str:
    heading = w.say("risk_coverage")
    if not len(now):
        return w.missing(heading, w.say("no_answers"))
    best = now[:, [1, 1]]
    curves = [("line_best", _BOUND, curve(best)), ("line_now", _NOW, curve(now))]
    if len(before):
        curves.insert(1, ("line_was", _BEFORE, curve(before)))
    y = round_axis(w, w.say("risk"), max(0.1, *(r for _, _, c in curves for _, r in c)))
    lines = [Line(w.say(key), _thinned(c), look, marked=False) for key, look, c in curves]
    x = Axis(w.say("coverage"), 0, 1, share_ticks(w))
    drawn = plot(lines, x, y, heading) + legend(lines)
    heads = [(w.say("coverage"), ""), *((line.name, "n") for line in lines)]
    rows = [
        [
            head_cell(w.percent(tenth / 10)),
            *(number_cell(w.number(_at(c, tenth / 10))) for _, _, c in curves),
        ]
        for tenth in range(1, 11)
    ]
    return w.figure(heading, w.say("risk_coverage_hint"), drawn, heads, rows)


def _reliability(w: Words, now: Rows, before: Rows) -> str:
    heading = w.say("reliability")
    if len(now) < FEWEST:
        return w.missing(heading, w.say("reliability_few", n=w.n(len(now)), fewest=FEWEST))
    found = bins(now)
    lines = [Line(w.say("line_even"), ((0, 0), (1, 1)), _BOUND, marked=False)]
    if len(before) >= FEWEST:
        points = tuple((one.confidence, one.right) for one in bins(before))
        lines.append(Line(w.say("line_was"), points, _BEFORE))
    lines.append(Line(w.say("line_now"), tuple((b.confidence, b.right) for b in found), _NOW))
    x = Axis(w.say("confidence_axis"), 0, 1, share_ticks(w))
    y = Axis(w.say("right_share"), 0, 1, share_ticks(w))
    drawn = plot(lines, x, y, heading) + legend(lines)
    heads = [(w.say("confidence_axis"), ""), (w.say("right_share"), "n"), (w.say("n"), "n")]
    rows = [
        [head_cell(w.n(b.confidence, 3)), number_cell(w.number(b.right)), number_cell(w.n(b.n))]
        for b in found
    ]
    return w.figure(heading, w.say("reliability_hint"), drawn, heads, rows)


def _abstention(w: Words, report: Report) -> str:
    heading = w.say("abstention")
    found = [
        ("line_now", _NOW, _rates(report.asked)),
        ("line_was", _BEFORE, _rates(report.asked_before)),
    ]
    known = [(key, look, rates) for key, look, rates in found if rates is not None]
    if not known or known[0][0] != "line_now":
        return w.missing(heading, w.say("abstention_none"))
    iso = [
        Line(w.say("line_iso"), ((0.0, 2 * error), (2 * error, 0.0)), _BOUND, marked=False)
        for error in (0.1, 0.2, 0.3, 0.4, 0.5)
    ]
    points = [Line(w.say(key), (rates,), look, joined=False) for key, look, rates in known]
    x = Axis(w.say("over_refusal"), 0, 1, share_ticks(w))
    y = Axis(w.say("hallucination"), 0, 1, share_ticks(w))
    drawn = plot([*iso, *points], x, y, heading) + legend([iso[0], *points])
    heads = [(w.say("run"), ""), (w.say("over_refusal"), "n"), (w.say("hallucination"), "n")]
    rows = [
        [head_cell(w.say(key)), *(number_cell(w.number(one)) for one in rates)]
        for key, _, rates in known
    ]
    return w.figure(heading, w.say("abstention_hint"), drawn, heads, rows)


def _rates(asked: Sequence[Asked]) -> tuple[float, float] | None:
    """``(over-refusal, hallucination)``."""
    found = []
    for measure in (OVER_REFUSAL, HALLUCINATION):
        scores = [s for one in asked if isinstance(s := measure.of(one), float)]
        found.append(mean(scores))
    refused, made_up = found
    return None if refused is None or made_up is None else (refused, made_up)


def _thinned(points: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    step = max(1, len(points) // _DRAWN)
    return (*points[:-1:step], points[-1])


def _at(points: Sequence[tuple[float, float]], coverage: float) -> float:
    """The risk of the least coverage that is at least this."""
    return next(risk for covered, risk in points if covered >= coverage - 1e-9)
