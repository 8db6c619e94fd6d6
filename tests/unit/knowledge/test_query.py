"""A question becomes groups of alternatives: its own words first, the thesaurus's with less."""

from __future__ import annotations

import pytest

from knowledge.search.query import SYNONYM_WEIGHT, TRANSLATION_WEIGHT, corrected_words, terms_of
from knowledge.search.spelling import Speller
from knowledge.search.thesaurus import parse
from knowledge.text import stem

THESAURUS = parse("devolución|retorno\trefund|return\nestado del pedido\torder status\n")


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(["colchon", "viscolatex", "github", "devolucion"])


def test_stop_words_and_repetitions_are_left_out(speller: Speller) -> None:
    found = corrected_words("¿El plazo del colchón, y el plazo de qué colchón?", "es", speller)
    assert found == ["plazo", "colchon"]


def test_a_question_of_stop_words_keeps_them(speller: Speller) -> None:
    assert corrected_words("¿y por qué no?", "es", speller) == ["y", "por", "que", "no"]


def test_typed_by_ear_it_means_the_same(speller: Speller) -> None:
    assert corrected_words("kuantas targetas viscolates", "es", speller) == [
        "tarjeta",
        "viscolatex",
    ]


def test_two_words_that_the_index_knows_as_one_are_joined_beside_their_parts(
    speller: Speller,
) -> None:
    assert corrected_words("fallo de git hub", "es", speller)[-1] == "github"


def test_codes_are_whole_and_in_parts(speller: Speller) -> None:
    assert corrected_words("error ERR-00123", "es", speller) == [
        "error",
        "err-00123",
        "err",
        "00123",
    ]


def test_each_word_is_a_group_in_which_it_weighs_most() -> None:
    groups = terms_of(["plazo", "devolucion"], "es", THESAURUS)
    assert len(groups) == 2
    for word, group in zip(("plazo", "devolucion"), groups, strict=True):
        weights = dict(group)
        assert weights[word] == weights[stem(word, "es")] == weights[stem(word, "en")] == 1.0
        assert max(weights.values()) == 1.0


def test_synonyms_and_translations_weigh_less_than_the_word() -> None:
    weights = dict(terms_of(["devolucion"], "es", THESAURUS)[0])
    assert weights[stem("retorno", "es")] == pytest.approx(SYNONYM_WEIGHT)
    assert weights[stem("refund", "en")] == pytest.approx(TRANSLATION_WEIGHT)
    assert weights[stem("return", "en")] == pytest.approx(TRANSLATION_WEIGHT)


def test_an_english_question_finds_spanish_words() -> None:
    weights = dict(terms_of(["refund"], "en", THESAURUS)[0])
    assert weights[stem("devolucion", "es")] == pytest.approx(TRANSLATION_WEIGHT)


def test_the_weight_of_a_phrase_is_shared_by_its_words() -> None:
    groups = [dict(g) for g in terms_of(["estado", "pedido"], "es", THESAURUS)]
    whole = TRANSLATION_WEIGHT / 2  # "order status" has two words
    for group in groups:
        assert group[stem("order", "en")] == pytest.approx(whole / 2)
        assert group[stem("status", "en")] == pytest.approx(whole / 2)


def test_a_word_of_many_senses_spreads_its_weight() -> None:
    two = parse("banco\tbank\nbanco\tbench\n")
    weights = dict(terms_of(["banco"], "es", two)[0])
    assert weights["bank"] == weights["bench"] == pytest.approx(TRANSLATION_WEIGHT / 2**0.5)


def test_no_words_give_no_groups() -> None:
    assert terms_of([], "es", THESAURUS) == []
