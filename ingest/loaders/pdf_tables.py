"""Lines with cells -> tables, where the cells of neighbouring lines are aligned. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ingest.clean import clean_line, join_wrapped
from ingest.loaders.pdf_lines import Line, Table
from ingest.loaders.pdf_text import joined

_LEADERS = re.compile(r"(?:\s?\.){5,}")
_COLUMN_MIN_LINES = 8
"""Fewer lines side by side are rows of a table rather than columns of prose."""


def find_tables(lines: Sequence[Line]) -> list[Line | Table]:
    """Lines with stretches of aligned multi-cell lines made tables."""
    result: list[Line | Table] = []
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and _belongs(lines, start, end):
            end += 1
        while end > start and len(lines[end - 1].cells) < 2 and not _continues(lines, end - 1):
            end -= 1
        stretch = lines[start:end]
        if _is_table(stretch):
            result.extend(_columns_of_prose(stretch) or [_table(stretch)])
            start = end
        else:
            result.extend(_unaligned(line) for line in lines[start : max(end, start + 1)])
            start = max(end, start + 1)
    return result


def _is_table(stretch: Sequence[Line]) -> bool:
    """Three aligned rows, or two whose gaps no justified line has."""
    rows = [line for line in stretch if len(line.cells) > 1]
    if all(cell.mono for line in rows for cell in line.cells):
        return False  # program text, aligned with spaces
    gaps = [
        (right.x0 - left.x1) / line.size for line in rows for left, right in pairwise(line.cells)
    ]
    wide = sum(gap > 2 for gap in gaps) >= 0.5 * len(gaps)
    return len(rows) >= (2 if wide else 3) and _aligned(stretch)


def _belongs(lines: Sequence[Line], start: int, index: int) -> bool:
    line = lines[index]
    if len(line.cells) > 1:
        above = lines[index - 1]
        end = above.y if above.bottom is None else above.bottom
        return index == start or 0 < end - line.y < 4 * line.size
    return index > start and _continues(lines, index)


def _continues(lines: Sequence[Line], index: int) -> bool:
    """Whether a line of one cell is the rest of a cell above it: close, and not at the left."""
    line, above = lines[index], lines[index - 1]
    close = 0 < above.y - line.y < 1.4 * line.size
    owner = next((row for row in reversed(lines[:index]) if len(row.cells) > 1), None)
    return close and owner is not None and line.x0 > owner.x0 + line.size and line.x0 < owner.x1


def _aligned(lines: Sequence[Line]) -> bool:
    """Whether cells stand under each other: by their left edges, right edges or middles."""
    rows = [line for line in lines if len(line.cells) > 1]
    tolerance = 0.6 * rows[0].size
    cells = [cell for row in rows for cell in row.cells[1:]]
    return any(
        _shared(places, tolerance) >= 0.6 * len(places)
        for places in (
            [cell.x0 for cell in cells],
            [cell.x1 for cell in cells],
            [(cell.x0 + cell.x1) / 2 for cell in cells],
        )
    )


def _shared(places: Sequence[float], tolerance: float) -> int:
    """How many of the places have another one within the tolerance, roughly."""
    slots = Counter(round(place / tolerance) for place in places)
    near = (
        sum(slots[slot + step] for step in (-1, 0, 1))
        for slot in (round(place / tolerance) for place in places)
    )
    return sum(count > 1 for count in near)


def _unaligned(line: Line) -> Line:
    """A lone line with gaps: running text, bars only where the gaps are very wide."""
    cells = [line.cells[0]]
    for cell in line.cells[1:]:
        gap = (cell.x0 - cells[0].x1) / cell.size
        # Typewriter letters are 0.6 font sizes wide: program text keeps its columns.
        space = " " * round(gap / 0.6) if cell.mono else " | " if gap > 4 else " "
        cells = [joined([cells[0], cell], space or " ")]
    return Line(tuple(cells))


def _columns_of_prose(lines: Sequence[Line]) -> list[Line | Table]:
    """Two columns of running text whose lines were drawn side by side; empty for a table."""
    rows = [line for line in lines if len(line.cells) == 2]
    if len(rows) < _COLUMN_MIN_LINES or len(rows) < 0.8 * len(lines):
        return []
    left = [row.cells[0] for row in rows]
    right = [row.cells[1] for row in rows]
    for column in (left, right):
        width = max(cell.x1 for cell in column) - min(cell.x0 for cell in column)
        full = sum(cell.x1 - cell.x0 > 0.8 * width for cell in column)
        if full < 0.6 * len(column) or width < 15 * column[0].size:
            return []
    gutter = min(cell.x0 for cell in right)
    sides: tuple[list[Line | Table], list[Line | Table]] = ([], [])
    for line in lines:
        for cell in line.cells:
            sides[cell.x0 >= gutter - 1].append(Line((cell,)))
    return sides[0] + sides[1]


def _table(lines: Sequence[Line]) -> Table:
    bounds = _column_bounds(lines)
    rows: list[list[str]] = []
    for line in lines:
        cells = [""] * (len(bounds) + 1)
        for cell in line.cells:
            column = sum((cell.x0 + cell.x1) / 2 > bound for bound in bounds)
            cells[column] = clean_line(f"{cells[column]} {_LEADERS.sub(' ', cell.text)}")
        if len(line.cells) == 1 and rows:
            rows[-1] = [
                join_wrapped([a, b]) if b else a for a, b in zip(rows[-1], cells, strict=True)
            ]
        else:
            rows.append(cells)
    names = lines[0].bold and not all(line.bold for line in lines)
    header = True if names and len(lines[0].cells) >= len(bounds) else None
    return Table(tuple(map(tuple, rows)), header, lines[0].y, lines[0].x0)


def _column_bounds(lines: Sequence[Line]) -> list[float]:
    """Where columns meet, from the lines that have the most usual number of cells."""
    counts = Counter(len(line.cells) for line in lines if len(line.cells) > 1)
    usual = max(counts, key=lambda n: (counts[n], n))
    full = [line.cells for line in lines if len(line.cells) == usual]
    bounds = []
    for left, right in zip(range(usual - 1), range(1, usual), strict=True):
        end = sorted(cells[left].x1 for cells in full)
        start = sorted(cells[right].x0 for cells in full)
        bounds.append((end[len(end) // 2] + start[len(start) // 2]) / 2)
    return bounds
