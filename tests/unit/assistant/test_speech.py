"""Fillers go, forms of asking are known, in both languages."""

from __future__ import annotations

import pytest

from assistant.speech import asks, plain, said_words, wants_done, without_numbers


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("ok umm do you know if they have uh wifi", "do you know if they have wifi"),
        ("Perfect, and what's the check in time?", "what's the check in time"),
        ("eh pues mire es que no me llega la factura", "no me llega la factura"),
        ("este eh queria saber el plazo", "queria saber el plazo"),
        ("este colchon se hunde", "este colchon se hunde"),
        ("Sí, ¿y el ERR-00123?", "el err-00123"),
        ("cuesta 29,90 en www.almendro.example", "cuesta 29 90 en www.almendro.example"),
        ("vale perfecto muchas gracias", ""),
        ("hola buenas tardes", ""),
        ("", ""),
    ],
)
def test_what_is_said_is_left(said: str, left: str) -> None:
    assert plain(said) == left


@pytest.mark.parametrize(
    "said",
    [
        "do they take reservations",
        "is there parking",
        "could you check whether it is open",
        "how long do i have",
        "cuanto tardan en venir",
        "kuanto cuesta",
        "me devuelven el dinero",
        "puedo cambiar la cita",
        "no se si lo puedo devolver",
        "y si lo cobran",
        "¿y eso?",
    ],
)
def test_questions_ask(said: str) -> None:
    assert asks(said)


@pytest.mark.parametrize(
    "said",
    [
        "ok thank you",
        "vale gracias",
        "si esa",
        "mi numero es el cuatro dos uno",
        "yes the second one",
    ],
)
def test_thanks_and_confirmations_neither_ask_nor_want(said: str) -> None:
    assert not asks(said)
    assert not wants_done(said)


@pytest.mark.parametrize(
    "said",
    [
        "can i book a table for six",
        "i'm looking for a museum",
        "can i get the phone number",
        "quiero comprar otra",
        "paseme con su encargada",
        "deme la direccion",
    ],
)
def test_requests_want_something_done(said: str) -> None:
    assert wants_done(said)


def test_reservations_are_a_subject_and_no_request() -> None:
    assert not wants_done("do they take reservations")


def test_words_are_those_of_what_is_meant() -> None:
    assert said_words("ok uh the parking please") == ["parking"]
    assert said_words("vale gracias") == []


@pytest.mark.parametrize(
    ("said", "searched"),
    [
        ("Mi pedido es el ALM-26-0458213, ¿cuándo llega?", "Mi pedido es el , ¿cuándo llega?"),
        ("my number is 600000101 and it's late", "my number is and it's late"),
        ("la lavadora LAV-AL-7012 marca E13", "la lavadora LAV-AL-7012 marca E13"),
        ("el ERR-00123, a 1.200 rpm", "el ERR-00123, a 1.200 rpm"),
    ],
)
def test_numbers_that_tell_who_asks_are_not_searched_for(said: str, searched: str) -> None:
    assert without_numbers(said).split() == searched.split()
