"""How likely it is that the sources answer: a logistic regression on retrieval's own evidence.

Cosine similarities of the default model are compressed (unrelated 0.74, related 0.84), so no single
cut-off on them means anything: they count by how far they are above what unrelated questions reach
in the same collection, beside how many of the question's words the best passage has.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.background import Background
from knowledge.models import ScoredChunk
from knowledge.search.lexical import token_set
from knowledge.search.query import CODE_WEIGHT
from knowledge.search.retrieval import CONTEXT_WEIGHT, Found
from knowledge.text import STOP_WORDS

FEATURES = (
    "similarity",
    "unrelated_similarity",
    "score",
    "words_found",
    "share_of_words_found",
    "other_language",
)
"""What is known, in the order of `features`."""
LOOKED_AT = 5
"""Chunks among which the best evidence is taken."""
GOOD_ALTERNATIVE = 0.6
"""Weight from which an alternative of a word counts as the word."""
MANY_WORDS = 6
SAID_COUNTS = 0.5
"""Of a word found that was said before, where the question is nothing without it; half ``fit``."""


def features(found: Found, background: Background) -> list[float]:
    """Evidence that the question is answered, in the order of `FEATURES`.

    Similarities are stretched so that each number is of order 1.

    Args:
        found: what retrieval returned, with at least one chunk.
        background: what unrelated questions find in the same collection.
    """
    shares, counts = zip(
        *(_words_found(found, chunk) for chunk in found.chunks[:LOOKED_AT]), strict=True
    )
    return [
        10 * (found.nearest_sentence - background.similarity),
        10 * (background.similarity - 0.8),
        found.best_score - background.score,
        min(max(counts), MANY_WORDS) / MANY_WORDS,
        max(shares),
        float(found.chunks[0].stored.chunk.language != found.reading.language),
    ]


def names_what_was_found(found: Found) -> bool:
    """Whether a word of the question itself, not of the conversation, is in the best passages.

    True as well for a question that has no word of its own ("¿y eso?", "how much").
    """
    reading = found.reading
    own = [g for w, g in zip(reading.words, reading.groups, strict=False) if w not in STOP_WORDS]
    texts = [f"{c.stored.chunk.context} {c.stored.chunk.text}" for c in found.chunks[:LOOKED_AT]]
    there = {
        token
        for text, scored in zip(texts, found.chunks, strict=False)
        for token in token_set(text, scored.stored.chunk.language)
    }
    return not own or any(
        weight >= GOOD_ALTERNATIVE and term in there for group in own for term, weight in group
    )


def _words_found(found: Found, scored: ScoredChunk) -> tuple[float, float]:
    """Share of the question's words with any alternative in the chunk; number with a good one.

    A code that is found counts as `MANY_WORDS`: it means one thing. Words of the conversation count
    for less, and the less the more the question says by itself.
    """
    chunk = scored.stored.chunk
    tokens = token_set(f"{chunk.context} {chunk.text}", chunk.language)
    weights = [
        max((weight for term, weight in group if term in tokens), default=0.0)
        for group in found.reading.groups
    ]
    if not weights:
        return 0.0, 0.0
    n_own, share = len(found.reading.words), found.reading.share
    own, said = weights[:n_own], weights[n_own:]
    as_own = [weight / (CONTEXT_WEIGHT * share) for weight in said] if share else []
    n_good = _n_good(own) + SAID_COUNTS * share * _n_good(as_own)
    return sum(w > 0 for w in weights) / len(weights), n_good


def _n_good(weights: Sequence[float]) -> int:
    return sum(
        MANY_WORDS if weight >= CODE_WEIGHT else 1
        for weight in weights
        if weight >= GOOD_ALTERNATIVE
    )


def confidence(values: Sequence[float], weights: dict[str, float]) -> float:
    """Probability, 0 to 1, that the question is answered."""
    total = weights["bias"]
    total += sum(weights[name] * value for name, value in zip(FEATURES, values, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
