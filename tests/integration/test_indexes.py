"""What is searched follows the register and the published generation, for each viewer."""

from __future__ import annotations

import logging
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from knowledge.models import Viewer
from knowledge.register import Register
from knowledge.search.generation_check import check
from knowledge.search.generations import build
from knowledge.search.indexes import FRESH_UP_TO, Indexes, should_rebuild
from knowledge.search.rows import IndexRow
from knowledge.settings import Settings
from tests.fakes import STAFF, HashingEmbedder, document_of, store
from tests.integration.index_source import MemoryRegister, unit_vectors

NOBODY = Viewer("nobody", frozenset())
CONTRACTOR = Viewer("contractor", frozenset({"contractor"}))
BOTH = Viewer("both", frozenset({"staff", "contractor"}))
QUERY = unit_vectors(1, seed=99)[0]


def rows_300() -> MemoryRegister:
    register = MemoryRegister()
    register.add(unit_vectors(300))
    return register


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the generation of the 300 rows, to be copied."""
    folder = tmp_path_factory.mktemp("built")
    build(rows_300(), Settings(data_dir=folder))
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def register() -> MemoryRegister:
    return rows_300()


@pytest.fixture(params=["register", "generation", "chroma"])
def indexes(
    request: pytest.FixtureRequest,
    register: MemoryRegister,
    settings: Settings,
    built: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Indexes:
    """The same rows served in each of the three ways."""
    if request.param != "register":
        shutil.copytree(built, settings.data_dir)
    # The check itself, without the process around it, which costs a second for each test.
    monkeypatch.setattr("knowledge.search.indexes.check_in_child", check)
    made = Indexes(register, settings, exact_up_to=0 if request.param == "chroma" else 10_000)
    made.refresh()
    assert made.settle(60)
    base = made._state.base if made._state else None
    assert base
    assert (base.generation is None) == (request.param == "register")
    assert (base.segments["staff"].nearest is None) == (request.param != "chroma")
    return made


def found(indexes: Indexes, viewer: Viewer = STAFF, top_k: int = 10) -> list[int]:
    indexes.refresh()
    return [int(key) for key in indexes.snapshot(viewer).dense(QUERY, top_k)[0]]


def test_the_nearest_are_those_of_exact_comparison(
    indexes: Indexes, register: MemoryRegister
) -> None:
    assert found(indexes) == register.expected(QUERY, 10)
    assert indexes.degraded is None


def test_a_chunk_added_is_found_at_the_next_question(
    indexes: Indexes, register: MemoryRegister
) -> None:
    [key] = register.add(QUERY[None])
    assert found(indexes)[0] == key


def test_a_chunk_removed_is_not_found_and_another_takes_its_place(
    indexes: Indexes, register: MemoryRegister
) -> None:
    before = found(indexes)
    register.remove(before[:3])
    after = found(indexes)
    assert after == register.expected(QUERY, 10)
    assert not set(before[:3]) & set(after)
    assert not set(before[:3]) & set(indexes.snapshot(STAFF).keys.tolist())


def test_a_chunk_added_and_removed_since_is_not_found(
    indexes: Indexes, register: MemoryRegister
) -> None:
    [key] = register.add(QUERY[None])
    assert found(indexes)[0] == key
    register.remove([key])
    assert found(indexes) == register.expected(QUERY, 10)


def test_many_small_changes_come_out_as_one_big_one_would(
    indexes: Indexes, register: MemoryRegister
) -> None:
    dice = np.random.default_rng(3)
    for number in range(40):
        register.add(unit_vectors(int(dice.integers(1, 9)), seed=100 + number))
        keys = [row.key for row in register.index_rows()]
        register.remove(dice.choice(keys, 2, replace=False).tolist())
        assert found(indexes) == register.expected(QUERY, 10)
    snapshot = indexes.snapshot(STAFF)
    assert sorted(snapshot.keys) == [row.key for row in register.index_rows()]


def test_several_queries_at_once_are_answered_as_one_by_one(
    indexes: Indexes, register: MemoryRegister
) -> None:
    register.add(unit_vectors(8, seed=7))
    register.remove(found(indexes)[:2])
    indexes.refresh()
    snapshot = indexes.snapshot(STAFF)
    queries = unit_vectors(3, seed=98)
    compared = snapshot.compare(queries, 10)
    asked = np.asarray([305, 2, 150, 0], dtype=np.intp) % len(snapshot)
    for query, nearest, similarities in zip(
        queries, compared.nearest, compared.at(asked), strict=True
    ):
        assert snapshot.keys[nearest].tolist() == snapshot.dense(query, 10)[0].tolist()
        expected = snapshot.dense_of(snapshot.keys[asked], query)
        np.testing.assert_array_equal(similarities, expected)


def test_similarities_are_exact_and_of_any_key(indexes: Indexes, register: MemoryRegister) -> None:
    register.add(unit_vectors(5, seed=7))
    indexes.refresh()
    snapshot = indexes.snapshot(STAFF)
    vectors = {row.key: row.vector for row in register.index_rows()}
    keys, similarities = snapshot.dense(QUERY, 20)
    np.testing.assert_allclose(similarities, [vectors[k] @ QUERY for k in keys], atol=1e-6)
    asked = [304, 2, 150]
    np.testing.assert_allclose(
        snapshot.dense_of(asked, QUERY), [vectors[k] @ QUERY for k in asked], atol=1e-6
    )


def test_similarity_of_a_key_that_is_gone_is_a_mistake(
    indexes: Indexes, register: MemoryRegister
) -> None:
    register.remove([4])
    indexes.refresh()
    with pytest.raises(ValueError, match="4"):
        indexes.snapshot(STAFF).dense_of([3, 4], QUERY)


def test_keyword_scores_and_languages_go_with_the_keys(
    indexes: Indexes, register: MemoryRegister
) -> None:
    register.remove([10, 20])
    [new] = register.add(unit_vectors(1, seed=5), language="en")
    indexes.refresh()
    snapshot = indexes.snapshot(STAFF)
    assert len(snapshot) == len(snapshot.keys) == len(snapshot.languages) == 299
    for key in (1, 11, 300, new):
        scores = snapshot.lexical.scores([[(f"clave{key}", 1.0)]])
        assert snapshot.keys[scores > 0].tolist() == [key]
    assert snapshot.keys[snapshot.languages == 1].tolist() == [new]


def test_a_snapshot_taken_stays_as_it_was(indexes: Indexes, register: MemoryRegister) -> None:
    snapshot = indexes.snapshot(STAFF)
    before = snapshot.dense(QUERY, 10)[0].tolist()
    register.remove(before)
    indexes.refresh()
    assert snapshot.dense(QUERY, 10)[0].tolist() == before


def test_a_viewer_finds_only_what_their_audiences_may_see(
    indexes: Indexes, register: MemoryRegister
) -> None:
    register.add(unit_vectors(50, seed=4), audience="contractor")
    assert found(indexes, NOBODY) == []
    assert len(indexes.snapshot(NOBODY)) == 0
    assert indexes.snapshot(NOBODY).lexical.scores([[("plazo", 1.0)]]).shape == (0,)
    assert found(indexes, CONTRACTOR) == register.expected(QUERY, 10, ["contractor"])
    assert found(indexes, STAFF) == register.expected(QUERY, 10, ["staff"])
    assert found(indexes, BOTH) == register.expected(QUERY, 10, ["staff", "contractor"])


def test_scores_of_one_audience_do_not_depend_on_another(
    indexes: Indexes, register: MemoryRegister
) -> None:
    query = [[("plazo", 1.0), ("garantia", 1.0)]]
    before = indexes.snapshot(STAFF).lexical.scores(query)
    register.add(unit_vectors(50, seed=4), audience="contractor")
    indexes.refresh()
    np.testing.assert_array_equal(indexes.snapshot(STAFF).lexical.scores(query), before)


def test_nothing_tells_of_words_that_only_removed_rows_hold(
    indexes: Indexes, register: MemoryRegister
) -> None:
    [key] = register.add(unit_vectors(1, seed=5))
    indexes.refresh()
    assert {"clave7", f"clave{key}"} <= indexes.snapshot(STAFF).lexical.vocabulary()
    register.remove([7, key])
    indexes.refresh()
    lexical = indexes.snapshot(STAFF).lexical
    assert not {"clave7", f"clave{key}"} & lexical.vocabulary()
    assert len(lexical.vocabulary()) == 10 + 299
    asked = [[(word, 1.0)] for word in ("clave7", f"clave{key}", "nunca", "clave8")]
    weights = lexical.idf(asked)
    assert weights[0] == weights[1] == weights[2] == pytest.approx(weights[3])


def test_nothing_is_done_when_nothing_changed(
    indexes: Indexes, register: MemoryRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = indexes.snapshot(STAFF)
    monkeypatch.setattr(register, "index_rows", None)
    indexes.refresh()
    assert indexes.snapshot(STAFF) is snapshot


def test_only_newer_rows_are_read(
    indexes: Indexes, register: MemoryRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    read = register.index_rows

    def reading(after_revision: int = 0) -> list[IndexRow]:
        asked.append(after_revision)
        return read(after_revision)

    monkeypatch.setattr(register, "index_rows", reading)
    for number in range(3):
        register.add(unit_vectors(1, seed=number))
        indexes.refresh()
    assert asked == [1, 2, 3]


def test_a_published_generation_is_taken_up(register: MemoryRegister, settings: Settings) -> None:
    indexes = Indexes(register, settings)
    expected = found(indexes)
    generation = build(register, settings)
    assert found(indexes) == expected
    assert indexes._state
    assert indexes._state.base.generation == generation


def test_a_generation_of_another_model_is_not_served(
    register: MemoryRegister, settings: Settings
) -> None:
    build(register, settings)
    indexes = Indexes(register, settings)
    indexes.refresh()
    register.rebind("model-b", unit_vectors(300, seed=8))
    assert found(indexes) == register.expected(QUERY, 10)
    assert indexes.degraded
    assert "'model-a', expected 'model-b'" in indexes.degraded
    build(register, settings)
    assert found(indexes) == register.expected(QUERY, 10)
    assert indexes.degraded is None


def test_a_generation_from_the_future_is_not_served(
    register: MemoryRegister, settings: Settings
) -> None:
    """As after an older copy of the register was put back."""
    register.add(unit_vectors(3))
    build(register, settings)
    older = MemoryRegister()
    older.add(unit_vectors(40, seed=6))
    indexes = Indexes(older, settings)
    assert found(indexes) == older.expected(QUERY, 10)
    assert indexes.degraded
    assert "shows revision 2, the register is at 1" in indexes.degraded


def test_trouble_is_logged_once(
    register: MemoryRegister, settings: Settings, built: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copytree(built, settings.data_dir)
    next(settings.index_dir.rglob("vectors.npy")).unlink()
    indexes = Indexes(register, settings)
    with caplog.at_level(logging.WARNING):
        for number in range(5):
            register.add(unit_vectors(1, seed=number))
            indexes.refresh()
    assert [record.message for record in caplog.records] == [indexes.degraded]


def test_a_new_generation_is_due_when_much_is_new() -> None:
    assert not should_rebuild(0, 2_000)
    assert should_rebuild(0, 2_001)
    assert not should_rebuild(50_000, 5_000)
    assert should_rebuild(50_000, 5_001)


def test_a_new_generation_is_due_after_many_additions(settings: Settings) -> None:
    register = MemoryRegister()
    indexes = Indexes(register, settings)
    indexes.refresh()
    assert not indexes.should_rebuild()
    register.add(unit_vectors(2_001))
    indexes.refresh()
    assert indexes.should_rebuild()
    build(register, settings)
    indexes.refresh()
    assert not indexes.should_rebuild()


def test_statistics_of_a_few_rows_are_not_kept_for_many(settings: Settings) -> None:
    register = MemoryRegister()
    register.add(unit_vectors(3))
    build(register, settings)
    indexes = Indexes(register, settings)
    indexes.refresh()
    register.add(unit_vectors(FRESH_UP_TO - 3, seed=1))
    indexes.refresh()
    [segment] = indexes.snapshot(STAFF).segments
    assert len(segment.exact) == FRESH_UP_TO
    assert indexes.degraded is None


def test_threads_search_while_the_register_changes(
    indexes: Indexes, register: MemoryRegister
) -> None:
    """Every snapshot is of one revision: of each pair that is published, both or neither."""
    stop, errors = threading.Event(), []

    def ask() -> None:
        while not stop.is_set():
            indexes.refresh()
            keys = set(indexes.snapshot(STAFF).keys.tolist()) - set(range(1, 301))
            if any((key + (1 if key % 2 else -1)) not in keys for key in keys):
                errors.append(sorted(keys))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    pair: list[int] = []
    for number in range(200):
        pair, old = register.add(unit_vectors(2, seed=number)), pair
        if old:
            register.remove(old)
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []


@pytest.fixture
def real(settings: Settings) -> Iterator[Register]:
    with Register.open(settings, write=True) as opened:
        yield opened


def test_the_real_register_is_followed_through_edits_and_removals(
    real: Register, settings: Settings
) -> None:
    embedder = HashingEmbedder()
    store(real, embedder, document_of("a.md", ["El plazo es de 30 días.", "Sofás y colchones."]))
    store(real, embedder, document_of("b.md", ["La garantía dura tres años."]))
    build(real, settings)
    indexes = Indexes(real, settings)

    def texts(query: str) -> list[str]:
        indexes.refresh()
        keys, _ = indexes.snapshot(STAFF).dense(embedder.embed_query(query), 5)
        return [stored.chunk.text for stored in real.chunks(keys.tolist(), STAFF)]

    assert texts("¿Cuál es el plazo?")[0] == "El plazo es de 30 días."
    store(real, embedder, document_of("a.md", ["El plazo es de 60 días.", "Sofás y colchones."]))
    assert texts("¿Cuál es el plazo?")[0] == "El plazo es de 60 días."
    assert len(texts("plazo")) == 3
    real.remove_document("a.md", STAFF)
    assert texts("plazo") == ["La garantía dura tres años."]


def test_a_change_in_the_real_register_is_taken_up_well_within_two_seconds(
    real: Register, settings: Settings
) -> None:
    embedder = HashingEmbedder()
    for number in range(20):
        paragraphs = [f"Cláusula {number}.{i} sobre envíos." for i in range(100)]
        store(real, embedder, document_of(f"{number}.md", paragraphs))
    build(real, settings)
    indexes = Indexes(real, settings)
    indexes.refresh()
    store(real, embedder, document_of("nuevo.md", ["El horario cambia."]))
    started = time.perf_counter()
    indexes.refresh()
    assert time.perf_counter() - started < 2
    assert len(indexes.snapshot(STAFF)) == 2_001
