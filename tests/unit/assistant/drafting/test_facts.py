"""Figures and forbidden answers of a draft beside a few sentences of sources."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.drafting.facts import weighed
from assistant.drafting.kinds import widened
from assistant.drafting.lines import Line, Talk, lines_of, of_named
from assistant.drafting.promises import unbacked
from assistant.drafting.reading import stated
from assistant.drafting.unsaid import unsaid, unsayable
from knowledge.conflicts.wording import Rarity, Words
from knowledge.models import Chunk, Language, StoredChunk
from knowledge.text import sentence_spans

RETURNS = (
    "Artículo: Muebles sin montar; Plazo de devolución: 45 días naturales\n"
    "Artículo: Grandes electrodomésticos; Plazo de devolución: 30 días naturales\n"
    "Artículo: Colchones; Plazo de devolución: 100 noches de prueba"
)
DELIVERY = "Qué: Artículo grande, a pie de calle; Península: 29 €; Baleares: 59 €; Canarias: 129 €"
PIECES = "Pieza nueva: 7 días laborables en península, 12 en Baleares y 18 en Canarias."


SURELY = 0.2
"""How much more alike a source's other figure is than the one that says the same."""


def lines(
    text: str, *headings: str, language: Language = "es", document: str = "a.md"
) -> list[Line]:
    spans: list[tuple[int, int]] = []
    at = 0
    for row in text.split("\n"):
        spans += [(at + a, at + b) for a, b in sentence_spans(row)]
        at += len(row) + 1
    chunk = Chunk(
        document, 0, text, 0, len(text), headings, " > ".join(headings), None, None, language,
        tuple(spans),
    )  # fmt: skip
    return lines_of([StoredChunk(1, chunk, "Normas", np.zeros((len(spans), 4), np.float16))])


def apart(draft: str, found: list[Line], about: str = "", **talk: frozenset[str]) -> list[str]:
    said = widened(stated(draft, "es"))
    asked = widened(stated(about, "es"))
    told = Talk(Words(asked.words), (asked,), f"{about} {draft}")._replace(**talk)  # type: ignore[arg-type]
    named = of_named(found, said, told)
    rarity = Rarity(line.read.text for line in named)
    return [
        one.apart.found for one in weighed(said, named, told, rarity) if one.features.ahead > SURELY
    ]


def test_a_figure_is_held_against_the_row_of_its_own_thing() -> None:
    found = lines(RETURNS, "Plazos de devolución")
    assert apart("El plazo de devolución de los muebles es de 30 días.", found) == [
        "45 días naturales"
    ]
    assert apart("El plazo de devolución de los muebles es de 45 días.", found) == []
    assert apart("El plazo de devolución de la lavadora es de 30 días.", found) == []


def test_the_other_figure_is_told_in_the_language_of_the_draft_where_a_source_has_it() -> None:
    english = lines("Sofa: return within 45 calendar days", "Sofa", language="en", document="e.md")
    spanish = lines("El sofá se puede devolver en 45 días naturales.", "Sofás")
    said = "El sofá se puede devolver en 60 días."
    assert apart(said, [*english, *spanish]) == ["45 días naturales"]


def test_a_figure_is_held_against_the_cell_of_the_column_that_is_spoken_of() -> None:
    found = lines(DELIVERY, "Precios de entrega")
    wrong = "Un artículo grande a pie de calle cuesta 59 € en Canarias."
    assert apart(wrong, found) == ["129 €"]
    assert apart(wrong.replace("59", "129"), found) == []


def test_a_bare_number_takes_the_unit_of_the_figure_before_it() -> None:
    said = stated(PIECES, "es")
    assert [(q.kind, q.values[0][0]) for q in said.figures] == [
        ("duration", 7.0), ("duration", 12.0), ("duration", 18.0),
    ]  # fmt: skip


def test_a_document_behind_which_another_stands_counts_less() -> None:
    behind = lines("La franquicia del seguro es de 50 € por siniestro.", "Franquicia")
    ahead = lines(
        "La franquicia del seguro es de 60 € por siniestro.", "Franquicia", document="b.md"
    )
    draft = "La franquicia del seguro es de 50 € por siniestro."
    assert apart(draft, [*behind, *ahead], behind=frozenset(("a.md",))) == ["60 €"]


@pytest.mark.parametrize(
    ("draft", "about"),
    [
        ("Le llamo mañana a las 10:00 con la respuesta del plazo.", ""),
        ("Lleva 30 días con los muebles, dentro del plazo de devolución.", "Llevo 30 días."),
    ],
)
def test_what_is_arranged_or_was_said_by_the_customer_is_not_held(draft: str, about: str) -> None:
    said, asked = stated(draft, "es"), stated(about, "es")
    found = lines(f"{RETURNS}\nEl plazo se contesta de 9:00 a 14:00.")
    talk, rarity = Talk(Words(asked.words), (asked,), draft), Rarity([])
    assert list(weighed(said, found, talk, rarity)) == []


def ruled_out(draft: str, found: list[Line], language: Language = "es", about: str = "") -> int:
    said, asked = stated(draft, language), stated(about, language)
    return len(list(unsaid(said, asked, unsayable(found))))


def test_what_a_document_says_is_not_answered_is_found_below_its_heading() -> None:
    text = "«Ya ha pasado el plazo para reclamar»."
    said = "Lo siento, ya ha pasado el plazo para reclamar."
    assert ruled_out(said, lines(text, "Lo que no se puede contestar")) == 1
    assert ruled_out(said, lines(text, "Lo que se contesta")) == 0
    assert ruled_out("El plazo es de 30 días.", lines(text, "Lo que no se puede contestar")) == 0


def test_a_word_of_the_column_not_to_be_said_counts_where_its_thing_is_spoken_of() -> None:
    text = "Spanish: garantía legal; Say: legal guarantee (3 years); Do not say: insurance"
    found = lines(text, "Words", language="en")
    said = "Your legal insurance starts on delivery."
    asked = "Is it a guarantee or an insurance?"
    assert ruled_out(said, found, "en", asked) == 1
    assert ruled_out("Your home insurance starts today.", found, "en") == 0


def test_the_same_figure_in_another_column_does_not_make_it_right() -> None:
    found = lines(DELIVERY, "Precios de entrega")
    said = "Un artículo grande a pie de calle cuesta 29 € en Baleares."
    assert apart(said, found) == ["59 €"]


def test_ranges_are_the_same_only_at_both_ends() -> None:
    row = "Qué: Artículo grande; Península: de 5 a 10 días; Baleares: de 10 a 15 días"
    found = lines(row, "Plazos de entrega")
    wrong = "Un artículo grande tarda de 5 a 10 días en Baleares."
    assert apart(wrong, found)
    right = "Un artículo grande tarda de 10 a 15 días en Baleares."
    assert apart(right, found) == []


def test_what_a_rule_calls_the_earlier_limit_is_no_longer_right() -> None:
    found = lines(
        "Puede cambiar la cita de entrega sin coste hasta las 20:00 del día anterior.\n"
        "Sustituye al límite anterior (18:00 de dos días antes).",
        "Cambiar la cita",
    )
    assert apart("Puede cambiar la cita de entrega sin coste hasta las 18:00.", found) == ["20:00"]
    assert apart("Puede cambiar la cita de entrega sin coste hasta las 20:00.", found) == []


def test_a_figure_is_held_against_the_row_of_its_own_code() -> None:
    found = lines("RCB-LAV-024 cierre de puerta: 27,50 €.\nRCB-LAV-018 bomba de desagüe: 34,90 €.",
                  "Repuestos")  # fmt: skip
    assert apart("El cierre de puerta RCB-LAV-024 cuesta 34,90 €.", found) == ["27,50 €"]


def test_how_long_something_has_lasted_is_no_rule() -> None:
    found = lines("Si el retraso pasa de 10 días laborables, puede anular el pedido.", "Retrasos")
    assert apart("Su pedido lleva doce días laborables de retraso.", found) == []


def test_a_source_that_denies_a_promise_does_not_stand_behind_it() -> None:
    denied = lines("No se promete la entrega antes de Nochebuena.")
    allowed = lines("El pedido llega antes de Nochebuena.")
    said = stated("El pedido le llega antes de Nochebuena.", "es")
    assert len(list(unbacked(said, denied))) == 1
    assert list(unbacked(said, allowed)) == []


@pytest.mark.parametrize(
    "draft",
    ["Le cuelgo yo la estantería.", "Se lo dejo a mitad de precio si lo pide hoy.",
     "Lo tiene así de por vida.", "Le pongo un vale de 10 €, ¿le parece?"],
)  # fmt: skip
def test_what_no_rule_says_is_a_promise_whatever_the_verb(draft: str) -> None:
    assert len(list(unbacked(stated(draft, "es"), lines("La entrega cuesta 29 €.")))) == 1


@pytest.mark.parametrize(
    "draft", ["Le explico los pasos.", "El montador le rayó el suelo.", "¿Le cuelgo el teléfono?"]
)
def test_what_any_agent_does_what_is_past_and_what_is_asked_is_no_promise(draft: str) -> None:
    assert list(unbacked(stated(draft, "es"), lines("La entrega cuesta 29 €."))) == []
