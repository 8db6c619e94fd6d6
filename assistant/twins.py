"""Sentences that say the same: copies, and translations of a document that exists in two languages.

Only one of them is worth the agent's eyes, and that one in the language of the question.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.sentences import Candidate
from knowledge.models import Language, Vector
from knowledge.text import content_words

TOO_ALIKE = 0.8
"""Jaccard similarity of words from which two sentences say the same."""
TWIN_SIMILARITY = 0.95
"""Cosine similarity from which sentences of two documents say the same, in whatever language.

Chosen on half ``fit`` of the agents' questions, a third of whose documents exist in two languages:
from 0.92 down, sentences that differ in what matters count as one.
"""
LOOKED_THROUGH = 60
"""Best candidates among which a translation is looked for."""


def alike(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences say the same."""
    a, b = set(content_words(one.text)), set(content_words(other.text))
    if len(a & b) >= TOO_ALIKE * len(a | b):
        return True
    elsewhere = one.document != other.document
    return elsewhere and float(_vector(one) @ _vector(other)) >= TWIN_SIMILARITY


def in_language(ranked: Sequence[Candidate], language: Language) -> list[Candidate]:
    """The candidates, each that has a translation in the language changed places with it.

    Args:
        ranked: best first.
        language: of the question.
    """
    looked = ranked[:LOOKED_THROUGH]
    if len({candidate.language for candidate in looked}) < 2:
        return list(ranked)
    vectors = np.stack([_vector(candidate) for candidate in looked])
    similar = vectors @ vectors.T
    order = list(range(len(looked)))

    def says(own: int, foreign: int) -> bool:
        one, other = looked[own], looked[foreign]
        apart = one.language == language and one.document != other.document
        return apart and bool(similar[own, foreign] >= TWIN_SIMILARITY)

    for place, i in enumerate(order):
        if looked[i].language != language:
            later = range(place + 1, len(order))
            twin = next((p for p in later if says(order[p], i)), place)
            order[place], order[twin] = order[twin], order[place]
    return [*(looked[i] for i in order), *ranked[LOOKED_THROUGH:]]


def _vector(candidate: Candidate) -> Vector:
    vector: Vector = candidate.chunk.stored.sentence_vectors[candidate.index].astype(np.float32)
    return vector
