"""Writes a source text as a PDF: running header, page numbers, outline, one or two columns."""

from functools import partial
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    ListFlowable,
    NextPageTemplate,
    PageTemplate,
    Spacer,
    TableStyle,
)
from reportlab.platypus import Paragraph as Text
from reportlab.platypus import Table as Grid

from writers.source_text import Block, Heading, Listing, Paragraph, Run, SourceText, Table

BROWN = colors.HexColor("#5a3b1c")
MARGIN = 2 * cm
GUTTER = 0.8 * cm
TITLE_HEIGHT = 3.4 * cm
CELL_PADDING = 14
PAGE_WORD = {"es": "Página", "en": "Page"}


class _Document(BaseDocTemplate):  # type: ignore[misc]  # reportlab has no types
    """A document that puts each heading into the PDF outline."""

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802  # name fixed by reportlab
        level = getattr(flowable, "outline_level", None)
        if level is None:
            return
        key = f"h{self.seq.nextf('heading')}"
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(flowable.getPlainText(), key, level=level, closed=False)


def write_pdf(text: SourceText, path: Path) -> None:
    """Writes `text` to `path`; the same text gives the same bytes."""
    _register_fonts()
    document = _Document(
        str(path),
        pagesize=A4,
        invariant=1,
        lang=text.language,
        title=text.title,
        author="Almendro Hogar, S.A.",
        subject=text.reference,
    )
    document.addPageTemplates(_page_templates(text))
    document.build(_story(text))


def _register_fonts() -> None:
    """Registers the Bitstream Vera faces that come with reportlab."""
    for name, file in (("Vera", "Vera.ttf"), ("VeraBd", "VeraBd.ttf")):
        pdfmetrics.registerFont(TTFont(name, file))
    pdfmetrics.registerFontFamily("Vera", normal="Vera", bold="VeraBd")


def _page_templates(text: SourceText) -> list[PageTemplate]:
    width, height = A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN - 1 * cm
    bottom = MARGIN + 0.5 * cm
    furniture = partial(_draw_furniture, text)
    if text.columns == 1:
        return [PageTemplate("all", [Frame(MARGIN, bottom, width, height)], onPage=furniture)]
    column = (width - GUTTER) / 2
    lefts = (MARGIN, MARGIN + column + GUTTER)
    short = height - TITLE_HEIGHT
    title = Frame(MARGIN, bottom + short, width, TITLE_HEIGHT)
    first = [title, *(Frame(left, bottom, column, short) for left in lefts)]
    later = [Frame(left, bottom, column, height) for left in lefts]
    return [
        PageTemplate("first", first, onPage=furniture),
        PageTemplate("later", later, onPage=furniture),
    ]


def _draw_furniture(text: SourceText, canvas: Any, document: BaseDocTemplate) -> None:
    """Draws the running header and the footer with the page number."""
    canvas.saveState()
    canvas.setFont("Vera", 8)
    canvas.setFillColor(BROWN)
    top, right = A4[1] - 1.4 * cm, A4[0] - MARGIN
    canvas.drawString(MARGIN, top, "Almendro Hogar, S.A.")
    canvas.drawRightString(right, top, text.reference)
    canvas.line(MARGIN, top - 4, right, top - 4)
    canvas.drawString(MARGIN, 1.3 * cm, text.title)
    canvas.drawRightString(right, 1.3 * cm, f"{PAGE_WORD[text.language]} {document.page}")
    canvas.restoreState()


def _story(text: SourceText) -> list[Flowable]:
    width = A4[0] - 2 * MARGIN
    column = width if text.columns == 1 else (width - GUTTER) / 2
    size = 9.5 if text.columns == 1 else 8.5
    story: list[Flowable] = []
    broke = text.columns == 1
    for block in text.blocks:
        if not broke and isinstance(block, Heading) and block.level > 1:
            story += [NextPageTemplate("later"), FrameBreak()]
            broke = True
        story += _flowables(block, size=size, width=column - 12)
    return story


def _flowables(block: Block, *, size: float, width: float) -> list[Flowable]:
    body = ParagraphStyle("body", fontName="Vera", fontSize=size, leading=size * 1.4, spaceAfter=6)
    match block:
        case Heading():
            return [_heading(block, size)]
        case Paragraph(runs):
            return [Text(_markup(runs), body)]
        case Listing(ordered, items):
            return [_listing(items, body, ordered=ordered), Spacer(1, 4)]
        case Table():
            return [_grid(block, size, width), Spacer(1, 8)]
    raise ValueError(f"a PDF cannot hold a {type(block).__name__}")


def _listing(
    items: tuple[tuple[Run, ...], ...], body: ParagraphStyle, *, ordered: bool
) -> Flowable:
    line = ParagraphStyle("line", parent=body, spaceAfter=2)
    return ListFlowable(
        [Text(_markup(item), line) for item in items],
        bulletType="1" if ordered else "bullet",
        bulletFormat="%s." if ordered else None,
        start=None if ordered else "•",
        bulletFontName="Vera",
        bulletFontSize=body.fontSize,
        leftIndent=16,
    )


def _heading(block: Heading, size: float) -> Flowable:
    font_size = size * 1.9 if block.level == 1 else size * 1.35
    style = ParagraphStyle(
        f"h{block.level}",
        fontName="VeraBd",
        fontSize=font_size,
        leading=font_size * 1.25,
        spaceBefore=8,
        spaceAfter=6,
        textColor=BROWN,
        keepWithNext=1,
    )
    flowable = Text(escape(block.text), style)
    flowable.outline_level = block.level - 1
    return flowable


def _grid(table: Table, size: float, width: float) -> Flowable:
    cell = ParagraphStyle("cell", fontName="Vera", fontSize=size - 1, leading=(size - 1) * 1.25)
    head = ParagraphStyle("head", parent=cell, fontName="VeraBd")
    rows = [[Text(escape(value), head) for value in table.header]]
    rows += [[Text(escape(value), cell) for value in row] for row in table.rows]
    style = [
        ("GRID", (0, 0), (-1, -1), 0.4, colors.grey),
        ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#f1e6d8")),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    widths = _column_widths(table, size - 1, width)
    return Grid(rows, colWidths=widths, repeatRows=1, style=TableStyle(style))


def _column_widths(table: Table, size: float, width: float) -> list[float]:
    """Gives each column its longest word, then shares what is left by the longest cell (points)."""
    columns = [(*column,) for column in zip(table.header, *table.rows, strict=True)]
    words = [[word for cell in column for word in cell.split()] for column in columns]
    floors = [
        CELL_PADDING + max(pdfmetrics.stringWidth(word, "VeraBd", size) for word in column)
        for column in words
    ]
    wishes = [min(36, max(len(cell) for cell in column)) for column in columns]
    spare = width - sum(floors)
    return [f + spare * wish / sum(wishes) for f, wish in zip(floors, wishes, strict=True)]


def _markup(runs: tuple[Run, ...]) -> str:
    return "".join(f"<b>{escape(r.text)}</b>" if r.bold else escape(r.text) for r in runs)
