"""The reranker with a tiny, randomly initialised CrossEncoder."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from knowledge.encoders.rerank import CrossEncoderReranker
from knowledge.errors import ModelError
from knowledge.settings import Settings
from tests.integration import tiny_models

PASSAGES = ["plazo de devolución", "un colchón .", "the refund", "la , la , la de el plazo"] * 5


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_models.save_reranker(tmp_path_factory.mktemp("models") / "reranker")


@pytest.fixture(scope="module")
def reranker(folder: Path) -> CrossEncoderReranker:
    reranker = CrossEncoderReranker.open(Settings(reranker=folder))
    assert reranker is not None
    return reranker


def test_without_a_setting_there_is_no_reranker() -> None:
    assert CrossEncoderReranker.open(Settings(reranker=None)) is None


def test_each_passage_gets_the_networks_score_in_order(
    reranker: CrossEncoderReranker, folder: Path
) -> None:
    import torch

    network, tokenizer = tiny_models.network("bert", classify=True), tiny_models.tokenizer()
    scores = reranker.scores("un plazo", PASSAGES)
    assert len(set(scores[:4])) == 4
    for passage, score in zip(PASSAGES, scores, strict=True):
        with torch.inference_mode():
            logit = network(**tokenizer("un plazo", passage, return_tensors="pt")).logits[0, 0]
        assert score == pytest.approx(torch.sigmoid(logit).item(), abs=1e-5)


def test_the_score_depends_on_the_question(reranker: CrossEncoderReranker) -> None:
    assert reranker.scores("un plazo", PASSAGES[:1]) != reranker.scores("mattress", PASSAGES[:1])


def test_no_passages_give_no_scores(reranker: CrossEncoderReranker) -> None:
    assert reranker.scores("un plazo", []) == []


def test_threads_take_turns_with_a_shared_reranker(
    reranker: CrossEncoderReranker, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = [f"plazo {'de ' * n}" for n in range(8)]
    expected = [reranker.scores(question, PASSAGES) for question in questions]
    predict, running, together = reranker._model.predict, [0], [0]

    def watched(*args: Any, **options: Any) -> Any:
        running[0] += 1
        together[0] = max(together[0], running[0])
        time.sleep(0.005)
        try:
            return predict(*args, **options)
        finally:
            running[0] -= 1

    monkeypatch.setattr(reranker._model, "predict", watched)
    with ThreadPoolExecutor(4) as pool:
        scores = list(pool.map(lambda question: reranker.scores(question, PASSAGES), questions))
    assert together == [1]
    for ours, theirs in zip(scores, expected, strict=True):
        assert ours == pytest.approx(theirs, abs=1e-5)


def test_a_classifier_is_refused(tmp_path: Path) -> None:
    folder = tiny_models.save_reranker(tmp_path / "classes", labels=3)
    with pytest.raises(ModelError, match="3 values per passage"):
        CrossEncoderReranker.open(Settings(reranker=folder))


def test_a_hub_name_is_not_looked_up() -> None:
    with pytest.raises(ModelError, match="never from a hub"):
        CrossEncoderReranker.open(Settings(reranker=Path("cross-encoder/ms-marco")))


def test_pickled_weights_are_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    (tmp_path / "pytorch_model.bin").write_bytes(b"\x80\x04.")
    with pytest.raises(ModelError, match=r"pytorch_model\.bin"):
        CrossEncoderReranker.open(Settings(reranker=tmp_path))
