"""The strip at the top: the verdict, one plain sentence, what was compared, what the rules say."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from html import escape

from assistant.report.parts import paragraph, section
from eval.gate.models import STAGES, Finding
from eval.report.models import Report
from eval.report.sections.stages import counted
from eval.report.words import Words, upper

_SIGNS = {"pass": "✓", "block": "✕", "inconclusive": "?", "invalid": "!", "alone": "•"}
_HASH = 12
FIRST = 4
"""Findings of a rule, and cases of a finding, that are shown at once."""


def verdict(w: Words, report: Report) -> str:
    """The strip."""
    name = report.compared.decision.verdict if report.compared else "alone"
    lines = "".join(paragraph(line) for line in sentences(w, report))
    return (
        f'<header class="strip {name}"><p class="sign" aria-hidden="true">{_SIGNS[name]}</p>'
        f"<div><h1>{escape(w.say(f'verdict_{name}'))}"
        f"<span>{escape(w.say('title'))} · {escape(report.run.id)}</span></h1>{lines}</div>"
        f"</header>{_facts(w, report)}"
    )


def sentences(w: Words, report: Report) -> list[str]:
    """What to know first."""
    failed = report.failures
    passed = len(report.cases) - len(failed) - len(report.missing)
    n = w.n(len(report.cases))
    if report.compared is not None:
        decision, flips = report.compared.decision, report.compared.evidence.flips
        before = len(report.cases) - len(report.failures_before)
        broken = sum(one.flip == "broken" for one in flips)
        line = w.say(
            "against",
            passed=w.n(passed),
            n=n,
            before=w.n(before - _unasked_before(report)),
            broken=w.n(broken),
            mended=w.n(len(flips) - broken),
        )
        return [upper(f"{w.told(decision.sentence)}."), line]
    critical = sum(one.asked.case.critical for one in failed)
    told = {"passed": w.n(passed), "failed": w.n(len(failed)), "critical": w.n(critical)}
    found = [w.say("alone", n=n, **told)]
    if failed:
        stage, count = max(counted(failed).items(), key=lambda item: item[1][0])
        found.append(w.say("alone_look", stage=w.say(stage), count=w.n(count[0])))
    if report.missing:
        found.append(w.say("alone_missing", count=w.n(len(report.missing))))
    return found


def findings(w: Words, report: Report) -> str:
    """What every rule has to say; nothing for a run alone, or where none has."""
    if report.compared is None or not report.compared.decision.findings:
        return ""
    cards = {one.asked.case.id for one in report.failures}
    heading, shown = w.say("findings"), ""
    for stage in STAGES:
        told = [one for one in report.compared.decision.findings if one.stage == stage]
        if not told:
            continue
        items = [_finding(w, one, cards) for one in told]
        shown += f"<h3>{escape(upper(w.say(f'stage_{stage}')))} ({w.n(len(told))})</h3>"
        shown += f'<ul class="findings">{"".join(items[:FIRST])}</ul>'
        if len(items) > FIRST:
            more = escape(w.say("more", n=w.n(len(items) - FIRST)))
            rest = "".join(items[FIRST:])
            shown += f'<details><summary>{more}</summary><ul class="findings">{rest}</ul></details>'
    return section(heading, shown, w.anchor("findings"))


def _finding(w: Words, one: Finding, cards: Collection[str]) -> str:
    weight = f'<span class="badge {one.weight}">{escape(w.say(f"weight_{one.weight}"))}</span>'
    links = "".join(
        f' <a href="#{escape(w.anchor(f"case-{case}"))}">{escape(case)}</a>'
        for case in one.cases[:FIRST]
        if case in cards
    )
    return f"<li>{weight} {escape(w.told(one.says))}{links}</li>"


def _facts(w: Words, report: Report) -> str:
    manifest = report.run.manifest
    golden, register = manifest.get("golden", {}), manifest.get("register", {})
    rows: list[tuple[str, str]] = []
    if report.before is not None:
        rows += [(w.say("baseline"), report.before.id), (w.say("candidate"), report.run.id)]
    else:
        rows.append((w.say("run"), report.run.id))
    of_golden = w.say("n_cases", name=golden.get("name", "–"), n=w.n(len(report.cases)))
    rows += [
        (w.say("golden"), f"{of_golden} · {report.run.golden_sha256[:_HASH]}"),
        (
            w.say("register"),
            f"{w.say('n_documents', n=w.n(register.get('documents', 0)))} · "
            f"{str(register.get('sha256', '–'))[:_HASH]}",
        ),
        (w.say("asked_on"), _day(w, manifest.get("today"))),
        (w.say("made"), w.day(report.made)),
        (w.say("policy"), report.policy.sha256[:_HASH]),
    ]
    told = "".join(f"<div><dt>{escape(k)}</dt><dd>{escape(v)}</dd></div>" for k, v in rows)
    return f'<dl class="facts">{told}</dl>'


def _day(w: Words, value: object) -> str:
    try:
        return w.day(date.fromisoformat(str(value)))
    except ValueError:
        return "–"


def _unasked_before(report: Report) -> int:
    asked = {one.case.id for one in report.asked_before}
    return sum(case.id not in asked for case in report.cases)
