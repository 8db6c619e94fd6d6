"""Writes a source text as an XLSX: one sheet per second-level heading, filled from its table."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from writers.source_text import Heading, SourceText, Table

DECIMAL = re.compile(r"\d+,\d\d")
MAX_COLUMN_WIDTH = 48


def write_xlsx(text: SourceText, path: Path) -> None:
    """Writes `text` to `path`; amounts become numbers with two decimals."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    stamp = dt.datetime.combine(text.valid_from, dt.time(8))
    workbook.properties.title = text.title
    workbook.properties.creator = "Almendro Hogar, S.A."
    workbook.properties.created = stamp
    name = text.title
    for block in text.blocks:
        if isinstance(block, Heading):
            name = block.text
        elif isinstance(block, Table):
            _fill(workbook.create_sheet(name), block)
    workbook.save(path)


def _fill(sheet: Any, table: Table) -> None:
    sheet.append(table.header)
    for row in table.rows:
        sheet.append([_value(cell) for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            if isinstance(cell.value, float):
                cell.number_format = "0.00"
    for index, column in enumerate(zip(table.header, *table.rows, strict=True), start=1):
        longest = max(len(value) for value in column)
        sheet.column_dimensions[get_column_letter(index)].width = min(MAX_COLUMN_WIDTH, longest + 2)
    sheet.freeze_panes = "A2"


def _value(cell: str) -> str | int | float | None:
    if DECIMAL.fullmatch(cell):
        return float(cell.replace(",", "."))
    return int(cell) if cell.isdigit() else cell or None
