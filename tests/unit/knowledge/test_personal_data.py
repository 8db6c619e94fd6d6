"""Personal data is found as it is typed and said; numbers of orders and products are not."""

from __future__ import annotations

import doctest
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.privacy import controls, known, mails, names, personal, reading
from knowledge.privacy.known import introduced_in
from knowledge.privacy.models import Known
from knowledge.privacy.personal import personal_data
from knowledge.privacy.reading import read
from knowledge.privacy.redaction import GONE, redacted, redactions


def found(text: str) -> list[str]:
    return [f"{one.kind} {text[one.start : one.end]}" for one in personal_data(text)]


@pytest.mark.parametrize("module", [controls, known, mails, names, personal, reading], ids=str)
def test_the_examples_in_the_code_are_true(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("dni", "12.345.678-Z"), ("dni", "12 345 678 Z"), ("dni", "12345678z"),
        ("nie", "X-1234567-L"), ("nie", "X.1.234.567.L"), ("cif", "A-58818501"),
        ("iban", "ES91 2100 0418 4502 0005 1332"), ("iban", "GB29NWBK60161331926819"),
        ("card", "4539 1488 0343 6467"), ("card", "3782-822463-10005"), ("nss", "28/12345678/40"),
        ("plate", "1234 BCD"), ("plate", "M-1234-AB"), ("cups", "ES1234123456789012JY1F"),
        ("email", "ana.ruiz+compras@example.com"), ("phone", "91-234.56.78"),
        ("phone", "+34 612 34 56 78"), ("phone", "(0034) 612345678"), ("phone", "612 34 56 78"),
        ("phone", "+44 20 7946 0958"), ("phone", "(212) 555-0123"), ("phone", "07912 345678"),
        ("address", "calle del Pez, 12, 3º B, 28004"), ("address", "Avda. Meridiana 301"),
        ("address", "221 Baker Street, London NW1 6XE"), ("nino", "AB 12 34 56 C"),
        ("ssn", "219-09-9998"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("sentence", ["Apunte {}, por favor", "Please note {}, thanks"])
def test_it_is_found_in_both_languages(kind: str, value: str, sentence: str) -> None:
    assert found(sentence.format(value)) == [f"{kind} {value}"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mi pasaporte es PAA123456", ["passport PAA123456"]),
        ("passport 533380006 please", ["passport 533380006"]),
        ("PAA123456 es mi pasaporte", ["passport PAA123456"]),
        ("nací el 3 de mayo de 1980", ["birth_date 3 de mayo de 1980"]),
        ("nací el 6 de mayo de 1980 y tengo 2", ["birth_date 6 de mayo de 1980"]),
        ("3 May 1980 is my date of birth", ["birth_date 3 May 1980"]),
        ("cuenta DE89 3704 0044 0532 0130 00 y 2 más", ["iban DE89 3704 0044 0532 0130 00"]),
        ("CIF V 37132164 y 2 fotos", ["cif V 37132164"]),
        ("date of birth: 03/05/1980", ["birth_date 03/05/1980"]),
        ("el DNI 12345678 sin letra", ["dni 12345678"]),
        ("number plate AB12 CDE", ["plate AB12 CDE"]),
        ("a nombre de Marta Soler", ["name Marta Soler"]),
        ("social security number 219099998", ["ssn 219099998"]),
    ],
)
def test_what_a_word_tells_of_a_value_counts(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "doce treinta y cuatro cincuenta y seis setenta y ocho zeta",
            ["dni doce treinta y cuatro cincuenta y seis setenta y ocho zeta"],
        ),
        (
            "mi numero es seis cero cero, uno dos tres, cuatro cinco seis vale",
            ["phone seis cero cero, uno dos tres, cuatro cinco seis"],
        ),
        ("my phone is six hundred one twenty three forty five sixty seven",
         ["phone six hundred one twenty three forty five sixty seven"]),
        ("ana punto perez ochenta y tres arroba gmail punto com gracias",
         ["email ana punto perez ochenta y tres arroba gmail punto com"]),
        ("naci el tres de mayo de mil novecientos ochenta",
         ["birth_date tres de mayo de mil novecientos ochenta"]),
        ("vivo en calle mayor veinticinco tercero b veintiocho cero trece",
         ["address calle mayor veinticinco tercero b veintiocho cero trece"]),
        ("la matricula doce treinta y cuatro be ce de gracias",
         ["plate doce treinta y cuatro be ce de"]),
    ],
)  # fmt: skip
def test_it_is_found_as_a_recogniser_writes_it(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Llamo por el pedido ALM-26-0458213 del 02/09/2026",
        "pedido 612345678, ¿cuándo llega?",
        "order number 712345678 please",
        "invoice 2026-0001234 for €1,299.00",
        "la lavadora LAV-AL-7012 marca E13",
        "código de barras 8412345678905",
        "extensión 4512 y código postal 28013",
        "gira a 1200 RPM y consume 3000 kWh",
        "la calle estaba cortada 12 días",
        "he llamado tres veces en nueve días",
        "the 2014 MLS season",
        "son 612.345.678 €",
        "abren de 9 a 21 h en 2026",
        "",
    ],
)
def test_numbers_of_orders_and_products_are_nobodys(text: str) -> None:
    assert found(text) == []


ANA = Known(("Ana Ibarra Núñez",), ("+44 7912 345678",), ("ana@example.com",), ("Bidezabal 14",))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ANA IBARRA NUÑEZ no contesta", "[…] no contesta"),
        ("la señora nunez vive en bidezabal 14", "la señora […] vive en […]"),
        ("Ana está en Bidezabal, n.º 14", "[…] está en […], n.º […]"),
        ("escriba a ANA@example.com", "escriba a […]"),
        ("llame al 7912 345678", "llame al […]"),
        ("llame al 0044 7912345678", "llame al […]"),
        ("lleva 14 días así", "lleva 14 días así"),
    ],
)
def test_what_is_known_of_a_customer_goes(text: str, kept: str) -> None:
    assert redacted(text, known=ANA) == kept


def test_a_name_that_was_introduced_once_goes_later_too() -> None:
    said = introduced_in(["hola me llamo matilde orejudo y llamo por el sofá"])
    assert redacted("soy la señora OREJUDO otra vez", known=said) == "soy la señora […] otra vez"
    assert redacted("el sofá llegó roto", known=said) == "el sofá llegó roto"


@given(st.integers(0, 99_999_999), st.sampled_from(["", " ", "-", "."]))
def test_every_dni_is_found_with_any_sign(value: int, sign: str) -> None:
    digits = f"{value:08}"
    parts = [digits[:2], digits[2:5], digits[5:], "TRWAGMYFPDXBNJZSQVHLCKE"[value % 23]]
    assert found(f"su DNI, {sign.join(parts)}, no vale") == [f"dni {sign.join(parts)}"]


@given(
    st.text(
        alphabet="abEñXzS 0123456789+-/.,@()#\n€arroba punto seis uno y doble zeta de\u0663ﬁ",
        max_size=80,
    )
)
def test_whatever_is_written_places_are_within_it(text: str) -> None:
    last = 0
    for one in personal_data(text, known=ANA):
        assert last <= one.start < one.end <= len(text)
        last = one.end
    reading_ = read(text)
    if reading_.text:
        assert reading_.span(0, len(reading_.text))[1] <= len(text)
    spans = redactions(text)
    assert all(start < end for start, end in spans)
    assert redacted(text).count(GONE) >= len(spans)


def test_nothing_heavy_is_imported_before_there_is_a_number_to_check() -> None:
    code = (
        "import sys; from knowledge.privacy.personal import personal_data; "
        "personal_data('el sofá llegó roto'); print('stdnum' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_a_long_text_of_digits_takes_no_time() -> None:
    for text in ("1 " * 5000, "a@" * 5000, "calle a " * 2000, "12 a " * 3000, "be " * 4000):
        redacted(text)
