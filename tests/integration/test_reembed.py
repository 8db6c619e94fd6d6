"""Changing the model of a collection: all of it or nothing, and without doing work twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from knowledge.database.database_url import DatabaseUrl
from knowledge.models import Chunk, Embedded
from knowledge.register import Register
from knowledge.search import reembed as reembed_module
from knowledge.search.reembed import reembed
from knowledge.settings import load
from tests.fakes import STAFF, HashingEmbedder, document_of, store

OLD, NEW = HashingEmbedder(64), HashingEmbedder(32)


@pytest.fixture
def register(
    tmp_path: Path, database_url: DatabaseUrl | None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Register]:
    monkeypatch.setattr(reembed_module, "PAGE_CHUNKS", 4)
    monkeypatch.setattr(reembed_module, "EMBED_CHUNKS", 2)
    settings = load(data_dir=tmp_path / "data", database_url=database_url)
    with Register.open(settings, write=True) as opened:
        store(opened, OLD, document_of("a.md", [f"Párrafo {n}." for n in range(7)]))
        store(opened, OLD, document_of("b.md", ["Párrafo 1.", "Otro."]))
        yield opened


def test_every_chunk_gets_its_vector_of_the_new_model(register: Register) -> None:
    told: list[tuple[int, int]] = []
    before = register.revision()
    assert reembed(register, NEW, lambda done, total: told.append((done, total))) == 8
    assert register.fingerprint() == NEW.fingerprint
    assert register.stats().embeddings == 8
    assert told == sorted(told)
    assert told[-1] == (9, 9)
    rows = list(register.index_rows(after_revision=before))
    assert len(rows) == 9
    for row, stored in zip(rows, register.chunks([row.key for row in rows], STAFF), strict=True):
        np.testing.assert_array_equal(row.vector, NEW.embed_chunks([stored.chunk])[0].vector)


def test_interrupted_it_leaves_the_old_model_and_goes_on_where_it_stopped(
    register: Register,
) -> None:
    class Failing(HashingEmbedder):
        def embed_chunks(self, chunks: Sequence[Chunk]) -> list[Embedded]:
            if len(self.embedded) >= 4:
                raise KeyboardInterrupt
            return super().embed_chunks(chunks)

    rows = [row.vector.tobytes() for row in register.index_rows()]
    with pytest.raises(KeyboardInterrupt):
        reembed(register, Failing(32))
    assert register.fingerprint() == OLD.fingerprint
    assert [row.vector.tobytes() for row in register.index_rows()] == rows
    assert reembed(register, NEW) == 4
    assert register.fingerprint() == NEW.fingerprint


def test_the_same_model_again_does_nothing(register: Register) -> None:
    before = register.revision()
    assert reembed(register, OLD) == 0
    assert register.revision() == before
