"""Words, stems and sentences of text as people and documents write it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text import STOP_WORDS, content_words, fold, sentence_spans, stem, words


def sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in sentence_spans(text)]


def test_folding_drops_case_and_accents() -> None:
    assert fold("DEVOLUCIÓN Año Straße ﬁn") == "devolucion ano strasse fin"


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("forms", "language"),
    [
        (("devolucion", "devoluciones"), "es"),
        (("reclamacion", "reclamaciones"), "es"),
        (("plazo", "plazos"), "es"),
        (("return", "returns", "returned"), "en"),
    ],
)
def test_forms_of_a_word_share_a_stem(forms: tuple[str, ...], language: str) -> None:
    assert len({stem(form, language) for form in forms}) == 1


def test_a_code_is_found_whole_and_in_its_parts() -> None:
    assert words("Error ERR-00123 del COL-VISCO-150") == [
        "error",
        "err-00123",
        "err",
        "00123",
        "del",
        "col-visco-150",
        "col",
        "visco",
        "150",
    ]


@pytest.mark.parametrize("code", ["3.500", "3,5", "24/7", "ayuda@almendro.es", "it's"])
def test_what_hangs_together_is_one_word(code: str) -> None:
    assert words(f"es {code}, claro")[1] == code


def test_a_comma_between_letters_separates() -> None:
    assert words("colchón,canapé") == ["colchon", "canape"]


def test_stop_words_are_left_out_unless_nothing_else_is_left() -> None:
    assert content_words("¿Cuál es el plazo de la devolución?") == ["plazo", "devolucion"]
    assert content_words("¿Y de lo que es?") == ["y", "de", "lo", "que", "es"]


def test_stop_words_are_folded_as_questions_are() -> None:
    assert {fold(word) for word in STOP_WORDS} == STOP_WORDS


@pytest.mark.parametrize(
    "parts",
    [
        ["Cuesta 3.500 € al mes.", "No hay más."],
        ["El 1.º de mayo cambia.", "La 2.ª planta no."],
        ["Escriba a ayuda@almendro.es.", "Le responderemos."],
        ["Vea www.almendro.es/plazos.html?x=1.", "Ahí está."],
        ["Enviamos a EE. UU. y a México.", "A otros países no."],
        ["Espere… Y luego siga.".split(" Y")[0], "Y luego siga."],
        ["Espere...", "Después cuelgue."],
        ["Dijo «no».", "Y colgó."],
        ['Responda: "No."', "Después calle."],
        ["¿Se devuelve?", "¡Claro!", "¿Y si no?"],
        ["Llame al núm. 900 123 456 o al tel. 912 345 678.", "Gracias."],
        ["El Sr. García y la Dra. Núñez, p. ej., firman.", "Nadie más."],
        ["Hay excepciones, p. ej. Canarias.", "No hay otras."],
        ["Traiga ticket, caja, etc.", "El plazo es de 30 días."],
        ["J. R. R. Tolkien lo compró."],
        ["Abrimos de 9 a 14 h.", "Los domingos no."],
        ["Hasta las 5 p. m.", "Luego cerramos."],
        ["¿Puede devolverlo?", "No.", "El plazo pasó."],
        ["Véase el anexo No. 5 y el n.º 7.", "Fin."],
        ["Mide 20 cm. de alto y 30 cm. de ancho.", "No cabe."],
        ["Espere... y luego siga."],
        ["It weighs 20 lbs.", "Mr. Smith, e.g. in the U.S. Army, knows."],
        ["1. Mire el número.", "2. Llame."],
        ["5.1. Plazo de entrega.", "Son 3 días."],
        ["El año fue 2023.", "La tienda abrió."],
    ],
)
def test_a_full_stop_ends_a_sentence_only_where_a_reader_stops(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_lines_and_list_items_are_sentences_of_their_own() -> None:
    assert sentences("Traiga:\n- el ticket;\n- la caja\n\n• el cable.") == [
        "Traiga:",
        "- el ticket;",
        "- la caja",
        "• el cable.",
    ]


@pytest.mark.parametrize("text", ["", "   ", "...", "***\n---\n", "¿?"])
def test_what_says_nothing_has_no_sentence(text: str) -> None:
    assert sentence_spans(text) == []


@given(st.text(alphabet="aB1ñ .?!…;:\n\t\"'«»()-•¿", max_size=200))
def test_sentences_are_in_order_trimmed_and_leave_no_letter_out(text: str) -> None:
    position = 0
    for start, end in sentence_spans(text):
        assert position <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert not any(c.isalnum() for c in text[position:start])
        position = end
    assert not any(c.isalnum() for c in text[position:])


@pytest.mark.parametrize(
    "unit", ["a. ", "1. ", ". ", "...x", ".)", '."', "; ", ".\t" + " " * 50, "« ", "no. 1 "]
)
def test_time_grows_with_the_length_whatever_the_text(unit: str) -> None:
    def seconds(n_chars: int) -> float:
        text = unit * (n_chars // len(unit))
        began = time.process_time()
        sentence_spans(text)
        return time.process_time() - began

    # Quadratic, the longer text would take 256 times as long; half of that is slack for noise.
    assert seconds(160_000) < 128 * max(min(seconds(10_000) for _ in range(3)), 1e-4)


def test_a_run_of_full_stops_takes_no_quadratic_time() -> None:
    began = time.process_time()
    sentence_spans("." * 200_000 + "x")
    sentence_spans(". " + "«" * 200_000)
    sentence_spans(". " + " " * 200_000 + ".")
    assert time.process_time() - began < 2


def test_full_stops_of_other_scripts_end_sentences_without_a_space_after_them() -> None:
    assert sentences("请按规定时间提交。Son 14 días.") == ["请按规定时间提交。", "Son 14 días."]
