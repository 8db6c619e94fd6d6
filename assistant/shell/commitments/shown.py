"""Promises, complaints and their steps as JSON, see `bodies`, and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from assistant.commitments.models import Promise
from knowledge.commitments.models import Commitment, Step

_FIELDS = (
    "key",
    "kind",
    "what",
    "words",
    "customer",
    "contact",
    "turn",
    "audience",
    "made_by",
    "responsible",
    "due",
    "due_at",
    "state",
    "reason",
    "opened_at",
    "changed_at",
    "overdue",
    "whole",
)
_STEP_FIELDS = ("number", "kind", "by", "at", "text", "account", "due", "due_at")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def commitment(one: Commitment) -> dict[str, Any]:
    """A promise or complaint; its number is the register's own affair."""
    return {name: _plain(getattr(one, name)) for name in _FIELDS}


def step(one: Step) -> dict[str, Any]:
    """Something that was done about it."""
    return {name: _plain(getattr(one, name)) for name in _STEP_FIELDS}


def trail(one: Commitment, steps: Iterable[Step]) -> dict[str, Any]:
    """A promise or complaint with all that was done about it."""
    return {**commitment(one), "steps": [step(each) for each in steps]}


def promise(one: Promise) -> dict[str, Any]:
    """A promise that was recognised in a draft."""
    due = one.due
    return {
        "what": one.what,
        "words": one.words,
        "start": one.start,
        "end": one.end,
        "due": due.day.isoformat() if due else None,
        "due_at": due.at.isoformat() if due and due.at else None,
        "due_words": due.words if due else None,
        "conditional": one.conditional,
    }


def trails_csv(trails: Iterable[tuple[Commitment, list[Step]]]) -> str:
    """A line for each step, with what it is a step of before it; formulas are text."""
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow([*_FIELDS[:-1], *(f"step_{name}" for name in _STEP_FIELDS)])
    for one, steps in trails:
        own = [_cell(getattr(one, name)) for name in _FIELDS[:-1]]
        for each in steps:
            lines.writerow([*own, *(_cell(getattr(each, name)) for name in _STEP_FIELDS)])
    return written.getvalue()


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _cell(value: Any) -> Any:
    """Spreadsheets run what begins like a formula; an apostrophe before it keeps it a text."""
    plain = _plain(value)
    return f"'{plain}" if isinstance(plain, str) and plain.startswith(_FORMULA) else plain
