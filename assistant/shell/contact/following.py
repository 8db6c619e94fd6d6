"""What follows a cited passage in its section: the next steps of a procedure. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.models import Citation
from knowledge.models import Block, Document
from knowledge.sections import inside
from knowledge.text import sentence_spans

MAX_FOLLOWING = 2
MAX_CHARS = 240
"""Of one; a longer sentence is for reading, not for saying next."""
MIN_CHARS = 15

_SAID = ("paragraph", "list")


@dataclass(frozen=True)
class Following:
    """A sentence or step that comes next.

    Attributes:
        text: its words, ``document text[start:end]``.
        start: offset in the document's text.
        end: offset after it.
        internal: not to be told to customers.
    """

    text: str
    start: int
    end: int
    internal: bool


def following(citation: Citation, document: Document, said: Sequence[str]) -> list[Following]:
    """What comes after a citation under the same heading, at most `MAX_FOLLOWING`.

    Nothing of tables, whose next row is about something else, and nothing of a text that has
    changed since.

    Args:
        citation: where the words stand.
        document: that version of it, as the viewer may see it.
        said: texts that are shown already.
    """
    if citation.row is not None:
        return []
    if document.text[citation.start : citation.end] != citation.quote:
        return []
    found: list[Following] = []
    for start, end in _next_sentences(document, citation.end):
        text = document.text[start:end]
        withheld = inside(start, end, document.withheld)
        if withheld or not MIN_CHARS <= len(text) <= MAX_CHARS or any(text in s for s in said):
            continue
        found.append(Following(text, start, end, inside(start, end, document.internal)))
        if len(found) == MAX_FOLLOWING:
            break
    return found


def _next_sentences(document: Document, after: int) -> Iterator[tuple[int, int]]:
    for block in _section_after(document.blocks, after):
        begin = max(block.start, after)
        for start, end in sentence_spans(document.text[begin : block.end]):
            yield begin + start, begin + end


def _section_after(blocks: Sequence[Block], after: int) -> Iterator[Block]:
    """The paragraphs and lists that end after an offset, up to the next heading or table."""
    for block in blocks:
        if block.end <= after:
            continue
        if block.kind not in _SAID:
            return
        yield block
