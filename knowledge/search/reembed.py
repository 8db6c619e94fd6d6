"""A whole collection over to another embedding model, without reading its files again.

Searches go on with the old vectors until every chunk has its new one. Stopped at any point, the
same call goes on from there. Afterwards the caller builds the indexes anew.
"""

from __future__ import annotations

from collections.abc import Callable

from knowledge.ports import Embedder
from knowledge.register import Register

PAGE_CHUNKS = 1024
"""Read together and sorted by length, so that a batch of the model has little padding."""
EMBED_CHUNKS = 256
"""Chunks per call of the model; what an interruption loses at most."""


def reembed(
    register: Register,
    embedder: Embedder,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """Give every chunk a vector of this model and change the collection over to it.

    Args:
        register: open for writing.
        embedder: the model from now on.
        on_progress: told how many chunks are done, and of how many.

    Returns:
        Number of chunks whose vectors were computed; 0 when all were there.
    """
    total, done, embedded, last_key = register.stats().chunks, 0, 0, 0
    while page := register.chunk_page(last_key, PAGE_CHUNKS):
        last_key = max(page)
        wanted = {chunk.content_hash: chunk for chunk in page.values()}
        known = register.known_embeddings(list(wanted), fingerprint=embedder.fingerprint)
        missing = [chunk for hash_, chunk in wanted.items() if hash_ not in known]
        missing.sort(key=lambda chunk: len(chunk.embedded_text), reverse=True)
        for start in range(0, len(missing), EMBED_CHUNKS):
            batch = missing[start : start + EMBED_CHUNKS]
            hashes = [chunk.content_hash for chunk in batch]
            vectors = dict(zip(hashes, embedder.embed_chunks(batch), strict=True))
            register.store_embeddings(vectors, fingerprint=embedder.fingerprint)
            embedded += len(batch)
            on_progress(done + min(start + EMBED_CHUNKS, len(page)), total)
        done += len(page)
        on_progress(done, total)
    if register.fingerprint() != embedder.fingerprint:
        register.rebind_model(embedder.fingerprint)
    register.prune()
    return embedded
