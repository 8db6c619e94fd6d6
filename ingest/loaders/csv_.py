"""CSV -> blocks: rows with their numbers; questions and answers as headed texts."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from ingest.clean import clean_line
from ingest.loaders.decode import decode
from ingest.loaders.extract import Extract, TextBuilder, add_table, is_header_row
from knowledge.errors import DocumentRefused

_DELIMITERS = (";", ",", "\t", "|")
_QUESTIONS = frozenset("pregunta preguntas question questions consulta q p faq".split())
_ANSWERS = frozenset("respuesta respuestas answer answers solucion a r reply response".split())
_MAX_FIELD_CHARS = 1_000_000
Row = tuple[int, list[str]]


def load_csv(data: bytes, name: str) -> Extract:
    """Blocks of a table; row numbers are those a spreadsheet shows."""
    text = decode(data, name)
    rows = _rows(text, name)
    builder = TextBuilder()
    if not rows:
        return builder.build()
    header = [_key(cell) for cell in rows[0][1]]
    question = _column(header, _QUESTIONS)
    answer = _column(header, _ANSWERS)
    if question is not None and answer is not None:
        _add_pairs(builder, rows, question, answer)
    else:
        named = is_header_row(rows[0][1], [row for _, row in rows[1:]])
        add_table(
            builder, [row for _, row in rows], header=named, numbers=[number for number, _ in rows]
        )
    return replace(builder.build(), title=None)  # its first question is not what it is called


def _rows(text: str, name: str) -> list[Row]:
    """Rows that hold something, with their numbers; cells cleaned."""
    csv.field_size_limit(_MAX_FIELD_CHARS)
    declared = re.match(r"sep=(.)\r?\n", text)
    delimiter = declared.group(1) if declared else _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[Row] = []
    try:
        for number, row in enumerate(reader, start=1):
            if declared and number == 1:
                continue
            cells = [clean_line(cell) for cell in row]
            if any(cells):
                rows.append((number, cells))
    except csv.Error as error:
        raise DocumentRefused("damaged", f"{name}: cannot be read as CSV ({error})") from error
    return rows


def _delimiter(text: str) -> str:
    """The separator by which most rows have the same number of cells, more than one."""
    sample = text[:20_000]
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        try:
            widths = [
                len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
            ][:50]
        except csv.Error:
            continue
        widths = [width for width in widths if width]
        usual = max(set(widths), key=widths.count, default=1)
        score = widths.count(usual) / len(widths) if widths and usual > 1 else 0.0
        # Commas inside sentences also divide rows; more columns and first in line win ties.
        if score > best_score + 1e-9:
            best, best_score = delimiter, score
    return best


def _key(cell: str) -> str:
    plain = unicodedata.normalize("NFD", cell.casefold())
    return re.sub(r"[^a-z]", "", plain.encode("ascii", "ignore").decode())


def _column(header: Sequence[str], names: frozenset[str]) -> int | None:
    return next((index for index, key in enumerate(header) if key in names), None)


def _add_pairs(builder: TextBuilder, rows: Sequence[Row], question: int, answer: int) -> None:
    """Each question a heading over its answer; other columns follow the answer as fields."""
    names = rows[0][1]
    for number, cells in rows[1:]:
        cells = cells + [""] * (len(names) - len(cells))
        if not cells[answer]:
            continue
        if cells[question]:
            builder.add("heading", cells[question], level=2, row=number)
        builder.add("paragraph", cells[answer], row=number)
        others = [
            f"{name}: {cell}"
            for index, (name, cell) in enumerate(zip(names, cells, strict=False))
            if cell and name and index not in (question, answer)
        ]
        builder.add("row", "; ".join(others), row=number)
