"""Parts of a document by their heading: where they lie, and the document without them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from knowledge.models import Block, Document
from knowledge.text import fold

Span = tuple[int, int]
_T = TypeVar("_T")


def section_spans(document: Document, heading: str) -> list[Span]:
    """Start and end of each part under a heading of that name, its heading included.

    A part ends where the next heading of its level or a higher one begins.

    Args:
        document: with its blocks in reading order.
        heading: as it stands in the document; case and accents do not matter.
    """
    wanted = fold(heading).strip()
    headings = [block for block in document.blocks if block.kind == "heading"]
    found: list[Span] = []
    for position, block in enumerate(headings):
        if fold(document.text[block.start : block.end]).strip() == wanted:
            found.append((block.start, _end(headings[position + 1 :], block, document)))
    return found


def heading_names(document: Document) -> list[str]:
    """The document's headings in order, each once."""
    names = (document.text[b.start : b.end].strip() for b in document.blocks if b.kind == "heading")
    return list(dict.fromkeys(names))


def hidden_spans(
    parts: Iterable[tuple[Span, _T]], seen: Callable[[Sequence[_T]], bool]
) -> list[Span]:
    """Stretches of a document that must not be shown, in order, none touching another.

    Args:
        parts: where each restricted part lies, and what restricts it; they may overlap.
        seen: whether a stretch may be shown, given all that restricts it there.
    """
    parts = list(parts)
    found: list[Span] = []
    for start, end in pairwise(sorted({edge for span, _ in parts for edge in span})):
        here = [what for (first, last), what in parts if first <= start and end <= last]
        if here and not seen(here):
            before = found.pop() if found and found[-1][1] == start else (start, start)
            found.append((before[0], end))
    return found


def without(document: Document, spans: Sequence[Span]) -> Document:
    """The document with these parts blanked out, so that every offset still holds."""
    if not spans:
        return document
    text = document.text
    for start, end in spans:
        blank = "".join(c if c == "\n" else " " for c in text[start:end])
        text = text[:start] + blank + text[end:]
    blocks = tuple(b for b in document.blocks if not inside(b.start, b.end, spans))
    return replace(document, text=text, blocks=blocks, withheld=tuple(sorted(spans)))


def inside(start: int, end: int, spans: Sequence[Span]) -> bool:
    """Whether a stretch touches one of these."""
    return any(start < last and first < end for first, last in spans)


def _end(following: Sequence[Block], heading: Block, document: Document) -> int:
    after = (block.start for block in following if block.level <= heading.level)
    return next(after, len(document.text))
