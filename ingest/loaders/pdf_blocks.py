"""Lines and tables of all pages -> headings, paragraphs, lists and rows. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.clean import clean_line, is_numbered, join_wrapped, split_bullet
from ingest.loaders.extract import TextBuilder, add_table
from ingest.loaders.pdf_furniture import (
    HEADING_SIZE,
    Page,
    body_size,
    without_leaders,
    without_running_lines,
)
from ingest.loaders.pdf_lines import Line, Table
from knowledge.models import BlockKind

_MAX_HEADING_CHARS = 160
_SPACE_BEFORE_STOP = re.compile(r"(?<=[\w”»)]) (?=[.,;:)](?:\s|$))")  # a change of font leaves one
_SENTENCE_END = (".", "!", "?", ":", ";", "…", ".”", ".»", ".)", '."')
_NUMBER_DEPTH = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)\.?\s")
_AUTO_HYPHENS = 0.02
"""Share of lines that end in a hyphen from which on a text is taken to be hyphenated."""


@dataclass(frozen=True)
class _Look:
    """What body text and headings look like in this document."""

    body_size: float
    leading: float
    body_bold: bool
    levels: dict[tuple[float, bool], int]
    outline: dict[str, int]
    hyphenated: bool


@dataclass
class _Paragraph:
    kind: BlockKind
    lines: list[Line]
    page: int
    level: int = 0


def add_pages(builder: TextBuilder, pages: Sequence[Page], outline: dict[str, int]) -> None:
    """Add the blocks of all pages, running headers and footers left out.

    Args:
        builder: where they go.
        pages: in order.
        outline: case-folded titles of the outline and their levels, from 1.
    """
    pages = without_leaders(without_running_lines(pages))
    look = _look_of(pages, outline)
    waiting: _Paragraph | None = None
    for page in pages:
        for item in page.items:
            if isinstance(item, Table):
                _write(builder, waiting, look)
                waiting = None
                add_table(builder, item.rows, header=item.has_header, page=page.number)
            elif waiting is not None and _joins(waiting, item, page, look):
                waiting.lines.append(item)
            else:
                _write(builder, waiting, look)
                waiting = _begin(item, page, look)
    _write(builder, waiting, look)


def _look_of(pages: Sequence[Page], outline: dict[str, int]) -> _Look:
    lines = [item for page in pages for item in page.items if isinstance(item, Line)]
    bold = sum(len(line.text) for line in lines if line.bold)
    total = sum(len(line.text) for line in lines)
    body = body_size(pages)
    gaps = Counter(
        round(above.y - line.y, 1)
        for above, line in pairwise(lines)
        if above.size == line.size == body and 0 < above.y - line.y < 2.5 * body
    )
    # Of two usual distances the smaller is the one between lines, the larger between paragraphs.
    usual = [gap for gap, count in gaps.items() if count >= 0.5 * max(gaps.values())]
    hyphens = sum(line.text.endswith(("-", "\u2010")) for line in lines)
    look = _Look(
        body_size=body,
        leading=min(usual, default=1.2 * body),
        body_bold=bold > 0.6 * total,
        levels={},
        outline=outline,
        hyphenated=hyphens > _AUTO_HYPHENS * len(lines),
    )
    styles = {_style(line) for line in lines if _looks_like_heading(line, look)}
    ranked = sorted(styles, key=lambda style: (-style[0], not style[1]))
    levels = {style: min(rank, 6) for rank, style in enumerate(ranked, start=1)}
    return _Look(look.body_size, look.leading, look.body_bold, levels, outline, look.hyphenated)


def _style(line: Line) -> tuple[float, bool]:
    return round(line.size), line.bold


def _looks_like_heading(line: Line, look: _Look) -> bool:
    text = line.text
    if not any(char.isalpha() for char in text) or len(text) > _MAX_HEADING_CHARS:
        return False
    if len(line.cells) > 1 or all(cell.mono for cell in line.cells) or split_bullet(text)[0]:
        return False
    if line.size >= HEADING_SIZE * look.body_size:
        return True
    if text.casefold() in look.outline and line.size >= look.body_size:
        return True
    emphasised = line.bold and not look.body_bold and line.size >= 0.95 * look.body_size
    if text.endswith("."):  # "5. Data." heads a section of a contract, other sentences do not
        return emphasised and len(text) < 60 and is_numbered(text)
    return emphasised and not text.endswith((",", ";")) and not text[0].islower()


def _level(line: Line, look: _Look) -> int:
    known = look.outline.get(line.text.casefold())
    if known:
        return min(known, 6)
    level = look.levels.get(_style(line), 6)
    depth = _NUMBER_DEPTH.match(line.text)
    return min(level + (depth.group(1).count(".") if depth else 0), 6)


def _begin(line: Line, page: Page, look: _Look) -> _Paragraph:
    if _looks_like_heading(line, look):
        return _Paragraph("heading", [line], page.number, _level(line, look))
    if all(cell.mono for cell in line.cells):
        return _Paragraph("code", [line], page.number)
    bullet, _ = split_bullet(line.text)
    kind: BlockKind = "list" if bullet or is_numbered(line.text) else "paragraph"
    return _Paragraph(kind, [line], page.number)


def _joins(waiting: _Paragraph, line: Line, page: Page, look: _Look) -> bool:
    """Whether a line continues the paragraph, item or heading before it."""
    last = waiting.lines[-1]
    heading = _looks_like_heading(line, look)
    mono = all(cell.mono for cell in line.cells)
    if waiting.kind == "heading":
        near = 0 < last.y - line.y < 1.6 * max(last.size, line.size) and _stands_under(last, line)
        long = sum(len(other.text) for other in waiting.lines) > 120  # a paragraph set in bold
        cut = last.text.endswith("-")
        alike = (
            (heading or long or cut) and _style(line) == _style(last) and not is_numbered(line.text)
        )
        return near and alike and waiting.page == page.number
    gap = last.y - line.y
    inline_code = mono and 0 < gap < 1.3 * look.leading and not last.text.endswith(_SENTENCE_END)
    if mono != (waiting.kind == "code") and not (inline_code and waiting.kind == "paragraph"):
        return False
    if heading and not _is_emphasis_inside(last, line, look):
        return False
    bullet, _ = split_bullet(line.text)
    if waiting.kind == "code":
        return 0 < gap < 2 * last.size
    if bullet or (is_numbered(line.text) and not _is_mid_sentence(last, line)):
        return False
    turned = page.number != waiting.page or line.y > last.y
    if turned:  # next page or column
        full = len(waiting.lines) > 1 and last.x1 > max(o.x1 for o in waiting.lines) - 3 * last.size
        return not last.text.endswith(_SENTENCE_END) and (line.text[:1].islower() or full)
    return _continues(last, line, waiting, look)


def _stands_under(last: Line, line: Line) -> bool:
    """Whether a heading's next line is aligned with it: at the left, in the middle, or hanging."""
    left = abs(line.x0 - last.x0) < 2
    middle = abs((line.x0 + line.x1) - (last.x0 + last.x1)) < last.size
    return left or middle or (is_numbered(last.text) and last.x0 < line.x0 < last.x1)


def _is_emphasis_inside(last: Line, line: Line, look: _Look) -> bool:
    """A bold line in the middle of a paragraph: close under a line that is not finished."""
    close = 0 < last.y - line.y < 1.15 * look.leading
    larger = line.size >= HEADING_SIZE * look.body_size
    return close and not larger and not last.text.endswith(_SENTENCE_END) and last.x1 > line.x1


def _is_mid_sentence(last: Line, line: Line) -> bool:
    """A line that begins with a number by chance, as in "… under section | 5.3 of the law"."""
    return bool(
        not last.text.endswith(_SENTENCE_END)
        and abs(line.x0 - last.x0) < 2
        and re.match(r"^\d[\d.]*\s+[a-záéíóúñ]", line.text)
    )


def _continues(last: Line, line: Line, waiting: _Paragraph, look: _Look) -> bool:
    gap = last.y - line.y
    leading = (
        max(look.leading, 1.05 * line.size) if line.size <= look.body_size else 1.35 * line.size
    )
    if gap > 1.3 * leading or abs(line.size - last.size) > 0.2 * look.body_size:
        return False
    first = waiting.lines[0]
    if waiting.kind == "list":
        return line.x0 > first.x0 - 2 or not last.text.endswith(_SENTENCE_END)
    indented = line.x0 - last.x0 > 0.8 * line.size and len(waiting.lines) > 1
    ended = last.text.endswith(_SENTENCE_END)
    return not (ended and indented and line.text[:1].isupper())


def _write(builder: TextBuilder, paragraph: _Paragraph | None, look: _Look) -> None:
    if paragraph is None:
        return
    if paragraph.kind == "code":
        left = min(line.x0 for line in paragraph.lines)
        width = 0.6 * paragraph.lines[0].size  # advance of typewriter fonts, in font sizes
        lines = [" " * round((line.x0 - left) / width) + line.text for line in paragraph.lines]
        builder.add("code", "\n".join(lines), page=paragraph.page)
        return
    text = join_wrapped([line.text for line in paragraph.lines], hyphenated=look.hyphenated)
    text = _SPACE_BEFORE_STOP.sub("", clean_line(text))
    kind = paragraph.kind
    if kind == "list":
        text = split_bullet(text)[1]
    elif kind == "heading" and (len(text) > 200 or (len(text) > 100 and text.endswith("."))):
        kind = "paragraph"  # a whole paragraph set in bold
    builder.add(kind, text, level=paragraph.level, page=paragraph.page)
