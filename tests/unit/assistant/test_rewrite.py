"""A follow-up takes what was said before along; a question that stands alone does not."""

from __future__ import annotations

import pytest

from assistant.models import Turn
from assistant.rewrite import (
    MAX_CONTEXT_CHARS,
    MAX_TURNS,
    context_of,
    depends_on_history,
    points_back,
)

HISTORY = [
    Turn("customer", "Quiero devolver un colchón."),
    Turn("agent", "plazo de devolución de colchones"),
]


@pytest.mark.parametrize(
    "question",
    [
        "¿y si está abierto?",
        "Y si ya lo ha usado",
        "pero lo compró por internet",
        "¿cuánto cuesta?",
        "what if it was opened",
        "and for the islands?",
        "does it have a warranty as well for this customer",
        "¿quién lo paga?",
        "¿Y?",
    ],
)
def test_a_question_that_refers_back_takes_the_conversation_along(question: str) -> None:
    assert depends_on_history(question)
    assert context_of(question, HISTORY) == (
        "Quiero devolver un colchón. plazo de devolución de colchones"
    )


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué documentos necesita un cliente para pedir un duplicado de factura de 2019?",
        "How long do customers have before a mattress return request expires online?",
    ],
)
def test_a_question_that_stands_alone_leaves_the_conversation(question: str) -> None:
    assert not depends_on_history(question)
    assert context_of(question, HISTORY) == ""


@pytest.mark.parametrize(
    "question",
    ["¿Me prestan uno entretanto?", "¿puedo devolverla?", "can you lend me one", "¿y el plazo?"],
)
def test_a_question_that_points_back_goes_on_with_what_was_said(question: str) -> None:
    assert points_back(question)


@pytest.mark.parametrize(
    "question", ["plazo de la garantía", "uno de los pedidos", "cuánto dura", "invoice copy"]
)
def test_a_question_that_names_its_subject_does_not(question: str) -> None:
    assert not points_back(question)


def test_without_history_there_is_no_context() -> None:
    assert context_of("¿y si está abierto?", []) == ""


def test_empty_turns_add_nothing() -> None:
    assert context_of("¿y eso?", [Turn("agent", "  "), Turn("customer", "el horno")]) == "el horno"


def test_only_the_last_turns_count_and_the_oldest_comes_first() -> None:
    turns = [Turn("customer", f"turno{i}") for i in range(MAX_TURNS + 3)]
    assert context_of("¿y eso?", turns).split() == [t.text for t in turns[-MAX_TURNS:]]


def test_a_long_conversation_is_cut_at_a_word_and_keeps_its_end() -> None:
    turns = [Turn("customer", "palabra " * 400), Turn("agent", "el final")]
    context = context_of("¿y eso?", turns)
    assert len(context) <= MAX_CONTEXT_CHARS
    assert context.endswith("palabra el final")
    assert context.split(" ")[0] == "palabra"
