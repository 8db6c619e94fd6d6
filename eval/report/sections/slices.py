"""The heat map: each gated measure over languages, topics, audiences and so on."""

from __future__ import annotations

from html import escape

from assistant.report.parts import paragraph, section, table
from eval.gate.rules import FEWEST_IN_SLICE
from eval.measures.behaviour import BEHAVIOUR
from eval.measures.catalogue import MEASURES
from eval.report.models import Report
from eval.report.slices import Slice
from eval.report.slices import slices as slices_of
from eval.report.words import Cell, Words

_HIGHER = {one.name: one.higher_is_better for one in MEASURES}


def slices(w: Words, report: Report) -> str:
    """The section; the table is the data of the map too."""
    measures = [BEHAVIOUR.name]
    measures += [m.name for m in report.policy.measures if m.name not in measures]
    found = slices_of(report.cases, report.run.values, measures)
    heading = w.say("slices")
    heads = [(w.say("slice"), ""), (w.say("n"), "n")]
    heads += [(w.title(measure) + ("" if _HIGHER[measure] else " ↓"), "n") for measure in measures]
    rows = []
    for one in found:
        cells = [_cell(w, m, *of) for m, of in zip(measures, one.means, strict=True)]
        rows.append([("th", "", _name(w, one)), ("td", "n", escape(w.n(one.cases))), *cells])
    hint = paragraph(w.say("slices_hint", fewest=FEWEST_IN_SLICE), "hint")
    return section(heading, hint + table(heads, rows, "heat", heading), w.anchor("slices"))


def _name(w: Words, one: Slice) -> str:
    dimension = escape(w.say(f"dimension_{one.dimension}"))
    return f"<small>{dimension}</small><br>{escape(w.value(one.value))}"


def _cell(w: Words, measure: str, mean: float | None, n: int) -> Cell:
    if mean is None:
        return ("td", "few", "–")
    shown = f"{escape(w.n(mean, 2))}<br><small>{escape(w.n(n))}</small>"
    if n < FEWEST_IN_SLICE:
        return ("td", "few", shown)
    bad = 1 - mean if _HIGHER[measure] else mean
    return ("td", f"b{round(10 * min(1.0, max(0.0, bad)))}", shown)
