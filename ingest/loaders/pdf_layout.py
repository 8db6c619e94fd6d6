"""Segments of a page -> lines and table rows in reading order. Pure.

The drawing order of a page is almost always its reading order, column after column, cell after
cell. So it is kept, and geometry only corrects it: stretches that stand above what was drawn
before them move up, and cells side by side become one row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.clean import clean_line, join_wrapped
from ingest.loaders.pdf_lines import Line, Table
from ingest.loaders.pdf_tables import find_tables
from ingest.loaders.pdf_text import Segment, joined

_LABEL = re.compile(
    r"^(?:[•●○◦▪▫■□‣⁃∙·➢➤✓✔❖*–—-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxlIVXL]{1,5})[.)]|\d{1,2}(?:\.\d{1,2})+\.?|[Qo])$"
)
_MAX_CELL_LINES = 8


@dataclass(frozen=True)
class _Run:
    """Lines that follow each other downwards and stand above each other."""

    lines: tuple[Line, ...]

    @property
    def top(self) -> float:
        return self.lines[0].y + self.lines[0].size

    @property
    def bottom(self) -> float:
        return self.lines[-1].y

    @property
    def x0(self) -> float:
        return min(line.x0 for line in self.lines)

    @property
    def x1(self) -> float:
        return max(line.x1 for line in self.lines)


def arrange(segments: Sequence[Segment]) -> list[Line | Table]:
    """Lines and tables of a page in reading order."""
    runs = _ordered(_runs(_lines(segments)))
    lines = [line for run in runs for line in run.lines]
    return find_tables(_folded(lines))


def _lines(segments: Sequence[Segment]) -> list[Line]:
    """Segments drawn one after the other on one baseline, left to right, are one line."""
    lines: list[list[Segment]] = []
    for segment in segments:
        last = lines[-1][-1] if lines else None
        if last is not None and _same_line(last, segment):
            lines[-1].append(segment)
        else:
            lines.append([segment])
    return [Line(tuple(_with_label(cells))) for cells in _rejoined(lines)]


def _rejoined(lines: list[list[Segment]]) -> list[list[Segment]]:
    """Pages drawn in no order at all (each word for itself) are sorted by place."""
    ups = sum(b[0].y > a[0].y + a[0].size for a, b in pairwise(lines))
    if len(lines) < 20 or ups < 0.4 * len(lines):
        return lines
    ordered = sorted((segment for line in lines for segment in line), key=lambda s: (-s.y, s.x0))
    rows: list[list[Segment]] = []
    for segment in ordered:
        if rows and abs(rows[-1][0].y - segment.y) < 0.4 * segment.size:
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda segment: segment.x0) for row in rows]


def _same_line(last: Segment, segment: Segment) -> bool:
    size = max(last.size, segment.size)
    return abs(last.y - segment.y) < 0.35 * size and segment.x0 > last.x1 - 0.5 * size


def _with_label(cells: list[Segment]) -> list[Segment]:
    """A bullet or item number joins the text after it, however wide the gap."""
    merged: list[Segment] = []
    for cell in cells:
        near = bool(merged) and cell.x0 - merged[-1].x1 < 0.3 * cell.size
        if merged and (near or (len(merged) == 1 and _LABEL.match(merged[0].text.strip()))):
            glue = "" if near and merged[-1].text[-1:] != " " and cell.text[:1] != " " else " "
            merged[-1] = joined([merged[-1], cell], glue)
        else:
            merged.append(cell)
    return merged


def _runs(lines: Sequence[Line]) -> list[_Run]:
    runs: list[list[Line]] = []
    for line in lines:
        last = runs[-1][-1] if runs else None
        if last is not None and line.y < last.y and line.x0 < last.x1 and line.x1 > last.x0:
            runs[-1].append(line)
        else:
            runs.append([line])
    return [_Run(tuple(lines)) for lines in runs]


def _ordered(runs: Sequence[_Run]) -> list[_Run]:
    """Runs in drawing order, but one that stands above earlier ones comes before them."""
    ordered: list[_Run] = []
    for run in runs:
        place = len(ordered)
        while place and _stands_above(run, ordered[place - 1]):
            place -= 1
        ordered.insert(place, run)
    return ordered


def _stands_above(run: _Run, other: _Run) -> bool:
    shared = min(run.x1, other.x1) - max(run.x0, other.x0)
    narrower = min(run.x1 - run.x0, other.x1 - other.x0)
    return run.bottom >= other.top - 0.3 * other.lines[0].size and shared > 0.3 * narrower


def _folded(lines: Sequence[Line]) -> list[Line]:
    """Lines with cells drawn one after the other, each with lines of its own, as one row.

    Short columns of prose look the same, so a row is folded only beside other rows, or when
    it has three cells or more.
    """
    items: list[list[Line]] = []  # lines that stay, or the cells of a row as [cell, cell, …]
    rows: list[list[list[Line]]] = []
    index = 0
    while index < len(lines):
        row, after = _row_at(lines, index)
        rows.append(row)
        items.append(list(lines[index:after]))
        index = after
    result: list[Line] = []
    for place, row in enumerate(rows):
        neighbours = [n for n in (place - 1, place + 1) if 0 <= n < len(rows)]
        beside = any(len(rows[n]) > 1 or len(items[n][0].cells) > 1 for n in neighbours)
        if len(row) >= 3 or (len(row) == 2 and beside):
            result.append(_row(row))
        else:
            result.extend(items[place])
    return result


def _row_at(lines: Sequence[Line], index: int) -> tuple[list[list[Line]], int]:
    """The cells of the row that begins at a line, and the index after it; one cell if none."""
    cells = [[lines[index]]]
    after = index + 1
    while after < len(lines) and len(cells[-1]) <= _MAX_CELL_LINES:
        line, last = lines[after], lines[after - 1]
        right_of = line.x0 > max(other.x1 for other in cells[-1]) - 1
        rises = line.y > last.y + 0.3 * line.size or (right_of and line.y > last.y - 1)
        level = line.y < cells[0][0].y + 1.2 * line.size
        if rises and right_of and level:
            cells.append([line])
        elif (
            rises
            or (len(cells) > 1 and line.x0 < max(o.x1 for o in cells[-2]) - 1)
            or last.y - line.y > 2 * line.size
        ):
            break
        else:
            cells[-1].append(line)
        after += 1
    if len(cells) == 1 or any(len(cell) > _MAX_CELL_LINES for cell in cells):
        return [[lines[index]]], index + 1
    return cells, after


def _row(row: Sequence[Sequence[Line]]) -> Line:
    """One line out of cells that may have several lines each."""
    columns: list[list[Segment]] = []
    pieces = sorted(
        (cell for lines in row for line in lines for cell in line.cells), key=lambda s: s.x0
    )
    for piece in pieces:
        if columns and piece.x0 < max(cell.x1 for cell in columns[-1]) - 1:
            columns[-1].append(piece)
        else:
            columns.append([piece])
    cells = []
    for column in columns:
        column.sort(key=lambda piece: -piece.y)
        text = join_wrapped([clean_line(piece.text) for piece in column])
        cell = joined(column)
        cells.append(Segment(text, cell.x0, cell.x1, row[0][0].y, cell.size, cell.bold, cell.mono))
    return Line(tuple(cells), bottom=min(piece.y for piece in pieces))
