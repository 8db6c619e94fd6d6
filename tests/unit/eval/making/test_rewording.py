"""A chat model may word a question; what gives the answer away or is none stays out."""

from __future__ import annotations

import pytest

from eval.golden.drafts import Draft
from eval.making.rewording import request, reworded
from tests.unit.eval.making.test_documents import proposed


def draft() -> Draft:
    (made,) = proposed(
        ("heading", "Reembolso"), ("paragraph", "El dinero se devuelve en 10 días naturales.")
    )
    return made


def test_a_question_in_everyday_words_takes_the_place_of_the_template() -> None:
    made = reworded(draft(), lambda asked: "«¿Cuánto tarda en llegarle lo que pagó?»\n")
    assert made.question == "¿Cuánto tarda en llegarle lo que pagó?"
    assert (made.notes, dict(made.tags)["style"]) == (draft().question, "worded")
    assert (made.id, made.facts, made.gold) == (draft().id, draft().facts, draft().gold)


@pytest.mark.parametrize(
    "said",
    [
        None,
        "",
        "El dinero tarda.",
        "¿Es verdad que el dinero se devuelve en 10 días naturales?",
        "¿Le llega antes de 14 días?",
        "How long does the refund take to arrive?",
        "¿Cuánto tarda? ¿Y quién lo paga?",
        "¿Cuánto" + " tarda" * 60 + "?",
    ],
)
def test_what_is_no_question_or_gives_a_figure_is_not_taken(said: str | None) -> None:
    assert reworded(draft(), lambda asked: said) == draft()


def test_the_sentence_is_data_between_marks_that_it_cannot_close() -> None:
    asked = request(draft())
    assert asked.prompt == "word.es/1"
    assert f"<<{asked.mark} frase\nEl dinero se devuelve en 10 días naturales." in asked.request
    assert f"<<{asked.mark} borrador\n{draft().question}\n{asked.mark}>>" in asked.request
    assert asked.mark in asked.rules
