"""Sentences with what their clauses say: whole, in both languages, and kept apart by writers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from assistant.drafting.spoken_clauses import clauses
from eval.components.drafts.clauses import (
    COMMITMENT,
    KINDS,
    NONE,
    WORDINGS,
    SaidClause,
    commitment_clauses,
    learned_from,
    not_learned_from,
    wording_clauses,
)
from eval.components.encoder import HEADS, ORDINARY, spoken
from eval.corpora.reading import by_hand
from knowledge.encoders.adapted import FILE
from knowledge.encoders.additions import learned
from knowledge.ports import COMMITS
from knowledge.ports import WORDINGS as HEAD


def test_every_wording_stands_once_in_its_sentence_and_of_each_kind_there_are_many() -> None:
    rows = by_hand(WORDINGS)
    assert len({row["text"] for row in rows}) == len(rows) >= 6_000
    for row in rows:
        assert row["language"] in {"es", "en"}
        assert row["kind"] is None or row["text"].count(row["span"]) == 1
    of_kind = Counter(row["kind"] for row in rows)
    assert set(of_kind) == {None, *KINDS}
    assert min(of_kind.values()) >= 200


@pytest.mark.parametrize("every", [commitment_clauses, wording_clauses])
def test_a_clause_is_one_of_its_sentence_and_what_is_reported_has_a_writer_of_its_own(
    every: Callable[[], Iterator[SaidClause]],
) -> None:
    said = list(every())
    assert all((one.start, one.end) in clauses(one.sentence) for one in said)
    learned = {one.writer for one in learned_from(said)}
    for half in ("fit", "report"):
        writers = {one.writer for one in not_learned_from(said, half)}
        assert len(writers) == 1
        assert not writers & learned


def test_a_clause_beside_the_one_that_commits_does_not() -> None:
    whole = next(one.text for one in commitment_clauses() if one.writer and one.label == COMMITMENT)
    labels = {one.label for one in commitment_clauses() if one.text == whole}
    assert labels <= {COMMITMENT, NONE}


def test_nothing_is_learned_of_those_by_whom_bars_are_chosen_or_that_are_reported() -> None:
    told = {COMMITS: commitment_clauses(), HEAD: wording_clauses()}
    for task in spoken(1, ORDINARY):
        left_out = {one.pair for one in not_learned_from(told[task.head], "all")}
        assert left_out
        assert len(left_out & {text for text, _ in task.rows}) <= 2  # "Buenos días", by chance
        assert {label for _, label in task.rows} == set(range(len(HEADS[task.head])))


def test_what_is_shipped_tells_the_kinds_that_are_looked_for() -> None:
    shipped = learned(FILE).heads
    assert {name: head.labels for name, head in shipped.items()} == HEADS
