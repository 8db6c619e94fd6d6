"""Chroma's own ways: what is refused at opening, sharing by path, letting go."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import chromadb
import numpy as np
import pytest
from chromadb.config import Settings as ChromaSettings

from knowledge.errors import IndexDamaged, ModelError
from knowledge.search.vectors import ChromaIndex
from knowledge.search.vectors.chroma import BATCH, COLLECTION
from tests.integration.index_source import unit_vectors


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "chroma"
    vectors = unit_vectors(50)
    ChromaIndex.build(path, np.arange(50), vectors, fingerprint="model-a")
    return path


def test_another_model_is_refused_by_name(folder: Path) -> None:
    with pytest.raises(ModelError, match=r"'model-a'.*'model-b'"):
        ChromaIndex(folder, fingerprint="model-b")


def test_model_and_dimension_are_stamped_on_the_collection(folder: Path) -> None:
    index = ChromaIndex(folder)
    assert (index.fingerprint, index.dimension, len(index)) == ("model-a", 16, 50)
    index.close()


def test_only_the_owner_may_enter_the_folder(folder: Path) -> None:
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_everything_is_in_the_index_files_and_nothing_left_to_replay(folder: Path) -> None:
    assert {path.name for path in folder.rglob("*.bin")} == {
        "data_level0.bin",
        "header.bin",
        "length.bin",
        "link_lists.bin",
    }


def test_a_collection_that_names_an_embedding_function_is_refused(tmp_path: Path) -> None:
    client = chromadb.PersistentClient(
        path=str(tmp_path), settings=ChromaSettings(anonymized_telemetry=False)
    )
    client.create_collection(COLLECTION, configuration={"hnsw": {"space": "cosine"}})
    client.close()  # type: ignore[attr-defined]
    with pytest.raises(IndexDamaged, match="embedding function 'default'"):
        ChromaIndex(tmp_path)


def test_a_collection_of_another_space_is_refused(tmp_path: Path) -> None:
    client = chromadb.PersistentClient(
        path=str(tmp_path), settings=ChromaSettings(anonymized_telemetry=False)
    )
    client.create_collection(COLLECTION, embedding_function=None)
    client.close()  # type: ignore[attr-defined]
    with pytest.raises(IndexDamaged, match="space 'l2'"):
        ChromaIndex(tmp_path)


def test_closing_one_of_two_on_a_folder_leaves_the_other_at_work(folder: Path) -> None:
    one, two = ChromaIndex(folder), ChromaIndex(folder)
    one.close()
    assert len(two.search(unit_vectors(1)[0], top_k=3)[0]) == 3
    two.close()


def test_a_search_after_closing_is_refused_as_damage(folder: Path) -> None:
    index = ChromaIndex(folder)
    index.close()
    with pytest.raises(IndexDamaged):
        index.search(unit_vectors(1)[0], top_k=3)


def test_an_index_that_is_closed_lets_go_of_its_files(folder: Path) -> None:
    def held() -> list[str]:
        links = Path("/proc/self/fd").iterdir()
        return [str(link) for link in links if str(folder) in _target(link)]

    index = ChromaIndex(folder)
    index.search(unit_vectors(1)[0], top_k=3)
    assert held()
    index.close()
    index.close()
    deadline = time.monotonic() + 10  # Chroma's own threads close the files, a moment later.
    while held() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not held()


def test_a_folder_without_an_index_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged):
        ChromaIndex(tmp_path)


def test_more_rows_than_one_call_takes_are_written_in_batches(tmp_path: Path) -> None:
    n_rows, told = BATCH + 1, []
    ChromaIndex.build(
        tmp_path / "c",
        np.arange(n_rows),
        unit_vectors(n_rows, 4),
        fingerprint="model-a",
        progress=told.append,
    )
    index = ChromaIndex(tmp_path / "c")
    assert (len(index), told) == (n_rows, [BATCH, n_rows])
    index.close()


def _target(link: Path) -> str:
    try:
        return os.readlink(link)  # noqa: PTH115
    except OSError:
        return ""
