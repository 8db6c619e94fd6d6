"""The sentences of what a chat model wrote."""

from __future__ import annotations

import pytest

from assistant.chat.drafted import Draft, drafts, says_nothing


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Son 14 días [1].", [Draft("Son 14 días.", (1,))]),
        ("Son 14 días. [1]", [Draft("Son 14 días.", (1,))]),
        ("Son 14 días.[1][2]", [Draft("Son 14 días.", (1, 2))]),
        ("Son 14 días [1, 2] [1].", [Draft("Son 14 días.", (1, 2))]),
        ("- **Son** 14 días [1]", [Draft("Son 14 días", (1,))]),
        ("1. Son 14 días. [2]", [Draft("Son 14 días.", (2,))]),
        (
            "Son 14 días [1]. Cuesta 29 €. [2]",
            [Draft("Son 14 días.", (1,)), Draft("Cuesta 29 €.", (2,))],
        ),
        ("Son 14 días. Cuesta 29 €. [2]", [Draft("Son 14 días.", ()), Draft("Cuesta 29 €.", (2,))]),
        ("El plazo [1] es de 14 días [2].", [Draft("El plazo es de 14 días.", (1, 2))]),
        ("¿Le ayudo? [1]", [Draft("¿Le ayudo?", (1,))]),
        ("Son 14 días [1].\nSon 14 días [1].", [Draft("Son 14 días.", (1,))]),
        ("Son 14 días\n[1]", [Draft("Son 14 días", (1,))]),
        (
            "[1] Son 14 días.\n[2] Cuesta 29 €.",
            [Draft("Son 14 días.", (1,)), Draft("Cuesta 29 €.", (2,))],
        ),
        ("Son 14 días [99].", [Draft("Son 14 días.", (99,))]),
        ("", []),
        ("[1] [2]", []),
        ("\u202eSon\u200b 14 días\x1b [1].", [Draft("Son 14 días.", (1,))]),
    ],
)
def test_sentences_carry_the_numbers_that_they_name(text: str, expected: list[Draft]) -> None:
    assert drafts(text) == expected


@pytest.mark.parametrize("text", ["NADA", "Nada.", " «nada» ", "NOTHING", "nothing."])
def test_a_model_may_say_that_the_sources_do_not_answer(text: str) -> None:
    assert says_nothing(text)


def test_a_sentence_with_the_word_in_it_says_something() -> None:
    assert not says_nothing("No cuesta nada [1].")


def test_marks_of_the_prompt_that_are_repeated_are_no_sentences() -> None:
    text = "<<a1b2 fuente 1\nSon 14 días [1].\na1b2>>"
    assert drafts(text, "a1b2") == [Draft("Son 14 días.", (1,))]


def test_a_long_text_takes_no_longer_than_it_is_long() -> None:
    assert drafts("[" * 4000) == []
    assert drafts("a." * 2000 + "[1]" * 500)
