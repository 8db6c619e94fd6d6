"""Whether a fact is in what is shown."""

from __future__ import annotations

import pytest

from eval.measures.matching import fact_shown


@pytest.mark.parametrize(
    ("shown", "facts", "value"),
    [
        ("El plazo es de **30 días**\nnaturales.", ["30 dias naturales"], 1.0),
        ("THIRTY DAYS", ["a month", "thirty days"], 1.0),
        ("El plazo es de 14 días.", ["30 días"], 0.0),
        ("Cuesta 15 €", ["5 €"], 0.0),
        ("Desde 5 € y hasta 15 €", ["5 €"], 1.0),
        ("El artículo 1234", ["123"], 0.0),
        ("Precio: 3.500 €", ["3.500 €"], 1.0),
        ("Sí (siempre).", ["(siempre)"], 1.0),
        ("", ["30 días"], 0.0),
        ("Cualquier cosa", ["**"], 0.0),
    ],
)
def test_a_fact_is_shown_whatever_its_spelling(shown: str, facts: list[str], value: float) -> None:
    assert fact_shown(shown, facts) == value


def test_a_case_without_facts_is_not_scored() -> None:
    assert fact_shown("El plazo es de 30 días.", ()) is None
