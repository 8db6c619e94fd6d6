"""How likely it is that the sources answer: a logistic regression on retrieval's own evidence.

Cosine similarities of the default model are compressed (unrelated 0.74, related 0.84), so nothing
here is a fixed cut-off on them: evidence is relative to the collection and to the question's words.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.sentences import Candidate
from knowledge.retrieval import Found

FEATURES = (
    "deviation",
    "deviation_margin",
    "chunk_coverage",
    "sentence_coverage",
    "sentence_similarity",
    "expected",
    "words",
    "other_language",
)
LOOKED_AT = 5
"""Chunks and sentences that the evidence is taken from."""


def features(found: Found, ranked: Sequence[Candidate]) -> list[float]:
    """Evidence that the question is answered, in the order of `FEATURES`.

    Args:
        found: what retrieval returned, not empty.
        ranked: candidate sentences, best first, not empty.
    """
    first = ranked[:LOOKED_AT]
    values = [dict(zip(_SENTENCE_FEATURES, _picked(c), strict=True)) for c in first]
    deviations = list(found.deviations)
    language = found.chunks[0].stored.chunk.language
    return [
        max(deviations[:LOOKED_AT]),
        max(deviations[:LOOKED_AT]) - deviations[-1],
        max(v["chunk_coverage"] for v in values),
        max(v["context_coverage"] for v in values),
        max(v["similarity"] for v in values),
        values[0]["expected"],
        min(len(found.reading.words), 12) / 10,
        float(language != found.reading.language),
    ]


_SENTENCE_FEATURES = ("similarity", "context_coverage", "chunk_coverage", "expected")


def _picked(candidate: Candidate) -> list[float]:
    return [candidate.feature(name) for name in _SENTENCE_FEATURES]


def confidence(values: Sequence[float], weights: dict[str, float]) -> float:
    """Probability, 0 to 1, that the question is answered."""
    total = weights["bias"]
    total += sum(weights[name] * value for name, value in zip(FEATURES, values, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
