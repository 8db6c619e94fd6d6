"""Sentences are known by what they share with the question and by what it asks for."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.sentences import FEATURES, candidates, score, telling
from tests.unit.assistant.made import found, passage, question, weights_of


def feature_of(name: str, asked: str, text: str, index: int = 0) -> float:
    return candidates(question(asked), [passage(text)])[index].feature(name)


def test_every_sentence_is_a_candidate_at_its_place_in_the_document() -> None:
    text = "Son 30 días. Después no.\n- Con caja."
    found = candidates(question("plazo"), [passage(text, start=500), passage("Otro.", start=0)])
    assert [c.text for c in found] == ["Son 30 días.", "Después no.", "- Con caja.", "Otro."]
    for candidate in found[:3]:
        assert text[candidate.start - 500 : candidate.end - 500] == candidate.text
    assert [c.index for c in found] == [0, 1, 2, 0]
    assert all(c.features.shape == (len(FEATURES),) for c in found)


def test_no_passages_give_no_candidates_and_no_scores() -> None:
    assert candidates(question("plazo"), []) == []
    assert score([], weights_of()).shape == (0,)


def test_a_score_is_the_weighted_sum_of_the_features() -> None:
    found = candidates(question("plazo"), [passage("El plazo es corto. Nada más.")])
    scores = score(found, weights_of(coverage=2.0, short=0.5))
    np.testing.assert_allclose(scores, [2.0 + 0.5, 0.5])


def test_coverage_is_the_share_of_what_the_words_tell() -> None:
    asked = question("plazo colchon", idf=[1.0, 3.0])
    found = candidates(asked, [passage("El plazo corre. Un colchón. Nada.")])
    assert [c.feature("coverage") for c in found] == pytest.approx([0.25, 0.75, 0.0])
    assert [c.feature("chunk_coverage") for c in found] == pytest.approx([1.0, 1.0, 1.0])
    assert [c.feature("neighbour_coverage") for c in found] == pytest.approx([0.75, 0.25, 0.75])


def test_a_heading_covers_for_the_sentences_below_it() -> None:
    found = candidates(question("colchon"), [passage("Son 30 días.", context="Guía > Colchones")])
    assert found[0].feature("coverage") == 0.0
    assert found[0].feature("context_coverage") == 1.0


def test_a_question_of_words_that_tell_nothing_is_covered_by_none() -> None:
    found = candidates(question("plazo", idf=[0.0]), [passage("El plazo.")])
    assert found[0].feature("coverage") == 0.0


def test_similarity_is_that_of_the_sentence_s_own_vector() -> None:
    found = candidates(question("x"), [passage("Uno. Dos.", similarities=[0.9, 0.5])])
    first, second = (c.feature("similarity") for c in found)
    assert first > second
    assert first - second == pytest.approx(4.0, abs=0.02)


@pytest.mark.parametrize(
    ("asked", "text", "expected"),
    [
        ("cuanto cuesta el envio", "El envío cuesta 15 €.", 1.0),
        ("cuanto cuesta el envio", "El envío tiene un coste.", -1.0),
        ("cuanto cuestan 15 mesas", "Cuestan 15.", -1.0),
        ("how much is it", "Shipping is free.", 1.0),
        ("donde llamo", "Cuesta 15 €.", 0.0),
    ],
)
def test_a_question_for_a_number_expects_a_new_one(asked: str, text: str, expected: float) -> None:
    assert feature_of("number_expected", asked, text) == expected


@pytest.mark.parametrize(
    ("name", "asked", "yes", "no"),
    [
        ("date_expected", "cuando llega", "Llega en dos semanas.", "Llega a casa."),
        ("date_expected", "when does it arrive", "It takes three days.", "It arrives home."),
        ("person_expected", "quien lo paga", "Lo paga Almendro Hogar.", "Lo paga la tienda."),
        ("reason_expected", "por que tarda", "Tarda porque viene de fuera.", "Tarda mucho."),
    ],
)
def test_what_is_asked_for_is_expected(name: str, asked: str, yes: str, no: str) -> None:
    assert feature_of(name, asked, yes) == 1.0
    assert feature_of(name, asked, no) == -1.0


def test_questions_and_items_are_known_as_such() -> None:
    assert feature_of("question", "plazo", "¿Cuál es el plazo?") == 1.0
    assert feature_of("question", "plazo", "El plazo es corto.") == 0.0
    assert feature_of("row", "plazo", "- el plazo") == 1.0
    assert candidates(question("x"), [passage("Mesa | 3 €", row=4)])[0].feature("row") == 1.0


def test_what_a_document_says_of_itself_answers_only_who_asks_for_it() -> None:
    text = "Referencia PRO-ENT-01. El envío tarda 5 días. En vigor desde el 1 de marzo de 2026."
    said = [c.text for c in candidates(question("cuánto tarda"), [passage(text)])]
    assert said == ["El envío tarda 5 días."]
    said = [c.text for c in candidates(question("desde cuándo está en vigor"), [passage(text)])]
    assert said == ["El envío tarda 5 días.", "En vigor desde el 1 de marzo de 2026."]


def test_a_passage_that_says_nothing_else_is_not_found() -> None:
    review = passage("Last reviewed on 12 January 2026.", language="en", document="faq.html")
    answer = passage("It takes 5 days.", language="en")
    asked = question("how long on 12 January", language="en")
    kept = telling(asked, found([review, answer], asked="how long", language="en"))
    assert list(kept.chunks) == [answer]
    assert len(kept.deviations) == 1
    asked = question("when was it reviewed", language="en")
    same = found([review, answer], asked="when was it reviewed", language="en")
    assert telling(asked, same) is same
