"""Writes a source text as a DOCX: heading styles, lists, tables, header, page number."""

import datetime as dt
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from writers.source_text import Block, Heading, Listing, Paragraph, Run, SourceText, Table

LOCALE = {"es": "es-ES", "en": "en-GB"}


def write_docx(text: SourceText, path: Path) -> None:
    """Writes `text` to `path`."""
    document = Document()
    _set_properties(document, text)
    _add_furniture(document, text)
    for block in text.blocks:
        _add(document, block)
    document.save(str(path))


def _set_properties(document: Any, text: SourceText) -> None:
    stamp = dt.datetime.combine(text.valid_from, dt.time(8))
    properties = document.core_properties
    properties.title, properties.subject = text.title, text.reference
    properties.author = properties.last_modified_by = "Almendro Hogar, S.A."
    properties.comments, properties.language = "", LOCALE[text.language]
    properties.created = properties.modified = stamp
    language = document.styles.element.find(".//" + qn("w:lang"))
    language.set(qn("w:val"), LOCALE[text.language])


def _add_furniture(document: Any, text: SourceText) -> None:
    section = document.sections[0]
    section.header.paragraphs[0].text = f"Almendro Hogar, S.A.\t\t{text.reference}"
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph = section.footer.paragraphs[0]
    paragraph.add_run(f"{text.title}\t\t")
    paragraph._p.append(field)


def _add(document: Any, block: Block) -> None:
    match block:
        case Heading(level, title):
            document.add_heading(title, level=level)
        case Paragraph(runs):
            _add_runs(document.add_paragraph(), runs)
        case Listing():
            _add_list(document, block)
        case Table():
            _add_table(document, block)
        case _:
            raise ValueError(f"a DOCX cannot hold a {type(block).__name__}")


def _add_runs(paragraph: Any, runs: tuple[Run, ...]) -> None:
    for run in runs:
        paragraph.add_run(run.text).bold = run.bold or None


def _add_list(document: Any, listing: Listing) -> None:
    style = document.styles["List Number" if listing.ordered else "List Bullet"]
    number_id = _restarted_numbering(document, style) if listing.ordered else None
    for item in listing.items:
        paragraph = document.add_paragraph(style=style)
        _add_runs(paragraph, item)
        if number_id is not None:
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_numId().val = number_id


def _restarted_numbering(document: Any, style: Any) -> int:
    """Returns a new numbering of the style's kind that counts from 1."""
    numbering = document.part.numbering_part.element
    kind = numbering.num_having_numId(style.element.pPr.numPr.numId.val).abstractNumId.val
    number = numbering.add_num(kind)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(number.numId)


def _add_table(document: Any, table: Table) -> None:
    grid = document.add_table(rows=1, cols=len(table.header), style="Light Grid Accent 1")
    for cell, value in zip(grid.rows[0].cells, table.header, strict=True):
        cell.text = value
    for row in table.rows:
        for cell, value in zip(grid.add_row().cells, row, strict=True):
            cell.text = value
    document.add_paragraph()
