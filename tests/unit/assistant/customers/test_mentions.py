"""What a conversation says that a customer can be found by, as it is written and as it is heard."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.customers import fields, json_paths, masking, mentions, sought
from assistant.customers.mentions import MAX_CHARS
from knowledge.audit import views
from knowledge.privacy import spoken


@pytest.mark.parametrize(
    "module", [fields, json_paths, masking, mentions, sought, spoken, views], ids=str
)
def test_the_examples_in_the_code_are_true(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # As it is written
        ("Llamo por el pedido ALM-26-0458213 del 02/09/2026", ["order ALM-26-0458213"]),
        ("My order number is #W2378156", ["order W2378156"]),
        (
            "soy ana.perez@example.com, 612345678",
            ["mail ana.perez@example.com", "phone +34612345678"],
        ),
        ("mi número es el +34 600 12 34 56", ["phone +34600123456"]),
        ("call me on +44 20 7946 0958.", ["phone +442079460958"]),
        ("00 34 960.000.503 es el fijo", ["phone +34960000503"]),
        ("600 000 123, y si no 600 000 124", ["phone +34600000123", "phone +34600000124"]),
        ("pedido 1234567 y 7654321", ["order 1234567", "order 7654321"]),
        ("pedidos 1234567, 7654321", ["order 1234567", "order 7654321"]),
        ("my orders #W1234567, #W7654321", ["order W1234567", "order W7654321"]),
        ("order #W1234567, item A2, e-mail me", ["order W1234567"]),
        ("pedido 12345, co-pago aparte", ["order 12345"]),
        ("la referencia es 4582", ["order 4582"]),
        # As a recogniser writes it
        ("el pedido a b 12 34", ["order AB1234"]),
        ("pedido alm 26 0458213", ["order ALM260458213"]),
        (
            "el pedido es a ele eme guion veintiseis guion cero cuatro cinco ocho dos uno tres",
            ["order ALM-26-0458213"],
        ),
        ("order a b one two three four please", ["order AB1234"]),
        ("mi telefono es seis uno dos tres cuatro cinco seis siete ocho", ["phone +34612345678"]),
        (
            "seiscientos doce treinta y cuatro cincuenta y seis setenta y ocho",
            ["phone +34612345678"],
        ),
        ("seiscientos doce treinta cuatro cincuenta seis setenta ocho", ["phone +34612345678"]),
        ("six one two double oh three four five six", ["phone +34612003456"]),
        ("seis cero cero doble cero cero uno dos tres", ["phone +34600000123"]),
        ("mas treinta y cuatro seis uno dos 34 56 78", ["phone +34612345678"]),
        ("ana punto perez arroba example punto com", ["mail ana.perez@example.com"]),
        ("write to john underscore doe at example dot co dot uk", ["mail john_doe@example.co.uk"]),
        ("es ana guion bajo ruiz arroba example punto es", ["mail ana_ruiz@example.es"]),
        ("el pedido cuatro cinco ocho dos uno tres", ["order 458213"]),
        # Nothing of the kind
        ("you live in Seattle, WA, 98193", []),
        ("la lavadora LAV-AL-7012 da E13 y E18", []),
        ("el pedido llegó hace 12 días y costó 1500 euros en 2026", []),
        ("lo compré el 12/10/2026 a las 10:30 por 1.299,00 €", []),
        ("un pedido de dos sillas y una mesa", []),
        ("he llamado tres veces en nueve días", []),
        ("tengo 48 horas o 14 días", []),
        ("", []),
    ],
)
def test_what_is_said_is_found(text: str, expected: list[str]) -> None:
    found = mentions.mentions(text)
    assert [f"{one.sought.kind} {one.sought.value}" for one in found] == expected
    for one in found:
        assert 0 <= one.start < one.end <= len(text)


def test_of_a_long_text_what_was_said_last_is_found() -> None:
    text = "pedido 1111111. " + "bla " * MAX_CHARS + "pedido 2222222."
    (one,) = mentions.mentions(text)
    assert (one.sought.value, text[one.start : one.end]) == ("2222222", "2222222")


@given(
    st.text(
        alphabet="abEñ 0123456789+-/.,@()#\n€ARROBAarroba punto seis uno y doble\u0663", max_size=80
    )
)
def test_whatever_is_said_nothing_breaks(text: str) -> None:
    for one in mentions.mentions(text):
        assert one.sought.value.strip()
        assert text[one.start : one.end]


@given(st.integers(600_000_000, 699_999_999), st.sampled_from(["", " ", "-", "."]))
def test_a_mobile_number_is_found_however_it_is_grouped(number: int, gap: str) -> None:
    digits = str(number)
    grouped = gap.join([digits[:3], digits[3:5], digits[5:7], digits[7:]])
    (one,) = mentions.mentions(f"apunte el {grouped} por favor")
    assert (one.sought.kind, one.sought.value) == ("phone", f"+34{digits}")
