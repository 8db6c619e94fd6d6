"""Which language a text is in, and a question as people type it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from knowledge.language import detect_language, question_language

SPANISH = "El cliente dispone de treinta días naturales para devolver el producto en la tienda."
ENGLISH = "The customer has thirty calendar days in which to return the product to the store."


def test_running_text_is_told_apart() -> None:
    assert detect_language(SPANISH) == "es"
    assert detect_language(ENGLISH) == "en"


def test_only_the_beginning_of_a_long_text_decides() -> None:
    assert detect_language((ENGLISH + " ") * 30 + (SPANISH + " ") * 500) == "en"


def test_threads_do_not_disturb_each_other() -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(detect_language, [SPANISH, ENGLISH] * 50))
    assert found == ["es", "en"] * 50


@pytest.mark.parametrize(
    "question",
    [
        "plazo devolucion colchon",
        "cuanto tarda el envio",
        "¿y si está abierto?",
        "q pasa si lo rompio el transportista",
        "me han cobrao dos veces el pedido",
        "el tracking no funciona y el cliente esta enfadado",
        "quiero cambiar el email de mi cuenta online",
        "reset de fábrica router",
    ],
)
def test_short_spanish_is_spanish(question: str) -> None:
    assert question_language(question) == "es"


@pytest.mark.parametrize(
    "question",
    [
        "return window mattress",
        "how long does shipping take",
        "what if its already open",
        "can they get there money back",
        "does the siesta mattress come with a warranty",
        "what did José say about the refund",
    ],
)
def test_short_english_is_english(question: str) -> None:
    assert question_language(question) == "en"


def test_a_code_alone_is_in_the_language_of_what_was_said_before() -> None:
    assert question_language("E18?", ["what does this error mean", "it blinks twice"]) == "en"
    assert question_language("E18?", ["qué significa este error"]) == "es"
    assert question_language("E18?", ["que significa este aviso", "E17?"]) == "es"
    both = ["what does this error mean", "que significa este aviso"]
    assert question_language("E18?", both) == "es"
    assert question_language("E18?", both[::-1]) == "en"


def test_a_code_alone_with_nothing_before_is_spanish() -> None:
    assert question_language("E18?") == "es"


def test_what_was_said_before_does_not_overrule_the_question() -> None:
    assert question_language("how many days to return it", [SPANISH]) == "en"


def test_a_very_long_conversation_of_codes_is_no_problem() -> None:
    assert question_language("E18?", ["how does this work"] + ["E17?"] * 5_000) == "en"
