"""What the voice guide of the example company rules out, and what it asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.drafting.clause_model import Worded
from assistant.drafting.families import SENT_AWAY
from assistant.drafting.forbidden import MARKED_FROM, forbidden, told_forbidden
from assistant.drafting.models import Finding, Setting
from assistant.drafting.required import required
from assistant.drafting.style import style
from assistant.voice.models import Channel, VoiceGuide
from assistant.voice.reading import read_guide
from ingest import sandbox
from knowledge.models import Language

DOCUMENTS = Path("examples/almendro/documents")
Make = Callable[..., Setting]


@pytest.fixture(scope="module")
def setting() -> Make:
    names = ("guia-de-voz.md", "voice-guide-en.md")
    read = [sandbox.parse((DOCUMENTS / name).read_bytes(), name) for name in names]
    guides = tuple(map(read_guide, read))

    def make(language: Language, channel: Channel | None = None, about: str = "") -> Setting:
        return Setting(language, "es", channel, about, guides=guides)

    return make


def said(draft: str, found: list[Finding]) -> list[str]:
    return [draft[one.start : one.end] for one in found]


@pytest.mark.parametrize(
    ("draft", "language", "words"),
    [
        ("Se lo garantizamos para el viernes.", "es", ["Se lo garantizamos"]),
        ("Le doy mi palabra de que llega.", "es", ["Le doy mi palabra"]),
        ("Reclame al transportista.", "es", ["Reclame al transportista."]),
        ("Mejor que hable usted con la marca.", "es", ["Mejor que hable usted con la marca."]),
        ("He visto tres incidencias.", "es", ["incidencias"]),
        ("You would have to call the manufacturer.", "en", ["call the manufacturer"]),
        ("I promise it arrives.", "en", ["I promise"]),
        ("Llega con absoluta certeza.", "es", ["con absoluta certeza"]),
        ("Se lo mandamos con la mayor celeridad.", "es", ["con la mayor celeridad"]),
        ("El programa no me da esa opción.", "es", ["El programa no me da"]),
        ("Alguno de mis compañeros le avisará.", "es", ["Alguno de mis compañeros le avisará"]),
        ("Eso consúltelo con su entidad.", "es", ["Eso consúltelo con su entidad."]),
        ("Kindly check with your bank.", "en", ["Kindly check with your bank."]),
        ("You'd be better off ringing the makers.", "en", ["ringing the makers"]),
        ("My system is not letting me.", "en", ["My system is not letting"]),
        ("You will have an answer before long.", "en", ["before long"]),
        ("Tiene 30 días. Le llega en breve.", "es", ["en breve"]),
        ("We're open 'til 8, and I promise the neighbours' fridge.", "en", ["I promise"]),
        ("It is guaranteed against any damage.", "en", ["is guaranteed"]),
        ("Claro, mi corazón.", "es", ["corazón"]),
    ],
)  # fmt: skip
def test_forbidden_wordings_are_found_inflected_and_in_other_words(
    setting: Make, draft: str, language: Language, words: list[str]
) -> None:
    found = forbidden(draft, setting(language))
    assert said(draft, found) == words
    assert all(one.source is not None for one in found)


@pytest.mark.parametrize(
    ("draft", "language"),
    [
        ("No puedo garantizarle la fecha.", "es"),
        ("No tiene que llamar al fabricante: nos encargamos nosotros.", "es"),
        ("Hemos hablado con el transportista.", "es"),
        ("«En breve» no es una fecha.", "es"),
        ("You do not need to call the manufacturer, we will contact them.", "en"),
        ("Dear Ms Vidal, it is covered.", "en"),
        ("You asked for a day instead of 'before long', and here it is.", "en"),
        ("The compressor is guaranteed for 10 years.", "en"),
        ("Lo ha dicho el jefe de la tienda, y mi jefe también.", "es"),
        ("It is assembled, and nothing comes off the price for that.", "en"),
    ],
)
def test_look_alikes_are_left_alone(setting: Make, draft: str, language: Language) -> None:
    assert forbidden(draft, setting(language)) == []


def test_what_the_model_tells_is_marked_where_the_guide_has_a_rule_of_its_kind(
    setting: Make,
) -> None:
    draft = "El montador mira su agenda y ya le dice, eso lo llevan los del taller de la nevera."
    comma = draft.index(",")
    first, second = (0, comma), (comma + 2, len(draft) - 1)
    told = [Worded(*first, "somebody_calls", 0.99), Worded(*second, SENT_AWAY, 0.99)]
    assert forbidden(draft, setting("es")) == []
    found = told_forbidden(draft, setting("es"), told)
    assert said(draft, found) == [draft[slice(*first)], draft[slice(*second)]]
    assert all(one.kind == "forbidden" and one.source is not None for one in found)
    unsure = [one._replace(probability=MARKED_FROM - 0.01) for one in told]
    assert told_forbidden(draft, setting("es"), unsure) == []
    assert told_forbidden(draft, Setting("es", "es"), told) == []  # no guide rules anything out
    silent = replace(setting("es"), guides=(VoiceGuide((("voz.md", 1),), "Guía", "es"),))
    assert told_forbidden(draft, silent, told) == []


@pytest.mark.parametrize(
    ("draft", "clause", "kind"),
    [
        ("Le escribe Reparaciones el jueves 3 de diciembre.", "", "somebody_calls"),
        ("«Eso lo lleva la marca», nos dijo usted.", "«Eso lo lleva la marca", SENT_AWAY),
        ("Suba usted el límite de la tarjeta en su banco.", "", SENT_AWAY),
        ("Lamento que le hayan dicho que lo lleve a la marca.", "lo lleve a la marca", SENT_AWAY),
        ("Aquí nadie paga de más.", "", "no_interest"),
    ],
)
def test_a_day_a_quotation_a_report_and_another_matter_speak_against_the_model(
    setting: Make, draft: str, clause: str, kind: str
) -> None:
    start = draft.index(clause)
    told = Worded(start, start + len(clause or draft), kind, 1.0)
    assert told_forbidden(draft, setting("es"), [told]) == []


def test_interest_free_may_be_said_with_what_the_guide_asks_for(setting: Make) -> None:
    about = "¿Puedo pagar a plazos?"
    bare = "Son diez cuotas sin intereses."
    whole = "Son diez cuotas sin intereses: TIN del 0 %, TAE del 6,86 % y un 3 % de gastos."
    assert said(bare, forbidden(bare, setting("es", "chat", about))) == ["sin intereses"]
    assert forbidden(whole, setting("es", "chat", about)) == []


def test_a_word_to_avoid_is_mended_by_the_guides_own(setting: Make) -> None:
    (found,) = forbidden("Es una incidencia.", setting("es"))
    assert found.mend == "avería"


def test_amounts_hours_dates_capitals_and_emoji_have_the_guides_form(setting: Make) -> None:
    draft = "SU CITA es el 12/03 a las 18h y cuesta 29.90€ 😊"
    mends = {draft[f.start : f.end]: f.mend for f in style(draft, setting("es", "email"))}
    assert mends == {
        "SU CITA": "Su cita",
        "12/03": "12 de marzo",
        "18h": "18:00",
        "29.90€": "29,90 €",
        " 😊": "",
    }
    good = "Su cita es el jueves 12 de marzo a las 18:00 y cuesta 29,90 €."
    assert style(good, setting("es", "email")) == []


def test_a_salutation_on_its_line_makes_no_sentence_longer(setting: Make) -> None:
    words = "la recogida del mueble que nos ha pedido se hará el martes por la mañana"
    held = f"{words} si usted o quien usted diga está en casa."
    assert style(f"Estimada señora Vega: {held}", setting("es", "email")) == []
    for salutation in ("Estimada Sra. Vega: ", "Buenos días, señora Vega: ", "Hola, "):
        assert style(f"{salutation}{held}", setting("es", "email")) == []
        (found,) = style(f"{salutation}{words} y {held}", setting("es", "email"))
        assert (found.start, found.cause) == (len(salutation), "long_sentence")
    (found,) = style(
        f"Hola le escribo para contarle, señora Vega, que {held}", setting("es", "email")
    )
    assert found.start == 0


def test_what_must_be_said_is_missed_until_it_is_said(setting: Make) -> None:
    booked = "Le confirmo la recogida del sofá el jueves 3 de diciembre."
    (found,) = required(booked, setting("es", "chat"))
    assert (found.start, found.end) == (len(booked), len(booked))
    assert found.values["situation"] == "Recogida"
    assert list(required(f"{booked} Cuesta 29,90 €.", setting("es", "chat"))) == []
