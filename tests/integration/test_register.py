"""The register on a real disk: what is put in comes back whole, to those who may see it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import text

from knowledge import migrations
from knowledge.database.connection import Database
from knowledge.database.database_url import DatabaseUrl
from knowledge.errors import ModelError, RegisterError, RegisterLocked
from knowledge.models import Embedded, Viewer
from knowledge.register import Register
from knowledge.schema import HEAD, metadata
from knowledge.settings import Settings, load
from tests.fakes import STAFF, HashingEmbedder, document_of, store
from tests.integration.conftest import environment_of

NOBODY = Viewer("nobody", frozenset())
CONTRACTOR = Viewer("contractor", frozenset({"contractor"}))


@pytest.fixture
def settings(tmp_path: Path, database_url: DatabaseUrl | None) -> Settings:
    return load(data_dir=tmp_path / "data", database_url=database_url)


@pytest.fixture
def register(settings: Settings) -> Iterator[Register]:
    with Register.open(settings, write=True) as opened:
        opened.curation.add_audience("contractor", "Contrata", STAFF)
        yield opened


@pytest.fixture
def embedder() -> HashingEmbedder:
    return HashingEmbedder()


def keys_of(register: Register, viewer: Viewer = STAFF) -> dict[str, int]:
    rows = list(register.index_rows())
    stored = register.chunks([row.key for row in rows], viewer)
    return {chunk.chunk.text: chunk.key for chunk in stored}


def test_a_document_comes_back_as_it_was_put(register: Register, embedder: HashingEmbedder) -> None:
    made = document_of("políticas/devolución.md", ["Plazo: 30 días.", "Sofás 🛋️ y colchones."])
    assert store(register, embedder, made) == "added"
    document, chunks, original = made
    assert register.document(document.name, STAFF) == document
    assert register.original_path(document.sha256).read_bytes() == original
    stored = register.chunks(sorted(keys_of(register).values()), STAFF)
    assert [one.chunk for one in stored] == chunks
    vectors = embedder.embed_chunks(chunks)
    for one, vector in zip(stored, vectors, strict=True):
        assert one.title == document.title
        np.testing.assert_array_equal(one.sentence_vectors, vector.sentences)
    (info,) = register.documents(STAFF)
    assert (info.name, info.n_chunks, info.chars) == (document.name, 2, len(document.text))


def test_index_rows_carry_vectors_tokens_and_revision(
    register: Register, embedder: HashingEmbedder
) -> None:
    made = document_of("a.md", ["Los colchones no se devuelven.", "Los sofás sí."])
    store(register, embedder, made)
    store(register, embedder, document_of("b.md", ["Garantía de tres años."]))
    rows = list(register.index_rows())
    assert [row.document for row in rows] == ["a.md", "a.md", "b.md"]
    assert [row.revision for row in rows] == [1, 1, 2]
    assert all(row.audience == "staff" and row.language == "es" for row in rows)
    assert "colchon" in rows[0].tokens
    np.testing.assert_array_equal(rows[0].vector, embedder.embed_chunks(made[1])[0].vector)
    assert [row.document for row in register.index_rows(after_revision=1)] == ["b.md"]


def test_the_same_document_again_changes_nothing(
    register: Register, embedder: HashingEmbedder
) -> None:
    made = document_of("a.md", ["Uno.", "Dos."])
    store(register, embedder, made)
    before = register.revision(), keys_of(register)
    assert store(register, embedder, made) == "unchanged"
    assert (register.revision(), keys_of(register)) == before


def test_an_edit_replaces_what_is_found_from_today_on_and_keeps_what_was_before(
    register: Register, embedder: HashingEmbedder
) -> None:
    store(register, embedder, document_of("a.md", ["Primero.", "Segundo.", "Tercero."]))
    before = keys_of(register)
    edited = document_of("a.md", ["Primero.", "SEGUNDO.", "Tercero.", "Cuarto."])
    assert store(register, embedder, edited) == "changed"
    after = keys_of(register)
    assert list(after) == ["Primero.", "SEGUNDO.", "Tercero.", "Cuarto."]
    assert register.removed_keys(0) == list(before.values())
    assert register.removed_keys(register.revision()) == []
    assert min(after.values()) > max(before.values())
    yesterday = replace(STAFF, on=register.today() - timedelta(days=1))
    assert list(keys_of(register, yesterday)) == ["Primero.", "Segundo.", "Tercero."]
    document = register.document("a.md", yesterday)
    assert document is not None
    assert (document.version, document.text) == (1, "Primero.\nSegundo.\nTercero.")
    assert register.document("a.md", STAFF, version=1) == document


def test_chunks_that_moved_get_new_keys_but_no_new_vectors(
    register: Register, embedder: HashingEmbedder
) -> None:
    store(register, embedder, document_of("a.md", ["Uno.", "Dos."]))
    moved = document_of("a.md", ["Cero.", "Uno.", "Dos."])
    hashes = [chunk.content_hash for chunk in moved[1]]
    assert register.known_embeddings(hashes) == set(hashes[1:])
    store(register, embedder, moved)
    assert register.stats().embeddings == 3
    assert set(register.removed_keys(1)) == {1, 2}


def test_chunks_come_in_the_order_asked_and_only_those_that_exist(
    register: Register, embedder: HashingEmbedder
) -> None:
    store(register, embedder, document_of("a.md", ["Uno.", "Dos.", "Tres."]))
    found = register.chunks([3, 999, 1], STAFF)
    assert [one.key for one in found] == [3, 1]
    assert register.chunks([], STAFF) == []


def test_nobody_sees_what_is_not_for_them(register: Register, embedder: HashingEmbedder) -> None:
    store(register, embedder, document_of("a.md", ["Interno."], audience="staff"))
    store(register, embedder, document_of("b.md", ["Externo."], audience="contractor"))
    for viewer, names in ((STAFF, ["a.md"]), (CONTRACTOR, ["b.md"]), (NOBODY, [])):
        assert [info.name for info in register.documents(viewer)] == names
        assert [one.chunk.document for one in register.chunks([1, 2], viewer)] == names
    assert register.document("a.md", CONTRACTOR) is None
    assert register.remove_document("a.md", CONTRACTOR) is False
    assert register.document("a.md", STAFF) is not None


def test_a_document_that_changes_audience_gets_new_keys(
    register: Register, embedder: HashingEmbedder
) -> None:
    store(register, embedder, document_of("a.md", ["Uno."], audience="staff"))
    assert store(register, embedder, document_of("a.md", ["Uno."], audience="contractor")) == (
        "changed"
    )
    assert register.removed_keys(0) == [1]
    # What was said to all the staff is still found by those of them who may see it now.
    now, before = "contractor", "contractor @dated"
    assert {row.key: row.partition for row in register.index_rows(1)} == {2: before, 3: now}
    assert [one.key for one in register.chunks([1, 2, 3], CONTRACTOR)] == [3]
    assert register.chunks([1, 2, 3], STAFF) == []


def test_a_removed_document_is_gone_with_its_vectors_and_its_original(
    register: Register, embedder: HashingEmbedder
) -> None:
    made = document_of("a.md", ["Uno.", "Dos."])
    store(register, embedder, made)
    store(register, embedder, document_of("b.md", ["Dos.", "Tres."]))
    assert register.remove_document("a.md", STAFF) is True
    assert register.document_names() == ["b.md"]
    assert register.chunks([1, 2], STAFF) == []
    assert register.removed_keys(0) == [1, 2]
    assert register.stats().embeddings == 2
    assert not register.original_path(made[0].sha256).exists()
    assert register.remove_document("a.md", STAFF) is False


def test_keys_are_never_used_again(register: Register, embedder: HashingEmbedder) -> None:
    store(register, embedder, document_of("a.md", ["Uno.", "Dos."]))
    register.remove_document("a.md", STAFF)
    store(register, embedder, document_of("b.md", ["Tres."]))
    assert keys_of(register) == {"Tres.": 3}


def test_vectors_that_no_document_uses_are_invisible_and_pruned(
    register: Register, embedder: HashingEmbedder
) -> None:
    _, chunks, _ = document_of("a.md", ["Uno."])
    register.bind_model(embedder.fingerprint)
    register.store_embeddings({chunks[0].content_hash: embedder.embed_chunks(chunks)[0]})
    assert list(register.index_rows()) == []
    assert register.revision() == 0
    assert register.prune() == 1
    assert register.known_embeddings([chunks[0].content_hash]) == set()


@pytest.mark.parametrize(
    "embedded",
    [
        Embedded(np.full(4, np.nan, np.float32), np.zeros((1, 4), np.float16)),
        Embedded(np.zeros(4, np.float32), np.full((1, 4), np.inf, np.float16)),
        Embedded(np.zeros((1, 4), np.float32), np.zeros((1, 4), np.float16)),
        Embedded(np.zeros(4, np.float32), np.zeros((1, 5), np.float16)),
    ],
)
def test_vectors_that_are_none_are_a_mistake(register: Register, embedded: Embedded) -> None:
    register.bind_model("m")
    with pytest.raises(ValueError, match="vector"):
        register.store_embeddings({"0" * 64: embedded})
    assert register.stats().embeddings == 0


def test_a_document_without_vectors_is_a_mistake_and_leaves_nothing(
    register: Register, embedder: HashingEmbedder
) -> None:
    document, chunks, original = document_of("a.md", ["Uno."])
    register.bind_model(embedder.fingerprint)
    with pytest.raises(ValueError, match="no vector"):
        register.put_document(document, chunks, original)
    assert register.document_names() == []
    assert register.revision() == 0


def test_a_chunk_that_is_not_where_it_says_is_a_mistake(register: Register) -> None:
    document, chunks, original = document_of("a.md", ["Uno.", "Dos."])
    with pytest.raises(ValueError, match="where 0 is due"):
        register.put_document(document, chunks[1:], original)
    with pytest.raises(ValueError, match="sha256"):
        register.put_document(document, chunks, original + b" ")


def test_another_model_is_refused_with_the_command_that_mends_it(register: Register) -> None:
    register.bind_model("e5-small")
    register.bind_model("e5-small")
    with pytest.raises(ModelError, match=r"'e5-small'.*'bge-m3'.*voz rebuild --re-embed"):
        register.bind_model("bge-m3")
    assert register.fingerprint() == "e5-small"


def test_a_collection_changes_model_as_a_whole_or_not_at_all(
    register: Register, embedder: HashingEmbedder
) -> None:
    store(register, embedder, document_of("a.md", ["Uno.", "Dos."]))
    other = HashingEmbedder(dimension=32)
    chunks = list(register.chunk_page(0, 100).values())
    first, second = other.embed_chunks(chunks)
    register.store_embeddings({chunks[0].content_hash: first}, fingerprint=other.fingerprint)
    with pytest.raises(ModelError, match="1 chunks have no vector"):
        register.rebind_model(other.fingerprint)
    assert register.fingerprint() == embedder.fingerprint
    register.store_embeddings({chunks[1].content_hash: second}, fingerprint=other.fingerprint)
    register.rebind_model(other.fingerprint)
    assert register.fingerprint() == other.fingerprint
    rows = list(register.index_rows(after_revision=1))
    assert [row.vector.shape for row in rows] == [(32,), (32,)]
    assert register.chunks([1], STAFF)[0].sentence_vectors.shape == (1, 32)
    assert register.prune() == 2


def test_a_reader_sees_each_committed_change_and_is_never_blocked(
    settings: Settings, register: Register, embedder: HashingEmbedder
) -> None:
    with Register.open(settings) as reader:
        assert reader.revision() == 0
        rows = reader.index_rows()
        store(register, embedder, document_of("a.md", ["Uno."]))
        assert reader.revision() == 1
        assert len(list(rows)) == 1
        with pytest.raises(ValueError, match="write=True"):
            reader.prune()


def test_what_takes_one_transaction_may_be_done_beside_the_writer_and_the_rest_not(
    settings: Settings, register: Register, embedder: HashingEmbedder
) -> None:
    made = document_of("a.md", ["Uno."])
    store(register, embedder, made)
    with Register.open(settings) as reader:
        reader.curation.set_audience("a.md", ["contractor"], STAFF)
        store(register, embedder, document_of("b.md", ["Dos."]))
        for refused in (
            lambda: reader.bind_model("x"),
            lambda: reader.rebind_model("x"),
            lambda: reader.store_embeddings({}),
            lambda: reader.put_document(*made),
            lambda: reader.remove_document("a.md", STAFF),
            reader.prune,
        ):
            with pytest.raises(ValueError, match="write=True"):
                refused()
    assert [info.name for info in register.documents(CONTRACTOR)] == ["a.md"]
    assert [info.name for info in register.documents(STAFF)] == ["b.md"]


def test_a_read_that_has_begun_sees_one_state_throughout(
    settings: Settings, register: Register, embedder: HashingEmbedder
) -> None:
    store(register, embedder, document_of("a.md", ["Uno.", "Dos."]))
    with Register.open(settings) as reader:
        rows = reader.index_rows()
        first = next(rows)
        register.remove_document("a.md", STAFF)
        assert [first.key, *(row.key for row in rows)] == [1, 2]
        assert list(reader.index_rows()) == []


def test_threads_may_share_a_reader(
    settings: Settings, register: Register, embedder: HashingEmbedder
) -> None:
    store(register, embedder, document_of("a.md", [f"Párrafo {n}." for n in range(30)]))
    found: list[int] = []
    with Register.open(settings) as reader:

        def read() -> None:
            found.extend(len(reader.chunks(range(1, 31), STAFF)) for _ in range(20))

        threads = [threading.Thread(target=read) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == [30] * 160


def test_a_second_writer_is_told_who_writes_within_two_seconds(
    settings: Settings, register: Register
) -> None:
    started = time.monotonic()
    with pytest.raises(RegisterLocked, match=rf"pid {os.getpid()}\b"):
        Register.open(settings, write=True)
    assert time.monotonic() - started < 2


def test_the_lock_goes_when_its_process_is_killed(settings: Settings) -> None:
    script = (
        "import time\n"
        "from knowledge.register import Register; from knowledge.settings import load\n"
        "register = Register.open(load(), write=True)\n"
        "print('open', flush=True); time.sleep(60)\n"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script],
        env=os.environ | environment_of(settings),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout
    with holder, holder.stdout:
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(RegisterLocked, match=rf"pid {holder.pid}\b"):
            Register.open(settings, write=True)
        holder.kill()
        holder.wait()
    Register.open(settings, write=True).close()


def test_there_is_nothing_to_read_before_the_first_ingest(settings: Settings) -> None:
    with pytest.raises(RegisterError, match="voz ingest PATH"):
        Register.open(settings)
    assert not settings.data_dir.exists()


def test_a_newer_schema_is_refused(settings: Settings, register: Register) -> None:
    register.close()
    _set_schema(settings, "9999")
    for write in (True, False):
        with pytest.raises(RegisterError, match=rf"schema 9999.*{HEAD}.*newer version"):
            Register.open(settings, write=write)
    _set_schema(settings, HEAD)
    Register.open(settings, write=True).close()


def _set_schema(settings: Settings, revision: str) -> None:
    database = Database(settings.register_address, write=True)
    with database.write() as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{revision}'"))
    database.close()


def test_migrations_make_the_tables_that_the_code_uses(
    tmp_path: Path, database_url: DatabaseUrl | None
) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    database = Database(database_url or tmp_path / "register.sqlite", write=True)
    database.migrate()
    with database.read() as connection:
        script = ScriptDirectory.from_config(migrations.config(connection))
        assert script.get_current_head() == HEAD
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    database.close()


def test_a_migration_that_fails_leaves_the_database_as_it_was(
    tmp_path: Path, database_url: DatabaseUrl | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(database_url or tmp_path / "register.sqlite", write=True)
    upgrade = migrations.upgrade

    def fail_at_the_end(*arguments: object) -> None:
        upgrade(*arguments)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(migrations, "upgrade", fail_at_the_end)
    with pytest.raises(KeyboardInterrupt):
        database.migrate()
    assert database.schema_revision() is None
    monkeypatch.undo()
    database.migrate()
    assert database.schema_revision() == HEAD
    database.close()
