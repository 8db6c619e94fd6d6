"""What is printed on a page beside its text: running headers, footers, page numbers, contents.

Comes before `ingest.loaders.pdf_blocks`. Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.loaders.pdf_lines import Line, Table

HEADING_SIZE = 1.12
"""How much larger than the body a heading's font is."""
_MARGIN = 0.13
"""Share of a page's height, at top and bottom, where running headers and footers stand."""
_PAGE_NUMBER = re.compile(
    r"(?i)^(?:(?:page|p[aá]g(?:ina)?\.?|hoja)?[\s|.-]*#+(?:\s*(?:/|of|de)\s*#+)?[\s|.-]*)$"
)
_LEADERS = re.compile(r"(?:\.\s?){5,}\s*\d+\s*$")
_Place = tuple[str, bool]


@dataclass(frozen=True)
class Page:
    """One page's content in reading order.

    Attributes:
        number: from 1.
        height: in points.
        items: text lines and tables.
    """

    number: int
    height: float
    items: tuple[Line | Table, ...]


def without_running_lines(pages: Sequence[Page]) -> list[Page]:
    """Pages without what repeats at their top and bottom, and without page numbers.

    A title that repeats stays where it stands first.
    """
    body = body_size(pages)
    seen: Counter[_Place] = Counter()
    for page in pages:
        seen.update({place for line in _margin_lines(page) for place in _places(page, line)})
    often = max(2, 0.5 * len(pages))
    alternating = max(3, 0.3 * len(pages))
    repeated = {
        place
        for place, count in seen.items()
        if count >= often or (len(pages) > 5 and count >= alternating)
    }
    result: list[Page] = []
    for page in pages:
        margin = _margin_lines(page)
        drop = [line for line in margin if _runs_along(page, line, repeated, len(pages))]
        if page is pages[0]:
            drop = [line for line in drop if not _is_title(page, line, body)]
        kept = tuple(item for item in page.items if not any(item is line for line in drop))
        result.append(Page(page.number, page.height, kept))
    return result


def _runs_along(page: Page, line: Line, repeated: set[_Place], n_pages: int) -> bool:
    numbered = n_pages > 1 and _PAGE_NUMBER.match(re.sub(r"\d+", "#", line.text)) is not None
    return numbered or not repeated.isdisjoint(_places(page, line))


def _is_title(page: Page, line: Line, body: float) -> bool:
    emphasised = line.bold or line.size >= HEADING_SIZE * body
    return line.y > page.height / 2 and emphasised and any(c.isalpha() for c in line.text)


def body_size(pages: Sequence[Page]) -> float:
    """The font size that most of the text is set in."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for item in page.items:
            if isinstance(item, Line):
                sizes[item.size] += len(item.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _margin_lines(page: Page) -> list[Line]:
    edge = _MARGIN * page.height
    lines = [item for item in page.items if isinstance(item, Line)]
    lowest = min((line.y for line in lines), default=0.0)
    return [
        line
        for line in lines
        if line.y < edge
        or line.y > page.height - edge
        or (line.y == lowest and line.text.isdecimal())
    ]


def _places(page: Page, line: Line) -> list[_Place]:
    """What a margin line may be known by on other pages, and whether it stands at the top.

    A number that grows with the pages is their number: it is written as the distance from it.
    Any other number is part of the text, or clauses and rows would pass for furniture.
    """
    pieces = re.split(r"(\d{1,5})", line.text)
    keys = [""]
    for index, piece in enumerate(pieces):
        forms = [piece]
        if index % 2 and len(pieces) <= 7:
            forms.append(f"page{int(piece) - page.number:+d}")
        keys = [key + form for key in keys for form in forms]
    return [(key, line.y > page.height / 2) for key in keys]


def without_leaders(pages: Sequence[Page]) -> list[Page]:
    """Pages without the lines of a table of contents, which repeats the headings."""
    result: list[Page] = []
    for page in pages:
        entries = [i for i in page.items if isinstance(i, Line) and _LEADERS.search(i.text)]
        if len(entries) >= 3:
            items = tuple(item for item in page.items if item not in entries)
            page = Page(page.number, page.height, items)
        result.append(page)
    return result
