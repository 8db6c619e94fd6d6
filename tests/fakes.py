"""Stand-ins for what is slow, and small documents made of text."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence

import numpy as np

from knowledge.models import EVERYONE, Block, Chunk, Document, Embedded, Language, Vector, Viewer
from knowledge.register import Outcome, Register

STAFF = Viewer("test", frozenset({EVERYONE}))

_WORD = re.compile(r"\w+")


class HashingEmbedder:
    """Bag of words hashed into a few signed dimensions: texts that share words are near.

    Deterministic in every process. Implements `knowledge.ports.Embedder`.
    """

    def __init__(self, dimension: int = 64, fingerprint: str | None = None) -> None:
        self._dimension = dimension
        self._fingerprint = fingerprint or f"hashing-{dimension}"
        self.embedded: list[str] = []
        """Content hashes of the chunks embedded so far, in order."""

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    @property
    def dimension(self) -> int:
        return self._dimension

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(_WORD.findall(text)) for text in texts]

    def embed_query(self, query: str) -> Vector:
        return self._vector(query)

    def embed_queries(self, queries: Sequence[str]) -> list[Vector]:
        return [self._vector(query) for query in queries]

    def embed_chunks(self, chunks: Sequence[Chunk]) -> list[Embedded]:
        self.embedded.extend(chunk.content_hash for chunk in chunks)
        return [
            Embedded(
                self._vector(chunk.embedded_text),
                np.array(
                    [self._vector(chunk.text[a:b]) for a, b in chunk.sentences], dtype=np.float16
                ).reshape(-1, self._dimension),
            )
            for chunk in chunks
        ]

    def _vector(self, text: str) -> Vector:
        vector = np.zeros(self._dimension, dtype=np.float32)
        for word in _WORD.findall(_fold(text)):
            digest = hashlib.blake2b(f"{self._fingerprint} {word}".encode(), digest_size=8).digest()
            number = int.from_bytes(digest, "little")
            vector[(number >> 1) % self._dimension] += 1 if number & 1 else -1
        length = float(np.linalg.norm(vector))
        if length == 0:
            vector[0] = length = 1.0
        return vector / np.float32(length)


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def document_of(
    name: str,
    paragraphs: Sequence[str],
    *,
    audience: str = EVERYONE,
    language: Language = "es",
    title: str = "Título",
) -> tuple[Document, list[Chunk], bytes]:
    """A document with one chunk for each paragraph, its chunks, and its original bytes."""
    text = "\n".join(paragraphs)
    original = text.encode()
    blocks: list[Block] = []
    chunks: list[Chunk] = []
    start = 0
    for ordinal, paragraph in enumerate(paragraphs):
        end = start + len(paragraph)
        blocks.append(Block("paragraph", start, end, page=1))
        chunks.append(
            Chunk(
                document=name,
                ordinal=ordinal,
                text=paragraph,
                start=start,
                end=end,
                headings=("Capítulo",),
                context=title,
                page=1,
                row=None,
                language=language,
                sentences=((0, len(paragraph)),),
            )
        )
        start = end + 1
    document = Document(
        name=name,
        title=title,
        text=text,
        blocks=tuple(blocks),
        language=language,
        media_type="md",
        sha256=hashlib.sha256(original).hexdigest(),
        audience=audience,
    )
    return document, chunks, original


def store(
    register: Register, embedder: HashingEmbedder, made: tuple[Document, list[Chunk], bytes]
) -> Outcome:
    """Embed and put a document that `document_of` made."""
    document, chunks, original = made
    register.bind_model(embedder.fingerprint)
    vectors = embedder.embed_chunks(chunks)
    hashes = [chunk.content_hash for chunk in chunks]
    register.store_embeddings(dict(zip(hashes, vectors, strict=True)))
    return register.put_document(document, chunks, original)
