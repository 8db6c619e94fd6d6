"""Statements by what the support check says of them, and why some are not supported."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import get_args

from assistant.report import drawing
from assistant.report.parts import paragraph, section, table
from assistant.support.models import Verdict
from assistant.support.phrases import VERDICTS
from eval.report.models import Report
from eval.report.texts import CATALOGUE
from eval.report.why import cause_of
from eval.report.words import Words, head_cell, number_cell, upper


def support(w: Words, report: Report) -> str:
    """The section."""
    said = [one for asked in report.asked for one in asked.outcome.said]
    verdicts = Counter(one.support for one in said)
    most = max(verdicts.values(), default=0)
    rows = [
        [
            head_cell(upper(VERDICTS[w.language][verdict])),
            ("td", "n", escape(w.n(verdicts[verdict])) + drawing.bar(verdicts[verdict], most)),
            number_cell(w.share(verdicts[verdict], len(said))),
        ]
        for verdict in get_args(Verdict)
    ]
    heads = [(w.say("verdict"), ""), (w.say("statements"), "n"), (w.say("share"), "n")]
    heading = w.say("support")
    content = paragraph(w.say("support_hint"), "hint") + table(heads, rows, name=heading)
    causes = Counter(cause_of(reason) for one in said for reason in one.reasons)
    return section(heading, content + _causes(w, causes), w.anchor("support"))


def _causes(w: Words, causes: Counter[str]) -> str:
    heading = w.say("support_reasons")
    if not causes:
        return paragraph(w.say("no_reasons"))
    most = max(causes.values())
    heads = [(w.say("reason"), ""), (w.say("statements"), "n")]
    rows = [
        [head_cell(_cause(w, cause)), ("td", "n", escape(w.n(n)) + drawing.bar(n, most))]
        for cause, n in causes.most_common()
    ]
    return f"<h3>{escape(heading)}</h3>{table(heads, rows, name=heading)}"


def _cause(w: Words, cause: str) -> str:
    known = f"cause_{cause}"
    return upper(w.say(known)) if known in CATALOGUE[w.language] else cause
