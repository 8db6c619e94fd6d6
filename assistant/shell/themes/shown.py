"""Themes and measures as JSON and CSV, see `assistant.shell.themes.bodies`."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from assistant.shell.themes.measuring import Measured
from assistant.shell.themes.room import Behind
from assistant.themes.measures import Share, Value
from assistant.themes.models import Group, Theme, Themes
from assistant.themes.rising import Rise
from assistant.themes.weeks import Period
from knowledge.themes.source_facts import SourceFact

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Spreadsheets take a cell that begins so for a formula (OWASP, CSV injection)."""


def themes(found: Themes) -> dict[str, Any]:
    """What customers asked in a period."""
    return {
        **_days(found.period),
        "total": found.total,
        "without": found.without,
        "weeks": [monday.isoformat() for monday in found.weeks],
        "by_week": list(found.by_week),
        "themes": [theme(one, found.total, found.sources) for one in found.themes],
        "left_out": found.left_out,
    }


def theme(one: Theme, total: int, sources: Mapping[int, SourceFact]) -> dict[str, Any]:
    """A theme, of so many contacts and questions in all."""
    return {
        "number": one.number,
        "name": one.name.text if one.name else None,
        "language": one.name.language if one.name else None,
        "contacts": one.contacts,
        "questions": one.questions,
        "total": one.total,
        "share": round(one.total / total, 4) if total else 0.0,
        "before": one.before,
        "missed": one.missed,
        "complained": one.complained,
        "weeks": list(one.weeks),
        "rising": _rise(one.rise),
        "sources": [_source(sources[number], count) for number, count in one.sources],
    }


def behind(found: Behind) -> dict[str, Any]:
    """What is behind a theme."""
    return {
        "theme": theme(found.theme, found.total, found.sources),
        "conversations": [
            {
                **{name: row[name] for name in ("key", "at", "channel", "audience", "state")},
                "erased": row["erased_at"] is not None,
            }
            for row in found.conversations
        ],
        "said": [dict(row) for row in found.said],
        "asked": [dict(row) for row in found.asked],
    }


def groups(found: Mapping[str, tuple[Group, ...]]) -> dict[str, Any]:
    """What customers asked by each dimension."""
    return {name: [asdict(one) for one in some] for name, some in found.items()}


def measured(one: Measured) -> dict[str, Any]:
    """The measures of a group."""
    return {
        "audience": one.audience,
        "title": one.title,
        "contacts": one.contacts,
        "measures": {name: _value(value) for name, value in one.values.items()},
    }


def measures(
    period: Period, whole: Measured, groups: list[Measured], left_out: list[str]
) -> dict[str, Any]:
    """The measures of a period."""
    return {
        **_days(period),
        "whole": measured(whole),
        "by_audience": [measured(one) for one in groups],
        "left_out": left_out,
    }


def as_csv(found: Themes) -> str:
    """The themes as a table with a header, for spreadsheets; no cell is taken for a formula."""
    out = io.StringIO()
    table = csv.writer(out)
    heads = ["theme", "name", "language", "contacts", "questions", "total", "share", "before"]
    weeks = [monday.isoformat() for monday in found.weeks]
    table.writerow([*heads, "missed", "complained", "rising", "sources", *weeks])
    for one in found.themes:
        row = theme(one, found.total, found.sources)
        titles = "; ".join(source["title"] for source in row["sources"])
        rising = row["rising"]["recent"] if row["rising"] else ""
        counts = (row["missed"], row["complained"])
        cells = [row["number"], *(row[name] for name in heads[1:]), *counts, rising, titles]
        table.writerow([_cell(cell) for cell in [*cells, *row["weeks"]]])
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value


def _days(period: Period) -> dict[str, str]:
    return {"first": period.first.isoformat(), "last": period.last.isoformat()}


def _rise(rise: Rise | None) -> dict[str, Any] | None:
    return asdict(rise) if rise is not None else None


def _source(fact: SourceFact, count: int) -> dict[str, Any]:
    return {"source": fact.number, "name": fact.name, "title": fact.title, "count": count}


def _value(value: Value) -> dict[str, Any]:
    if isinstance(value, Share):
        return {**asdict(value), "share": value.share}
    return asdict(value)
