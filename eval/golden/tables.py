"""A golden set as a table, CSV or XLSX: one case a row, what most people write one in.

Several values of a cell are separated by lines or semicolons; ways to say one fact by ``|``. What a
table cannot say, such as values with units or a conversation, is written as JSON lines.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from eval.golden.models import BEHAVIOURS, SCHEMA
from eval.golden.reading import GoldenSet, check_rows
from eval.refusals import because
from knowledge.refusals.reason import Reason

COLUMNS = (
    "id",
    "lang",
    "question",
    "answerability",
    "expected_behaviour",
    "documents",
    "quotes",
    "must_facts",
    "facts",
    "steps",
    "forbidden",
    "required_statements",
    "critical",
    "twin_id",
    "group_id",
    "audience",
    "on",
    "topic",
    "product",
    "channel",
    "reference_answer",
    "notes",
)
REQUIRED = ("id", "lang", "question")
MAX_BYTES = 20 * 2**20
_TRUE = frozenset("1 true yes sí si x verdadero".split())
_FALSE = frozenset(("", *"0 false no falso".split()))
_SEVERAL = re.compile(r"[;\n]")
_TAGS = ("topic", "product", "channel")
_AS_IS = ("twin_id", "group_id", "audience", "on", "reference_answer", "notes")

Table = Sequence[tuple[int, dict[str, str]]]
"""``(line, cells by column)``."""


def read_csv(content: bytes) -> tuple[GoldenSet | None, list[Reason]]:
    """A table in CSV, with commas, semicolons or tabs between; UTF-8."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [because("golden-utf8", byte=error.start)]
    first = text.splitlines()[0] if text.strip() else ""
    between = max(",;\t", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True))
    except csv.Error as error:
        return None, [because("golden-csv", why=str(error))]
    return _read(enumerate(lines, 1))


def read_xlsx(content: bytes) -> tuple[GoldenSet | None, list[Reason]]:
    """The first sheet of a workbook."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    if len(content) > MAX_BYTES:
        return None, [because("golden-bytes", limit=MAX_BYTES >> 20)]
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        cells = [[_cell(v) for v in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, IndexError, ValueError) as error:
        return None, [because("golden-xlsx", why=str(error) or type(error).__name__)]
    return _read(enumerate(cells, 1))


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    # A cell that is a day comes as midnight of it.
    return str(value).removesuffix(" 00:00:00")


def _read(lines: Iterable[tuple[int, Sequence[str]]]) -> tuple[GoldenSet | None, list[Reason]]:
    filled = ((number, line) for number, line in lines if any(cell.strip() for cell in line))
    header = next(filled, None)
    if header is None:
        return None, [because("golden-empty")]
    names = [name.strip().lower() for name in header[1]]
    while names and not names[-1]:
        names.pop()
    if faults := list(_of_header(names)):
        return None, faults
    rows: list[tuple[int, Any]] = []
    for number, line in filled:
        if extra := [cell for cell in line[len(names) :] if cell.strip()]:
            faults.append(because("golden-cells", line=number, count=len(extra), of=len(names)))
            continue
        cells = {name: cell.strip() for name, cell in zip(names, line, strict=False)}
        critical = cells.get("critical", "").lower()
        if critical not in _TRUE | _FALSE:
            faults.append(because("golden-yes-no", line=number, value=cells["critical"]))
            continue
        rows.append((number, _case(cells, critical=critical in _TRUE)))
    return check_rows(rows, faults)


def _of_header(names: Sequence[str]) -> Iterator[Reason]:
    for name in names:
        if name not in COLUMNS:
            yield because("golden-column", name=name, known=", ".join(COLUMNS))
        elif names.count(name) > 1:
            yield because("golden-column-twice", name=name)
    for name in REQUIRED:
        if name not in names:
            yield because("golden-column-missing", name=name)


def _case(cells: dict[str, str], *, critical: bool) -> dict[str, Any]:
    answerability = cells.get("answerability") or "answerable"
    expected = BEHAVIOURS.get(answerability, ("answer",))[0]
    quotes = _several(cells.get("quotes", ""))
    case: dict[str, Any] = {
        "schema_version": SCHEMA,
        "id": cells["id"],
        "lang": cells["lang"].lower(),
        "turns": [{"role": "customer", "text": cells["question"]}],
        "answerability": answerability,
        "expected_behaviour": cells.get("expected_behaviour") or expected,
        "gold": [
            {"document": name, "quote": quotes[at] if at < len(quotes) else None}
            for at, name in enumerate(_several(cells.get("documents", "")))
        ],
        "facts": [
            {"id": f"{column[0]}{at}", "must": column == "must_facts", "aliases": _ways(fact)}
            for column in ("must_facts", "facts")
            for at, fact in enumerate(_several(cells.get(column, "")), 1)
        ],
        "steps": _named(cells.get("steps", "")),
        "forbidden": [
            {"id": str(at), "phrase": phrase}
            for at, phrase in enumerate(_several(cells.get("forbidden", "")), 1)
        ],
        "required_statements": _named(cells.get("required_statements", "")),
        "critical": critical,
        "tags": {tag: cells[tag] for tag in _TAGS if cells.get(tag)},
    }
    return case | {name: cells[name] for name in _AS_IS if cells.get(name)}


def _several(cell: str) -> list[str]:
    return [part.strip() for part in _SEVERAL.split(cell) if part.strip()]


def _ways(fact: str) -> list[str]:
    return [way.strip() for way in fact.split("|") if way.strip()]


def _named(cell: str) -> list[dict[str, Any]]:
    parts = enumerate(_several(cell), 1)
    return [{"id": str(at), "aliases": _ways(part)} for at, part in parts]
