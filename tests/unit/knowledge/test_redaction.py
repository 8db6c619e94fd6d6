"""What names a person is not kept; what a document may answer is."""

from __future__ import annotations

import doctest

import pytest

from knowledge.privacy import redaction
from knowledge.privacy.redaction import redacted


@pytest.mark.parametrize(
    "personal",
    [
        "ana.ruiz+compras@example.com",
        "612345678",
        "+34 612 34 56 78",
        "(91) 234-56-78",
        "12345678Z",
        "12.345.678-Z",
        "X1234567L",
        "ES91 2100 0418 4502 0005 1332",
        "4539 1488 0343 6467",
        "2026-0001234",
    ],
)
def test_what_names_a_person_or_an_order_is_taken_out(personal: str) -> None:
    assert redacted(f"el cliente {personal}, quiere devolver") == "el cliente […], quiere devolver"


@pytest.mark.parametrize(
    "question",
    [
        "la lavadora LAV-AL-7012 marca E13",
        "compra del 02/09/2025, ¿hasta cuándo?",
        "bought on 2025-09-02 for 1.299,00 €",
        "error ERR-00123 del sofá de 3 plazas, 48 horas",
        "comprado el 2025-09-02 10 días antes",
        "abren de 9 a 21 h en 2026",
    ],
)
def test_what_a_document_may_answer_stays(question: str) -> None:
    assert redacted(question) == question


def test_the_example_is_true() -> None:
    assert doctest.testmod(redaction).failed == 0
