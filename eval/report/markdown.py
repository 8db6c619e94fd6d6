"""A report as Markdown, for the discussion of a change: the verdict, the numbers, the worst."""

from __future__ import annotations

import re
from collections.abc import Iterator

from eval.report.models import Failure, Report
from eval.report.sections.stages import counted
from eval.report.sections.verdict import sentences
from eval.report.why import why
from eval.report.words import Words, upper
from knowledge.models import Language

MOST = 20
"""Failing cases that are named."""
_SIGNS = {"pass": "✅", "block": "❌", "inconclusive": "❓", "invalid": "⚠️", "alone": "ℹ️"}


def markdown(report: Report, language: Language) -> str:
    """The summary; whatever documents or people wrote is escaped."""
    return "\n".join(_lines(Words(language), report)) + "\n"


def _lines(w: Words, report: Report) -> Iterator[str]:
    verdict = report.compared.decision.verdict if report.compared else "alone"
    yield f"## {_SIGNS[verdict]} {w.say(f'verdict_{verdict}')} · {escaped(report.run.id)}"
    for line in sentences(w, report):
        yield from ("", escaped(line))
    yield ""
    yield from _measures(w, report)
    if report.compared is not None:
        for one in report.compared.decision.findings:
            weight, stage = w.say(f"weight_{one.weight}"), w.say(f"stage_{one.stage}")
            yield f"- **{weight}** ({stage}): {escaped(w.told(one.says))}"
        yield ""
    yield from _failures(w, report.failures)


def _measures(w: Words, report: Report) -> Iterator[str]:
    if report.compared is None:
        yield _row(w.say("measure"), w.say("mean"), w.say("interval"), w.say("n"))
        yield _row("---", "---:", "---:", "---:")
        summaries = {one.measure: one for one in report.summaries}
        for gated in report.policy.measures:
            if (one := summaries.get(gated.name)) is not None:
                ends = w.ends(one.low, one.high)
                yield _row(w.title(one.measure), w.number(one.mean), ends, w.n(one.n))
    else:
        heads = ("measure", "before", "after", "change", "interval", "p", "n")
        yield _row(*(w.say(head) for head in heads))
        yield _row("---", *["---:"] * (len(heads) - 1))
        for gated in report.policy.measures:
            found = report.compared.evidence.by_measure.get(gated.name)
            if found is None:
                continue
            interval = found.paired.interval
            yield _row(
                w.title(gated.name),
                w.number(found.before),
                w.number(found.after),
                w.signed(found.paired.difference),
                f"{w.signed(interval.low)} – {w.signed(interval.high)}",
                w.number(found.p_worse),
                w.n(found.paired.n),
            )
    yield ""


def _failures(w: Words, failures: list[Failure]) -> Iterator[str]:
    if not failures:
        yield w.say("failures_none")
        return
    yield f"### {w.say('md_failing', n=w.n(len(failures)))}"
    yield ""
    yield _row(w.say("broken_stage"), w.say("count"), w.say("of_them_critical"))
    yield _row("---", "---:", "---:")
    for stage, (count, critical) in counted(failures).items():
        if count:
            yield _row(upper(w.say(stage)), w.n(count), w.n(critical))
    yield ""
    for one in failures[:MOST]:
        case = one.asked.case
        marks = [w.say("critical")] if case.critical else []
        marks += [w.say("newly")] if one.newly else []
        told = f" **{', '.join(marks)}**" if marks else ""
        yield f"- {escaped(case.id)}{told}: {escaped(case.question)}"
        for measure in one.measures:
            reasons = "; ".join(why(one.asked, measure, w.language))
            yield f"  - {w.title(measure)}: {escaped(reasons)}"
    if len(failures) > MOST:
        yield ""
        yield w.say("md_more", n=w.n(len(failures) - MOST))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def escaped(text: str) -> str:
    """Text that stays text: no markup, no links, no names that would be called."""
    one_line = " ".join(text.split())
    plain = one_line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_{}\[\]#|~!])", r"\\\1", plain).replace("@", "&#64;")
