"""What says the same is shown once, in the language of the question."""

from __future__ import annotations

from assistant.sentences import Candidate, candidates
from assistant.twins import alike, in_language
from knowledge.models import Language
from tests.unit.assistant.made import passage, question


def sentence(text: str, language: Language, meaning: int, document: str = "") -> Candidate:
    (found,) = candidates(
        question("x"),
        [
            passage(
                text,
                document=document or f"{text}.md",
                language=language,
                meanings=[meaning],
                similarities=[0.1],
            )
        ],
    )
    return found


SPANISH = sentence("El plazo es de 30 días.", "es", 1)
ENGLISH = sentence("The term is 30 days.", "en", 1)
OTHER = sentence("The warranty lasts three years.", "en", 2)


def test_a_translation_says_the_same_and_another_meaning_does_not() -> None:
    assert alike(SPANISH, ENGLISH)
    assert not alike(ENGLISH, OTHER)


def test_the_same_words_say_the_same_whatever_their_vectors() -> None:
    assert alike(SPANISH, sentence("EL PLAZO es de 30 días", "es", 9))


def test_neighbours_in_one_document_are_compared_by_their_words_alone() -> None:
    one = sentence("El plazo es de 30 días.", "es", 1, document="a.md")
    assert not alike(one, sentence("La recogida es gratis.", "es", 1, document="a.md"))


def test_a_translation_in_the_language_of_the_question_takes_the_place() -> None:
    assert in_language([ENGLISH, OTHER, SPANISH], "es") == [SPANISH, OTHER, ENGLISH]
    assert in_language([SPANISH, OTHER, ENGLISH], "en") == [ENGLISH, OTHER, SPANISH]


def test_what_is_in_the_language_or_has_no_translation_stays() -> None:
    assert in_language([SPANISH, ENGLISH, OTHER], "es") == [SPANISH, ENGLISH, OTHER]
    assert in_language([OTHER, SPANISH], "es") == [OTHER, SPANISH]
    assert in_language([OTHER], "es") == [OTHER]
    assert in_language([], "es") == []


def test_a_translation_takes_one_place_only() -> None:
    again = sentence("Thirty days is the term.", "en", 1)
    assert in_language([ENGLISH, again, SPANISH], "es") == [SPANISH, again, ENGLISH]
