"""Presentations -> blocks: slide number as page, title as heading, notes after the slide."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pptx
from lxml import etree
from pptx.exc import PackageNotFoundError, PythonPptxError

from ingest.clean import clean_line
from ingest.loaders.extract import Extract, TextBuilder, add_table
from ingest.loaders.numbers import reads_spanish
from knowledge.errors import DocumentRefused

_FURNITURE = frozenset({"DATE", "FOOTER", "SLIDE_NUMBER", "HEADER"})
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def load_pptx(data: bytes, name: str) -> Extract:
    """Blocks of the slides that are shown; hidden slides and footers left out."""
    try:
        slides = pptx.Presentation(io.BytesIO(data))
        return _read(slides)
    except (PackageNotFoundError, PythonPptxError, KeyError, ValueError, etree.LxmlError) as error:
        raise DocumentRefused(
            "damaged", f"{name}: not a whole presentation ({type(error).__name__}); save it anew"
        ) from error


def _read(presentation: Any) -> Extract:
    builder = TextBuilder()
    for number, slide in enumerate(presentation.slides, start=1):
        if slide.element.get("show") != "0":
            _add_slide(builder, slide, number)
    return builder.build(presentation.core_properties.title)


def _add_slide(builder: TextBuilder, slide: Any, page: int) -> None:
    title = slide.shapes.title
    if title is not None and title.has_text_frame:
        builder.add("heading", title.text_frame.text, level=1 if page == 1 else 2, page=page)
    shown = [shape for shape in _shapes(slide.shapes) if not _is_title(shape, title)]
    for shape in sorted(shown, key=_place):
        _add_shape(builder, shape, page)
    if slide.has_notes_slide:
        frame = slide.notes_slide.notes_text_frame
        notes = clean_line(frame.text) if frame is not None else ""
        if notes:
            label = "Notas del orador" if reads_spanish(notes) else "Speaker notes"
            builder.add("paragraph", f"{label}: {notes}", page=page)


def _shapes(shapes: Any) -> Iterator[Any]:
    """Every shape, those inside groups too."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes)
        else:
            yield shape


def _is_title(shape: Any, title: Any) -> bool:
    if title is not None and shape.shape_id == title.shape_id:
        return True
    return bool(shape.is_placeholder and shape.placeholder_format.type.name in _FURNITURE)


def _place(shape: Any) -> tuple[int, int]:
    """Top to bottom, then left to right; tops within half an inch count as equal."""
    half_inch = 457_200  # in EMU
    return (shape.top or 0) // half_inch, shape.left or 0


def _add_shape(builder: TextBuilder, shape: Any, page: int) -> None:
    if getattr(shape, "has_table", False) and shape.has_table:
        rows = [[cell.text for cell in row.cells] for row in shape.table.rows]
        add_table(builder, rows, header=True if shape.table.first_row else None, page=page)
    elif shape.has_text_frame:
        paragraphs = [p for p in shape.text_frame.paragraphs if clean_line(_text(p))]
        listed = len(paragraphs) > 1 or _is_body(shape)
        for paragraph in paragraphs:
            builder.add("list" if listed else "paragraph", _text(paragraph), page=page)
    elif getattr(shape, "has_chart", False) and shape.has_chart:
        _add_chart(builder, shape.chart, page)


def _text(paragraph: Any) -> str:
    """Runs, fields and line breaks of a paragraph."""
    nodes = paragraph._p.iter(f"{_DRAWING}t", f"{_DRAWING}br")  # the public text drops fields
    return "".join(node.text or "" if node.tag == f"{_DRAWING}t" else " " for node in nodes)


def _is_body(shape: Any) -> bool:
    return bool(shape.is_placeholder and shape.placeholder_format.type.name in ("BODY", "OBJECT"))


def _add_chart(builder: TextBuilder, chart: Any, page: int) -> None:
    """A chart's title and values as a table."""
    if chart.has_title and chart.chart_title.has_text_frame:
        builder.add("paragraph", chart.chart_title.text_frame.text, page=page)
    for plot in chart.plots:
        series = list(plot.series)
        rows = [["", *(str(one.name or "") for one in series)]]
        rows += [_chart_row(str(label), series, n) for n, label in enumerate(plot.categories)]
        add_table(builder, rows, header=True, page=page)


def _chart_row(label: str, series: list[Any], index: int) -> list[str]:
    values = [one.values[index] if index < len(one.values) else None for one in series]
    return [label, *("" if value is None else f"{value:g}" for value in values)]
