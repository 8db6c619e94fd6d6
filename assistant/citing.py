"""Where words of a passage stand in its document: a `Citation` of them."""

from __future__ import annotations

from assistant.models import Citation
from knowledge.models import Chunk, StoredChunk


def citation_of(stored: StoredChunk, start: int, end: int) -> Citation:
    """The citation of ``chunk.text[start:end]``."""
    return quotation(stored, stored.chunk.text[start:end], start, start)


def quotation(stored: StoredChunk, quote: str, start: int, at: int) -> Citation:
    """The citation of words of a passage.

    Args:
        stored: the passage.
        quote: the words, as they stand or cut short.
        start: offset in the passage's text at which they begin.
        at: offset in it of what the row is told for.
    """
    chunk = stored.chunk
    return Citation(
        document=chunk.document,
        title=stored.title,
        page=chunk.page,
        row=_row(chunk, at),
        headings=chunk.headings,
        quote=quote,
        start=chunk.start + start,
        end=chunk.start + start + len(quote),
        language=chunk.language,
        version=stored.version,
        valid_from=stored.valid_from,
        valid_to=stored.valid_to,
        internal=stored.internal,
        approved=stored.approved,
    )


def _row(chunk: Chunk, offset: int) -> int | None:
    """The row that an offset of the chunk's text is in: its rows are consecutive, a line each."""
    if chunk.row is None:
        return None
    return chunk.row + sum(bool(line.strip()) for line in chunk.text[:offset].split("\n")[:-1])
