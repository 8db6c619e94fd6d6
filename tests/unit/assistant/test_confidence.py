"""Confidence is a probability that grows with the evidence."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import sentences
from assistant.background import Background
from assistant.confidence import FEATURES, confidence, features
from assistant.weights import Weights, bundled
from knowledge.models import Language, ScoredChunk
from tests.unit.assistant.made import found, passage

ZERO = dict.fromkeys(FEATURES, 0.0) | {"bias": 0.0}
N = len(FEATURES)


def test_the_logistic_function_worked_by_hand() -> None:
    values = [0.0] * N
    assert confidence(values, ZERO) == 0.5
    assert confidence(values, ZERO | {"bias": math.log(3)}) == pytest.approx(0.75)
    values[1] = 2.0
    assert confidence(values, ZERO | {FEATURES[1]: math.log(2)}) == pytest.approx(0.8)


@given(
    st.lists(st.floats(-1e9, 1e9), min_size=N, max_size=N),
    st.lists(st.floats(-1e3, 1e3), min_size=N + 1, max_size=N + 1),
)
def test_it_is_a_probability_whatever_the_evidence(
    values: list[float], weights: list[float]
) -> None:
    named = dict(zip([*FEATURES, "bias"], weights, strict=True))
    assert 0 <= confidence(values, named) <= 1


def test_evidence_and_weights_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        confidence([0.0], ZERO)


def evidence(
    *chunks: ScoredChunk,
    asked: str = "plazo colchón",
    language: Language = "es",
    background: Background | None = None,
) -> dict[str, float]:
    made = found(chunks, asked=asked, language=language)
    return dict(zip(FEATURES, features(made, background or Background()), strict=True))


def test_a_passage_in_the_other_language_is_noticed() -> None:
    text = passage("El plazo.")
    assert evidence(text)["other_language"] == 0.0
    assert evidence(text, language="en")["other_language"] == 1.0


def test_the_share_of_words_is_that_of_the_best_passage() -> None:
    half = evidence(passage("El plazo es de 30 días."), passage("Nada.", document="b.md"))
    assert half["share_of_words_found"] == pytest.approx(0.5)
    whole = evidence(passage("Nada."), passage("El plazo del colchón.", document="b.md"))
    assert whole["share_of_words_found"] == pytest.approx(1.0)
    assert whole["words_found"] > half["words_found"]


def test_words_of_the_headings_count_as_found() -> None:
    below = evidence(passage("El plazo es corto.", context="Guía > Colchones"))
    assert below["share_of_words_found"] == pytest.approx(1.0)


def test_a_question_without_words_finds_none() -> None:
    assert evidence(passage("El plazo."), asked="")["share_of_words_found"] == 0.0


def test_the_nearest_sentence_of_any_passage_counts() -> None:
    far = evidence(passage("Uno. Dos.", similarities=[0.6, 0.5]))
    near = evidence(
        passage("Uno. Dos.", similarities=[0.6, 0.5]), passage("Tres.", similarities=[0.9])
    )
    assert near["similarity"] > far["similarity"]


def test_what_unrelated_questions_find_too_is_no_evidence() -> None:
    quiet = evidence(passage("Uno.", similarities=[0.8], score=0.7))
    loud = evidence(
        passage("Uno.", similarities=[0.8], score=0.7),
        background=Background(similarity=0.75, score=0.6),
    )
    assert loud["similarity"] == pytest.approx(0.5, abs=0.01)
    assert loud["score"] == pytest.approx(0.1)
    assert quiet["similarity"] > loud["similarity"]


def test_the_bundled_weights_are_complete_and_their_thresholds_in_order() -> None:
    weights = bundled()
    assert set(weights.sentence) == set(sentences.FEATURES)
    assert set(weights.confidence) == {*FEATURES, "bias"}
    assert 0 < weights.partly_from < weights.answered_from < 1


def test_saved_weights_are_read_back(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    bundled().save(path)
    assert Weights(**json.loads(path.read_text("utf-8"))) == bundled()
