"""Confidence is a probability that grows with the evidence."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import sentences
from assistant.confidence import FEATURES, confidence, features
from assistant.sentences import candidates
from assistant.weights import Weights, bundled
from tests.unit.assistant.made import found, passage, question

ZERO = dict.fromkeys(FEATURES, 0.0) | {"bias": 0.0}


def test_the_logistic_function_worked_by_hand() -> None:
    values = [0.0] * len(FEATURES)
    assert confidence(values, ZERO) == 0.5
    assert confidence(values, ZERO | {"bias": math.log(3)}) == pytest.approx(0.75)
    values[FEATURES.index("words")] = 2.0
    assert confidence(values, ZERO | {"words": math.log(2)}) == pytest.approx(0.8)


@given(st.lists(st.floats(-1e6, 1e6), min_size=len(FEATURES), max_size=len(FEATURES)))
def test_it_is_a_probability_whatever_the_evidence(values: list[float]) -> None:
    assert 0 <= confidence(values, bundled().confidence) <= 1


def test_evidence_and_weights_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        confidence([0.0], ZERO)


def evidence(text: str, asked: str, *, language: str = "es") -> dict[str, float]:
    chunks = [passage(text, similarities=()), passage("Nada.", document="b.md")]
    ranked = candidates(question(asked), chunks)
    reading = found(chunks, deviations=[3.0, 1.0], words=asked.split(), language=language)  # type: ignore[arg-type]
    return dict(zip(FEATURES, features(reading, ranked), strict=True))


def test_the_evidence_is_named_in_order() -> None:
    values = evidence("El plazo es de 30 días.", "plazo colchon")
    assert values["chunk_coverage"] == pytest.approx(0.5)
    assert values["sentence_coverage"] == pytest.approx(0.5)
    assert values["words"] == pytest.approx(0.2)
    assert values["other_language"] == 0.0


def test_a_passage_in_the_other_language_is_noticed() -> None:
    assert evidence("El plazo.", "plazo", language="en")["other_language"] == 1.0


def test_more_of_the_question_found_is_more_evidence() -> None:
    more = evidence("El plazo del colchón es de 30 días.", "plazo colchon")
    less = evidence("El plazo es de 30 días.", "plazo colchon")
    assert more["chunk_coverage"] > less["chunk_coverage"]
    assert confidence(list(more.values()), bundled().confidence) > confidence(
        list(less.values()), bundled().confidence
    )


def test_the_bundled_weights_are_complete_and_their_thresholds_in_order() -> None:
    weights = bundled()
    assert set(weights.sentence) == set(sentences.FEATURES)
    assert set(weights.confidence) == {*FEATURES, "bias"}
    assert 0 < weights.partly_from < weights.answered_from < 1


def test_saved_weights_are_read_back(tmp_path_factory: pytest.TempPathFactory) -> None:
    import json

    path = tmp_path_factory.mktemp("weights") / "weights.json"
    bundled().save(path)
    assert Weights(**json.loads(path.read_text("utf-8"))) == bundled()
