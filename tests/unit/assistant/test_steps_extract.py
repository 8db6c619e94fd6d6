"""Which sections of real documents are procedures, and what is read of one.

``step_sections.jsonl``: sections of public policies of GitHub, GSA and Login.gov (CC0 1.0), each
with how many steps somebody who read it counts; none where it is no procedure.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from assistant.steps.extract import procedures_of
from assistant.steps.instructions import forbids, instructs
from assistant.steps.models import Procedure, Quote
from assistant.steps.wording import question_of
from ingest.loaders import load
from knowledge.language import detect_language
from knowledge.models import Document
from knowledge.sections import section_spans, without

ALMENDRO = Path("examples/almendro/documents")
SECTIONS: list[dict[str, Any]] = [
    json.loads(line)
    for line in Path(__file__).with_name("step_sections.jsonl").read_text("utf-8").splitlines()
]
PROCEDURES = {
    "anexo-contacta-levante.docx": [("Colchones", "numbered", 4)],
    "circular-03-2026.eml": [
        ("Circular 03/2026: nueva política de devoluciones y garantía desde el 1 de marzo",
         "bulleted", 2)
    ],
    "ficha-lav-al-7012.pdf": [
        ("Códigos de error", "cases", 7),
        ("Cómo se limpia el filtro (E18)", "numbered", 5),
    ],
    "guia-de-voz.md": [("Cuando el cliente está enfadado", "numbered", 4)],
    "manual-agente-en-casa.docx": [
        ("Antes del turno", "bulleted", 4),
        ("Si algo falla", "cases", 4),
    ],
    "manual-contratas.docx": [("Traspaso a Almendro", "numbered", 4)],
    "politica-devoluciones-2026.pdf": [("Cómo se pide", "numbered", 4)],
    "procedimiento-reclamaciones.docx": [
        ("Plazos", "table", 6),
        ("Tercera llamada por lo mismo", "numbered", 3),
    ],
    "product-sheet-frg-al-3650.pdf": [("Error codes", "cases", 5)],
    "reparaciones-y-plazos.docx": [("Seguridad", "bulleted", 2)],
}  # fmt: skip
"""Of the example company; every other section of its 38 documents is no procedure."""
MOST_MS = 50
"""That finding the procedures of one source may take."""


def document(name: str, data: bytes, version: int = 1) -> Document:
    suffix, extract = load(data, name)
    language = detect_language(extract.text)
    title = extract.title or name
    return Document(
        name, title, extract.text, extract.blocks, language, suffix, "0" * 64, version=version
    )


def of_text(text: str, name: str = "a.md") -> Document:
    return document(name, text.encode())


def only(text: str) -> Procedure:
    (found,) = procedures_of(of_text(text))
    return found


def top(procedure: Procedure) -> list[str]:
    return [step.quote.text for step in procedure.steps if step.depth == 0]


@pytest.fixture(scope="module")
def almendro() -> dict[str, Document]:
    paths = sorted(path for path in ALMENDRO.iterdir() if path.is_file())
    return {path.name: document(path.name, path.read_bytes()) for path in paths}


@pytest.mark.parametrize("row", SECTIONS, ids=[f"{n}" for n in range(len(SECTIONS))])
def test_a_public_section_is_a_procedure_or_is_none(row: dict[str, Any]) -> None:
    found = procedures_of(of_text(row["text"]))
    assert [len(top(one)) for one in found] == row["steps"], row["text"]


def test_there_are_enough_sections_of_both_kinds() -> None:
    procedures = [row for row in SECTIONS if row["steps"]]
    assert len(SECTIONS) >= 40
    assert len(procedures) >= 15
    assert len(SECTIONS) - len(procedures) >= 20


def test_the_example_company_has_these_procedures_and_no_others(
    almendro: dict[str, Document],
) -> None:
    found = {
        name: [(one.title, one.form, len(top(one))) for one in procedures_of(document)]
        for name, document in almendro.items()
    }
    assert {name: some for name, some in found.items() if some} == PROCEDURES


def test_every_text_stands_where_it_says(almendro: dict[str, Document]) -> None:
    for document_ in almendro.values():
        for one in procedures_of(document_):
            for quote in quotes(one):
                assert document_.text[quote.start : quote.end] == quote.text
            pages = {step.quote.page for step in one.steps}
            assert (None in pages) == (document_.media_type not in ("pdf", "pptx"))


def quotes(one: Procedure) -> list[Quote]:
    found = [condition.quote for condition in one.all_conditions.values()]
    found += [note.quote for note in one.notes]
    for step in one.steps:
        found += [step.quote, *step.deadlines, *(note.quote for note in step.notes)]
    return found


def test_finding_them_takes_little_time(almendro: dict[str, Document]) -> None:
    longest = max(almendro.values(), key=lambda one: len(one.text))
    procedures_of(longest)
    began = time.perf_counter()
    procedures_of(longest)
    assert (time.perf_counter() - began) * 1000 < 4 * MOST_MS  # the machine may be busy


def test_conditions_warnings_and_periods_stand_with_their_step() -> None:
    one = only(
        "# Cómo se limpia el filtro\n\n"
        "1. Apague la lavadora. Si ha lavado en caliente, espere 30 minutos.\n"
        "2. Abra la tapa. Nunca la fuerce. La tapa es de plástico.\n"
        "3. Abra un aviso si no existe y llame antes de 24 horas.\n"
        "4. Pregunte si el cliente está en casa.\n"
    )
    keys = [step.key for step in one.steps]
    assert keys == ["1", "1.1", "2", "3", "4"]
    wait, lid, notice, ask = one.steps[1:]
    assert wait.quote.text == "Si ha lavado en caliente, espere 30 minutos."
    assert [(c.key, c.kind, c.quote.text) for c in wait.conditions] == [
        ("1.1?1", "if", "Si ha lavado en caliente")
    ]
    assert [q.text for q in wait.deadlines] == ["30 minutos"]
    assert [(n.kind, n.quote.text) for n in lid.notes] == [
        ("warning", "Nunca la fuerce."),
        ("detail", "La tapa es de plástico."),
    ]
    assert [c.quote.text for c in notice.conditions] == ["si no existe y llame antes de 24 horas"]
    assert [q.text for q in notice.deadlines] == ["24 horas"]
    assert ask.conditions == ()
    assert question_of(wait.conditions[0], "es") == "¿Ha lavado en caliente?"


def test_lettered_and_unnumbered_entries_are_steps_under_the_one_before() -> None:
    one = only(
        "# How to cancel\n\n1. Open the order.\n   a) Check the status.\n   b) Read the notes.\n"
        "2. Cancel it unless it has left the warehouse.\n3. Send the confirmation.\n"
    )
    assert [(step.key, step.depth) for step in one.steps] == [
        ("1", 0), ("1.1", 1), ("1.2", 1), ("2", 0), ("3", 0),
    ]  # fmt: skip
    assert [c.kind for c in one.steps[3].conditions] == ["unless"]


@pytest.mark.parametrize(
    ("text", "form", "steps"),
    [
        ("# Alta\n\n## Paso 1: Abra la ficha\n\nEs azul.\n\n## Paso 2: Anote el NIF\n\n## Paso 3: "
         "Guarde los cambios\n", "labelled", 3),
        ("# Setup\n\nStep 1: Open the box.\n\nStep 2: Take out the plug.\n", "labelled", 2),
        ("# Avería\n\nPrimero, pida el número de serie. Después, compruebe la garantía. Por "
         "último, abra un aviso REP.\n", "prose", 3),
        ("# Faults\n\nFirst, ask for the code. Then check the plug. Finally, open a report.\n",
         "prose", 3),
        ("# Fases\n\n| Paso | Plazo |\n|---|---|\n| Acuse | 24 horas |\n| Respuesta | 15 días |\n",
         "table", 2),
        ("# Casos\n\n| Situación | Qué se hace |\n|---|---|\n| No hay red | se usa el móvil |\n"
         "| No hay luz | se avisa |\n", "cases", 2),
        ("# Entrega\n\n1.º Compruebe la cita.\n\n2.º Llame al cliente.\n", "numbered", 2),
    ],
)  # fmt: skip
def test_each_way_of_writing_a_procedure_is_read(text: str, form: str, steps: int) -> None:
    one = only(text)
    assert (one.form, len(top(one))) == (form, steps)


@pytest.mark.parametrize(
    "text",
    [
        "# Sus derechos\n\n1. Solicitar una copia de los datos.\n2. Pedir su corrección.\n",
        "# Qué se pide\n\n1. Número de pedido.\n2. Tres fotos del daño.\n",
        "# Account terms\n\n1. You must be a human.\n2. You are responsible for your account.\n",
        "# Use restrictions\n\n- Do not resell it.\n- Do not copy it.\n- Never share it.\n",
        "# Precios\n\n| Servicio | Precio |\n|---|---|\n| Montaje | 45 € |\n| Retirada | 25 € |\n",
        "# Índice\n\n1. Crear una cuenta\n2. Cambiar la contraseña\n3. Borrar la cuenta\n",
        "# Related articles\n\n- Verify your phone\n- Take photos of your ID\n- Change your name\n",
        "# Métodos\n\nHay dos formas de hacerlo:\n\n1. Llamar al 900 000 410.\n2. Escribir un "
        "correo.\n",
        "# Datos\n\n| | Qué se hace |\n|---|---|\n| E18 | |\n| E10 | |\n",
        "",
    ],
)
def test_what_only_looks_like_steps_is_none(text: str) -> None:
    document_ = of_text(text) if text else Document("a", "A", "", (), "es", "md", "0" * 64)
    assert procedures_of(document_) == ()


def test_what_is_withheld_from_a_viewer_is_in_no_procedure() -> None:
    whole = of_text(
        "# Devolver\n\n## Cómo se devuelve\n\n1. Abra el pedido.\n2. Cree la devolución.\n\n"
        "## Solo jefes\n\n1. Apruebe el abono.\n2. Firme la hoja.\n"
    )
    assert [one.title for one in procedures_of(whole)] == ["Cómo se devuelve", "Solo jefes"]
    seen = without(whole, section_spans(whole, "Solo jefes"))
    assert [one.title for one in procedures_of(seen)] == ["Cómo se devuelve"]


def test_a_lead_in_tells_when_all_of_it_applies() -> None:
    one = only(
        "# Tercera llamada\n\nCuando haya dos contactos anteriores, siga estos pasos:\n\n"
        "1. Lea las notas.\n2. Transfiera la llamada.\n\nNo pida al cliente que lo repita.\n"
    )
    assert [(c.key, c.kind) for c in one.conditions] == [("0?1", "when")]
    assert [n.quote.text for n in one.notes] == ["No pida al cliente que lo repita."]


@pytest.mark.parametrize(
    ("sentence", "language", "told"),
    [
        ("Conéctese 10 minutos antes.", "es", True),
        ("Si no contestan, vuelva con el cliente.", "es", True),
        ("Localizar el pedido.", "es", True),
        ("Cierre de puerta: 27,50 €.", "es", False),
        ("El cliente elige.", "es", False),
        ("Next, click Save.", "en", True),
        ("Order number and postcode.", "en", False),
        ("Check that the plug is in.", "en", True),
        ("Contact information of the shop", "en", False),
    ],
)
def test_instructions_are_told_from_nouns(sentence: str, language: Any, told: bool) -> None:
    assert instructs(sentence, language) is told
    assert not forbids(sentence)
