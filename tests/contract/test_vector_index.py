"""Every `knowledge.ports.VectorIndex` behaves alike."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.models import Vector
from knowledge.ports import VectorIndex
from knowledge.search.vectors import ChromaIndex, ExactIndex
from tests.integration.index_source import unit_vectors

Make = Callable[[NDArray[np.int64], Vector], VectorIndex]


@pytest.fixture(params=["exact", "chroma"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    def exact(keys: NDArray[np.int64], vectors: Vector) -> VectorIndex:
        return ExactIndex(keys, vectors)

    def chroma(keys: NDArray[np.int64], vectors: Vector) -> VectorIndex:
        ChromaIndex.build(tmp_path / "chroma", keys, vectors, fingerprint="model-a")
        index = ChromaIndex(tmp_path / "chroma", fingerprint="model-a")
        request.addfinalizer(index.close)
        return index

    return exact if request.param == "exact" else chroma


def keys_for(vectors: Vector) -> NDArray[np.int64]:
    """Keys with gaps, one of them beyond 32 bits, so that a position cannot pass for a key."""
    keys = np.arange(len(vectors), dtype=np.int64) * 7 + 100
    keys[-1:] = 2**40
    return keys


def test_the_nearest_come_best_first_with_their_cosine_similarities(make: Make) -> None:
    vectors, query = unit_vectors(300), unit_vectors(1, seed=1)[0]
    keys = keys_for(vectors)
    found, similarities = make(keys, vectors).search(query, top_k=10)
    truth = vectors @ query
    order = np.argsort(-truth)[:10]
    assert found.tolist() == keys[order].tolist()
    np.testing.assert_allclose(similarities, truth[order], atol=1e-5)


def test_every_vector_finds_itself(make: Make) -> None:
    vectors = unit_vectors(300)
    keys = keys_for(vectors)
    index = make(keys, vectors)
    for key, vector in zip(keys[::7], vectors[::7], strict=True):
        found, similarities = index.search(vector, top_k=1)
        assert found.tolist() == [key]
        assert similarities[0] == pytest.approx(1, abs=1e-5)


def test_an_opposite_vector_has_a_similarity_of_minus_one(make: Make) -> None:
    vectors = unit_vectors(1)
    _, similarities = make(keys_for(vectors), vectors).search(-vectors[0], top_k=1)
    assert similarities[0] == pytest.approx(-1, abs=1e-5)


@pytest.mark.parametrize("n_rows", [1, 2, 3])
def test_fewer_come_back_when_fewer_are_held(make: Make, n_rows: int) -> None:
    vectors = unit_vectors(n_rows)
    index = make(keys_for(vectors), vectors)
    found, similarities = index.search(vectors[0], top_k=10)
    assert len(index) == n_rows
    assert sorted(found.tolist()) == keys_for(vectors).tolist()
    assert len(similarities) == n_rows


def test_an_empty_index_finds_nothing(make: Make) -> None:
    index = make(np.zeros(0, dtype=np.int64), np.zeros((0, 16), dtype=np.float32))
    found, similarities = index.search(unit_vectors(1)[0], top_k=5)
    assert (len(index), len(found), len(similarities)) == (0, 0, 0)


def test_asking_for_none_finds_nothing(make: Make) -> None:
    vectors = unit_vectors(5)
    found, similarities = make(keys_for(vectors), vectors).search(vectors[0], top_k=0)
    assert (len(found), len(similarities)) == (0, 0)


def test_keys_and_similarities_have_the_promised_types(make: Make) -> None:
    vectors = unit_vectors(5)
    found, similarities = make(keys_for(vectors), vectors).search(vectors[0], top_k=3)
    assert (found.dtype, similarities.dtype) == (np.int64, np.float32)


def test_threads_may_search_at_once(make: Make) -> None:
    vectors = unit_vectors(200)
    keys = keys_for(vectors)
    index = make(keys, vectors)

    def first(row: int) -> int:
        return int(index.search(vectors[row], top_k=1)[0][0])

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(first, range(200))) == keys.tolist()
