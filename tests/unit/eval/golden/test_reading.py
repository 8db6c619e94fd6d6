"""Golden sets: what is read, and every mistake with its line, its field and what to write."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from eval.golden.models import GoldenCase
from eval.golden.reading import MAX_CASES, read_golden, written

CASE: dict[str, Any] = {
    "id": "devolucion-es",
    "schema_version": "golden/1",
    "lang": "es",
    "turns": [{"role": "customer", "text": "¿cuántos días tengo para devolver?"}],
    "answerability": "answerable",
    "expected_behaviour": "answer",
    "gold": [{"document": "devoluciones.md", "quote": "30 días naturales"}],
    "facts": [
        {"id": "plazo", "kind": "duration", "must": True, "aliases": ["30 días"], "value": 30,
         "unit": "days"}
    ],
}  # fmt: skip


def lines(*rows: object) -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def faults(*rows: object, language: str = "en") -> list[str]:
    golden, found = read_golden(lines(*rows))
    assert golden is None
    return [fault.told("es" if language == "es" else "en") for fault in found]


def test_a_case_is_read_with_all_that_is_expected() -> None:
    golden, found = read_golden(lines(CASE))
    assert found == []
    assert golden is not None
    (case,) = golden.cases
    assert case.question == "¿cuántos días tengo para devolver?"
    assert case.facts[0].value == 30
    assert case.gold[0].required
    assert case.cluster == "devolucion-es"


def test_what_is_written_is_read_again() -> None:
    golden, _ = read_golden(lines(CASE, CASE | {"id": "otra", "critical": True, "weight": 2}))
    assert golden is not None
    again, found = read_golden(written(golden).encode())
    assert found == []
    assert again == golden


def test_the_hash_does_not_depend_on_the_order_of_fields() -> None:
    turned = dict(reversed(CASE.items()))
    one, _ = read_golden(lines(CASE))
    other, _ = read_golden(b"\n" + lines(turned) + b"\n\n")
    assert one is not None
    assert other is not None
    assert one.sha256 == other.sha256


def test_every_mistake_is_told_with_its_line_its_case_and_its_field() -> None:
    wrong = CASE | {"lang": "fr", "facts": [{"id": "plazo", "aliases": []}], "colour": "red"}
    del wrong["answerability"]
    told = faults(CASE | {"id": "a"}, wrong)
    assert told == [
        "line 2 (devolucion-es): lang: write one of 'es', 'en'",
        "line 2 (devolucion-es): answerability: it is missing",
        "line 2 (devolucion-es): facts.0.aliases: it is empty",
        "line 2 (devolucion-es): colour: there is no such field: leave it out",
    ]


def test_mistakes_are_told_in_spanish_too() -> None:
    assert faults(CASE | {"expected_behaviour": "abstain"}, language="es") == [
        "línea 1 (devolucion-es): *: 'abstain' no puede esperarse de una pregunta answerable: "
        "escriba answer"
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"turns": []}, "turns: it is empty"),
        (
            {"turns": [{"role": "assistant", "text": "hola"}]},
            "turns: the last turn is the question",
        ),
        ({"turns": [{"role": "customer", "text": "  "}]}, "turns.0.text: it is empty"),
        ({"id": "a b"}, "id: write 1 to 100 letters"),
        ({"weight": 0}, "weight: write a number above 0"),
        ({"on": "31/12/2026"}, "on: write a date as in 2026-03-31"),
        ({"critical": "perhaps"}, "critical: Input should be a valid boolean"),
        ({"gold": [], "facts": []}, "it is answerable and nothing is expected"),
        (
            {"answerability": "unanswerable", "expected_behaviour": "abstain"},
            "it is unanswerable and has facts",
        ),
        (
            {"kb_valid_from": "2026-03-01", "kb_valid_to": "2026-03-01"},
            "kb_valid_to 2026-03-01 is not after kb_valid_from 2026-03-01",
        ),
        ({"forbidden": [{"id": "a", "pattern": "("}]}, "it is no regular expression: "),
        ({"forbidden": [{"id": "a"}]}, "write a phrase or a pattern"),
        (
            {"facts": [{"id": "a", "kind": "money", "aliases": ["29"], "value": 29}]},
            "a value of kind money needs its unit",
        ),
        (
            {"facts": [{"id": "a", "kind": "text", "aliases": ["x"], "value": 29}]},
            "a fact of kind text has no value",
        ),
        (
            {"steps": [{"id": "a", "aliases": ["x"]}, {"id": "a", "aliases": ["y"]}]},
            "steps: 'a' is there twice",
        ),
    ],
)
def test_what_does_not_hold_together_is_refused(change: dict[str, Any], said: str) -> None:
    (told,) = faults(CASE | change)
    assert said in told


def test_an_id_is_used_once() -> None:
    assert faults(CASE, CASE) == [
        "line 2 (devolucion-es): id: 'devolucion-es' is the id of line 1 too: give every case an "
        "id of its own"
    ]


def test_a_twin_is_one_case_in_each_language() -> None:
    alone = CASE | {"twin_id": "devolucion"}
    assert "has the languages es:" in faults(alone)[0]
    golden, found = read_golden(lines(alone, alone | {"id": "return-en", "lang": "en"}))
    assert found == []
    assert golden is not None
    assert {case.cluster for case in golden.cases} == {"devolucion"}


def test_what_is_no_json_is_told_beside_the_other_mistakes() -> None:
    golden, found = read_golden(b'{"id": \n[1]\n' + lines(CASE | {"lang": "fr"}))
    assert golden is None
    told = [str(fault) for fault in found]
    assert told[0].startswith("line 1 is no JSON object: ")
    assert told[1].startswith("line 2 is no JSON object: list;")
    assert told[2].startswith("line 3 (devolucion-es): lang")


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "no cases"), (b" \n\n", "no cases"), (b"\xff\xfe{", "byte 0 is no UTF-8")],
)
def test_a_file_without_cases_is_refused(content: bytes, said: str) -> None:
    golden, (fault,) = read_golden(content)
    assert golden is None
    assert said in str(fault)


def test_a_set_has_an_end() -> None:
    golden, (fault,) = read_golden(b"{}\n" * (MAX_CASES + 1))
    assert golden is None
    assert f"{MAX_CASES + 1} cases" in str(fault)


def test_expectations_hold_from_a_day_to_another() -> None:
    case = GoldenCase.model_validate(
        CASE | {"kb_valid_from": "2026-03-01", "kb_valid_to": "2026-06-01"}
    )
    held = [case.expired(date(2026, month, 1)) for month in (2, 3, 5, 6)]
    assert held == [True, False, False, True]
