"""Sentences of XQuAD become documents, and the one in which the answer starts is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.benchmarks.xquad_r import xquad_r
from knowledge.errors import SettingsError
from tests.unit.eval.corpora.test_public import write

ES = "Ana llegó en 1990; Luis, en 1995. Nadie sabe por qué."
EN = "Ana came in 1990; Luis in 1995. Nobody knows why. Nobody asked."


def make(folder: Path, *, question: str = "p-es") -> None:
    passages = [
        {"id": f"p-{lang}", "lang": lang, "text": text} for lang, text in (("es", ES), ("en", EN))
    ]
    questions = [
        {
            "id": f"q-{lang}",
            "base_id": "q",
            "lang": lang,
            "question": "?",
            "passage_id": passage,
            "answers": [{"text": "why", "start": start}],
        }
        for lang, passage, start in (
            ("es", question, ES.index("por qué")),
            ("en", "p-en", EN.index("Luis")),
        )
    ]
    write(folder / "xquad" / "passages.jsonl", passages)
    write(folder / "xquad" / "questions.jsonl", questions)


def test_each_language_is_asked_of_each_and_of_both(tmp_path: Path) -> None:
    make(tmp_path)
    sets = {one.name: one for one in xquad_r(tmp_path)}
    assert set(sets) == {
        f"xquad_r {name}" for name in ("es", "en", "es->en", "en->es", "es pool", "en pool")
    }
    texts = {d.name: d.text for d in sets["xquad_r es"].documents}
    assert texts == {"p-es#0": "Ana llegó en 1990; Luis, en 1995.", "p-es#1": "Nadie sabe por qué."}
    assert len(sets["xquad_r es->en"].documents) == 3
    assert len(sets["xquad_r es pool"].documents) == 5


def test_right_is_the_sentence_in_which_the_answer_starts_in_the_pools_language(
    tmp_path: Path,
) -> None:
    make(tmp_path)
    right = {one.name: set(one.cases[0].relevant) for one in xquad_r(tmp_path)}
    assert right["xquad_r es"] == right["xquad_r en->es"] == {"p-es#1"}
    assert right["xquad_r en"] == right["xquad_r es->en"] == {"p-en#0"}
    assert right["xquad_r en pool"] == {"p-es#1", "p-en#0"}


def test_a_passage_that_is_not_there_is_named(tmp_path: Path) -> None:
    make(tmp_path, question="p-lost")
    with pytest.raises(SettingsError, match=r"passages\.jsonl has no 'p-lost'"):
        list(xquad_r(tmp_path))
