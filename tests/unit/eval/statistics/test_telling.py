"""Means, and what tells two kinds of cases apart, against values worked by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.statistics.means import mean, weighted
from eval.statistics.telling import auroc, f1, risk_coverage


def test_auroc_worked_by_hand() -> None:
    # Pairs: 0.9 beats both, 0.4 ties with 0.4 and beats 0.1, 0.2 loses to 0.4 and beats 0.1.
    assert auroc([0.9, 0.4, 0.2], [0.4, 0.1]) == pytest.approx((2 + 1.5 + 1) / 6)
    assert auroc([1.0], [0.0]) == 1.0
    assert auroc([0.0], [1.0]) == 0.0
    assert auroc([], [1.0]) is None
    assert auroc([1.0], []) is None


_SCORES = st.lists(st.integers(0, 5).map(float), min_size=1, max_size=12)


@given(_SCORES, _SCORES)
def test_auroc_is_the_share_of_pairs_in_the_right_order(
    positive: list[float], negative: list[float]
) -> None:
    pairs = [(p > n) + (p == n) / 2 for p in positive for n in negative]
    assert auroc(positive, negative) == pytest.approx(sum(pairs) / len(pairs))


def test_risk_is_the_share_of_wrong_answers_among_the_surest() -> None:
    confidence = [0.2, 0.9, 0.6, 0.8]
    correct = [False, True, True, False]
    assert risk_coverage(confidence, correct, [0.25, 0.5, 0.75, 1.0]) == [
        (0.25, 0.0),
        (0.5, 0.5),
        (0.75, pytest.approx(1 / 3)),
        (1.0, 0.5),
    ]


def test_a_coverage_of_nearly_nothing_is_the_surest_case() -> None:
    assert risk_coverage([0.1, 0.9], [True, False], [0.01]) == [(0.01, 1.0)]


def test_without_cases_there_is_no_risk() -> None:
    assert risk_coverage([], [], [0.5, 1.0]) == []


def test_means_leave_out_what_does_not_apply() -> None:
    assert mean([1.0, None, 0.0, 1.0, None, 1.0]) == pytest.approx(0.75)
    assert weighted([(3.0, 1.0), (1.0, 0.0), (5.0, None)]) == pytest.approx(0.75)


def test_nothing_that_applies_has_no_mean() -> None:
    assert mean([None]) is None
    assert mean([]) is None
    assert weighted([(1.0, None)]) is None


def test_f1_is_the_harmonic_mean_of_precision_and_recall() -> None:
    pairs = [(True, True), (True, True), (True, False), (False, True), (False, False)]
    assert f1(pairs) == pytest.approx(2 / 3)
    assert f1([(False, True)]) == 0.0
    assert f1([(True, False)]) is None
    assert f1([]) is None
