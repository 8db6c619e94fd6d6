"""Which rules are read of a voice guide, and that what is not understood is told."""

from __future__ import annotations

import pytest

from assistant.voice.models import CHANNELS, VoiceGuide
from assistant.voice.reading import is_voice_guide
from tests.unit.assistant.voice.made import EXAMPLE, document_of, example_guide, guide_of

SPANISH = example_guide("guia-de-voz.md")
ENGLISH = example_guide("voice-guide-en.md")
BOTH = pytest.mark.parametrize("guide", [SPANISH, ENGLISH], ids=["es", "en"])


def style(guide: VoiceGuide) -> set[tuple[str, tuple[str, ...], int | None, str]]:
    return {(r.kind, r.channels, r.limit, r.example) for r in guide.style}


def unread(text: str) -> list[tuple[str, str]]:
    return [(one.why, one.detail) for one in guide_of(text).unread]


def test_the_examples_guides_are_the_only_ones_among_its_texts() -> None:
    found = {
        path.name
        for path in EXAMPLE.glob("*.md")
        if is_voice_guide(document_of(path.read_text("utf-8"), path.name))
    }
    assert found == {"guia-de-voz.md", "voice-guide-en.md"}


@BOTH
def test_every_rule_cites_the_words_it_was_read_from(guide: VoiceGuide) -> None:
    text = document_of((EXAMPLE / guide.documents[0][0]).read_text("utf-8")).text
    for one in (*guide.rules, *guide.unread):
        assert one.source.quote == text[one.source.start : one.source.end] != ""
        assert (one.source.document, one.source.version) == guide.documents[0]


@BOTH
def test_every_channel_has_its_greeting_and_closing(guide: VoiceGuide) -> None:
    assert [one.channel for one in guide.greetings] == list(CHANNELS)
    assert [one.channel for one in guide.closings] == list(CHANNELS)


def test_both_languages_give_the_same_rules() -> None:
    assert style(SPANISH) - style(ENGLISH) == {
        ("amounts", (), None, "29,90 €"),
        ("dates", (), None, "jueves 12 de marzo"),
    }
    assert ("emoji", ("chat", "social"), 1, "") in style(ENGLISH)
    assert ("emoji_in_complaints", ("chat", "social"), 0, "") in style(ENGLISH)
    for kind in ("words", "forbidden", "third_parties", "required"):
        assert len(getattr(SPANISH, kind)) == len(getattr(ENGLISH, kind))


def test_the_form_of_address_is_read_and_not_what_customers_do() -> None:
    assert SPANISH.address == "usted"
    assert SPANISH.address_on("social") == "usted"
    assert ENGLISH.address is None


def test_hours_of_greetings_follow_one_another() -> None:
    assert [(p.words, p.starts, p.ends) for p in SPANISH.day_parts] == [
        ("buenos días", 0, 840),
        ("buenas tardes", 840, 1260),
        ("buenas noches", 1260, 1440),
    ]


def test_words_in_cells_are_parted_only_where_they_are_short() -> None:
    by_first = {rule.avoid[0]: rule for rule in SPANISH.words}
    assert by_first["incidencia"].say == ("avería", "fallo")
    assert by_first["en breve"].avoid == ("en breve", "cuanto antes", "a la mayor brevedad")
    assert by_first["no sé"].say == ("voy a comprobarlo, tardo un minuto",)
    assert by_first["cariño"].say == ()


def test_a_forbidden_promise_has_its_limits() -> None:
    by_first = {rule.wordings[:1]: rule for rule in SPANISH.forbidden}
    financing = by_first["Sin intereses",]
    assert financing.wordings == ("Sin intereses", "gratis")
    assert financing.about == "al hablar de financiación"
    assert financing.unless == ("TIN", "TAE", "gastos")
    assert by_first["Cubre todo",].about == "seguro"
    assert by_first["Le devolvemos el dinero hoy mismo",].about == ""
    assert by_first[()].described == "Fechas de entrega que no estén confirmadas en pantalla"


@BOTH
def test_third_parties_have_what_to_say_instead(guide: VoiceGuide) -> None:
    (rule,) = guide.third_parties
    assert len(rule.parties) == 5
    assert len(rule.wordings) == 3
    assert rule.instead is not None
    assert rule.instead.endswith("Almendro")


def test_required_statements_have_situation_and_moment() -> None:
    found = {r.situation: (r.statement, r.verbatim, r.when) for r in SPANISH.required}
    assert found["Venta a distancia"] == (
        "Dispone de 14 días naturales desde la entrega para desistir, sin dar motivos",
        True,
        "Antes de cerrar",
    )
    assert found["Recogida"] == ("el importe", False, "antes de confirmar la cita")
    assert found["Reclamación"] == ("la clave REC y el plazo de 15 días laborables", False, "")


def test_what_is_for_people_is_not_taken_for_a_rule() -> None:
    why = {one.source.quote: one.why for one in SPANISH.unread}
    assert why["Claros, serenos y responsables."] == "for_people"
    assert why["Una idea por párrafo."] == "not_understood"


def test_channels_may_have_another_form_of_address() -> None:
    guide = guide_of(
        "# Guía de voz\n\n## Tratamiento\n\nDe usted, salvo en chat y WhatsApp, donde se habla de "
        "tú a todos los clientes de la tienda.\n"
    )
    assert guide.address == "usted"
    assert guide.address_on("chat") == guide.address_on("whatsapp") == "tu"
    assert guide.address_on("email") == "usted"


def test_two_forms_of_address_give_none_and_are_told() -> None:
    text = "# Guía de voz\n\n## Tratamiento\n\n- Siempre de usted.\n- Se tutea a los clientes.\n"
    assert guide_of(text).address is None
    assert unread(text) == [("two_addresses", "usted / tu"), ("two_addresses", "usted / tu")]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("| Canal | Saludo |\n|-|-|\n| Fax | Buenos días |", ("unknown_channel", "Fax")),
        ("| Color | Letra |\n|-|-|\n| verde | Arial |", ("unknown_columns", "Color | Letra")),
        ("| Canal | Saludo |\n|-|-|\n| Chat | |", ("empty_cell", "")),
        ("| Canal | Saludo |\n|-|-|\n| Chat | Hola |\n| Chat | Buenas |", ("twice", "Buenas")),
    ],
)  # fmt: skip
def test_a_table_that_is_not_understood_is_told(table: str, told: tuple[str, str]) -> None:
    assert unread(f"# Guía de voz\n\n## Saludos\n\n{table}\n") == [told]


def test_pairs_in_a_sentence_are_words_to_say_and_to_avoid() -> None:
    (rule,) = guide_of(
        "# Voice guide\n\n## Words\n\nWe say “fault”, not “incident” or “issue”.\n"
    ).words
    assert (rule.say, rule.avoid) == (("fault",), ("incident", "issue"))


def test_hours_that_do_not_follow_one_another_are_no_rule() -> None:
    text = (
        "# Guía de voz\n\n## Saludos\n\nHasta las 14:00, «buenos días»; de 12:00 a 9:00, «hola».\n"
    )
    assert guide_of(text).day_parts == ()
    assert [why for why, _ in unread(text)] == ["not_understood"]
