"""One ranking of two: what is asked alone, and with what was said before it.

With the conversation a follow-up is understood, and a new subject drowned; alone it is the other
way round. The mean of both scores has what each has alone. After the search, before sentences are
ranked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from knowledge.models import ScoredChunk
from knowledge.search.retrieval import Found


def fused(alone: Found, together: Found) -> Found:
    """Both, each chunk with the mean of its scores, best first.

    A chunk that only one of them found has the other's lowest score there.

    Args:
        alone: what was found for the question.
        together: what was found for the question and its context; its reading is kept.
    """
    if not alone.chunks or not together.chunks:
        return together if together.chunks else alone
    scores = [_scores(alone), _scores(together)]
    lowest = [min(of_one.values()) for of_one in scores]
    chunks: dict[int, ScoredChunk] = {}
    deviation: dict[int, float] = {}
    for found in (alone, together):
        for chunk, value in zip(found.chunks, found.deviations, strict=True):
            chunks[chunk.stored.key] = chunk
            deviation[chunk.stored.key] = value
    mean = {
        key: sum(of_one.get(key, low) for of_one, low in zip(scores, lowest, strict=True)) / 2
        for key in chunks
    }
    order = sorted(chunks, key=lambda key: -mean[key])
    return replace(
        together,
        chunks=[replace(chunks[key], score=mean[key]) for key in order],
        deviations=[deviation[key] for key in order],
        vectors=np.concatenate([together.vectors, alone.vectors]),
        other_vectors=np.concatenate([together.other_vectors, alone.other_vectors]),
        timings_ms={
            stage: ms + alone.timings_ms.get(stage, 0.0)
            for stage, ms in together.timings_ms.items()
        },
    )


def best_of(found: Found, top_k: int) -> Found:
    """The first of the chunks found."""
    return replace(found, chunks=found.chunks[:top_k], deviations=found.deviations[:top_k])


def _scores(found: Found) -> Mapping[int, float]:
    return {chunk.stored.key: chunk.score for chunk in found.chunks}
