"""What a document says of itself is told from what it says of anything else."""

from __future__ import annotations

import pytest

from knowledge.imprint import asked_by, is_imprint
from knowledge.text import stem


@pytest.mark.parametrize(
    "line",
    [
        "Last reviewed on 12 January 2026.",
        "Última actualización: lunes, 29 de abril de 2024",
        "Version 1.2, Effective November 1, 2023",
        "Referencia PRO-ENT-01.",
        "Condiciones en vigor desde el 15 de enero de 2025.",
        "From: Calidad <calidad@almendro.example>; To: Plantilla; Date: 1 March 2026",
        "De: Ana; Para: Atención; Asunto: Festivos",
    ],
)
def test_a_line_about_the_document_is_one(line: str) -> None:
    assert is_imprint(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "12 de enero de 2026",
        "Del 1 al 15 de enero.",
        "La garantía está en vigor tres años desde la entrega.",
        "Referencia PRO-REC-02. Responsable: Reclamaciones, extensión 2140.",
        "From Monday to Friday: 9:00 to 18:00",
        "To: cancel an order, call 900 000 410.",
        "Your card is valid for 24 months.",
    ],
)
def test_whatever_says_something_is_none(line: str) -> None:
    assert not is_imprint(line)


def test_it_is_asked_for_by_its_own_words_and_not_by_a_date() -> None:
    assert asked_by("Last reviewed on 12 January 2026.", "en") == {"review"}
    header = asked_by("From: Calidad <calidad@almendro.example>; To: Tráfico", "es")
    assert header == {"calid", "trafic", stem("calidad@almendro.example", "es")}
