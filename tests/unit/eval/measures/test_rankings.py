"""Measures of rankings against values worked by hand."""

from __future__ import annotations

import math

import pytest

from eval.measures.rankings import (
    average_precision,
    measure,
    ndcg,
    recall,
    reciprocal_rank,
    success,
)

RANKED = ["d3", "d1", "d9", "d2", "d5"]
GRADES = {"d1": 1, "d2": 1, "d7": 1}


@pytest.mark.parametrize(("k", "value"), [(0, 0.0), (1, 0.0), (2, 1.0), (5, 1.0), (99, 1.0)])
def test_success_is_any_relevant_document_among_the_first(k: int, value: float) -> None:
    assert success(RANKED, {"d1": 1, "d7": 1}, k) == value


@pytest.mark.parametrize(
    ("k", "value"), [(0, 0.0), (1, 0.0), (2, 1 / 3), (4, 2 / 3), (5, 2 / 3), (99, 2 / 3)]
)
def test_recall_is_the_share_of_the_relevant_found(k: int, value: float) -> None:
    assert recall(RANKED, GRADES, k) == pytest.approx(value)


@pytest.mark.parametrize(("k", "value"), [(1, 0.0), (2, 0.5), (10, 0.5)])
def test_the_reciprocal_rank_is_of_the_first_relevant_document(k: int, value: float) -> None:
    assert reciprocal_rank(RANKED, GRADES, k) == value


@pytest.mark.parametrize(
    ("k", "value"),
    # Relevant ones stand second and fourth: precision 1/2 and 2/4; the third is never found.
    [(1, 0.0), (2, 0.5 / 3), (3, 0.5 / 3), (4, (0.5 + 0.5) / 3), (100, (0.5 + 0.5) / 3)],
)
def test_average_precision_counts_the_relevant_not_found_as_0(k: int, value: float) -> None:
    assert average_precision(RANKED, GRADES, k) == pytest.approx(value)


def test_ndcg_is_1_for_the_best_order_and_discounts_by_rank() -> None:
    assert ndcg(["a", "b"], {"a": 2, "b": 1}, 10) == pytest.approx(1.0)
    best = 2 / math.log2(2) + 1 / math.log2(3)
    turned = 1 / math.log2(2) + 2 / math.log2(3)
    assert ndcg(["b", "a"], {"a": 2, "b": 1}, 10) == pytest.approx(turned / best)
    assert ndcg(["x", "a"], {"a": 1}, 1) == 0.0


@pytest.mark.parametrize("name", ["Success@1", "R@5", "RR@10", "nDCG@10", "AP@100"])
def test_nothing_applies_where_nothing_is_relevant(name: str) -> None:
    assert measure(name)(RANKED, {}) is None


def test_a_measure_has_the_depth_of_its_name() -> None:
    assert measure("R@2")(RANKED, GRADES) == pytest.approx(1 / 3)
    assert measure("R@4")(RANKED, GRADES) == pytest.approx(2 / 3)


@pytest.mark.parametrize("name", ["R", "R@0", "recall@5", "P@5", "nDCG@", "@5"])
def test_a_measure_that_is_not_known_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="expected one of Success@k"):
        measure(name)
