"""One document, cut and ready, into the register: embed what has no vector yet, then file it."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.models import Chunk, Document, Filing
from knowledge.ports import Embedder
from knowledge.register import FILED, Outcome, Register


def take_in(
    register: Register,
    embedder: Embedder,
    made: tuple[Document, Sequence[Chunk], bytes],
    *,
    recipe: str = "",
    filing: Filing = FILED,
) -> Outcome:
    """Store a document with its vectors.

    Args:
        register: open for writing.
        embedder: the collection's model.
        made: the document, its chunks in order, and the bytes of its original.
        recipe: version of what made it.
        filing: who brought it, and how it is filed.

    Raises:
        ModelError: the collection was built with another model.
        SettingsError: the document's audience is none.
        StorageFull: no space; what was there before stays.
    """
    document, chunks, original = made
    register.bind_model(embedder.fingerprint)
    by_hash = {chunk.content_hash: chunk for chunk in chunks}
    known = register.known_embeddings(list(by_hash))
    missing = {hash_: chunk for hash_, chunk in by_hash.items() if hash_ not in known}
    if missing:
        vectors = embedder.embed_chunks(list(missing.values()))
        register.store_embeddings(dict(zip(missing, vectors, strict=True)))
    return register.put_document(document, chunks, original, recipe=recipe, filing=filing)
