"""Sentence vectors of two languages brought onto one another: each language's mean is taken away.

The vectors of a multilingual model lie around a centre of their own for each language, and most of
the cosine of any two sentences comes from it. Without it the nearest in the other language is
found more often (Libovický et al. 2020, https://aclanthology.org/2020.findings-emnlp.150).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.models import Language

Vectors = NDArray[np.float32]

PRIOR_SENTENCES = 50
"""The mean of all sentences counts like so many in each language's: a few sentences are no mean."""


@dataclass(frozen=True)
class Centres:
    """Where the vectors of each language lie: ``(dimension,)`` means."""

    of_language: Mapping[Language, Vectors]

    @classmethod
    def of(cls, vectors: Vectors, languages: Sequence[Language]) -> Centres:
        """The centres of a collection.

        Args:
            vectors: ``(n, dimension)``.
            languages: of each.
        """
        of_all = np.asarray(vectors.mean(axis=0) if len(vectors) else vectors.sum(axis=0))
        spoken = np.asarray(languages, dtype="U2")
        centres: dict[Language, Vectors] = {}
        for language in ("es", "en"):
            own = vectors[spoken == language]
            total = own.sum(axis=0, dtype=np.float64) + PRIOR_SENTENCES * of_all
            centres[language] = (total / (len(own) + PRIOR_SENTENCES)).astype(np.float32)
        return cls(centres)

    def centred(self, vectors: Vectors, language: Language) -> Vectors:
        """``(n, dimension)`` or one vector of a language without its centre, unit length."""
        apart = vectors - self.of_language[language]
        lengths = np.linalg.norm(apart, axis=-1, keepdims=True)
        shifted: Vectors = apart / np.maximum(lengths, np.float32(1e-6))
        return shifted
