"""What was said before a question goes with it, and counts by the question's form."""

from __future__ import annotations

import pytest

from assistant.models import Turn
from assistant.rewrite import (
    HALF_NEEDED,
    HARDLY_NEEDED,
    MAX_CONTEXT_CHARS,
    NEEDED,
    NOT_NEEDED,
    NOTHING_WITHOUT,
    SHORT_CHARS,
    context_of,
    points_back,
    refers_back,
    said_before,
    share,
)
from knowledge.models import Language
from knowledge.search.retrieval import NO_CONTEXT

HISTORY = [
    Turn("customer", "Quiero devolver un colchón."),
    Turn("agent", "¿Cuándo lo compró?"),
]


@pytest.mark.parametrize(
    ("question", "language", "expected"),
    [
        ("how much", "en", NOTHING_WITHOUT),
        ("who do i call now", "en", NOTHING_WITHOUT),
        ("¿Y?", "es", NOTHING_WITHOUT),
        ("¿y si está abierto?", "es", NEEDED),
        ("What about sofas?", "en", NEEDED),
        ("E18", "es", NEEDED),
        ("and if the courier damaged the washing machine downstairs", "en", HALF_NEEDED),
        ("¿puedo devolverla sin el embalaje original?", "es", HALF_NEEDED),
        ("plazo garantía lavadora", "es", HARDLY_NEEDED),
        ("documentos para pedir un duplicado de factura de 2019", "es", NOT_NEEDED),
    ],
)
def test_the_less_a_question_says_the_more_counts_what_was_said(
    question: str, language: Language, expected: float
) -> None:
    assert share(question, language) == expected
    assert context_of(question, HISTORY, language).share == expected


@pytest.mark.parametrize(
    "question", ["¿Me prestan uno entretanto?", "¿puedo devolverla?", "can you lend me one"]
)
def test_a_word_for_what_was_said_points_back(question: str) -> None:
    assert points_back(question)
    assert refers_back(question)


@pytest.mark.parametrize(
    "question", ["plazo de la garantía", "uno de los pedidos", "cuánto dura", "invoice copy"]
)
def test_a_question_that_names_its_subject_does_not(question: str) -> None:
    assert not refers_back(question)


def test_without_anything_said_there_is_no_context() -> None:
    assert context_of("¿y si está abierto?", [], "es") == NO_CONTEXT
    assert context_of("¿y si está abierto?", [Turn("customer", "  ")], "es") == NO_CONTEXT


def test_what_the_customer_said_first_and_last_is_taken_along() -> None:
    turns = [Turn("customer", text) for text in ("el horno", "dos", "tres", "huele a quemado")]
    assert said_before(turns) == "el horno tres huele a quemado"


def test_what_was_asked_last_is_taken_along_and_what_was_told_at_length_is_not() -> None:
    assert said_before(HISTORY) == "Quiero devolver un colchón. ¿Cuándo lo compró?"
    long = Turn("assistant", "palabra " * SHORT_CHARS)
    assert said_before([HISTORY[0], long]) == HISTORY[0].text


def test_where_no_customer_speaks_the_agents_questions_are_what_was_asked() -> None:
    turns = [Turn("agent", "garantía del sofá"), Turn("assistant", "Tres años.")]
    assert said_before(turns) == "garantía del sofá Tres años."


def test_thanks_and_greetings_tell_no_subject() -> None:
    turns = [Turn("customer", "hola"), Turn("customer", "el horno"), Turn("customer", "gracias")]
    turns.append(Turn("agent", "palabra " * SHORT_CHARS))
    assert said_before(turns) == "el horno"


def test_a_long_conversation_is_cut_at_a_word_and_keeps_its_end() -> None:
    turns = [Turn("customer", "palabra " * 400), Turn("agent", "el final")]
    context = said_before(turns)
    assert len(context) <= MAX_CONTEXT_CHARS
    assert context.endswith("palabra el final")
    assert context.split(" ")[0] == "palabra"
