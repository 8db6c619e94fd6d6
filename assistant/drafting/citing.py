"""A sentence of a passage as a citation."""

from __future__ import annotations

from assistant.models import Citation
from knowledge.models import StoredChunk


def citation_of(stored: StoredChunk, start: int, end: int) -> Citation:
    """The citation of ``chunk.text[start:end]``."""
    chunk = stored.chunk
    return Citation(
        document=chunk.document,
        title=stored.title,
        page=chunk.page,
        row=chunk.row,
        headings=chunk.headings,
        quote=chunk.text[start:end],
        start=chunk.start + start,
        end=chunk.start + end,
        language=chunk.language,
        version=stored.version,
        valid_from=stored.valid_from,
        valid_to=stored.valid_to,
        internal=stored.internal,
        approved=stored.approved,
    )
