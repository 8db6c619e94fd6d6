"""Answers and search results as JSON and as lines for a terminal."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any

import numpy as np

from assistant.cases.facts import Reckoning, fact_of
from assistant.cases.given import case_of
from assistant.cases.rules import rules_of
from assistant.cases.working_days import WorkingDays
from assistant.models import Answer, ChangedSince, Citation, Statement
from assistant.shell.answer_json import answer_json, search_json
from assistant.shell.answer_text import answer_lines, search_lines
from assistant.shell.printable import printable
from knowledge.models import Chunk, ScoredChunk, StoredChunk
from knowledge.search.query import Reading
from knowledge.search.retrieval import Found

CITATION = Citation(
    document="politicas/devoluciones.pdf",
    title="Devoluciones",
    page=3,
    row=None,
    headings=("Devoluciones", "Plazos"),
    quote="El plazo es de 14 días.",
    start=120,
    end=143,
    language="es",
)
ANSWER = Answer(
    question="¿plazo?",
    query="devolución ¿plazo?",
    verdict="answered",
    statements=(Statement("El plazo es de 14 días.", (CITATION,)),),
    nearest=(),
    confidence=0.931,
    language="es",
    timings_ms={"search": 3.2, "total": 41.0},
)
FACT = fact_of(
    0,
    replace(
        rules_of("Si está completo, 14 días desde la entrega.", "es")[0],
        document="politicas/devoluciones.pdf",
        version=1,
    ),
    case_of({"delivered": "2026-11-16"}),
    Reckoning(datetime(2026, 11, 28, tzinfo=UTC), WorkingDays()),
)
NOT_FOUND = Answer(
    question="who won?",
    query="who won?",
    verdict="not_found",
    statements=(),
    nearest=(CITATION,),
    confidence=0.04,
    language="en",
    timings_ms={"total": 12.0},
    notice="the index is damaged",
)
_CHUNK = Chunk(
    document="precios.xlsx",
    ordinal=0,
    text="Sofá\n999 €",
    start=7,
    end=17,
    headings=("Precios",),
    context="",
    page=None,
    row=4,
    language="es",
    sentences=((0, 10),),
)
_VECTORS = np.zeros((1, 4), dtype=np.float16)


def _partly(kind: type[Any], **shown: object) -> Any:
    """A dataclass of which only what is shown is filled in."""
    return kind(**{field.name: None for field in fields(kind)} | shown)


FOUND: Found = _partly(
    Found,
    reading=_partly(Reading, text="plazo", language="es"),
    chunks=(ScoredChunk(StoredChunk(1, _CHUNK, "Precios", _VECTORS), 0.51234, 0.84321, 3.5),),
    timings_ms={"search": 3.456},
)


def test_an_answer_keeps_every_word_and_offset() -> None:
    made = json.loads(json.dumps(answer_json(ANSWER)))
    assert made["verdict"] == "answered"
    assert made["statements"][0]["text"] == "El plazo es de 14 días."
    assert made["statements"][0]["citations"] == [
        {
            "document": "politicas/devoluciones.pdf",
            "title": "Devoluciones",
            "page": 3,
            "row": None,
            "heading": "Devoluciones > Plazos",
            "quote": "El plazo es de 14 días.",
            "start": 120,
            "end": 143,
            "language": "es",
            "version": 1,
            "valid_from": None,
            "valid_to": None,
        }
    ]
    assert (made["nearest"], made["notice"]) == ([], None)
    assert made["timings_ms"] == {"search": 3.2, "total": 41.0}


def test_an_answer_about_another_day_says_so_and_what_is_different_today() -> None:
    cited = replace(CITATION, version=2, valid_from=date(2025, 9, 1), internal=True)
    answer = replace(
        ANSWER,
        statements=(Statement("El plazo es de 14 días.", (cited,)),),
        on=date(2025, 9, 2),
        changed=(ChangedSince("a.pdf", "Plazos", 2, 3), ChangedSince("b.pdf", "Envíos", 1, None)),
    )
    made = json.loads(json.dumps(answer_json(answer)))
    assert (made["on"], made["told"]) == ("2025-09-02", None)
    assert made["changed"][1] == {
        "document": "b.pdf",
        "title": "Envíos",
        "version": 1,
        "now": None,
    }
    (statement,) = made["statements"]
    assert (statement["internal"], statement["approved"]) == (True, False)
    assert statement["citations"][0]["valid_from"] == "2025-09-01"
    shown = "\n".join(answer_lines(answer, "es"))
    assert "en vigor el 2/9/2025" in shown
    assert "«Plazos», citada en su versión 2, va por la 3" in shown
    assert "«Envíos», versión 1" in shown
    assert "no se lo diga al cliente" in shown
    assert "versión 2" in "\n".join(answer_lines(replace(answer, changed=()), "es"))


def test_what_it_means_for_a_case_stands_below_with_the_rule_and_the_date() -> None:
    answer = replace(ANSWER, case_facts=(FACT,))
    (made,) = json.loads(json.dumps(answer_json(answer)))["case_facts"]
    assert (made["status"], made["last_day"], made["days_left"]) == ("computed", "2026-11-30", 2)
    assert (made["event"], made["event_date"]) == ("delivered", "2026-11-16")
    assert made["rule"]["quote"] == "Si está completo, 14 días desde la entrega."
    assert made["ask"] == ["Compruebe: Si está completo."]
    shown = "\n".join(answer_lines(answer, "en"))
    assert "For this case" in shown
    assert "until 30 November; 2 days left." in shown
    assert "«Si está completo, 14 días desde la entrega.»" in shown
    nothing = "\n".join(answer_lines(replace(ANSWER, case_facts=()), "en"))
    assert "states no deadline" in nothing
    assert "case" not in "\n".join(answer_lines(ANSWER, "en"))


def test_an_abstention_has_the_nearest_sources_and_the_notice() -> None:
    made = answer_json(NOT_FOUND)
    assert made["statements"] == []
    assert made["nearest"][0]["document"] == "politicas/devoluciones.pdf"
    assert made["notice"] == "the index is damaged"


def test_words_that_no_source_has_are_named_in_json_and_in_the_terminal() -> None:
    lacking = replace(NOT_FOUND, missing=("E55",))
    assert answer_json(lacking)["missing"] == ["E55"]
    assert "The sources found do not say: “E55”." in "\n".join(answer_lines(lacking, "en"))
    assert "no dicen: «E55»." in "\n".join(answer_lines(lacking, "es"))
    assert "do not say" not in "\n".join(answer_lines(NOT_FOUND, "en"))


def test_a_search_result_has_its_place_and_rounded_scores() -> None:
    made = search_json("¿plazo?", FOUND, None)
    (result,) = made["results"]
    assert (result["rank"], result["score"], result["dense"]) == (1, 0.5123, 0.8432)
    assert (result["page"], result["row"], result["heading"]) == (None, 4, "Precios")
    assert (result["start"], result["end"], result["text"]) == (7, 17, "Sofá\n999 €")


def test_the_terminal_shows_verdict_numbered_statements_and_where_they_stand() -> None:
    shown = "\n".join(answer_lines(ANSWER, "es"))
    for part in ("93", "1. El plazo es de 14 días.", "41 ms"):
        assert part in shown
    assert "Devoluciones > Plazos · página 3 · politicas/devoluciones.pdf" in shown


def test_an_abstention_says_so_and_names_the_nearest_source_in_the_language_asked_for() -> None:
    english = "\n".join(answer_lines(NOT_FOUND, "en"))
    assert "page 3 · politicas/devoluciones.pdf" in english
    assert "1." not in english
    assert "página 3" in "\n".join(answer_lines(NOT_FOUND, "es"))


def test_a_passage_is_shown_on_one_line_with_its_row() -> None:
    place, text, _ = search_lines(FOUND, "es")
    assert "fila 4 · precios.xlsx" in place
    assert text.strip() == "Sofá 999 €"


def test_what_a_terminal_would_obey_is_not_printed() -> None:
    assert printable("a\x1b[2Jb\u202ec\nd") == "a [2Jb c\nd"
