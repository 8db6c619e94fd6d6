"""The nouns that travel between the stages: frozen, comparable, without behaviour of their own.

``ingest`` makes `Document` and `Chunk`, the register keeps them, retrieval returns `ScoredChunk`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:  # parsing children use these nouns, and must start without NumPy
    import numpy as np
    from numpy.typing import NDArray

Language = Literal["es", "en"]
LANGUAGES: tuple[Language, Language] = ("es", "en")
Vector: TypeAlias = "NDArray[np.float32]"
"""Unit-length embeddings, ``(dimension,)`` or ``(n, dimension)`` float32."""

EVERYONE = "staff"
"""The audience of a document that names none: everybody who answers customers."""

CARD = "card"
"""The ``media_type`` of approved wording."""

BlockKind = Literal["heading", "paragraph", "list", "table", "row", "code"]


@dataclass(frozen=True)
class Viewer:
    """Who asks, and about when. Required wherever something is retrieved: there is no "all".

    Attributes:
        name: account name, for the audit trail.
        audiences: labels of which a document must carry one (`AudienceTree.above` for whoever
            reads, `managed` for whoever manages); with none, nothing is visible.
        on: the day asked about; `None` means today.
        told: ask the register as it was at this moment, with a time zone; `None` means now.
    """

    name: str
    audiences: frozenset[str]
    on: date | None = None
    told: datetime | None = None


@dataclass(frozen=True)
class Block:
    """A stretch of a document's text with one role.

    Attributes:
        kind: what it is. ``row`` is one row of a table or sheet, ``table`` a header row.
        start: offset of its first character in the document's text.
        end: offset after its last character.
        level: heading level, 1 the highest; 0 for everything else.
        page: page or slide number, from 1; `None` where the format has none.
        row: row number in its sheet or table, from 1, as the reader of the file sees it.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    page: int | None = None
    row: int | None = None


@dataclass(frozen=True)
class Document:
    """One source as text.

    Attributes:
        name: what users know it by and the register's key: the path within what was ingested,
            with ``/`` (``politicas/devoluciones.pdf``).
        title: from the file's own title or first heading, else from the name.
        text: the whole extracted text, NFC; every offset in the system refers to it.
        blocks: in reading order, non-overlapping; text between blocks is white space.
        language: language of most of the text.
        media_type: suffix without the dot that decided the loader (``pdf``).
        sha256: hex digest of the original bytes.
        audience: labels of who may see it, space-joined, see `audience.audience_key`.
        version: number of this text among the source's, from 1; 0 before it is stored.
        withheld: parts that the viewer may not see, ``(start, end)``, blank in ``text``.
        internal: parts that are not to be told to customers, ``(start, end)``.
    """

    name: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    language: Language
    media_type: str
    sha256: str
    audience: str = EVERYONE
    version: int = field(default=0, compare=False)
    withheld: tuple[tuple[int, int], ...] = ()
    internal: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Filing:
    """How documents that come in are filed.

    Attributes:
        author: account that brings them.
        audience: key of the labels that may see them; `None`: as their source is, `EVERYONE` for
            a new one.
        name: the source they are a version of; `None`: the one that has their own name.
        draft: wait for an approver instead of being in force at once.
        valid_from: first day in force; `None`: today for a new version, always for a new source.
        valid_to: first day no longer in force; `None`: no end.
        note: what is new in it.
    """

    author: str = ""
    audience: str | None = None
    name: str | None = None
    draft: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Chunk:
    """What is searched: a stretch of one document, ``document.text[start:end]``.

    Attributes:
        document: name of its document.
        ordinal: position in the document, from 0.
        text: exactly ``document.text[start:end]``.
        start: offset of the first character in the document's text.
        end: offset after the last character.
        headings: titles above it, outermost first.
        context: what is embedded and indexed before the text: document title, headings and,
            for rows of a table, its header; never shown as a quotation.
        page: page of its first character, from 1.
        row: row of its first character, from 1.
        language: language of the text.
        sentences: ``(start, end)`` of each sentence, list item or row, relative to ``text``.
    """

    document: str
    ordinal: int
    text: str
    start: int
    end: int
    headings: tuple[str, ...]
    context: str
    page: int | None
    row: int | None
    language: Language
    sentences: tuple[tuple[int, int], ...]

    @property
    def embedded_text(self) -> str:
        """What the model reads: the context on a line of its own, then the text."""
        return f"{self.context}\n{self.text}" if self.context else self.text

    @property
    def content_hash(self) -> str:
        """Hex SHA-256 of what is embedded and how it is split: equal chunks share a vector."""
        spans = ",".join(f"{a}-{b}" for a, b in self.sentences)
        return hashlib.sha256(f"{self.embedded_text}\x00{spans}".encode()).hexdigest()


@dataclass(frozen=True)
class Embedded:
    """The vectors of one chunk.

    Attributes:
        vector: ``(dimension,)`` float32, unit length.
        sentences: ``(n_sentences, dimension)`` float16, unit length, in the chunk's order.
    """

    vector: Vector
    sentences: NDArray[np.float16]


@dataclass(frozen=True)
class StoredChunk:
    """A chunk as the register gives it back, with its key, its document's title and vectors.

    Attributes:
        key: the register's number for it, never reused.
        title: title of its document.
        sentence_vectors: ``(n_sentences, dimension)`` float16, unit length.
        version: number of the version it is of, from 1.
        valid_from: first day on which it applies; `None` where none was set.
        valid_to: first day on which it no longer applies; `None` where none was set.
        internal: for the staff's eyes, not to be told to customers.
        approved: a card's wording, approved to be said as it is.
    """

    key: int
    chunk: Chunk
    title: str
    sentence_vectors: NDArray[np.float16] = field(repr=False, compare=False)
    version: int = 1
    valid_from: date | None = None
    valid_to: date | None = None
    internal: bool = False
    approved: bool = False


@dataclass(frozen=True)
class ScoredChunk:
    """A chunk found for a query.

    Attributes:
        stored: the chunk.
        score: fused score, higher is better; comparable within one result only.
        dense: cosine similarity with the query, -1 to 1.
        lexical: BM25 score, 0 or more.
    """

    stored: StoredChunk
    score: float
    dense: float
    lexical: float
