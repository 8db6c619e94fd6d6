"""Document -> what is compared: its sentences, list items, rows and headings, with their place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.models import Block, BlockKind, Document, Language
from knowledge.sections import inside
from knowledge.text import sentence_spans

_WHOLE: frozenset[BlockKind] = frozenset({"heading", "table", "row"})
"""Kinds of blocks that are read in one piece."""


@dataclass(frozen=True)
class Passage:
    """A sentence, list item, row or heading of a version.

    Attributes:
        text: exactly the version's ``text[start:end]``.
        start: offset of its first character in the version's text.
        end: offset after its last character.
        kind: role of the block that it stands in.
        headings: titles above it, outermost first; of a heading, those above it.
        page: page or slide, from 1; `None` where the format has none.
        row: row of its sheet or table, from 1; `None` elsewhere.
        internal: not to be told to customers.
        language: of the version, whose number words and months are read.
    """

    text: str
    start: int
    end: int
    kind: BlockKind
    headings: tuple[str, ...]
    page: int | None
    row: int | None
    internal: bool
    language: Language

    @property
    def key(self) -> str:
        """What must be equal for two to say the same: line breaks and spaces do not matter."""
        return " ".join(self.text.split())


def passages(document: Document) -> list[Passage]:
    """Everything a document says, in order; what is withheld from the viewer is not in it."""
    found: list[Passage] = []
    above: list[tuple[int, str]] = []
    for block in document.blocks:
        if block.kind == "heading":
            above = [(level, title) for level, title in above if level < block.level]
        titles = tuple(title for _, title in above)
        internal = inside(block.start, block.end, document.internal)
        for start, end in _spans(document.text, block):
            text = document.text[start:end]
            where = (titles, block.page, block.row)
            found.append(Passage(text, start, end, block.kind, *where, internal, document.language))
        if block.kind == "heading":
            title = " ".join(document.text[block.start : block.end].split())
            above.append((block.level, title))
    return found


def _spans(text: str, block: Block) -> Iterator[tuple[int, int]]:
    piece = text[block.start : block.end]
    if block.kind in _WHOLE:
        stripped = piece.strip()
        if stripped:
            start = block.start + len(piece) - len(piece.lstrip())
            yield start, start + len(stripped)
        return
    for start, end in sentence_spans(piece):
        yield block.start + start, block.start + end
