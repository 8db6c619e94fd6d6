"""Workbooks -> blocks: every visible sheet a heading, every row a line with its row number."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Sequence
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from ingest.clean import clean_line
from ingest.loaders.extract import Extract, TextBuilder, add_table, is_header_row
from ingest.loaders.numbers import reads_spanish, show_value
from knowledge.errors import DocumentRefused

_MAX_CELLS = 400_000
_MAX_COLUMNS = 256
_ERROR = re.compile(r"^#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!)$")
Row = tuple[int, list[str]]


def load_xlsx(data: bytes, name: str) -> Extract:
    """Blocks of the visible sheets; formulas by the value they had when the file was saved."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles it does not know
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            return _read(book, name)
    except (InvalidFileException, KeyError, ValueError, TypeError, OSError, EOFError) as error:
        raise DocumentRefused(
            "damaged", f"{name}: not a whole workbook ({type(error).__name__}); save it anew"
        ) from error


def _read(book: Any, name: str) -> Extract:
    builder = TextBuilder()
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    values = [(sheet.title, _cells(sheet, name)) for sheet in sheets]
    words = " ".join(
        value for _, rows in values for _, row in rows[:200] for value, _ in row if _is_text(value)
    )
    spanish = reads_spanish(words)
    for title, rows in values:
        shown: list[Row] = [
            (number, [_shown(value, code, spanish=spanish) for value, code in row])
            for number, row in rows
        ]
        _add_sheet(builder, title, [row for row in shown if any(row[1])])
    return builder.build(book.properties.title)


def _cells(sheet: Any, name: str) -> list[tuple[int, list[tuple[Any, str]]]]:
    """Row number and (value, number format) of each cell, for rows that hold something."""
    sheet.reset_dimensions()  # sizes stated in the file may be wrong, or huge
    rows: list[tuple[int, list[tuple[Any, str]]]] = []
    count = 0
    for number, row in enumerate(sheet.iter_rows(max_col=_MAX_COLUMNS), start=1):
        cells = [(cell.value, str(getattr(cell, "number_format", "") or "")) for cell in row]
        while cells and cells[-1][0] is None:
            cells.pop()
        count += len(cells)
        if count > _MAX_CELLS:
            raise DocumentRefused(
                "too-large",
                f"{name}: sheet {sheet.title!r} has more than {_MAX_CELLS} cells; divide it",
            )
        if cells:
            rows.append((number, cells))
    return rows


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _shown(value: object, code: str, *, spanish: bool) -> str:
    text = clean_line(show_value(value, code, spanish=spanish))
    return "" if _ERROR.match(text) else text


def _add_sheet(builder: TextBuilder, title: str, rows: Sequence[Row]) -> None:
    """A sheet's notes above the table as paragraphs, then the table under its header row."""
    if not rows:
        return
    builder.add("heading", title, level=1)
    start = _header_index(rows)
    for number, cells in rows[: start or 0]:
        text = " | ".join(cell for cell in cells if cell)
        builder.add("paragraph" if sum(map(bool, cells)) == 1 else "row", text, row=number)
    table = rows[start or 0 :]
    width = max(len(cells) for _, cells in table)
    padded = [cells + [""] * (width - len(cells)) for _, cells in table]
    numbers = [number for number, _ in table]
    add_table(builder, padded, header=start is not None, numbers=numbers)


def _header_index(rows: Sequence[Row]) -> int | None:
    """Which of the first rows names the columns; `None` when none does."""
    for index, (_, cells) in enumerate(rows[:10]):
        following = [row for _, row in rows[index + 1 : index + 30]]
        usual = sorted(sum(map(bool, row)) for row in following)
        if not usual or sum(map(bool, cells)) < max(2, usual[len(usual) // 2] - 1):
            continue
        if is_header_row(cells, following):
            return index
    return None
