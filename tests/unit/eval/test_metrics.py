"""Measures against values worked by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics import (
    auroc,
    f1,
    fact_shown,
    mean,
    recall_at_k,
    risk_coverage,
    standard_error,
    success_at_k,
)

RANKED = ["d3", "d1", "d9", "d2", "d1"]


@pytest.mark.parametrize(("k", "value"), [(0, 0.0), (1, 0.0), (2, 1.0), (5, 1.0), (99, 1.0)])
def test_success_is_any_relevant_document_among_the_first(k: int, value: float) -> None:
    assert success_at_k(RANKED, {"d1", "d7"}, k) == value


@pytest.mark.parametrize(
    ("k", "value"), [(0, 0.0), (1, 0.0), (2, 1 / 3), (4, 2 / 3), (5, 2 / 3), (99, 2 / 3)]
)
def test_recall_is_the_share_of_the_relevant_found_each_once(k: int, value: float) -> None:
    assert recall_at_k(RANKED, ["d1", "d2", "d7", "d7"], k) == pytest.approx(value)


def test_recall_does_not_apply_where_nothing_is_relevant() -> None:
    assert recall_at_k(RANKED, [], 3) is None


@pytest.mark.parametrize(
    ("shown", "facts", "value"),
    [
        ("El plazo es de **30 días**\nnaturales.", ["30 dias naturales"], 1.0),
        ("THIRTY DAYS", ["a month", "thirty days"], 1.0),
        ("El plazo es de 14 días.", ["30 días"], 0.0),
        ("Cuesta 15 €", ["5 €"], 0.0),
        ("Desde 5 € y hasta 15 €", ["5 €"], 1.0),
        ("El artículo 1234", ["123"], 0.0),
        ("Precio: 3.500 €", ["3.500 €"], 1.0),
        ("Sí (siempre).", ["(siempre)"], 1.0),
        ("", ["30 días"], 0.0),
        ("Cualquier cosa", ["**"], 0.0),
    ],
)
def test_a_fact_is_shown_whatever_its_spelling(shown: str, facts: list[str], value: float) -> None:
    assert fact_shown(shown, facts) == value


def test_a_case_without_facts_is_not_scored() -> None:
    assert fact_shown("El plazo es de 30 días.", ()) is None


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


def test_mean_and_error_leave_out_what_does_not_apply() -> None:
    values = [1.0, None, 0.0, 1.0, None, 1.0]
    assert mean(values) == pytest.approx(0.75)
    # Sample variance of 1, 0, 1, 1 is 0.25.
    assert standard_error(values) == pytest.approx(math.sqrt(0.25 / 4))


def test_nothing_that_applies_has_no_mean_and_one_value_no_error() -> None:
    assert mean([None]) is None
    assert mean([]) is None
    assert standard_error([1.0, None]) is None


def test_f1_is_the_harmonic_mean_of_precision_and_recall() -> None:
    pairs = [(True, True), (True, True), (True, False), (False, True), (False, False)]
    assert f1(pairs) == pytest.approx(2 / 3)
    assert f1([(False, True)]) == 0.0
    assert f1([(True, False)]) is None
    assert f1([]) is None
