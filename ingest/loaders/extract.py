"""What every loader returns, and the builder that keeps its offsets exact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.clean import clean_line, clean_lines, count_invisible
from knowledge.models import Block, BlockKind

MAX_HEADING_LEVEL = 6
_ONE_LINE_APART = frozenset({"list", "row", "table"})


@dataclass(frozen=True)
class Extract:
    """The text of one file.

    Attributes:
        title: the file's own title, `None` when it gives none.
        text: NFC, blocks separated by white space.
        blocks: in reading order, non-overlapping, offsets into ``text``.
        warnings: what could not be read although the rest could, one line each.
    """

    title: str | None
    text: str
    blocks: tuple[Block, ...]
    warnings: tuple[str, ...] = ()


@dataclass
class TextBuilder:
    """Collects blocks in reading order; text is cleaned on the way in.

    List items, table headers and rows that follow each other are one line apart, all other
    blocks are separated by an empty line.
    """

    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    invisible: int = 0
    _length: int = 0

    def add(
        self,
        kind: BlockKind,
        text: str,
        *,
        level: int = 0,
        page: int | None = None,
        row: int | None = None,
    ) -> None:
        """Append one block; text that is empty after cleaning adds nothing."""
        self.invisible += count_invisible(text)
        cleaned = clean_lines(text) if kind == "code" else clean_line(text)
        if not cleaned:
            return
        self._separate(kind)
        start = self._length
        self._append(cleaned)
        level = min(max(level, 1), MAX_HEADING_LEVEL) if kind == "heading" else 0
        self.blocks.append(Block(kind, start, self._length, level=level, page=page, row=row))

    def _separate(self, kind: BlockKind) -> None:
        if self.blocks:
            near = kind in _ONE_LINE_APART and self.blocks[-1].kind in _ONE_LINE_APART
            self._append("\n" if near else "\n\n")

    def _append(self, text: str) -> None:
        self.parts.append(text)
        self._length += len(text)

    def extend(self, other: Extract) -> None:
        """Append every block of another extract."""
        for block in other.blocks:
            text = other.text[block.start : block.end]
            self.add(block.kind, text, level=block.level, page=block.page, row=block.row)
        self.warnings.extend(other.warnings)

    def first_heading(self) -> str | None:
        """Text of the first level-1 heading, or of the heading that the text begins with."""
        headings = [block for block in self.blocks if block.kind == "heading"]
        top = next((block for block in headings if block.level == 1), None)
        if top is None and headings and headings[0] is self.blocks[0]:
            top = headings[0]
        return "".join(self.parts)[top.start : top.end] if top else None

    def build(self, title: str | None = None) -> Extract:
        """The extract; a title that says nothing gives way to the first level-1 heading."""
        title = sensible_title(title) or sensible_title(self.first_heading())
        return Extract(title, "".join(self.parts), tuple(self.blocks), tuple(self.warnings))


_SAYS_NOTHING = re.compile(
    r"""(?ix)^(?:
    (?:untitled|sin\ t[ií]tulo)(?:\ document|\ presentation)?\s*\d*
    |(?:(?:word\ )?document|documento?(?:\ sin\ t[ií]tulo)?|(?:powerpoint\ )?presentation
      |presentaci[oó]n(?:\ de\ powerpoint)?|workbook|libro|sheet|hoja|title|page|index|home|inicio
      |plantilla|template|unspecified|anonymous|none|null|unknown)\s*\d*
    |microsoft\ (?:word|powerpoint|excel)\b.*
    |[^/\\]+\.(?:docx?|pptx?|xlsx?|pdf|html?|md|txt|indd|odt|rtf|qxd|tex|dvi|ps|csv)
    |\w*_\w*
    )$"""
)


def sensible_title(title: str | None, *, max_chars: int = 200) -> str | None:
    """The title if a person would call the document so, else `None`.

    Refused are placeholders (``Untitled``, ``Microsoft Word - …``), file names and titles of
    more than ``max_chars`` characters.
    """
    cleaned = clean_line(title or "")
    if len(cleaned) < 2 or len(cleaned) > max_chars or _SAYS_NOTHING.match(cleaned):
        return None
    return cleaned if any(char.isalpha() for char in cleaned) else None


def is_header_row(cells: Sequence[str], following: Sequence[Sequence[str]]) -> bool:
    """Whether a table's first row names its columns.

    It does when every used cell is short text without digits-only content, no name comes
    twice, and the following rows look different (have numbers or longer text) or the table
    has three columns and three rows or more.
    """
    used = [cell for cell in cells if cell]
    if len(used) < 2 or len(used) < len(cells) - 1 or len(set(used)) < len(used) or not following:
        return False
    if any(len(cell) > 60 or not any(char.isalpha() for char in cell) for cell in used):
        return False
    if any(cell[-1] in ".;:" and len(cell) > 25 for cell in used):
        return False
    body = [cell for row in following for cell in row if cell]
    longer = sum(len(cell) for cell in body) / max(len(body), 1) > 1.5 * max(map(len, used))
    numbers = any(char.isdigit() for cell in body for char in cell) and not any(
        char.isdigit() for cell in used for char in cell
    )
    # Two columns may as well be names and their values, without a header.
    return longer or numbers or (len(used) >= 3 and len(following) >= 2)


def row_text(cells: Sequence[str], header: Sequence[str] | None) -> str:
    """One table row as a line: ``Header: value; Header: value``, or cells between bars.

    >>> row_text(["COL-90", "199 €"], ["Código", "Precio"])
    'Código: COL-90; Precio: 199 €'
    >>> row_text(["Lunes", "cerrado"], None)
    'Lunes | cerrado'
    """
    if header is None:
        return " | ".join(cell for cell in cells if cell)
    names = [*header, *[""] * (len(cells) - len(header))]
    pairs = list(zip(names, cells, strict=False))
    label = ""
    if pairs and pairs[0][1] and not pairs[0][0]:  # a nameless first column labels the rows
        label = f"{pairs.pop(0)[1].rstrip(':')} — "
    said = [f"{name.rstrip(':')}: {cell}" if name else cell for name, cell in pairs if cell]
    return (label + "; ".join(said)).removesuffix(" — ")


def add_table(
    builder: TextBuilder,
    rows: Sequence[Sequence[str]],
    *,
    header: bool | None = None,
    page: int | None = None,
    numbers: Sequence[int] | None = None,
) -> None:
    """Add a table, one row a block.

    Args:
        builder: where it goes.
        rows: cleaned or raw cell texts; ragged rows are allowed, rows without text dropped.
        header: whether the first row names the columns; `None` decides by its look.
        page: page of the table.
        numbers: row numbers as the reader of the file sees them; by default from 1.
    """
    numbered = list(zip(numbers or range(1, len(rows) + 1), rows, strict=False))
    table = [(n, [clean_line(cell) for cell in row]) for n, row in numbered]
    table = [(n, row) for n, row in table if any(row)]
    if not table:
        return
    first = table[0][1]
    if header is None:
        header = is_header_row(first, [row for _, row in table[1:]])
    names = first if header and len(table) > 1 else None
    for n, row in table:
        if names is not None and row == names:
            if n == table[0][0]:
                builder.add("table", " | ".join(cell for cell in row if cell), page=page, row=n)
            continue  # a header repeated at the top of each page says nothing new
        builder.add("row", row_text(row, names), page=page, row=n)
