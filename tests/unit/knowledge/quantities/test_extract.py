"""What a sentence measures is read alike however Spanish and English write it."""

from __future__ import annotations

import pytest

from knowledge.models import Language
from knowledge.quantities.extract import quantities_of
from knowledge.quantities.models import Quantity

HOUR = 1 / 24


def only(text: str, language: Language) -> Quantity:
    found = quantities_of(text, language)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("language", "text", "kind", "value", "unit"),
    [
        ("es", "Pague 1.000,50 € ya", "money", 1000.5, "EUR"),
        ("en", "Pay €1,000.50 now", "money", 1000.5, "EUR"),
        ("en", "29.90 EUR", "money", 29.9, "EUR"),
        ("es", "Pague dos mil euros", "money", 2000, "EUR"),
        ("es", "Hasta 1 millón de euros", "money", 1e6, "EUR"),
        ("en", "Up to $2.5 million", "money", 2.5e6, "$"),
        ("es", "El envío es gratis", "money", 0, ""),
        ("en", "Shipping is free of charge", "money", 0, ""),
        ("es", "Son treinta (30) días", "duration", 30, "days"),
        ("es", "Son ciento veinticinco días", "duration", 125, "days"),
        ("en", "It is twenty-five days", "duration", 25, "days"),
        ("es", "Son dos semanas", "duration", 14, "days"),
        ("en", "Within a year", "duration", 12, "months"),
        ("es", "Tras medio año", "duration", 6, "months"),
        ("en", "For half a year", "duration", 6, "months"),
        ("es", "Son 5 días hábiles", "duration", 5, "working days"),
        ("en", "It is 5 business days", "duration", 5, "working days"),
        ("es", "En dos horas y media", "duration", 2.5 * HOUR, "days"),
        ("en", "In two and a half hours", "duration", 2.5 * HOUR, "days"),
        ("en", "In 2 hours and a half", "duration", 2.5 * HOUR, "days"),
        ("es", "Tres cuartos de hora", "duration", 0.75 * HOUR, "days"),
        ("en", "After a quarter of an hour", "duration", 0.25 * HOUR, "days"),
        ("es", "Pasada hora y media", "duration", 1.5 * HOUR, "days"),
        ("es", "En los 2 primeros años", "duration", 24, "months"),
        ("es", "Hace mil millones de años", "duration", 12e9, "months"),
        ("en", "The driver calls twice", "count", 2, "times"),
        ("en", "In an hour and a half", "duration", 1.5 * HOUR, "days"),
        ("es", "El 1 de enero de 2026", "date", 20260101, ""),
        ("en", "On January 1st, 2026", "date", 20260101, ""),
        ("en", "On 2026-04-03", "date", 20260403, ""),
        ("es", "Hasta las 21:30", "time", 21 * 60 + 30, ""),
        ("en", "Until 9:30 pm", "time", 21 * 60 + 30, ""),
        ("es", "Es el diez por ciento", "percent", 10, "%"),
        ("en", "It is 99.5%", "percent", 99.5, "%"),
        ("es", "Ocupa 5 GB", "measure", 5e9, "bytes"),
        ("en", "It weighs 2 lb", "measure", 907.18474, "g"),
        ("es", "Admite tres usuarios", "count", 3, "usuarios"),
        ("en", "Call +34 900 123 456", "phone", 34900123456, ""),
    ],
)
def test_a_quantity_is_read_with_its_unit(
    language: Language, text: str, kind: str, value: float, unit: str
) -> None:
    found = only(text, language)
    assert (found.kind, found.unit) == (kind, unit)
    assert found.values[0] == pytest.approx((value, value))


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("es", "De 5 a 10 días", ((5, 10),)),
        ("en", "Between 5 and 10 days", ((5, 10),)),
        ("en", "It takes 5-10 days", ((5, 10),)),
        ("en", "It takes 8, 9 or 12 days", ((8, 8), (9, 9), (12, 12))),
    ],
)
def test_a_range_is_one_quantity_and_so_is_a_choice(
    language: Language, text: str, values: tuple[tuple[float, float], ...]
) -> None:
    assert only(text, language).values == values


@pytest.mark.parametrize(
    ("language", "text", "readings"),
    [
        ("en", "It costs 1.500 euros", [1500, 1.5]),
        ("es", "Cuesta 1,500 euros", [1500, 1.5]),
        ("es", "Desde el 03/04/2026", [20260403, 20260304]),
        ("en", "Since 03/04/2026", [20260304, 20260403]),
    ],
)
def test_what_can_be_read_in_two_ways_keeps_both(
    language: Language, text: str, readings: list[float]
) -> None:
    assert [low for low, _ in only(text, language).values] == readings


@pytest.mark.parametrize(
    ("language", "text", "bound"),
    [
        ("es", "Al menos 3 meses", "min"),
        ("en", "No less than 3 days", "min"),
        ("es", "No menos de 3 días", "min"),
        ("en", "3 days or more", "min"),
        ("es", "No más de 3 días", "max"),
        ("en", "No more than 20%", "max"),
        ("es", "3 días como máximo", "max"),
        ("en", "It takes 3 days", ""),
    ],
)
def test_a_least_and_a_greatest_value_are_told_apart(
    language: Language, text: str, bound: str
) -> None:
    assert only(text, language).bound == bound


@pytest.mark.parametrize(
    ("language", "text", "anchor"),
    [
        ("es", "30 días desde la entrega", "delivery"),
        ("en", "Within 30 days of purchase", "purchase"),
        ("es", "10 € al mes", "per month"),
        ("en", "$10 per month", "per month"),
        ("es", "30 días para devolverlo", ""),
    ],
)
def test_what_it_is_counted_from_or_paid_for_is_read(
    language: Language, text: str, anchor: str
) -> None:
    assert only(text, language).anchor == anchor


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "El error E13 del lector"),
        ("en", "Version 2.5.1 of the manual"),
        ("es", "Véase el apartado 3"),
        ("en", "See section 4.2 below"),
        ("en", "Certified by ISO 27001"),
        ("es", "Uno puede reclamar"),
        ("en", "You may return it"),
    ],
)
def test_names_and_small_words_measure_nothing(language: Language, text: str) -> None:
    assert quantities_of(text, language) == []


def test_offsets_are_those_of_the_text_with_its_accents() -> None:
    text = "Según la política, dispone de treinta (30) días."
    found = only(text, "es")
    assert text[found.start : found.end] == "treinta (30) días"
