"""A page's lines and tables, the two things its layout is made of."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.clean import clean_line
from ingest.loaders.pdf_text import Segment


@dataclass(frozen=True)
class Line:
    """One visual line: a text line has one cell, a line of a table several.

    Attributes:
        cells: from left to right.
        bottom: baseline of the last text line of the row, where cells have several.
    """

    cells: tuple[Segment, ...]
    bottom: float | None = None

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.cells[0].x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(cell.x1 for cell in self.cells)

    @property
    def y(self) -> float:
        """Baseline."""
        return self.cells[0].y

    @property
    def size(self) -> float:
        """Font size of the longest cell."""
        return max(self.cells, key=lambda cell: len(cell.text)).size

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(cell.bold for cell in self.cells)

    @property
    def text(self) -> str:
        """The line as running text; program text keeps its spaces."""
        text = " ".join(cell.text for cell in self.cells)
        return text.strip() if all(cell.mono for cell in self.cells) else clean_line(text)


@dataclass(frozen=True)
class Table:
    """Rows of cell texts, columns aligned; an empty string where a row has no cell."""

    rows: tuple[tuple[str, ...], ...]
    has_header: bool | None
    y: float
    x0: float
