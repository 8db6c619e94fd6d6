"""What teaches promises: clauses with their labels, sparse weights, and the sets they come from."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.drafting.spoken_clauses import clauses
from eval.components.drafts import promises
from eval.components.drafts.cases import Case, Labelled, cases
from eval.components.drafts.clauses import (
    COMMITMENT,
    NONE,
    UNSEEN,
    draft_clauses,
    labels_of,
)
from eval.components.encoder import spoken
from eval.corpora.reading import by_hand
from eval.fitting.logistic import fitted
from eval.fitting.sparse import fitted_sparse


def test_weights_of_few_features_in_each_row_are_those_of_whole_rows() -> None:
    from scipy.sparse import csr_array

    rng = np.random.default_rng(0)
    rows = rng.random((60, 5)) * (rng.random((60, 5)) < 0.4)
    right = rows[:, 0] > rows[:, 1]
    whole, bias = fitted(rows, right, np.ones(60), l2=0.1)
    sparse, sparse_bias = fitted_sparse(csr_array(rows), right, l2=0.1)
    np.testing.assert_allclose(sparse, whole, atol=1e-3)
    assert sparse_bias == pytest.approx(bias, abs=1e-3)


def test_the_clause_that_is_labelled_is_the_commitment_and_the_one_beside_it_is_not_asked() -> None:
    draft = "Le regalo el envío, no se preocupe. El sofá pesa 40 kilos, lo dice la ficha."
    label = Labelled("fact", 0, 18, "Le regalo el envío", also=("promise",))
    case = Case("gift-1", "es", "chat", "", draft, (label,), "fit")
    first = list(promises._of_sentence(case, 0, draft[:35], (), later=True))
    second = list(promises._of_sentence(case, 36, draft[36:], (), later=False))
    assert [(row.committed, row.asked) for row in first] == [(True, True), (False, False)]
    assert [(row.committed, row.asked) for row in second] == [(False, True)] * 2
    assert all(row.features is not None and row.key == "gift" for row in first)
    assert all(row.features is None for row in second)  # forms were made on it


def test_marks_begin_at_the_lowest_probability_that_is_precise_enough() -> None:
    likely = np.array([0.1, 0.4, 0.6, 0.7, 0.9])
    committed = np.array([False, False, True, False, True])
    assert promises._threshold(likely, committed, 0.6) == 0.6
    assert promises._threshold(likely, committed, 0.9) == 0.9
    assert promises._threshold(likely, ~committed, 0.9) == 1.0
    assert promises._threshold(likely, committed, 0.6, often=2.0) == 0.9


def test_the_sources_are_asked_from_what_most_marks_have_and_none_where_nothing_is_marked() -> None:
    assert promises._looked_at_from(np.arange(101.0)) == pytest.approx(5)
    assert promises._looked_at_from(np.array([])) == float("inf")


def test_every_commitment_of_the_trades_stands_once_in_its_sentence_and_in_a_clause() -> None:
    rows = by_hand("commitments.jsonl")
    assert len({row["text"] for row in rows}) == len(rows) >= 1000
    for row in rows:
        assert row["language"] in {"es", "en"}
        assert (row["label"] == "commitment") == bool(row.get("span"))
        assert row["text"].count(row.get("span", row["text"])) == 1
    taught = list(promises._of_trades())
    committed = {row.key for row in taught if row.committed}
    assert len(committed) > 30  # a language and a trade each
    assert all(len(row.clause.traits) for row in taught)


def test_the_model_learns_of_no_draft_by_which_it_is_weighed() -> None:
    fit = {case.scenario for case in cases("fit")}
    assert {c.scenario for c in cases("all") if c.scenario.endswith(promises.LATER)} <= fit
    seen = {one.trade for one in draft_clauses()}
    unseen = {scenario for scenario in fit if scenario.endswith(UNSEEN)}
    assert len(unseen) == 20
    assert seen == fit - unseen
    assert {one.label for one in draft_clauses()} == {NONE, COMMITMENT}
    first, _ = spoken(1)
    then, _ = spoken(1, drafts=draft_clauses())
    assert len(then.rows) - len(first.rows) == sum(1 for _ in draft_clauses()) > 3000


def test_clauses_beside_a_commitment_or_ruled_out_anyway_tell_nothing() -> None:
    draft = (
        "Le regalo el envío, no se preocupe. Cálmese, que el sofá pesa 40 kilos, según la ficha."
    )
    labels = (Labelled("promise", 0, 18, ""), Labelled("forbidden", 36, 43, ""))
    case = Case("gift-1", "es", "chat", "", draft, labels, "fit")
    assert labels_of(case, 0, clauses(draft[:35])) == [COMMITMENT, None]
    assert labels_of(case, 36, clauses(draft[36:])) == [None, NONE]
