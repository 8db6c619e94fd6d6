"""Drafts that a person has accepted, into a golden set with the cases that it has already. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from eval.golden.reading import GoldenSet, check_rows
from knowledge.refusals.reason import Reason


def accepted(
    rows: Sequence[Mapping[str, Any]], before: Sequence[Mapping[str, Any]], by: str, day: date
) -> tuple[GoldenSet | None, list[Reason]]:
    """The set with the accepted cases behind those before, or all that is wrong, by line.

    Args:
        rows: drafts as somebody has edited them.
        before: cases that the set has, as they are written.
        by: account of whoever accepts them.
        day: today.
    """
    every = [*before, *(_reviewed(row, by, day) for row in rows)]
    return check_rows(list(enumerate(every, 1)))


def _reviewed(row: Mapping[str, Any], by: str, day: date) -> dict[str, Any]:
    """A draft as a case, with who accepted it; what is no object the check refuses."""
    case = {key: value for key, value in row.items() if key != "draft"}
    given = case.get("provenance", {})
    if isinstance(given, Mapping):
        case["provenance"] = {**given, "reviewer": by, "updated": day.isoformat()}
    return case
