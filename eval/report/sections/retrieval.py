"""How deep one would have to look: R@k in each language, in both runs."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.report.parts import section
from eval.measures.models import Asked
from eval.measures.whole.recall_curve import DEEPEST, recall_curve
from eval.report.models import Report
from eval.report.plots import Axis, Line, legend, plot
from eval.report.sections.axes import share_ticks
from eval.report.words import Words, head_cell, number_cell
from knowledge.models import LANGUAGES, Language

_LOOKS: dict[Language, tuple[int, int]] = {"es": (0, 2), "en": (1, 3)}
"""Of the run, and of the one before."""


def retrieval(w: Words, report: Report) -> str:
    """The section."""
    lines = [
        *_lines(w, report.asked_before, before=True),
        *_lines(w, report.asked, before=False),
    ]
    heading = w.say("retrieval")
    if not lines:
        content = w.missing(w.say("recall_at"), w.say("retrieval_none"))
        return section(heading, content, w.anchor("retrieval"))
    depths = range(1, DEEPEST + 1)
    x = Axis(w.say("rank_k"), 1, DEEPEST, tuple((k, str(k)) for k in depths))
    y = Axis(w.say("recall_at"), 0, 1, share_ticks(w))
    drawn = plot(lines, x, y, heading) + legend(lines)
    heads = [(w.say("rank_k"), ""), *((line.name, "n") for line in lines)]
    rows = [
        [head_cell(str(k)), *(number_cell(w.number(line.points[k - 1][1])) for line in lines)]
        for k in depths
    ]
    figure = w.figure(w.say("recall_at"), w.say("retrieval_hint"), drawn, heads, rows)
    return section(heading, figure, w.anchor("retrieval"))


def _lines(w: Words, asked: Sequence[Asked], *, before: bool) -> list[Line]:
    found = []
    for language in LANGUAGES:
        points, n = recall_curve(asked, language)
        if not n:
            continue
        name = w.say("line_of", name=w.value(language), n=w.n(n))
        found.append(
            Line(
                w.say("line_before", name=name) if before else name,
                tuple(enumerate(points, 1)),
                _LOOKS[language][before],
            )
        )
    return found
