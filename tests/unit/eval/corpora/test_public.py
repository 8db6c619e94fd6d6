"""Labelled sets become documents and cases as their rows say."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from eval.cases import Case
from eval.corpora.public import MAX_CASE_CHARS, load, mtrag_last_turns
from eval.corpora.reading import plain_document, rows, sampled
from knowledge.errors import SettingsError


def write(path: Path, objects: Sequence[Mapping[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(o, ensure_ascii=False) + "\n" for o in objects), "utf-8")


def cases(n: int) -> tuple[Case, ...]:
    return tuple(Case(f"q{i}", "¿?", "es", frozenset()) for i in range(n))


def test_a_plain_document_has_a_paragraph_for_each_line_that_says_something() -> None:
    document = plain_document("a", "A", "Uno.\n\n  Dos. \n\t\nUno.", "es")
    assert [document.text[b.start : b.end] for b in document.blocks] == ["Uno.", "Dos.", "Uno."]
    assert document.blocks[2].start == document.text.rindex("Uno.")


def test_rows_are_the_objects_of_the_lines(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"a": "ñ"}\n\n{"a": 2}\n', "utf-8")
    assert rows(path) == [{"a": "ñ"}, {"a": 2}]


@pytest.mark.parametrize(
    ("field", "row"),
    [
        ("b", {"a": 1}),
        ("a[].b", {"a": "b"}),
        ("a[].b", {"a": [{"b": 1}, {"c": 1}]}),
        ("a[].b", {"a": ["b"]}),
    ],
)
def test_a_row_without_a_field_is_named(tmp_path: Path, field: str, row: dict[str, object]) -> None:
    write(tmp_path / "x.jsonl", [{"a": [{"b": 1}], "b": 1}, row])
    with pytest.raises(SettingsError, match=r"x\.jsonl, object 2 has no"):
        rows(tmp_path / "x.jsonl", field)


def test_a_question_about_a_document_that_is_not_there_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "tau_banking"
    write(folder / "documents.jsonl", [{"id": "d", "title": "D", "text": "Text."}])
    write(
        folder / "tasks.jsonl", [{"id": "1", "scenario": "y", "required_documents": ["d", "lost"]}]
    )
    with pytest.raises(SettingsError, match=r"documents\.jsonl has no 'lost'.*is the set whole"):
        list(load(["tau_banking"], tmp_path))


@pytest.mark.parametrize("content", [b'{"a": 1', b"[1, 2]\n", b'{"a": "\xff"}\n'])
def test_a_file_that_is_not_json_lines_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match=r"x\.jsonl is not JSON lines"):
        rows(path)


def test_a_missing_set_says_what_to_name(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="--data must name the folder"):
        list(load(["mtrag"], tmp_path))


def test_an_unknown_set_says_which_there_are(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="'xquat' is not known: expected one of xquad"):
        list(load(["xquat"], tmp_path))


def test_xquad_asks_in_both_languages_and_has_facts_only_in_the_same(tmp_path: Path) -> None:
    write(
        tmp_path / "xquad" / "passages.jsonl",
        [
            {"id": f"p-{lang}", "title": "T", "text": text, "lang": lang, "parallel_id": "1"}
            for lang, text in (("es", "Son 30 días."), ("en", "It is 30 days."))
        ],
    )
    write(
        tmp_path / "xquad" / "questions.jsonl",
        [
            {
                "id": f"q-{lang}",
                "question": "?",
                "lang": lang,
                "parallel_id": "1",
                "answers": [{"text": answer}],
            }
            for lang, answer in (("es", "30 días"), ("en", "30 days"))
        ],
    )
    sets = {s.name: s for s in load(["xquad"], tmp_path)}
    assert set(sets) == {"xquad es", "xquad en", "xquad en->es", "xquad es->en"}
    across = sets["xquad es->en"]
    assert [d.name for d in across.documents] == ["p-en"]
    assert (across.cases[0].id, across.cases[0].relevant) == ("q-es", frozenset({"p-en"}))
    assert across.cases[0].facts == ()
    assert sets["xquad es"].cases[0].facts == ("30 días",)
    assert across.corpus == sets["xquad en"].corpus != sets["xquad es"].corpus


def test_squad_keeps_what_cannot_be_answered_apart(tmp_path: Path) -> None:
    write(tmp_path / "squad_es" / "passages.jsonl", [{"id": "p", "title": "A_b", "text": "Texto."}])
    write(
        tmp_path / "squad_es" / "questions.jsonl",
        [
            {"id": "1", "question": "?", "passage_id": "p", "answerable": True, "answers": []},
            {"id": "2", "question": "?", "passage_id": "p", "answerable": False, "answers": []},
        ],
    )
    answerable, unanswerable = load(["squad_es"], tmp_path)
    assert [c.id for c in answerable.cases] == ["1"]
    assert [c.id for c in unanswerable.cases] == ["2"]
    assert unanswerable.name == "squad_es unanswerable"
    assert answerable.documents[0].title == "A b"


def test_faq_leaves_out_questions_whose_entry_is_not_in_the_language(tmp_path: Path) -> None:
    write(
        tmp_path / "faq_tax" / "documents.jsonl",
        [
            {"id": "a-es", "parallel_id": "a", "lang": "es", "title": "A", "text": "Sí."},
            {"id": "a-en", "parallel_id": "a", "lang": "en", "title": "A", "text": "Yes."},
            {"id": "b-es", "parallel_id": "b", "lang": "es", "title": "B", "text": "No."},
        ],
    )
    write(
        tmp_path / "faq_tax" / "questions.jsonl",
        [
            {"id": "qa", "parallel_id": "a", "lang": "es", "question": "?"},
            {"id": "qb", "parallel_id": "b", "lang": "es", "question": "?"},
        ],
    )
    sets = {s.name: [(c.id, *c.relevant) for c in s.cases] for s in load(["faq_tax"], tmp_path)}
    assert sets["faq_tax es"] == [("qa", "a-es"), ("qb", "b-es")]
    assert sets["faq_tax es->en"] == [("qa", "a-en")]
    assert sets["faq_tax en"] == []


def test_last_turns_are_asked_alone_and_behind_their_conversation(tmp_path: Path) -> None:
    folder = tmp_path / "mtrag"
    write(folder / "corpus.jsonl", [{"id": "p", "title": "", "text": "Snow.", "domain": "govt"}])
    asked = {"conversation_id": "c", "last_turn": "and there?", "rewrite": "snow there?"}
    write(
        folder / "retrieval.jsonl",
        [{"id": name, "relevant_ids": ["p"], **asked} for name in ("c1", "c2")],
    )
    turns = [{"speaker": s, "text": t} for s, t in (("customer", "a?"), ("agent", "b"))]
    last = {"speaker": "customer", "text": "and there?"}
    write(folder / "tasks.jsonl", [{"id": "c1", "turns": [*turns, last]}])
    alone, behind = mtrag_last_turns(tmp_path)
    (rewritten,) = load(["mtrag"], tmp_path)
    assert [c.question for c in rewritten.cases] == ["snow there?", "snow there?"]
    assert [(c.question, c.history) for c in alone.cases] == [("and there?", ())] * 2
    (case,) = behind.cases  # of c2 the conversation is not there
    assert [(turn.role, turn.text) for turn in case.history] == [("customer", "a?"), ("agent", "b")]
    assert {c.key for c in (*alone.cases, case)} == {"c"}
    assert behind.documents[0].title == "govt"


def test_bank_cases_without_documents_are_left_out_and_long_ones_cut(tmp_path: Path) -> None:
    folder = tmp_path / "tau_banking"
    write(folder / "documents.jsonl", [{"id": "d", "title": "D", "text": "Text."}])
    write(
        folder / "tasks.jsonl",
        [
            {"id": "1", "scenario": "x" * 9_999, "required_documents": ["d"]},
            {"id": "2", "scenario": "y", "required_documents": []},
        ],
    )
    (labelled,) = load(["tau_banking"], tmp_path)
    assert [c.id for c in labelled.cases] == ["1"]
    assert len(labelled.cases[0].question) == MAX_CASE_CHARS


def test_a_sample_is_the_same_each_time_in_order_and_part_of_a_larger_one() -> None:
    every = cases(50)
    few, more = sampled(every, 5), sampled(every, 20)
    assert (len(few), len(more)) == (5, 20)
    assert set(few) < set(more)
    assert [c.id for c in more] == [c.id for c in every if c in more]
    assert sampled(every[::-1], 5) == few[::-1]
    assert few != every[:5]


@pytest.mark.parametrize("limit", [None, 50, 99])
def test_a_sample_of_everything_is_everything(limit: int | None) -> None:
    assert sampled(cases(50), limit) == cases(50)
