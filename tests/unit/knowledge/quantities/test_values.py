"""Where a sentence says a number, an amount, a percentage or a date."""

from __future__ import annotations

import pytest

from knowledge.models import Language
from knowledge.quantities.values import values


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "Hasta el 1 de marzo de 2026", [("date", "1 de marzo de 2026")]),
        ("es", "del 12/03/2026 al 2026-04-01", [("date", "12/03/2026"), ("date", "2026-04-01")]),
        ("es", "desde enero", [("date", "enero")]),
        ("en", "by March 3rd, 2026", [("date", "March 3rd, 2026")]),
        ("en", "on 3 May; you may call", [("date", "3 May")]),
        ("es", "1.250,50 € o 40 euros", [("amount", "1.250,50 €"), ("amount", "40 euros")]),
        ("en", "$1,250.50 or £40", [("amount", "$1,250.50"), ("amount", "£40")]),
        ("es", "un 21 %", [("percentage", "21 %")]),
        ("es", "un cinco por ciento", [("percentage", "cinco por ciento")]),
        ("es", "treinta y cinco días", [("number", "treinta y cinco")]),
        ("en", "once within twenty-four hours", [("number", "twenty-four")]),
        ("es", "llame al 900 123 456", [("number", "900 123 456")]),
        ("es", "de 10-15 días, a -5 grados", [("number", v) for v in ("10", "15", "-5")]),
        ("es", "error ERR-404, modelo AL7012", []),
        ("en", "call (877) 472-6716 or 1-800-222-0364",
         [("number", "(877) 472-6716"), ("number", "1-800-222-0364")]),
        ("en", "within thirty (30) days", [("number", "thirty (30)")]),
        ("en", "half of US $10,000", [("amount", "$10,000")]),
        ("es", "dos mil euros, versión 2.5.1", [("amount", "dos mil euros"), ("number", "2.5.1")]),
        ("es", "una de las tiendas, en marzo", [("date", "marzo")]),
        ("en", "one of those who march may call", []),
    ],
)  # fmt: skip
def test_values_are_read_in_both_languages(
    language: Language, text: str, expected: list[tuple[str, str]]
) -> None:
    assert [(v.kind, text[v.start : v.end]) for v in values(text, language)] == expected
