"""Text of a golden set -> its cases, or every mistake with its line and field."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from eval.faults import choices_of, why_of
from eval.golden.drafts import TO_BE_DECIDED
from eval.golden.models import GoldenCase
from eval.refusals import because
from knowledge.refusals.reason import Reason

MAX_CASES = 5_000


@dataclass(frozen=True)
class GoldenSet:
    """Cases with the hash of what was read.

    Attributes:
        cases: in their order.
        sha256: of the cases, whatever the order of their fields and the white space.
    """

    cases: tuple[GoldenCase, ...]
    sha256: str

    @classmethod
    def of(cls, cases: Iterable[GoldenCase]) -> GoldenSet:
        """A set of cases that were checked together."""
        kept = tuple(cases)
        digests = "\n".join(case.sha256 for case in kept)
        return cls(kept, hashlib.sha256(digests.encode()).hexdigest())


def read_golden(content: bytes) -> tuple[GoldenSet | None, list[Reason]]:
    """The set, or all that is wrong with it, by line; never both.

    Args:
        content: JSON lines in UTF-8, one case a line; empty lines do not count.
    """
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        return None, [because("golden-utf8", byte=error.start)]
    rows: list[tuple[int, Any]] = []
    faults: list[Reason] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            faults.append(because("golden-json", line=number, why=str(error)))
            continue
        if isinstance(row, dict):
            rows.append((number, row))
        else:
            faults.append(because("golden-json", line=number, why=type(row).__name__))
    return check_rows(rows, faults)


def check_rows(
    rows: Sequence[tuple[int, Any]], faults: Sequence[Reason] = ()
) -> tuple[GoldenSet | None, list[Reason]]:
    """The set of rows, each with its line, or all that is wrong with them.

    Args:
        rows: ``(line, object)``.
        faults: found while they were read.
    """
    if not rows and not faults:
        return None, [because("golden-empty")]
    if len(rows) > MAX_CASES:
        return None, [because("golden-large", count=len(rows), limit=MAX_CASES)]
    found = list(faults)
    cases: list[tuple[int, GoldenCase]] = []
    for line, row in rows:
        try:
            cases.append((line, GoldenCase.model_validate(row)))
        except ValidationError as error:
            found.extend(_faults(line, row, error))
    found.extend(_together(cases))
    if found:
        return None, sorted(found, key=_line)
    return GoldenSet.of(case for _, case in cases), []


def written(golden: GoldenSet) -> str:
    """As JSON lines, what is at its default left out; reading it gives the set again."""
    lines = []
    for case in golden.cases:
        row = {"id": case.id, "schema_version": case.schema_version}
        row |= case.model_dump(mode="json", exclude_defaults=True)
        lines.append(json.dumps(row, ensure_ascii=False))
    return "".join(f"{line}\n" for line in lines)


def _together(cases: Sequence[tuple[int, GoldenCase]]) -> Iterator[Reason]:
    """What no case shows alone: ids used twice, twins without the other language."""
    first: dict[str, int] = {}
    twins: dict[str, list[tuple[int, GoldenCase]]] = defaultdict(list)
    for line, case in cases:
        if case.id in first:
            why = because("golden-id-twice", id=case.id, first=first[case.id])
            yield _at(line, case.id, "id", why)
        first.setdefault(case.id, line)
        if case.twin_id is not None:
            twins[case.twin_id].append((line, case))
    for twin, members in twins.items():
        languages = sorted(case.lang for _, case in members)
        if languages != ["en", "es"]:
            line, case = members[0]
            why = because("golden-twin", id=twin, languages=", ".join(languages))
            yield _at(line, case.id, "twin_id", why)


def _faults(line: int, row: Any, error: ValidationError) -> Iterator[Reason]:
    found = error.errors(include_url=False)
    for one in found:
        place = one["loc"]
        if one["type"] == "too_short" and any(
            len(other["loc"]) > len(place) and other["loc"][: len(place)] == place
            for other in found
        ):
            continue  # it has entries, and what is wrong with them is told
        field = ".".join(str(part) for part in one["loc"]) or "*"
        yield _at(line, str(row.get("id") or ""), field, _why(one))


def _at(line: int, case: str, field: str, why: Reason) -> Reason:
    return because(
        "golden-line", line=line, case=f" ({case})" if case else "", field=field, why=why
    )


def _why(one: ErrorDetails) -> Reason:
    """A mistake that pydantic found, in both languages."""
    if one["type"] == "extra_forbidden" and one["loc"] == ("draft",) and one["input"] is True:
        return because("golden-draft")
    if one["type"] == "literal_error" and one["input"] == TO_BE_DECIDED:
        return because("golden-undecided", expected=choices_of(one))
    return why_of(one)


def _line(reason: Reason) -> int:
    line = reason.values.get("line", 0)
    return line if isinstance(line, int) else 0
