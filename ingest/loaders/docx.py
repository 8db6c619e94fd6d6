"""Word documents -> blocks: headings by style, lists with their numbers, tables in order."""

from __future__ import annotations

import io
import re
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from ingest.clean import clean_line
from ingest.loaders.docx_numbers import Numbering
from ingest.loaders.extract import Extract, TextBuilder, add_table
from knowledge.errors import DocumentRefused

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING_STYLE = re.compile(r"(?i)^(?:heading|t[ií]tulo|encabezado)\s*(\d)$")
_DROPPED = frozenset(
    f"{_W}{tag}"
    for tag in "del moveFrom instrText delText pPr rPr sectPr fldData proofErr bookmarkStart "
    "bookmarkEnd commentRangeStart commentRangeEnd commentReference footnoteReference".split()
) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_TEXT, _TAB, _PARAGRAPH = f"{_W}t", f"{_W}tab", f"{_W}p"
_TABLE, _ROW, _CELL = f"{_W}tbl", f"{_W}tr", f"{_W}tc"
_BREAKS = frozenset({f"{_W}br", f"{_W}cr"})
_TEXT_BOX = f"{_W}txbxContent"


def load_docx(data: bytes, name: str) -> Extract:
    """Blocks of a Word file; headers, footers, comments and deleted text left out."""
    try:
        document = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError, AttributeError) as error:
        raise DocumentRefused(
            "damaged", f"{name}: not a whole Word document ({type(error).__name__}); save it anew"
        ) from error
    reader = _Reader(document)
    reader.read(document.element.body)
    reader.read_notes()
    return reader.builder.build(document.core_properties.title or reader.title)


class _Reader:
    """Walks the body in order."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.builder = TextBuilder()
        self.title: str | None = None
        self.numbering = Numbering(document)
        self.bold_rows: set[int] = set()  # of the table that is being read
        self.styles = {style.style_id: style for style in document.styles}
        used = {self._style_name(p) for p in document.element.body.iter(_PARAGRAPH)}
        # Without heading styles, short paragraphs all in bold are what the writer took for them.
        self.has_styles = any(_HEADING_STYLE.match(style) for style in used)

    def read(self, parent: Any) -> None:
        """Add the blocks of an element's children."""
        for child in parent:
            if child.tag == _PARAGRAPH:
                self._paragraph(child)
            elif child.tag == _TABLE:
                self._table(child)
            elif child.tag == f"{_W}altChunk":
                self._foreign(child)
            elif child.tag not in _DROPPED and isinstance(child.tag, str):
                self.read(child)  # content controls, accepted insertions, custom XML

    def _paragraph(self, paragraph: Any) -> None:
        text = clean_line(_text(paragraph))
        style = self._style_name(paragraph)
        if text:
            self._add(paragraph, text, style)
        for box in paragraph.iter(_TEXT_BOX):
            if not _inside_fallback(box):
                self.read(box)

    def _add(self, paragraph: Any, text: str, style: str) -> None:
        if style.lower() in ("title", "título", "titulo", "puesto"):
            self.title = self.title or text
            self.builder.add("heading", text, level=1)
            return
        if style.lower().startswith(("toc ", "tdc ")):
            return  # the table of contents repeats the headings
        label = self.numbering.label(paragraph)
        level = self._heading_level(paragraph, style)
        if not level and not self.has_styles and label is None:
            level = 2 if is_titlelike(text) and _is_bold(paragraph) else 0
        if level:
            self.builder.add("heading", f"{label or ''} {text}", level=level)
        elif label is None:
            self.builder.add("paragraph", text)
        else:
            self.builder.add("list", f"{label} {text}")

    def _style_name(self, paragraph: Any) -> str:
        found = paragraph.find(f"{_W}pPr/{_W}pStyle")
        style = self.styles.get(found.get(qn("w:val"))) if found is not None else None
        return str(style.name or "") if style is not None else ""

    def _heading_level(self, paragraph: Any, style: str) -> int:
        """1 to 6 by the style's name or outline level, 0 for body text."""
        match = _HEADING_STYLE.match(style)
        if match:
            return min(int(match.group(1)), 6)
        own = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
        value = own.get(qn("w:val")) if own is not None else None
        return int(value) + 1 if value and value.isdecimal() and int(value) < 6 else 0

    def _table(self, table: Any) -> None:
        """A table; rows of one filled cell in it are its subtitles or ordinary text."""
        rows = [
            [cell for cell in row.iter(_CELL) if _nearest(cell, _ROW) is row]
            for row in table.iter(_ROW)
            if _nearest(row, _TABLE) is table
        ]
        gathered: list[tuple[int, list[str]]] = []
        self.bold_rows = {
            number
            for number, row in enumerate(rows, start=1)
            if all(_is_bold(p) for cell in row for p in cell.iter(_PARAGRAPH) if _text(p).strip())
        }
        for number, row in enumerate(rows, start=1):
            texts = [_cell_text(cell) for cell in row]
            if sum(map(bool, texts)) > 1:
                gathered.append((number, texts))
                continue
            if len(row) > 1 and gathered and not texts[0]:
                gathered.append((number, texts))  # the rest of the row above it
                continue
            self._write_rows(gathered)
            for cell, text in zip(row, texts, strict=True):
                self._lone_cell(cell, text)
        self._write_rows(gathered)

    def _write_rows(self, rows: list[tuple[int, list[str]]]) -> None:
        numbers = [number for number, _ in rows]
        named = (
            bool(rows) and numbers[0] in self.bold_rows and not self.bold_rows.issuperset(numbers)
        )
        texts = [row for _, row in rows]
        add_table(self.builder, texts, header=True if named else None, numbers=numbers)
        rows.clear()

    def _lone_cell(self, cell: Any, text: str) -> None:
        paragraphs = [p for p in cell.iter(_PARAGRAPH) if clean_line(_text(p))]
        if len(paragraphs) == 1 and is_titlelike(text) and _is_bold(paragraphs[0]):
            self.builder.add("heading", text, level=3)
        elif text:
            self.read(cell)

    def _foreign(self, chunk: Any) -> None:
        """Text kept as an HTML or plain part inside the file."""
        part = self.document.part.related_parts.get(chunk.get(qn("r:id")))
        if part is None:
            return
        kind = part.content_type.lower()
        if "html" in kind:
            from ingest.loaders.html import load_html

            self.builder.extend(load_html(part.blob, str(part.partname)))
        elif "plain" in kind:
            from ingest.loaders.plain import load_plain

            self.builder.extend(load_plain(part.blob, str(part.partname)))

    def read_notes(self) -> None:
        """Footnotes and endnotes, after the text."""
        from docx.oxml import parse_xml

        for relation in self.document.part.rels.values():
            if relation.is_external or not relation.reltype.endswith(("/footnotes", "/endnotes")):
                continue
            for note in parse_xml(relation.target_part.blob):
                if note.get(qn("w:type")) in (None, "normal"):
                    self.read(note)


def _text(element: Any) -> str:
    """Text of a paragraph as accepted: without deletions, moved-away text and text boxes."""
    parts: list[str] = []
    for child in element:
        if child.tag in _DROPPED or child.tag == _TEXT_BOX or not isinstance(child.tag, str):
            continue
        if child.tag == _TEXT:
            parts.append(child.text or "")
        elif child.tag == _TAB or child.tag in _BREAKS:
            parts.append(" ")
        elif child.tag == f"{_W}noBreakHyphen":
            parts.append("-")
        else:
            parts.append(_text(child))
    return "".join(parts)


def is_titlelike(text: str) -> bool:
    """Whether a text is short and no sentence."""
    return len(text) <= 90 and text[-1:] not in ".,;:" and any(c.isalpha() for c in text)


def _is_bold(paragraph: Any) -> bool:
    """Whether every run that shows something is bold by its own formatting."""
    runs = [run for run in paragraph.iter(f"{_W}r") if clean_line(_text(run))]
    return bool(runs) and all(_is_on(run.find(f"{_W}rPr/{_W}b")) for run in runs)


def _is_on(element: Any) -> bool:
    return element is not None and element.get(qn("w:val")) not in ("0", "false", "off")


def _cell_text(cell: Any) -> str:
    texts = [clean_line(_text(paragraph)) for paragraph in cell.iter(_PARAGRAPH)]
    return " ".join(text for text in texts if text)


def _nearest(element: Any, tag: str) -> Any:
    return next(element.iterancestors(tag), None)


def _inside_fallback(element: Any) -> bool:
    fallback = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
    return any(True for _ in element.iterancestors(fallback))
