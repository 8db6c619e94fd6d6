"""Right words to another sense: conditions left out, words moved, sentences broken off."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.support.check import SupportCheck
from assistant.support.conditions import conditions_apart
from assistant.support.fragments import has_verb, is_fragment
from assistant.support.models import Evidence, Support
from assistant.support.order import order_of
from assistant.support.reading import read
from knowledge.models import Chunk, Embedded, Language
from knowledge.text import stem
from tests.fakes import HashingEmbedder


def left_out(said: str, source: str, language: Language = "es", of: Language = "es") -> list[str]:
    found = conditions_apart(read(said, language), read(source, of))
    return [source[slice(*one.found)].strip() for one in found]


@pytest.mark.parametrize(
    ("said", "source", "condition"),
    [
        (
            "La segunda entrega cuesta 25 €.",
            "Si no hay nadie en casa, la segunda entrega cuesta 25 €.",
            "Si no hay nadie en casa",
        ),
        (
            "El paquete es gratuito.",
            "El paquete es gratuito solo en península.",
            "solo en península",
        ),
        (
            "No se transfiere a nadie.",
            "No se transfiere a nadie salvo a la guardia de seguridad.",
            "salvo a la guardia de seguridad",
        ),
        (
            "Se tramita si el cliente usa esa palabra.",
            "Se tramita siempre, aunque el cliente no use esa palabra.",
            "aunque el cliente no use esa palabra",
        ),
    ],
)
def test_what_the_source_depends_on_is_missed(said: str, source: str, condition: str) -> None:
    assert left_out(said, source) == [condition]


@pytest.mark.parametrize(
    ("said", "source"),
    [
        (
            "Cuando no hay nadie en casa, la segunda entrega cuesta 25 €.",
            "Si no hay nadie en casa, la segunda entrega cuesta 25 €.",
        ),
        (
            "Únicamente en la península es gratuito el paquete.",
            "El paquete es gratuito solo en península.",
        ),
        ("Sí, llega el lunes.", "Sí, el pedido llega el lunes."),
        ("El conductor llama dos veces.", "El conductor llama dos veces. Si llueve, tres."),
    ],
)
def test_a_condition_that_is_kept_or_of_something_else_is_not_missed(
    said: str, source: str
) -> None:
    assert left_out(said, source) == []


def test_a_condition_is_missed_across_languages() -> None:
    source = "Si el cliente no confirma, el pedido se cancela."
    assert left_out("The order is cancelled.", source, "en") == ["Si el cliente no confirma"]
    assert left_out("If the client says nothing, the order is cancelled.", source, "en") == []


def moved(said: str, source: str) -> set[tuple[str, str]]:
    one, other = read(said, "es"), read(source, "es")
    known = frozenset(stem(word, "es") for word in other.tokens)
    return {
        (said[slice(*difference.said)], source[slice(*difference.found)])
        for difference in order_of(one, other, known).apart
    }


def test_words_in_each_others_place_are_told() -> None:
    assert ("llamada", "pedido") in moved(
        "Los límites son por llamada, no por pedido.", "Los límites son por pedido, no por llamada."
    )
    assert moved(
        "La devolución la paga la tienda y el envío el cliente.",
        "La devolución la paga el cliente y el envío la tienda.",
    )


def test_clauses_and_lists_may_change_their_order() -> None:
    assert not moved(
        "Se cobran 25 € si no hay nadie en casa.", "Si no hay nadie en casa, se cobran 25 €."
    )
    assert not moved("Debe estar vacía y desconectada.", "Debe estar desconectada y vacía.")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("La espera máxima es de 3 minutos; si se", "es"),
        ("Almendro accepts claims of up to", "en"),
        ("Si entregamos más tarde de la fecha confirmada.", "es"),
        ("If the technician finds no fault.", "en"),
        ("El pedido se entrega en la", "es"),
    ],
)
def test_a_sentence_that_breaks_off_is_a_fragment(text: str, language: Language) -> None:
    assert is_fragment(read(text, language))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Si no hay nadie, cobramos 25 €.", "es"),
        ("You have 15 days, provided it was never plugged in.", "en"),
        ("If it comes back we send a technician.", "en"),
        ("Llame al 900 123 456.", "es"),
        ("El colchón se entrega a él.", "es"),
        ("You choose what you agree to.", "en"),
        ("Aparque en la entrada del este.", "es"),
    ],
)
def test_a_whole_sentence_is_none(text: str, language: Language) -> None:
    assert not is_fragment(read(text, language))
    assert has_verb(read(text, language))


@pytest.mark.parametrize(
    ("text", "language"),
    [("Los gastos de recogida del mueble.", "es"), ("Damage in transit and missing parts", "en")],
)
def test_names_of_things_have_no_verb(text: str, language: Language) -> None:
    assert not has_verb(read(text, language))


SOURCE = Evidence(
    "Entregas\n\nPasada la garantía, la mano de obra tiene un precio cerrado. Tarjetas: sin límite "
    "de compra.",
    "es",
    "Condiciones de la garantía",
)


def checked(statement: str) -> Support:
    return SupportCheck().check(statement, [SOURCE], "es")


@pytest.mark.parametrize(
    "statement", ["Pasada la garantía, la mano de obra.", "Condiciones de la garantía"]
)
def test_a_fragment_or_title_of_the_source_cannot_be_checked(statement: str) -> None:
    support = checked(statement)
    assert (support.verdict, support.reasons[0].cause) == ("uncheckable", "fragment")


def test_a_whole_line_without_a_verb_is_as_good_as_the_source() -> None:
    assert checked("Tarjetas: sin límite de compra.").verdict == "supported"


def test_a_condition_left_out_is_a_doubt_that_names_it() -> None:
    evidence = Evidence("Si no hay nadie en casa, la segunda entrega cuesta 25 €.", "es")
    support = SupportCheck().check("La segunda entrega cuesta 25 €.", [evidence], "es")
    (told,) = support.doubts or support.reasons
    assert (told.cause, told.found) == ("condition", "Si no hay nadie en casa")


class Counting(HashingEmbedder):
    """Counts what it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def embed_chunks(self, chunks: Sequence[Chunk]) -> list[Embedded]:
        self.texts += [chunk.text for chunk in chunks]
        return super().embed_chunks(chunks)


def test_vectors_are_asked_for_only_where_words_cannot_tell_and_passages_once() -> None:
    embedder = Counting()
    check = SupportCheck(embedder)
    evidence = [Evidence("El técnico llama por teléfono media hora antes de la visita.", "es")]
    check.check("El técnico llama por teléfono media hora antes de la visita.", evidence, "es")
    assert embedder.texts == []
    for said in ("El operario avisa por teléfono antes de venir.", "El técnico avisa antes de ir."):
        check.check(said, evidence, "es")
    assert embedder.texts.count(evidence[0].text) == 1


def test_a_question_is_compared_with_its_answer() -> None:
    embedder = Counting()
    evidence = Evidence("Sí, hasta el día anterior.", "es", "Entregas\n¿Puedo mover la cita?")
    SupportCheck(embedder).check("La cita se puede mover hasta la víspera.", [evidence], "es")
    assert "¿Puedo mover la cita? Sí, hasta el día anterior." in embedder.texts
