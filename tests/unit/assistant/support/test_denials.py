"""Denials in one language and across: what the same is said with, and what turns it round."""

from __future__ import annotations

import pytest

from assistant.support.denials import denials_apart, obligations_apart
from assistant.support.names import names_apart
from assistant.support.polarity import unpaired
from assistant.support.reading import read
from knowledge.models import Language


def denied(said: str, source: str, language: Language = "es", of: Language = "es") -> bool:
    one, other = read(said, language), read(source, of)
    return bool(denials_apart(one, other, other))


@pytest.mark.parametrize(
    ("said", "source"),
    [
        (
            "No se da ningún plazo sin haber preguntado la fecha.",
            "Preguntar siempre la fecha antes de dar un plazo.",
        ),
        (
            "Solo entran llamadas cuando se ha confirmado la lectura.",
            "Sin lectura confirmada no entran llamadas.",
        ),
        (
            "Desde enero no se puede pagar contra reembolso.",
            "El pago contra reembolso dejó de existir en enero.",
        ),
    ],
)
def test_the_same_with_and_without_a_no_is_no_denial(said: str, source: str) -> None:
    assert not denied(said, source)


@pytest.mark.parametrize(
    ("said", "source"),
    [
        (
            "El olor es tóxico y desaparece en 3 días.",
            "El olor desaparece en 3 días; no es tóxico.",
        ),
        ("No fue socio antes de ser el cantante.", "Fue socio antes de ser el cantante."),
        (
            "Si ha declarado impuestos antes, le ayudamos.",
            "Si no ha declarado impuestos antes, le ayudamos.",
        ),
    ],
)
def test_a_no_put_in_or_taken_out_is_told(said: str, source: str) -> None:
    assert denied(said, source)


SPANISH = "Lo pierde a menos que pueda probar que pagó la mitad de los gastos."
ENGLISH = "You lose it unless you can prove that you paid half of the expenses."


def test_words_that_deny_in_part_are_paired_across_languages() -> None:
    assert not denied(ENGLISH, SPANISH, "en")
    assert not denied(SPANISH, ENGLISH, "es", "en")
    assert denied(ENGLISH.replace("can prove", "cannot prove"), SPANISH, "en")
    assert denied(SPANISH.replace("pueda", "no pueda"), ENGLISH, "es", "en")


def test_a_word_without_a_counterpart_may_be_how_a_no_was_translated() -> None:
    assert unpaired(read("It is lost.", "en"), read("Se pierde.", "es"), ()) == set()
    assert unpaired(read("It is lost.", "en"), read("No llega.", "es"), ()) == {"lost"}


def test_what_may_only_be_done_if_is_what_has_to_be() -> None:
    must = read("Taking part requires that you accept the terms.", "en")
    only = read("Solo puede participar si acepta los términos.", "es")
    allowed = read("Puede participar y aceptar los términos.", "es")
    assert not obligations_apart(must, only)
    assert obligations_apart(must, allowed)


def named(said: str, source: str, language: Language, of: Language) -> list[str]:
    one, other = read(said, language), read(source, of)
    found = names_apart(one, other, other.tokens, lambda a, b: False)
    return [said[slice(*difference.said)] for difference in found]


def test_a_name_that_only_moved_is_not_another() -> None:
    source = "The city is served by the Tyne Metro, a system of railways in Wear."
    moved = "A system of railways in Wear, the city is served by the Tyne Metro."
    assert named(moved, source, "en", "en") == []
    assert named(source.replace("Wear", "Olivar"), source, "en", "en") == ["Olivar"]


def test_an_abbreviation_is_met_by_what_it_abbreviates_across_languages() -> None:
    source = "It is for those who have no Social Security Number of their own in Wyoming."
    assert named("Es para quien no tiene un SSN propio.", source, "es", "en") == []
    assert named("Es para quien no tiene un DNI propio.", source, "es", "en") == ["DNI"]
