"""What a search of a new index may answer for a vector that is in it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.errors import IndexDamaged
from knowledge.models import Vector
from knowledge.search import generation_check
from knowledge.search.keywords import Keywords
from knowledge.search.lexical import LexicalIndex
from knowledge.search.rows import ALWAYS_SAID
from knowledge.search.snapshot import Segment
from knowledge.search.vectors.exact import ExactIndex


class NeighbourIndex:
    """Answers every search with the row after the one asked for."""

    path = Path("index")

    def __init__(self, vectors: Vector) -> None:
        self._vectors = vectors

    def __len__(self) -> int:
        return len(self._vectors)

    def search(self, query: Vector, *, top_k: int) -> tuple[NDArray[np.int64], Vector]:
        row = int(np.argmax(self._vectors @ query))
        key = (row + 1) % len(self)
        return np.asarray([key]), self._vectors[[key]] @ query


def segment(spread: float) -> Segment:
    """Forty vectors around one, about ``1 - spread ** 2`` alike."""
    rng = np.random.default_rng(0)
    noise = rng.standard_normal((40, 64)) * spread / 8
    vectors = (np.eye(1, 64) + noise).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    no_words = LexicalIndex.build([[]] * 40)
    return Segment(
        exact=ExactIndex(np.arange(40), vectors),
        languages=np.zeros(40, dtype=np.uint8),
        lexical=Keywords(no_words, no_words, np.zeros(40, dtype=np.int32)),
        times=np.tile(np.asarray(ALWAYS_SAID, dtype=np.int64), (40, 1)),
        hidden=np.zeros(40, dtype=np.bool_),
    )


def check(spread: float) -> None:
    made = segment(spread)
    generation_check._check_self_hits(NeighbourIndex(made.exact.vectors), made)  # type: ignore[arg-type]


def test_a_near_copy_of_the_vector_is_a_sound_answer() -> None:
    check(0.1)


def test_an_unrelated_vector_is_not() -> None:
    with pytest.raises(IndexDamaged, match="0 of 40 vectors find themselves"):
        check(0.7)
