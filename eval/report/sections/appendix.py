"""Measures of the whole run, definitions, denominators, power, environment, how to reproduce."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any, cast

from assistant.report.parts import paragraph, section, table
from eval.comparison.compare import Difference
from eval.measures.catalogue import MEASURES
from eval.measures.models import Why
from eval.measures.reasons import in_words
from eval.measures.whole.catalogue import WHOLE
from eval.measures.whole.wording import whole_formula
from eval.measures.wording import formula
from eval.report.models import Report
from eval.report.words import Cell, Words, cell, head_cell, number_cell
from eval.runs.scoring import Summary


def whole(w: Words, report: Report) -> str:
    """Measures that no single answer has."""
    heading, before = w.say("whole"), {one.measure: one for one in report.whole_before}
    heads = [(w.say("measure"), "")]
    if before:
        heads.append((w.say("before"), "n"))
    now = w.say("after") if before else w.say("value")
    heads += [(now, "n"), (w.say("interval"), "n"), (w.say("n"), "n")]
    if before:
        heads.append((w.say("better_by"), "n"))
    by_name = {one.name: one for one in WHOLE}
    rows = []
    for one in report.whole:
        measure = by_name[one.measure]
        row = [head_cell(w.title(one.measure))]
        if before:
            row.append(number_cell(w.number(before[one.measure].mean, measure.unit)))
        row += [
            number_cell(w.number(one.mean, measure.unit)),
            number_cell(w.ends(one.low, one.high, measure.unit)),
            number_cell(w.n(one.n)),
        ]
        if before:
            was, value = before[one.measure].mean, one.mean
            better = None if was is None or value is None else measure.better(was, value)
            row.append(number_cell("–" if better is None else w.signed(better, measure.unit)))
        rows.append(row)
    return section(heading, table(heads, rows, name=heading), w.anchor("whole"))


def appendix(w: Words, report: Report) -> str:
    """The section."""
    parts = (_definitions, _power, _environment, _reproduce)
    return section(w.say("appendix"), "".join(p(w, report) for p in parts), w.anchor("appendix"))


def _definitions(w: Words, report: Report) -> str:
    of = {one.measure: one for one in (*report.summaries, *report.whole)}
    heads = [
        (w.say("measure"), ""),
        (w.say("definition"), ""),
        (w.say("direction"), "nowrap"),
        (w.say("mean"), "n"),
        (w.say("n"), "n"),
        (w.say("not_applicable"), ""),
    ]
    rows = [
        _defined(
            w,
            one.name,
            (formula(one, w.language), one.source),
            "high" if one.higher_is_better else "low",
            of.get(one.name),
            one.unit,
        )
        for one in MEASURES
    ]
    rows += [
        _defined(
            w, m.name, (whole_formula(m, w.language), m.source), m.best, of.get(m.name), m.unit
        )
        for m in WHOLE
    ]
    heading = w.say("definitions")
    return f"<h3>{escape(heading)}</h3>{table(heads, rows, 'wide', heading)}"


def _defined(
    w: Words, name: str, told: tuple[str, str], best: str, found: Summary | None, unit: str
) -> list[Cell]:
    formula_text, source = told
    reasons = found.not_applicable if found else {}
    none = "; ".join(
        w.say("reasons", count=w.n(n), why=in_words(cast("Why", why), w.language))
        for why, n in reasons.items()
    )
    defined = ""
    if source != "own":
        named = f'{escape(w.say("from_whom"))} <span lang="en">{escape(source)}</span>'
        defined = f'<br><span class="hint">{named}</span>'
    return [
        ("th", "", f"{escape(w.title(name))}<br><code>{escape(name)}</code>"),
        ("td", "", escape(formula_text) + defined),
        ("td", "nowrap", escape(w.say(f"direction_{best}"))),
        number_cell(w.number(found.mean if found else None, unit)),
        number_cell(w.n(found.n) if found else "–"),
        cell(none or "–"),
    ]


def _power(w: Words, report: Report) -> str:
    if report.compared is None:
        return ""
    by_measure = report.compared.evidence.by_measure
    heads = [
        (w.say("measure"), ""),
        (w.say("n"), "n"),
        (w.say("detectable"), "n"),
        (w.say("margin"), "n"),
        (w.say("needed"), "n"),
    ]
    rows = []
    for one in report.policy.measures:
        found: Difference | None = by_measure.get(one.name)
        if found is None:
            continue
        rows.append(
            [
                head_cell(w.title(one.name)),
                number_cell(w.n(found.paired.n)),
                number_cell(w.number(found.detectable)),
                number_cell(w.number(one.margin)),
                number_cell(w.n(found.needed(one.margin))),
            ]
        )
    heading = w.say("power")
    hint = paragraph(w.say("power_hint"), "hint")
    return f"<h3>{escape(heading)}</h3>{hint}{table(heads, rows, name=heading)}"


def _environment(w: Words, report: Report) -> str:
    manifest = report.run.manifest
    get = _getter(manifest)
    libraries = get("environment", "libraries")
    shown = ", ".join(f"{k} {v}" for k, v in libraries.items()) if libraries else None
    rows: list[tuple[str, object]] = [
        ("created", get("created")),
        ("version", get("code", "version")),
        ("commit", get("code", "commit")),
        ("changed", get("code", "changed")),
        ("golden", report.run.golden_sha256),
        ("register", get("register", "sha256")),
        ("policy", report.policy.sha256),
        ("config", get("config", "sha256")),
        ("model", get("model")),
        ("seed", get("seed")),
        ("python", get("environment", "python")),
        ("machine", get("environment", "machine")),
        ("cores", get("environment", "cores")),
        ("libraries", shown),
    ]
    heads = [(w.say("key"), ""), (w.say("value"), "")]
    cells = [[head_cell(w.say(f"key_{key}")), cell(_plain(w, value))] for key, value in rows]
    heading = w.say("environment")
    return f"<h3>{escape(heading)}</h3>{table(heads, cells, name=heading)}"


def _reproduce(w: Words, report: Report) -> str:
    manifest = report.run.manifest
    golden = manifest.get("golden", {}).get("name", "golden")
    day = manifest.get("today", "")
    commands = [f"voz eval run {golden} --on {day}"]
    if report.before is not None:
        commands.append(f"voz eval gate {report.run.id} --baseline {report.before.id}")
    hint = paragraph(w.say("reproduce_hint"), "hint")
    shown = escape("\n".join(commands))
    return f"<h3>{escape(w.say('reproduce'))}</h3>{hint}<pre>{shown}</pre>"


def _getter(manifest: Mapping[str, Any]) -> Callable[..., Any]:
    """Reads what a manifest may lack."""

    def get(*keys: str) -> Any:
        found: Any = manifest
        for key in keys:
            found = found.get(key) if isinstance(found, Mapping) else None
        return found

    return get


def _plain(w: Words, value: object) -> str:
    if value is None:
        return w.say("unknown")
    if isinstance(value, bool):
        return w.say("yes" if value else "no")
    return str(value)
