"""Writes a source text as a PPTX: a slide per heading, quotes as the speaker's notes."""

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.util import Cm, Pt

from writers.source_text import Block, Heading, Listing, Paragraph, Quote, Run, SourceText, Table

TITLE_LAYOUT, CONTENT_LAYOUT, TABLE_LAYOUT = 0, 1, 5


def write_pptx(text: SourceText, path: Path) -> None:
    """Writes `text` to `path`."""
    deck = Presentation()
    stamp = dt.datetime.combine(text.valid_from, dt.time(8))
    properties = deck.core_properties
    properties.title, properties.subject = text.title, text.reference
    properties.author = properties.last_modified_by = "Almendro Hogar, S.A."
    properties.created = properties.modified = stamp
    for heading, blocks in _slides(text.blocks):
        _add_slide(deck, heading, blocks)
    deck.save(str(path))


def _slides(blocks: Iterable[Block]) -> Iterator[tuple[Heading, list[Block]]]:
    heading: Heading | None = None
    body: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            if heading:
                yield heading, body
            heading, body = block, []
        else:
            body.append(block)
    if heading:
        yield heading, body


def _add_slide(deck: Any, heading: Heading, blocks: list[Block]) -> None:
    has_table = any(isinstance(block, Table) for block in blocks)
    layout = TABLE_LAYOUT if has_table else CONTENT_LAYOUT
    slide = deck.slides.add_slide(
        deck.slide_layouts[TITLE_LAYOUT if heading.level == 1 else layout]
    )
    slide.shapes.title.text = heading.text
    for block in blocks:
        match block:
            case Quote(notes):
                slide.notes_slide.notes_text_frame.text = notes
            case Table():
                _add_table(slide, block)
            case Paragraph(runs):
                slide.placeholders[1].text = _plain(runs)
            case Listing(ordered, items):
                _add_list(slide.placeholders[1].text_frame, items, ordered=ordered)


def _add_list(frame: Any, items: tuple[tuple[Run, ...], ...], *, ordered: bool) -> None:
    for index, item in enumerate(items):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        paragraph.text = f"{index + 1}. {_plain(item)}" if ordered else _plain(item)
        paragraph.font.size = Pt(24)


def _add_table(slide: Any, table: Table) -> None:
    shape = slide.shapes.add_table(
        len(table.rows) + 1, len(table.header), Cm(1.5), Cm(4.5), Cm(22), Cm(8)
    )
    for row_index, row in enumerate((table.header, *table.rows)):
        for column_index, value in enumerate(row):
            shape.table.cell(row_index, column_index).text = value


def _plain(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)
