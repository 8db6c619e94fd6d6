"""Mistyped words become what was meant; names of the company stay as they are."""

from __future__ import annotations

import gc
import time
import weakref

import pytest
from rapidfuzz.distance import OSA

from knowledge.models import Language
from knowledge.search.spelling import Speller, accented, dictionary, is_word, lemma, sound

NAMES = ["almendro", "viscolatex", "colchon", "devolucion", "tarjeta", "github", "err", "150"]


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(NAMES)


@pytest.mark.parametrize(
    ("typed", "meant", "language"),
    [
        ("kuantas", "cuantas", "es"),
        ("targeta", "tarjeta", "es"),
        ("devolusion", "devolucion", "es"),
        ("colcon", "colchon", "es"),
        ("clochon", "colchon", "es"),
        ("viscolates", "viscolatex", "es"),
        ("resibir", "recibir", "es"),
        ("abitacion", "habitacion", "es"),
        ("refnud", "refund", "en"),
        ("delivry", "delivery", "en"),
    ],
)
def test_a_mistyped_word_is_corrected(
    speller: Speller, typed: str, meant: str, language: Language
) -> None:
    assert speller.correct(typed, language) == meant


@pytest.mark.parametrize(
    "word", ["almendro", "viscolatex", "devoluciones", "refund", "murieron", "tv", "err-150", "150"]
)
def test_a_known_word_a_short_one_and_a_code_stay(speller: Speller, word: str) -> None:
    assert speller.correct(word, "es") == word


def test_a_word_near_nothing_stays(speller: Speller) -> None:
    assert speller.correct("xqzwvkjh", "es") == "xqzwvkjh"


def test_a_word_of_the_index_wins_over_one_of_the_dictionary_that_is_as_near() -> None:
    assert Speller([]).correct("almendrx", "es") != "almendrux"
    assert Speller(["almendrux"]).correct("almendrx", "es") == "almendrux"


def test_of_equally_near_words_the_most_frequent_is_meant_wherever_it_stands() -> None:
    frequency = dictionary("es").frequency
    near = sorted(w for w in frequency if w[0] == "p" and OSA.distance("padado", w) == 1)
    assert near.index("pasado") >= 5
    assert Speller([]).correct("padado", "es") == "pasado"


def test_the_speller_knows_inflected_forms_without_an_index() -> None:
    assert Speller([]).knows("devolviendo")
    assert not Speller([]).knows("devolbiendo")


def test_a_name_is_what_only_the_index_knows(speller: Speller) -> None:
    assert speller.is_name("github")
    assert not speller.is_name("colchon")
    assert not speller.is_name("gitlab")


@pytest.mark.parametrize(
    ("one", "other"),
    [("kuantas", "cuantas"), ("targeta", "tarjeta"), ("haver", "aber"), ("llave", "yave")],
)
def test_words_that_a_spanish_ear_writes_alike_share_a_sound(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(("one", "other"), [("pero", "perro"), ("casa", "cosa")])
def test_words_that_sound_different_do_not(one: str, other: str) -> None:
    assert sound(one) != sound(other)


def test_words_by_sound_are_grouped_by_their_own_sound_most_frequent_first() -> None:
    found = dictionary("es")
    for key in ("tarjeta", "casa", "hola"):
        group = found.by_sound[sound(key)]
        assert key in group
        assert {sound(word) for word in group} == {sound(key)}
        counts = [found.frequency[word] for word in group]
        assert counts == sorted(counts, reverse=True)


def test_the_dictionary_is_folded_and_remembers_the_usual_spelling() -> None:
    found = dictionary("es")
    assert "devolucion" in found.frequency
    assert "devolución" not in found.frequency
    assert found.accented["devolucion"] == "devolución"
    assert found.accented["casa"] == "casa"
    assert found.accented["dolar"] == "dólar"  # Though "dolar" is in the list, before it


def test_accents_are_put_back() -> None:
    assert accented("devolucion", "es") == "devolución"
    assert accented("murio", "es") == "murió"
    assert accented("devolucion", "en") == "devolucion"
    assert accented("xqzw", "es") == "xqzw"


def test_irregular_forms_have_the_lemma_of_their_verb() -> None:
    assert lemma("murio", "es") == "morir"
    assert lemma("bought", "en") == "buy"


def test_a_word_belongs_to_its_language() -> None:
    assert is_word("devolucion", "es")
    assert not is_word("devolucion", "en")
    assert is_word("refund", "en")


def test_the_speller_of_a_former_index_is_let_go() -> None:
    former = Speller(NAMES)
    former.correct("colcon", "es")
    gone = weakref.ref(former)
    del former
    gc.collect()
    assert gone() is None


def test_the_longest_question_is_corrected_in_no_time() -> None:
    vocabulary = [a + b + c for a in "bcdfglmnprst" for b in "aeiou" for c in _ENDS]
    made = Speller(vocabulary)
    typed = [f"{a}{b}xq{c}" for a in "bcdfglmn" for b in "aeiou" for c in _ENDS[:14]][:560]
    for letter in "bcdfglmn":
        made.correct(f"{letter}xxqqzz", "es")  # Loads what is loaded once
    began = time.process_time()
    for word in typed:
        made.correct(word, "es")
    # 50 ms on an idle core; comparing with every word took 5 s.
    assert time.process_time() - began < 0.5


_ENDS = [f"{x}{y}{z}" for x in "lnrst" for y in "aeio" for z in ("nte", "do", "cion", "r", "mos")]
