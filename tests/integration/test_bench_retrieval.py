"""The bench itself, over a small collection: what it stores, asks and reports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.bootstrap import LOCAL_VIEWER
from eval.speed.corpus import corpus_settings, ensure_corpus
from eval.speed.questions import bundled
from eval.speed.retrieval import bench_retrieval
from knowledge.errors import SettingsError
from knowledge.register import Register
from knowledge.settings import Settings
from tests.fakes import HashingEmbedder

CHUNKS = 60
TEXT = """# Devoluciones

El cliente puede devolver el mueble en {days} días naturales desde la entrega.

## Recogida

La recogida cuesta {days},90 euros y la paga Almendro cuando el mueble llega dañado.
"""


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(3):
        text = TEXT.format(days=30 + number)
        (folder / f"politica-{number}.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


def test_the_collection_holds_varied_copies_and_not_the_originals(
    settings: Settings, documents: Path
) -> None:
    own = ensure_corpus(settings, HashingEmbedder(), CHUNKS, documents=documents)

    with Register.open(own) as register:
        assert register.stats().chunks >= CHUNKS
        names = register.document_names()
        texts = {d.text for n in names if (d := register.document(n, LOCAL_VIEWER))}
    assert all("/" in name for name in names)
    assert len(texts) == len(names)


def test_an_interrupted_collection_is_completed_with_the_same_documents(
    settings: Settings, documents: Path
) -> None:
    def stop(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ensure_corpus(settings, HashingEmbedder(), CHUNKS, documents=documents, progress=stop)
    with Register.open(corpus_settings(settings, CHUNKS)) as register:
        before = set(register.document_names())
    ensure_corpus(settings, HashingEmbedder(), CHUNKS, documents=documents)

    with Register.open(corpus_settings(settings, CHUNKS)) as register:
        assert register.stats().chunks >= CHUNKS
        assert before < set(register.document_names())


def test_without_documents_to_copy_it_says_where_they_should_be(
    settings: Settings, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match="nowhere"):
        ensure_corpus(settings, HashingEmbedder(), CHUNKS, documents=tmp_path / "nowhere")


def test_every_question_is_timed_once_in_every_pipeline(
    settings: Settings, documents: Path
) -> None:
    embedder = HashingEmbedder()
    ensure_corpus(settings, embedder, CHUNKS, documents=documents)
    asked: list[str] = []
    one, several = embedder.embed_query, embedder.embed_queries
    embedder.embed_query = lambda query: asked.append(query) or one(query)  # type: ignore
    embedder.embed_queries = lambda queries: asked.extend(queries) or several(queries)  # type: ignore

    measured: dict[str, Any] = bench_retrieval(
        settings,
        chunks=CHUNKS,
        questions=bundled()[:20],
        embedder=embedder,
        tutorial_chunks=CHUNKS,
    )

    assert measured["questions"] == 16
    assert set(measured["references"]) == {"dense", "bm25s", "twenty_lines"}
    assert measured["chunks"] == measured["references"]["bm25s"]["chunks"] >= CHUNKS
    assert 0 < measured["ours"]["p50"] <= measured["ours"]["p95"] <= measured["ours"]["max"]
    assert {"embed", "search", "fetch", "rank", "compose", "total"} <= set(measured["stages"])
    assert all(ratio["wall"] > 0 for ratio in measured["ratios"].values())
    assert measured["build_s"] > 0
    assert 0 < measured["narrow"]["chunks"] < CHUNKS / 10
    assert measured["narrow"]["p50"] > 0 < measured["ratios"]["narrow"]["wall"]
    assert len(asked) >= 20 * 3
