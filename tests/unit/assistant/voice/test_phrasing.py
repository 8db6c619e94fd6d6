"""Statements in the company's voice: told for the channel, with nothing changed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.models import Citation, Statement
from assistant.support.check import SupportCheck
from assistant.support.models import Evidence, Support
from assistant.voice.models import Channel, VoiceGuide
from assistant.voice.phrasing import Phrased, phrased, to_tell
from knowledge.models import Language
from tests.unit.assistant.voice.made import example_guide, guide_of

GUIDES: dict[Language, VoiceGuide] = {
    "es": example_guide("guia-de-voz.md"),
    "en": example_guide("voice-guide-en.md"),
}


def stated(
    text: str, language: Language = "es", *, internal: bool = False, approved: bool = False
) -> Statement:
    cited = Citation(
        "d.md", "D", None, None, (), text, 0, len(text), language, internal=internal,
        approved=approved,
    )  # fmt: skip
    return Statement(text, (cited,))


def said(
    *statements: Statement, channel: Channel = "phone", language: Language = "es", **options: bool
) -> Phrased:
    return phrased(
        statements, GUIDES, channel, SupportCheck(), language=language, minute=15 * 60, **options
    )


def test_policies_are_said_to_the_customer() -> None:
    found = said(
        stated("El cliente dispone de 14 días naturales."),
        stated("Si el cliente lo pide, se abona al cliente el envío."),
    )
    assert found.text == (
        "Usted dispone de 14 días naturales.\nAdemás, si usted lo pide, se le abona el envío."
    )
    assert [s.how for one in found.said for s in one.sentences] == ["rephrased", "rephrased"]


def test_phrasing_an_answer_keeps_nobody_waiting() -> None:
    texts = [
        stated(f"El cliente dispone de {n} días naturales para devolver el sofá.") for n in range(5)
    ]
    assert min(said(*texts).ms for _ in range(3)) <= 20


def test_each_language_is_said_by_its_own_guide() -> None:
    text = "The customer gets a reasoned answer within 15 working days."
    assert said(stated(text, "en")).text == "You get a reasoned answer within 15 working days."


class Doubting(SupportCheck):
    """Supports nothing."""

    def check_all(
        self,
        statements: Sequence[str],
        evidence: Sequence[Evidence],
        language: Language | None = None,
    ) -> list[Support]:
        return [Support("unsupported", 0.1, None) for _ in statements]


def test_what_is_not_supported_goes_back_to_the_quotation() -> None:
    text = "El cliente dispone de 14 días."
    found = phrased([stated(text)], GUIDES, "phone", Doubting(), language="es")
    assert found.text == text
    assert [s.how for s in found.said[0].sentences] == ["fell_back"]


def test_what_is_not_for_customers_is_not_said() -> None:
    found = said(stated("El cliente moroso.", internal=True), stated("El cliente paga 5 €."))
    assert found.text == "Usted paga 5 €."
    staff = said(stated("Lo decide la extensión 2140."), stated("Usted elige la hora de entrega."))
    assert [one.text for one in staff.said] == ["Usted elige la hora de entrega."]


def test_another_language_is_told_only_where_nothing_else_is() -> None:
    other = stated("The visit is free of charge.", "en")
    assert [one.statement for one in said(stated("La visita es gratis."), other).said] != [other]
    assert [one.statement for one in said(other).said] == [other]


@pytest.mark.parametrize(
    "text",
    [
        "Pida al cliente el número de pedido.",
        "Si el cliente llama por la avería, llame a Tráfico.",
        "Forma de pago: Bizum; Paga: el cliente; Límite: 800 €",
    ],
)
def test_what_is_for_agents_or_a_row_keeps_its_words(text: str) -> None:
    assert said(stated(text)).text == text


def test_approved_wording_and_the_guides_own_words_are_kept() -> None:
    text = "El cliente puede elegir."
    assert said(stated(text, approved=True)).text == text
    own = Citation("guia-de-voz.md", "G", None, None, (), text, 0, len(text), "es")
    assert said(Statement(text, (own,))).text == text


def test_a_mail_has_greeting_and_closing_in_paragraphs() -> None:
    found = said(stated("Usted elige."), channel="email")
    assert found.text.split("\n\n") == [
        "Estimado señor / Estimada señora [apellido]:",
        "Usted elige.",
        "Reciba un cordial saludo. [nombre], Atención al cliente de Almendro",
    ]


def test_a_first_chat_message_greets_by_the_hour() -> None:
    assert said(stated("Sí."), channel="chat", opening=True).greeting == (
        "Buenas tardes, soy [nombre], de Almendro."
    )
    assert said(stated("Sí."), channel="chat").greeting is None
    assert said(stated("Sí."), channel="phone", opening=True).greeting is None
    assert said(stated("Yes.", "en"), channel="chat", language="en", opening=True).greeting == (
        "Hello, I am [name] from Almendro."
    )


def test_a_long_sentence_is_parted_in_writing_only() -> None:
    text = (
        "El plazo para devolver un mueble montado es de cuarenta y cinco días naturales desde la "
        "entrega en su domicilio; pasado ese plazo no se admite la devolución."
    )
    assert said(stated(text)).text == text
    assert said(stated(text), channel="chat").text.count(". Pasado ese plazo") == 1


def test_statements_of_two_sections_are_not_linked() -> None:
    one = Statement("Usted elige.", (Citation("a", "A", None, None, ("x",), "", 0, 1, "es"),))
    other = Statement(
        "El envío es gratis.", (Citation("a", "A", None, None, ("y",), "", 0, 1, "es"),)
    )
    assert said(one, other).text == "Usted elige.\nEl envío es gratis."


def test_a_guide_without_a_form_of_address_changes_no_spanish() -> None:
    text = "El cliente puede elegir."
    guides: dict[Language, VoiceGuide] = {
        "es": guide_of("# Guía de voz\n\n## Palabras\n\nNo decimos «problema».\n")
    }
    assert phrased([stated(text)], guides, "phone", SupportCheck(), language="es").text == text


def test_numbers_of_lists_are_not_said() -> None:
    assert to_tell("3. La devolución cuesta 5 €.") == "La devolución cuesta 5 €."
    assert to_tell("3,5 € cada una.") == "3,5 € cada una."
