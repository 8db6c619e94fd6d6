"""`voz bench contradictions`: seconds to look for contradictions among many sentences.

Varied copies of the example company's documents or of others. Beside it, in the same
run, what comparing every vector with every other would take by matrix products alone.
"""

from __future__ import annotations

import time
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.corpora.desks import DOCUMENTS
from eval.speed.corpus import Progress, ignore, originals
from eval.speed.variation import Original, Variation
from knowledge.conflicts.contradictions import contradictions
from knowledge.conflicts.nearest import BLOCK_ROWS
from knowledge.conflicts.statements import Collection, Sentence, sentences_of
from knowledge.encoders.embedding import SentenceTransformerEmbedder
from knowledge.models import StoredChunk
from knowledge.settings import Settings

SENTENCES = 100_000


def bench_contradictions(
    settings: Settings,
    *,
    sentences: int = SENTENCES,
    documents: Path = DOCUMENTS,
    progress: Progress = ignore,
) -> dict[str, Any]:
    """Seconds of each part, and the ratio to comparing all vectors.

    Args:
        settings: the data folder's; the model's among them.
        sentences: at least so many are compared.
        documents: folder of what is copied.
        progress: told how far it is.
    """
    embedder = SentenceTransformerEmbedder.open(settings, progress)
    own = settings.apart("bench", documents.resolve().name)
    copied = originals(own, embedder, documents)
    progress(f"{sentences:,} sentences of varied copies")
    made, vectors = _copies(copied, sentences)
    began = time.perf_counter()
    collection = Collection.of(made, vectors)
    read = time.perf_counter()
    found = contradictions(collection)
    done = time.perf_counter()
    every = _all_pairs(collection.vectors)
    return {
        "sentences": len(collection),
        "documents": len(collection.rows_of),
        "reported": len(found),
        "seconds": {
            "reading": round(read - began, 1),
            "comparing": round(done - read, 1),
            "both": round(done - began, 1),
            "all vectors with all, by matrix products": round(every, 1),
        },
        "both / all vectors with all": round((done - began) / every, 2),
    }


def _copies(copied: list[Original], sentences: int) -> tuple[list[Sentence], NDArray[np.float16]]:
    """At least so many sentences of varied copies, with their vectors."""
    found: list[Sentence] = []
    vectors: list[NDArray[np.float16]] = []
    variations = ((Variation(number), original) for number in count(1) for original in copied)
    while len(found) < sentences:
        variation, original = next(variations)
        document, chunks, embedded = variation.apply(original)
        stored = [
            StoredChunk(0, chunk, document.title, e.sentences)
            for chunk, e in zip(chunks, embedded, strict=True)
        ]
        more, own = sentences_of(stored)
        found += more
        vectors.append(own)
    return found, np.concatenate(vectors)


def _all_pairs(vectors: NDArray[np.float32]) -> float:
    """Seconds that the products of all vectors with all would take: one block's, times all."""
    began = time.perf_counter()
    for _ in range(3):
        vectors[:BLOCK_ROWS] @ vectors.T
    return (time.perf_counter() - began) / 3 * len(vectors) / BLOCK_ROWS / 2
