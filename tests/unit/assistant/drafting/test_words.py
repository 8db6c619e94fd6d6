"""Spelling, sure slips of grammar and the form of address."""

from __future__ import annotations

import pytest

from assistant.drafting.address import address
from assistant.drafting.grammar import slips
from assistant.drafting.lexicon import with_accent
from assistant.drafting.models import Setting
from assistant.drafting.spelling import misspelled
from assistant.models import Citation
from assistant.voice.models import AddressRule, VoiceGuide
from knowledge.models import Language
from knowledge.search.spelling import Speller

SOURCE = Citation("voz.md", "Guía", None, None, (), "Siempre de usted.", 0, 17, "es")


class Documents:
    """Documents in which only these words stand."""

    def __init__(self, *names: str) -> None:
        self._names = names
        self._speller = Speller(names)

    def has_word(self, word: str) -> bool:
        return word in self._names

    def correct(self, word: str, language: Language) -> str:
        return self._speller.correct(word, language)


def spelled(text: str, language: Language, *names: str) -> dict[str, str]:
    return {text[m.start : m.end]: m.meant for m in misspelled(text, language, Documents(*names))}


def test_accents_are_missed_and_put_back() -> None:
    found = spelled("Le envio el numero de telefono en dos dias y podra devolverselo.", "es")
    assert found == {
        "envio": "envío",
        "numero": "número",
        "telefono": "teléfono",
        "dias": "días",
        "podra": "podrá",
        "devolverselo": "devolvérselo",
    }


def test_a_verb_that_is_a_noun_with_an_accent_is_right_before_who_does_it() -> None:
    assert spelled("El descuento se lo calculo yo con las fotos.", "es") == {}
    assert spelled("Eso lo reviso y calculo yo.", "es") == {}
    for noun, meant in (("calculo", "cálculo"), ("tecnico", "técnico"), ("deposito", "depósito")):
        assert spelled(f"Le mando el {noun} por correo.", "es") == {noun: meant}
    assert spelled("Lo unico que puedo hacer es esperar.", "es") == {"unico": "único"}
    assert spelled("La tecnico vendrá mañana.", "es") == {"tecnico": "técnico"}


def test_whoever_signs_is_called_so() -> None:
    signed = "Reciba un cordial saludo. {}, Atención al cliente de Almendro"
    assert spelled(signed.format("Íñigo"), "es") == spelled(signed.format("Nerea"), "es") == {}
    assert spelled("Grasias, María Vega.", "es") == {"Grasias": "Gracias"}
    assert spelled("Thakns, Marta and sorry.", "en") == {"Thakns": "Thanks"}


def test_words_by_ear_and_slips_of_the_fingers_have_a_mend() -> None:
    assert spelled("Hemos recivido su carta y la embiamos.", "es") == {
        "recivido": "recibido",
        "embiamos": "enviamos",
    }
    assert spelled("We will recieve it tomorow.", "en") == {
        "recieve": "receive",
        "tomorow": "tomorrow",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Envíenos las fotos, dígame cuándo y devuélvanoslo rápidamente.",
        "Le confirmo que podés escribirnos por WhatsApp: anótelo.",
        "Compró la LAV-AL-7012, escriba a ana.perez@almendro.example o mire www.almendro.example.",
        "La señora Larrañaga vive en Etxarri Aranatz.",
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert spelled(text, "es") == {}


def test_a_word_of_the_documents_is_right() -> None:
    assert "envalaje" in spelled("Falta el envalaje.", "es")
    assert spelled("Falta el envalaje.", "es", "envalaje") == {}


def test_only_what_lacks_an_accent_gets_one() -> None:
    assert with_accent("naturales") is None
    assert with_accent("publica") is None
    assert with_accent("facil") == "fácil"


@pytest.mark.parametrize(
    ("text", "language", "said", "mend"),
    [
        ("El técnico a ido a su casa.", "es", "técnico a", "técnico ha"),
        ("Haber si llega mañana.", "es", "Haber", "A ver"),
        ("Si no contesta nadie, llame.", "es", None, None),
        ("Ay que esperar.", "es", "Ay", "Hay"),
        ("¿Cuando llega?", "es", "¿Cuando", "¿Cuándo"),
        ("Llega hoy, verdad?", "es", "verdad?", "¿verdad?"),
        ("El pedido llega hoy hoy.", "es", "hoy hoy", "hoy"),
        ("Your refund , please.", "en", " ,", ","),
        ("Its not covered.", "en", "Its", "It's"),
        ("Its price is fair.", "en", None, None),
        ("Your welcome.", "en", "Your", "You're"),
        ("Your right to claim is gone.", "en", None, None),
        ("This does not affect your right to return it.", "en", None, None),
        ("Your right to be cross.", "en", "Your", "You're"),
        ("It is a hour and an new one.", "en", "a", "an"),
        ("It could of been an hour.", "en", "could of", "could have"),
        ("A useful unit for a European one.", "en", None, None),
    ],
)
def test_sure_slips(text: str, language: Language, said: str | None, mend: str | None) -> None:
    found = [(text[one.start : one.end], one.mend) for one in slips(text, language)]
    if said is None:
        assert found == []
    else:
        assert found[0] == (said, mend)


def test_tu_is_marked_where_the_guide_says_usted() -> None:
    guide = VoiceGuide((("voz.md", 1),), "Guía", "es", (AddressRule(SOURCE, "usted"),))
    setting = Setting("es", "es", "chat", guides=(guide,))
    draft = "Puedes devolverlo cuando quieras: te mando tu etiqueta. La espera es corta."
    found = {draft[f.start : f.end]: f.mend for f in address(draft, setting)}
    assert found == {"Puedes": "Puede", "quieras": "quiera", "te": "le", "tu": "su"}
    assert all(one.source is SOURCE for one in address(draft, setting))
    assert address("Puede devolverlo cuando quiera, le mando su etiqueta.", setting) == []


def test_without_a_guide_only_a_mixture_is_marked() -> None:
    setting = Setting("es", "es")
    assert address("Te mando la etiqueta.", setting) == []
    assert [f.cause for f in address("Te la mando a usted.", setting)] == ["mixed_address"]


def test_nouns_and_verbs_with_an_n_tilde_are_left_alone() -> None:
    text = "Atendemos averías y tapicerías. No hay llamas. Puede dañarse y le acompañamos."
    usted = VoiceGuide((), "Guía", "es", addresses=(AddressRule(SOURCE, "usted"),))
    assert address(text, Setting("es", "es", guides=(usted,))) == []
    assert spelled(text, "es") == {}


def test_words_told_to_nobody_are_not_taken_for_slips() -> None:
    assert (
        list(slips("If you're returning it, an SMS comes. Esta lista está completa.", "en")) == []
    )
    assert list(slips("Esta lista está completa.", "es")) == []
