"""Golden sets written as tables, and sets of other layouts."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from eval.golden.layouts import converted
from eval.golden.loading import load_golden, parsed, personal
from eval.golden.reading import GoldenSet
from eval.golden.tables import COLUMNS, read_csv, read_xlsx
from knowledge.errors import SettingsError

HEADER = "id;lang;question;documents;quotes;must_facts;facts;critical;topic;on"
ROW = (
    'a;es;¿plazo?;"devoluciones.md; garantia.pdf";30 días naturales;30 días|treinta días;'
    "sin motivos;sí;devoluciones;2026-03-01"
)


def table(*lines: str) -> bytes:
    return "\n".join(lines).encode("utf-8-sig")


def golden(found: tuple[GoldenSet | None, list[Any]]) -> GoldenSet:
    assert found[1] == []
    assert found[0] is not None
    return found[0]


def told(found: tuple[GoldenSet | None, list[Any]]) -> list[str]:
    assert found[0] is None
    return [str(fault) for fault in found[1]]


def test_a_row_is_a_case() -> None:
    (case,) = golden(read_csv(table(HEADER, "", ROW))).cases
    assert (case.id, case.question, case.critical) == ("a", "¿plazo?", True)
    assert case.expected_behaviour == "answer"
    assert [(g.document, g.quote) for g in case.gold] == [
        ("devoluciones.md", "30 días naturales"),
        ("garantia.pdf", None),
    ]
    assert [(f.id, f.must, f.aliases) for f in case.facts] == [
        ("m1", True, ("30 días", "treinta días")),
        ("f1", False, ("sin motivos",)),
    ]
    assert case.tags == {"topic": "devoluciones"}
    assert str(case.on) == "2026-03-01"


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_cells_may_be_separated_as_programs_like(between: str) -> None:
    lines = [between.join(("id", "lang", "question", "documents")), between.join("aexd")]
    lines[1] = between.join(("a", "en", "how long?", "d"))
    assert golden(read_csv(table(*lines))).cases[0].lang == "en"


def test_what_is_not_answered_needs_no_more_than_to_say_so() -> None:
    (case,) = golden(
        read_csv(table("id,lang,question,answerability", "a,es,¿y la luna?,out_of_scope"))
    ).cases
    assert case.expected_behaviour == "abstain"


def test_mistakes_are_told_with_their_line() -> None:
    assert told(read_csv(table("id,lang,colour", "a,es,red"))) == [
        f"there is no column 'colour': use {', '.join(COLUMNS)}",
        "column 'question' is missing",
    ]
    found = told(
        read_csv(
            table("id,lang,question,documents,critical", "a,fr,x,d,no", "b,es,x,d,perhaps",
                  "c,es,x,d,no,more")
        )
    )  # fmt: skip
    assert found[0].startswith("line 2 (a): lang: write one of")
    assert found[1] == "line 3: critical: 'perhaps' is neither yes nor no"
    assert found[2] == "line 4 has 1 cells beyond the 5 columns"
    assert told(read_csv(table("id,lang,question,id"))) == ["column 'id' is there twice"] * 2
    assert told(read_csv(b"\xff")) == ["byte 0 is no UTF-8: save the file as UTF-8"]
    assert "no CSV" in told(read_csv(table('id,lang,question\n"a,es')))[0]
    assert "no cases" in told(read_csv(b""))[0]


def test_a_workbook_is_read_as_a_table_is() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["id", "lang", "question", "documents", "must_facts", "critical"])
    sheet.append([12.0, "es", "¿plazo?", "d", 30, True])
    content = io.BytesIO()
    book.save(content)
    (case,) = golden(read_xlsx(content.getvalue())).cases
    assert (case.id, case.facts[0].aliases, case.critical) == ("12", ("30",), True)
    assert "no XLSX" in told(read_xlsx(b"PK\x03\x04 not a workbook"))[0]


def test_the_ending_of_the_name_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_bytes(table(HEADER, ROW))
    assert golden(load_golden(path)) == golden(parsed("SET.CSV", table(HEADER, ROW)))
    with pytest.raises(SettingsError, match=r"has to end in one of \.jsonl, \.csv, \.xlsx"):
        parsed("set.pdf", b"")
    with pytest.raises(SettingsError, match="cannot be read"):
        load_golden(tmp_path / "none.csv")


def test_personal_data_is_told_unless_somebody_looked_it_over() -> None:
    lines = table("id,lang,question,documents", "a,es,soy el DNI 12345678Z,d", "b,es,¿plazo?,d")
    (fault,) = personal(golden(read_csv(lines)))
    assert "line 1 (a): it has personal data (dni)" in str(fault)
    checked = golden(read_csv(lines)).cases[0]
    provenance = checked.provenance.model_copy(update={"pii_checked": True})
    seen = checked.model_copy(update={"provenance": provenance})
    assert personal(GoldenSet.of([seen])) == []


def jsonl(path: Path, *rows: dict[str, Any]) -> None:
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")


def test_beir_is_read_with_its_judgements(tmp_path: Path) -> None:
    (tmp_path / "qrels").mkdir()
    jsonl(tmp_path / "queries.jsonl", {"_id": "q 1", "text": "how long do I have?"},
          {"_id": "q2", "text": "not judged"})  # fmt: skip
    judgements = "query-id\tcorpus-id\tscore\nq 1\td1\t1\nq 1\td2\t0\n"
    (tmp_path / "qrels" / "test.tsv").write_text(judgements)
    (case,) = golden(converted("beir", tmp_path)).cases
    assert case.id == "q-1"
    assert [(g.document, g.grade) for g in case.gold] == [("d1", 1)]
    (tmp_path / "qrels" / "test.tsv").write_text(f"{judgements}q 1\td3\n")
    with pytest.raises(SettingsError, match="line 4: expected query"):
        converted("beir", tmp_path)


def test_squad_is_read_with_what_cannot_be_answered(tmp_path: Path) -> None:
    asked = [
        {"id": "1", "question": "How many days?", "answers": [{"text": "30 days"}]},
        {"id": "2", "question": "Who?", "answers": [], "is_impossible": True},
    ]
    paragraph = {"context": "You have 30 days to return it.", "qas": asked}
    path = tmp_path / "squad.json"
    path.write_text(json.dumps({"data": [{"title": "Returns", "paragraphs": [paragraph]}]}))
    answered, impossible = golden(converted("squad", path)).cases
    assert answered.gold[0].quote == "You have 30 days to return it."
    assert answered.facts[0].aliases == ("30 days",)
    assert impossible.expected_behaviour == "abstain"
    path.write_text('{"data": [{}]}')
    with pytest.raises(SettingsError, match="not in SQuAD's layout"):
        converted("squad", path)
    with pytest.raises(SettingsError, match="expected one of beir, squad"):
        converted("trec", path)
