"""What the register gives back, and how documents and chunks become rows and return."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.models import Block, Chunk, Document, Embedded, Language, Vector
from knowledge.search.lexical import chunk_tokens
from knowledge.validity import ALWAYS, NEVER, STILL

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document as lists show it.

    Attributes:
        n_chunks: number of chunks.
        chars: length of its text in characters.
        updated_at: when this content was stored, UTC.
        version: its number among the source's versions.
    """

    name: str
    title: str
    language: Language
    media_type: str
    n_chunks: int
    chars: int
    sha256: str
    updated_at: datetime
    version: int = 1


DATED = " @dated"
"""Ends the name of the partition of what is no longer, or not for ever, in force."""


class Times(NamedTuple):
    """The two times of a placement as numbers: days since year 1, microseconds since 1970.

    Attributes:
        valid_from: first day in force.
        valid_to: first day no longer in force.
        recorded_from: first moment at which the register said so.
        recorded_to: first moment at which it no longer did.
    """

    valid_from: int
    valid_to: int
    recorded_from: int
    recorded_to: int

    @property
    def standing(self) -> bool:
        """Whether it has no end: most rows, and what is searched first."""
        return self.valid_to == FOREVER and self.recorded_to == UNTIL_NOW


FOREVER = NEVER.toordinal()
UNTIL_NOW = 2**62
ALWAYS_SAID = Times(ALWAYS.toordinal(), FOREVER, 0, UNTIL_NOW)


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One chunk as an index needs it.

    Attributes:
        key: the placement's key.
        revision: the register's revision that added it.
        audience: key of the set of labels that see it.
        language: language of the chunk.
        document: name of its document.
        tokens: its lexical tokens, space-joined.
        vector: ``(dimension,)`` float32, unit length, read-only.
        times: when it is in force and when the register said so.
    """

    key: int
    revision: int
    audience: str
    language: Language
    document: str
    tokens: str
    vector: Vector
    times: Times = ALWAYS_SAID

    @property
    def partition(self) -> str:
        """Name of the partition it is in: its audience's, and of its dated part if it ends."""
        return self.audience if self.times.standing else f"{self.audience}{DATED}"


@dataclass(frozen=True, slots=True)
class RegisterStats:
    """Sizes of the register.

    Attributes:
        documents: number of documents.
        chunks: number of chunks.
        embeddings: number of distinct vectors, those not yet in use included.
        revision: number of committed changes.
        fingerprint: model of the vectors; `None` before the first.
        languages: number of chunks per language.
    """

    documents: int
    chunks: int
    embeddings: int
    revision: int
    fingerprint: str | None
    languages: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Source:
    """What tells whether a file has to be read again.

    Attributes:
        sha256: digest of the bytes that were stored.
        recipe: version of the loaders and the chunker that read them.
        audience: key of the set of labels that see it.
    """

    sha256: str
    recipe: str
    audience: str


def version_values(document: Document) -> Row:
    """Columns of ``versions`` that come from the document."""
    return {
        "title": document.title,
        "language": document.language,
        "media_type": document.media_type,
        "sha256": document.sha256,
        "char_count": len(document.text),
    }


def document_info_from(row: Mapping[Any, Any]) -> DocumentInfo:
    """The list entry of a row of ``versions`` with its source's ``name``."""
    return DocumentInfo(
        name=row["name"],
        title=row["title"],
        language=row["language"],
        media_type=row["media_type"],
        n_chunks=row["chunk_count"],
        chars=row["char_count"],
        sha256=row["sha256"],
        updated_at=datetime.fromisoformat(row["created_at"]),
        version=row["number"],
    )


def times_from(valid_from: str, valid_to: str, recorded_from: str, recorded_to: str) -> Times:
    """The numbers of the four columns of ``publications``."""
    return Times(
        date.fromisoformat(valid_from).toordinal(),
        date.fromisoformat(valid_to).toordinal(),
        microseconds(datetime.fromisoformat(recorded_from)),
        UNTIL_NOW if recorded_to == STILL else microseconds(datetime.fromisoformat(recorded_to)),
    )


def microseconds(at: datetime) -> int:
    """Microseconds since 1970 of a moment with a time zone."""
    since = at - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def day_from(text: str) -> date | None:
    """A bound of a validity; `None` for an open one."""
    day = date.fromisoformat(text)
    return None if day in (ALWAYS, NEVER) else day


def text_values(document: Document) -> Row:
    """Columns of ``version_texts``."""
    blocks = [list(asdict(block).values()) for block in document.blocks]
    return {"text": document.text, "blocks": _json(blocks)}


def document_from(row: Mapping[Any, Any]) -> Document:
    """The document of a row of ``versions`` joined with its text and its source."""
    return Document(
        name=row["name"],
        title=row["title"],
        text=row["text"],
        blocks=tuple(Block(*fields) for fields in json.loads(row["blocks"])),
        language=row["language"],
        media_type=row["media_type"],
        sha256=row["sha256"],
        audience=row["audience"],
        version=row["number"],
    )


def chunk_values(chunk: Chunk, embedding_id: int) -> Row:
    """Columns of ``chunks`` that come from the chunk; equal ones mean the row can stay."""
    return {
        "ordinal": chunk.ordinal,
        "start_char": chunk.start,
        "end_char": chunk.end,
        "page": chunk.page,
        "row_number": chunk.row,
        "headings": _json(chunk.headings),
        "context": chunk.context,
        "text": chunk.text,
        "language": chunk.language,
        "sentences": _json(chunk.sentences),
        "tokens": " ".join(chunk_tokens(chunk)),
        "embedding_id": embedding_id,
    }


def chunk_from(row: Mapping[Any, Any]) -> Chunk:
    """The chunk of a row of ``chunks`` with its source's ``name``."""
    return Chunk(
        document=row["name"],
        ordinal=row["ordinal"],
        text=row["text"],
        start=row["start_char"],
        end=row["end_char"],
        headings=tuple(json.loads(row["headings"])),
        context=row["context"],
        page=row["page"],
        row=row["row_number"],
        language=row["language"],
        sentences=tuple((a, b) for a, b in json.loads(row["sentences"])),
    )


def vector_bytes(embedded: Embedded) -> tuple[bytes, bytes]:
    """The chunk's vector as float32 and its sentences' as float16, little-endian.

    Raises:
        ValueError: they are not of one dimension, or not all numbers.
    """
    dimension = embedded.vector.shape[-1]
    if embedded.vector.shape != (dimension,) or embedded.sentences.shape[1:] != (dimension,):
        raise ValueError(f"vectors of shapes {embedded.vector.shape}, {embedded.sentences.shape}")
    if not (np.isfinite(embedded.vector).all() and np.isfinite(embedded.sentences).all()):
        raise ValueError("a vector holds values that are no numbers")
    return (
        np.ascontiguousarray(embedded.vector, dtype="<f4").tobytes(),
        np.ascontiguousarray(embedded.sentences, dtype="<f2").tobytes(),
    )


def vector_from(data: bytes) -> Vector:
    """``(dimension,)`` float32, read-only."""
    return np.frombuffer(data, dtype="<f4")


def sentence_vectors_from(data: bytes, dimension: int) -> NDArray[np.float16]:
    """``(n_sentences, dimension)`` float16, read-only."""
    return np.frombuffer(data, dtype="<f2").reshape(-1, dimension)


def check_chunks(document: Document, chunks: Sequence[Chunk]) -> None:
    """See to it that every chunk is where it says it is.

    Raises:
        ValueError: a chunk is of another document, out of order, or not the document's text at
            its offsets; or the text holds a NUL, which SQLite's functions take for its end.
    """
    if "\x00" in document.text:
        raise ValueError(f"{document.name}: the text must not hold U+0000")
    for ordinal, chunk in enumerate(chunks):
        if chunk.document != document.name or chunk.ordinal != ordinal:
            raise ValueError(f"chunk {chunk.ordinal} of {chunk.document!r} where {ordinal} is due")
        if document.text[chunk.start : chunk.end] != chunk.text:
            raise ValueError(f"chunk {ordinal} of {document.name!r} is not at {chunk.start}")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
