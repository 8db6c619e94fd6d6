"""What is typed -> what is looked for, and which name is like which."""

from __future__ import annotations

import pytest

from assistant.customers.models import Match, Sought
from assistant.customers.sought import name_variants, order_of, ranked, sought_by, sought_in
from knowledge.errors import SettingsError


@pytest.mark.parametrize(
    "text",
    ["600 12 34 56", "+34 600123456", "0034600123456", "600-123-456", "34600123456", "(600)123456"],
)
def test_a_telephone_is_one_however_it_is_written(text: str) -> None:
    assert sought_by("phone", text, "ES") == Sought("phone", "+34600123456")


def test_a_number_of_another_country_keeps_it() -> None:
    assert sought_by("phone", "020 7946 0958", "GB") == Sought("phone", "+442079460958")
    assert sought_by("phone", "+44 20 7946 0958", "ES") == Sought("phone", "+442079460958")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("600 123 456", ["phone", "order"]),
        ("Ana.Ruiz@Example.com ", ["mail"]),
        ("ALM-26-0458213", ["order"]),
        ("#W2378156", ["order"]),
        ("Jiménez Núñez", ["name"]),
        ("an", []),
        ("?!", []),
        ("", []),
        ("x" * 500, []),
        ("9" * 500, []),
    ],
)
def test_what_a_text_may_be_is_found_out(text: str, kinds: list[str]) -> None:
    assert [one.kind for one in sought_in(text, "ES")] == kinds


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("phone", "12"),
        ("phone", "mil"),
        ("mail", "ana@"),
        ("mail", "a b@c.es"),
        ("order", "sofá"),
        ("name", "12"),
        ("name", "a"),
    ],
)
def test_what_is_not_of_the_kind_is_refused_without_repeating_it(kind: str, text: str) -> None:
    with pytest.raises(SettingsError, match="that is ") as refused:
        sought_by(kind, text, "ES")  # type: ignore[arg-type]
    assert refused.value.reason is not None
    assert refused.value.reason.code == f"customers-no-{kind}"


def test_an_order_number_keeps_its_signs() -> None:
    assert order_of(" alm-26 / 045 ") == "ALM-26/045"


NAMES = [
    "Jesús Jiménez Núñez",
    "María García López",
    "María García Lopes",
    "María del Carmen Robles Vidal",
    "Carmen Robledo Vidal",
    "Íñigo Etxeberria Zubiri",
    "Margaret Ashdown",
]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("jimenez", "Jesús Jiménez Núñez"),
        ("gimenez nunes", "Jesús Jiménez Núñez"),
        ("NÚÑEZ JIMÉNEZ, JESÚS", "Jesús Jiménez Núñez"),
        ("maria garcia lopes", "María García Lopes"),
        ("carmen robledo", "Carmen Robledo Vidal"),
        ("echeberria iñigo", "Íñigo Etxeberria Zubiri"),
        ("margret ashdown", "Margaret Ashdown"),
    ],
)
def test_the_most_alike_comes_first_whatever_the_accents(typed: str, first: str) -> None:
    matches = [Match(str(number), name) for number, name in enumerate(NAMES)]
    assert ranked(typed, matches)[0].name == first


@pytest.mark.parametrize("typed", ["Wenceslao Ortigosa", "Pérez", "zzz"])
def test_a_name_that_nobody_has_is_like_none(typed: str) -> None:
    assert ranked(typed, [Match(str(n), name) for n, name in enumerate(NAMES)]) == ()


def test_systems_that_know_words_as_written_are_asked_for_each() -> None:
    assert name_variants("Íñigo Etxeberria de Zubiri") == (
        "Íñigo Etxeberria de Zubiri",
        "inigo etxeberria de zubiri",
        "Etxeberria",
        "Zubiri",
    )
