"""What obliges, frees, allows, forbids and denies is marked in both languages."""

from __future__ import annotations

import pytest

from knowledge.conflicts.modality import marks_of, sounds_negative
from knowledge.models import Language


@pytest.mark.parametrize(
    ("language", "text", "modes"),
    [
        ("es", "Debe presentar la factura.", ["must"]),
        ("en", "You must present the invoice.", ["must"]),
        ("es", "Es obligatorio presentar la factura.", ["must"]),
        ("en", "An invoice is required.", ["must"]),
        ("es", "No es necesario presentar la factura.", ["need not"]),
        ("es", "No hace falta la factura.", ["need not"]),
        ("en", "You don't need to present it.", ["need not"]),
        ("en", "No invoice is required.", ["need not"]),
        ("es", "Puede devolverlo abierto.", ["may"]),
        ("en", "You are allowed to return it.", ["may"]),
        ("en", "May I return it?", ["may"]),
        ("es", "No se puede devolver abierto.", ["may not"]),
        ("es", "Queda prohibido fumar.", ["may not"]),
        ("en", "You cannot return it.", ["may not"]),
        ("en", "Opened items are not eligible.", ["may not"]),
        ("es", "No reembolsamos el envío.", ["not"]),
        ("en", "We never refund shipping.", ["not"]),
        ("en", "We don’t refund shipping.", ["not"]),
    ],
)
def test_a_mark_is_read(language: Language, text: str, modes: list[str]) -> None:
    assert [mark.mode for mark in marks_of(text, language)] == modes


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "No obstante, el envío se cobra."),
        ("es", "No solo el envío."),
        ("es", "Hay un uso no autorizado."),
        ("en", "Not only the shipping."),
        ("en", "It is refunded whether or not it is open."),
        ("en", "It lasts not more than a day."),
        ("en", "It ends on May 5."),
        ("en", "Since 5 May, all is new."),
        ("en", "May 5 is a holiday."),
    ],
)
def test_what_only_looks_like_a_mark_is_none(language: Language, text: str) -> None:
    assert marks_of(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "conditional"),
    [
        ("es", "Si no tiene cuenta, compre como invitado.", True),
        ("en", "Agencies that require a licence apply by post.", True),
        ("es", "No tiene cuenta todavía.", False),
        ("en", "If you order today, you must pay today.", False),
    ],
)
def test_a_condition_claims_nothing(language: Language, text: str, conditional: bool) -> None:
    assert [mark.conditional for mark in marks_of(text, language)] == [conditional]


@pytest.mark.parametrize(
    ("text", "negative"),
    [
        ("Perderá el derecho a la devolución.", True),
        ("We are unable to refund it.", True),
        ("Se reembolsa todo, salvo el envío.", True),
        ("Se reembolsa todo.", False),
        ("We refund all of it.", False),
    ],
)
def test_words_that_may_deny_are_known(text: str, negative: bool) -> None:
    assert sounds_negative(text) is negative
