"""`voz bench duplicates`: seconds to look for near-copies among many sources.

Varied copies of the example company's documents or of others, one in ten of them twice: the second
time with a few words changed.
"""

from __future__ import annotations

import random
import re
import time
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from eval.corpora.desks import DOCUMENTS
from eval.speed.corpus import Progress, ignore, originals
from eval.speed.variation import Original, Variation
from knowledge.conflicts.duplicates import Duplicate, near_copies
from knowledge.encoders.embedding import SentenceTransformerEmbedder
from knowledge.models import Chunk, StoredChunk
from knowledge.settings import Settings

SOURCES = 5000
COPIED_EVERY = 10
CHANGED_SHARE = 0.01
"""Of the words of a near-copy."""


def bench_duplicates(
    settings: Settings,
    *,
    sources: int = SOURCES,
    documents: Path = DOCUMENTS,
    progress: Progress = ignore,
) -> dict[str, Any]:
    """Seconds, and how many of the near-copies made are found.

    Args:
        settings: the data folder's; the model's among them.
        sources: so many are compared.
        documents: folder of what is copied.
        progress: told how far it is.
    """
    embedder = SentenceTransformerEmbedder.open(settings, progress)
    own = settings.apart("bench", documents.resolve().name)
    made = originals(own, embedder, documents)
    progress(f"{sources:,} sources of varied copies")
    chunks = _copies(made, sources)
    began = time.perf_counter()
    found = near_copies(chunks, {})
    seconds = time.perf_counter() - began
    copied = {one.chunk.document for one in chunks if _is_copy(one.chunk.document)}
    return {
        "sources": sources,
        "passages": len(chunks),
        "seconds": round(seconds, 1),
        "near-copies made": len(copied),
        "of these found": len(copied & _with_their_originals(found)),
        "other sources reported": sum(
            one.kind == "source" and not _is_copy(one.place.source) for one in found
        ),
        "passages reported": sum(one.kind == "passage" for one in found),
    }


def _copies(made: list[Original], sources: int) -> list[StoredChunk]:
    """The passages of so many varied copies, and of near-copies of some."""
    found: list[StoredChunk] = []
    variations = ((Variation(number), original) for number in count(1) for original in made)
    names = 0
    while names < sources:
        variation, original = next(variations)
        document, chunks, embedded = variation.apply(original)
        again = names % COPIED_EVERY == 0 and names + 1 < sources
        for copy in (False, True) if again else (False,):
            names += 1
            for chunk, vectors in zip(chunks, embedded, strict=True):
                one = _near_copy(chunk) if copy else chunk
                found.append(StoredChunk(len(found), one, document.title, vectors.sentences))
    return found


def _near_copy(chunk: Chunk) -> Chunk:
    chance = random.Random(f"{chunk.document} {chunk.ordinal}")
    text = re.sub(
        r"\w+", lambda m: m[0][::-1] if chance.random() < CHANGED_SHARE else m[0], chunk.text
    )
    return replace(chunk, document=f"{chunk.document} (2)", text=text)


def _is_copy(name: str) -> bool:
    return name.endswith(" (2)")


def _with_their_originals(found: list[Duplicate]) -> set[str]:
    """Near-copies that are reported with what they were made from, whichever repeats the other."""
    pairs = [{one.place.source, one.of.source} for one in found if one.kind == "source"]
    return {name for pair in pairs for name in pair if _is_copy(name) and name[:-4] in pair}
