"""Parts of a document by their heading: where they lie, and the document without them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.models import Block, Document
from knowledge.text import fold

Span = tuple[int, int]


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
