"""The seams: what is slow, replaceable or has two implementations today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.models import Chunk, Embedded, Vector


class Embedder(Protocol):
    """Turns text into unit vectors of one space."""

    @property
    def fingerprint(self) -> str:
        """Identifies weights, prompts and pooling; vectors of two fingerprints never mix."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Number of model tokens of each text, without special tokens and prompts."""
        ...

    def embed_query(self, query: str) -> Vector:
        """``(dimension,)`` vector of a question."""
        ...

    def embed_chunks(self, chunks: Sequence[Chunk]) -> list[Embedded]:
        """Vectors of each chunk and of its sentences, in order."""
        ...


class Reranker(Protocol):
    """Scores passages against a query, jointly."""

    def scores(self, query: str, passages: Sequence[str]) -> list[float]:
        """One score per passage, higher is better."""
        ...


class VectorIndex(Protocol):
    """Nearest neighbours by cosine similarity over keyed unit vectors; read-only once built."""

    def __len__(self) -> int: ...

    def search(self, query: Vector, *, top_k: int) -> tuple[NDArray[np.int64], Vector]:
        """Keys and cosine similarities of the ``top_k`` nearest, best first.

        Fewer than ``top_k`` when the index holds fewer; two empty arrays when it is empty.

        Raises:
            IndexDamaged: the index cannot be read.
        """
        ...
