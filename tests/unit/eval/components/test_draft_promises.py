"""What teaches promises: clauses with their labels, sparse weights, and the sets they come from."""

from __future__ import annotations

import numpy as np
import pytest

from eval.components.drafts import promises
from eval.components.drafts.cases import Case, Labelled, cases
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


def test_later_drafts_are_of_half_fit_and_of_scenarios_of_their_own() -> None:
    later = {case.scenario for case in cases("all") if case.scenario.endswith(promises.LATER)}
    assert len(later) == 20
    assert later <= {case.scenario for case in cases("fit")}
