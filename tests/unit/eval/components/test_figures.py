"""The marked figures are whole, their halves apart, and what is learned from is told rightly."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from eval.components.figures import judged_passages, measure, passages, taught, unmarked
from eval.corpora.reading import by_hand
from eval.work import Work
from knowledge.errors import SettingsError
from knowledge.settings import Settings
from tests.fakes import HashingEmbedder


def test_every_mark_of_an_agent_names_a_figure_of_its_passage_or_none() -> None:
    rows = by_hand("figures.jsonl")
    assert len({row["id"] for row in rows}) == len(rows) == 560
    marks = nowhere = across = 0
    for row in rows:
        text, found = unmarked(row["passage"])
        numbers = [number for number, _, _ in found]
        assert numbers == list(range(1, len(numbers) + 1))
        assert not set("{}|") & set(text)
        for language, _, said in row["said"]:
            own = [number for number, _, _ in unmarked(said)[1]]
            assert own
            assert set(own) <= {0, *numbers}
            marks += len(own)
            nowhere += own.count(0)
            across += len(own) * (language != row["language"])
    assert marks > 9_000
    assert nowhere / marks > 0.15
    assert across / marks > 0.3


def test_no_company_and_no_writer_stands_in_both_halves() -> None:
    rows = by_hand("figures.jsonl")
    for name in ("company", "id"):
        fit, report = (
            {re.split(r"\W", row[name])[0] for row in rows if row["half"] == half}
            for half in ("fit", "report")
        )
        assert not fit & report
    assert {one.half for group in taught() for one in group} == {"fit"}


def test_a_text_is_told_without_its_marks() -> None:
    text, marks = unmarked("A {1|5 €} y {12|dos días}.")
    assert text == "A 5 € y dos días."
    assert [(number, text[start:end]) for number, start, end in marks] == [
        (1, "5 €"), (12, "dos días"),
    ]  # fmt: skip


def test_right_figures_are_of_the_kind_and_stand_where_their_passage_has_them() -> None:
    every = list(passages())
    about = [(one, each) for one in every for each in one.about]
    assert len(about) > 8_500
    for passage, each in about:
        for line, at in each.right:
            assert passage.lines[line].kinds[at] == each.said.kinds[each.at]
    one = next(passage for passage in every if passage.key == "sc-003")
    said = {each.said.figured.text: each for each in one.about}
    ((line, at),) = said["La dorada se paga a 72 euros anuales."].right
    text = one.lines[line].figured
    assert text.text[slice(*text.figures[at])] == "72 €"
    assert said["Changing the PIN at a cash machine costs €1."].right == frozenset()


def test_of_judged_statements_the_met_figure_counts_or_the_only_one_that_is_denied() -> None:
    judged = list(judged_passages())
    assert len(judged) > 1_500
    for passage in judged:
        for each in passage.about:
            kind = each.said.kinds[each.at]
            assert all(passage.lines[line].kinds[at] == kind for line, at in each.right)


def test_another_model_is_told_of() -> None:
    work = Work(Path(), Settings(), HashingEmbedder)
    with pytest.raises(SettingsError, match="unset VOZ_MODEL"):
        list(measure(work))
