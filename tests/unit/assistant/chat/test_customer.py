"""What a chat model is told of a customer, and what comes back of it."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.chat.checking import passed
from assistant.chat.customer import MAX_ORDERS, NOBODY, CustomerFacts, facts_of
from assistant.chat.drafted import Draft
from assistant.customers.models import Customer, EarlierContact, Line, Order
from tests.unit.assistant.chat.test_checking import Check, source

CARMEN = Customer(
    "C-1",
    "Carmen Robledo Vidal",
    ("+34600000101",),
    ("carmen@example.com",),
    address_form="usted",
    orders=(
        Order(
            "ALM-26-0458213",
            "delivered",
            "entregado",
            date(2026, 11, 2),
            date(2026, 11, 16),
            lines=(Line("COL", "Colchón 150, para Carmen Robledo, 612 345 678"),),
        ),
        *(Order(f"ALM-26-000000{n}") for n in range(5)),
    ),
    contacts=(EarlierContact(date(2026, 11, 20), summary="está enferma"),),
)


def test_a_model_is_told_what_decides_and_not_who_it_is() -> None:
    told = facts_of(CARMEN, "es")
    assert "PEDIDO-1: artículos: Colchón 150" in told.text
    assert "comprado el 2026-11-02; entregado el 2026-11-16; estado: entregado." in told.text
    assert "Trato: usted." in told.text
    for secret in ("Carmen", "Robledo", "612", "600000101", "@", "0458213", "C-1", "enferma"):
        assert secret not in told.text
    assert f"PEDIDO-{MAX_ORDERS}" in told.text
    assert f"PEDIDO-{MAX_ORDERS + 1}" not in told.text


def test_names_are_put_back_once_the_rest_is_checked() -> None:
    told = facts_of(CARMEN, "es")
    check = Check()
    written = Draft("NOMBRE-DEL-CLIENTE, el plazo de PEDIDO-1 es de 14 días.", (1,))
    found = passed("¿plazo?", [written], [source()], "es", check, told)
    assert check.asked[0][0] == "el plazo de es de 14 días."
    said = "Carmen Robledo Vidal, el plazo de ALM-26-0458213 es de 14 días."
    assert [(s.text, s.focus) for s in found.statements] == [(said, said)]


def test_words_that_stand_for_nothing_stay_as_they_are() -> None:
    told = facts_of(CARMEN, "en")
    assert told.put_back("ORDER-12 and ORDER-1.") == "ORDER-12 and ALM-26-0458213."
    assert told.put_back("PEDIDO-1") == "PEDIDO-1"
    assert NOBODY.put_back("PEDIDO-1") == NOBODY.without_names("PEDIDO-1") == "PEDIDO-1"
    assert NOBODY.text == ""


@pytest.mark.parametrize("value", ["{mark}", "$1 \\1 \\g<0>"])
def test_a_value_is_put_back_as_it_is(value: str) -> None:
    assert CustomerFacts("", {"ORDER-1": value}).put_back("ORDER-1!") == f"{value}!"


def test_a_customer_without_anything_says_nothing() -> None:
    assert facts_of(Customer("C-9", ""), "es").text == ""
