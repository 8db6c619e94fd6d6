"""A source becomes draft cases: from its rows, its own questions, its figures and obligations."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from eval.golden.drafts import Draft, written_drafts
from eval.golden.reading import read_golden
from eval.making.documents import propose, spread
from eval.measures.facts import stated
from knowledge.models import Block, BlockKind, Document

DAY = date(2026, 11, 29)
Part = tuple[BlockKind, str]


def document(*parts: Part, language: str = "es", version: int = 2) -> Document:
    text, blocks = "", []
    for kind, words in parts:
        start = len(text)
        text += words + "\n"
        level = 1 if kind == "heading" else 0
        blocks.append(Block(kind, start, start + len(words), level))
    return Document(
        "plazos.md",
        "Plazos",
        text,
        tuple(blocks),
        language,
        "md",
        "0" * 64,
        version=version,  # type: ignore[arg-type]
    )


def proposed(*parts: Part, language: str = "es", before: Document | None = None) -> list[Draft]:
    return list(propose(document(*parts, language=language), "staff", DAY, before=before))


@pytest.mark.parametrize(
    ("parts", "language", "question", "fact"),
    [
        (
            [
                ("heading", "4. Reembolso"),
                ("paragraph", "El dinero se devuelve en un máximo de 10 días naturales."),
            ],
            "es", "Reembolso: el dinero se devuelve, ¿cuánto tiempo?", ("duration", 10.0, "days"),
        ),
        (
            [("heading", "Making a claim"), ("paragraph", "Tell us within 7 days.")],
            "en", "Making a claim: tell us, how long?", ("duration", 7.0, "days"),
        ),
        (
            [("heading", "Gastos de recogida"), ("list", "Gran electrodoméstico: 24,90 €.")],
            "es", "Gastos de recogida: gran electrodoméstico, ¿cuánto?", ("money", 24.9, "EUR"),
        ),
        (
            [("row", "Artículo: Colchones; Plazo: 30 días; Condición: sin uso")],
            "es", "Colchones: ¿plazo?", ("duration", 30.0, "days"),
        ),
        (
            [("row", "Monthly premium — Basic: €4.90; Plus: no")],
            "en", "Monthly premium: basic?", ("money", 4.9, "EUR"),
        ),
        (
            [("row", "Código: SRV-GAS; Servicio: Placa de gas; Precio (€): 95,00")],
            "es", "SRV-GAS: ¿precio?", ("number", None, None),
        ),
        (
            [("row", "Pregunta: ¿Puedo pagar con Bizum?; Respuesta: Hasta 800 €.")],
            "es", "¿Puedo pagar con Bizum?", ("money", 800.0, "EUR"),
        ),
        (
            [("heading", "How long is the guarantee?"), ("paragraph", "Three years.")],
            "en", "How long is the guarantee?", ("duration", 36.0, "months"),
        ),
        (
            [("paragraph", "No se puede pedir que explique por qué.")],
            "es", "¿Se puede pedir que explique por qué?", ("negative", None, None),
        ),
        (
            [("paragraph", "The item must be complete.")],
            "en", "Must the item be complete?", ("condition", None, None),
        ),
    ],
)  # fmt: skip
def test_a_question_is_put_together_from_the_sources_words(
    parts: list[Part], language: str, question: str, fact: tuple[str, float | None, str | None]
) -> None:
    (draft,) = proposed(*parts, language=language)
    assert draft.question == question
    first = draft.facts[0]
    assert (first.kind, first.value, first.unit) == fact
    (gold,) = draft.gold
    assert gold.required
    assert stated(first, gold.quote or "")  # the quote answers it, by the measures' own rules


def test_only_what_is_asked_for_must_be_said() -> None:
    (draft,) = proposed(
        ("heading", "Visita"), ("paragraph", "La visita cuesta 29 € y se da en 48 horas.")
    )
    assert [(f.kind, f.must) for f in draft.facts] == [("money", True), ("duration", False)]


def test_what_the_version_before_said_otherwise_is_forbidden() -> None:
    said = "El dinero se devuelve en {} días naturales desde la recogida."
    old = document(("heading", "Reembolso"), ("paragraph", said.format(14)), version=1)
    (draft,) = proposed(("heading", "Reembolso"), ("paragraph", said.format(10)), before=old)
    assert [(f.phrase, f.severity, f.why) for f in draft.forbidden] == [
        ("14 días naturales", "low", "version 1")
    ]


def test_what_states_nothing_and_what_is_internal_is_not_asked() -> None:
    assert proposed(("heading", "3. Gastos"), ("paragraph", "Véase el apartado 4.")) == []
    assert proposed(("paragraph", "30 días.")) == []
    source = document(("heading", "Plazo"), ("paragraph", "El plazo de aviso es de 30 días."))
    hidden = replace(source, internal=((0, len(source.text)),))
    assert len(list(propose(source, "staff", DAY))) == 1
    assert list(propose(hidden, "staff", DAY)) == []


def test_a_draft_from_a_document_is_refused_until_it_is_accepted_and_valid_then() -> None:
    (draft,) = proposed(("row", "Artículo: Colchones; Plazo: 30 días"))
    golden, faults = read_golden(written_drafts([draft]).encode())
    assert golden is None
    assert [fault.code for fault in faults] == ["golden-line"]
    row = draft.row()
    assert row["provenance"]["source"] == "document:plazos.md:2"
    del row["draft"]
    golden, faults = read_golden(json.dumps(row).encode())
    assert golden is not None
    again = proposed(("row", "Artículo: Colchones; Plazo: 60 días"))
    assert again[0].id == draft.id  # one question, proposed once


def test_few_of_many_are_from_all_over_the_source() -> None:
    (draft,) = proposed(("row", "Artículo: Colchones; Plazo: 30 días"))
    many = [replace(draft, id=f"d{at}") for at in range(10)]
    assert [one.id for one in spread(many, 3)] == ["d0", "d3", "d6"]
    assert spread(many, 20) == many
