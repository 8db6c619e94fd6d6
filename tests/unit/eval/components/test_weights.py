"""What is learned: weights that put right sentences first, a confidence, its two thresholds."""

from __future__ import annotations

import numpy as np
import pytest

from eval.components import weights as whole
from eval.fitting import logistic
from eval.fitting.listwise import Labelled, listwise


def test_right_sentences_come_first_where_a_feature_tells_them() -> None:
    rng = np.random.default_rng(0)
    labelled = []
    for _ in range(40):
        features = rng.standard_normal((6, 2))
        labelled.append(Labelled(features, features[:, 0] == features[:, 0].max()))
    weights = listwise(labelled)
    assert weights[0] > 5 * abs(weights[1])


def test_a_question_without_a_right_sentence_teaches_nothing() -> None:
    features = np.asarray([[1.0, 0.0], [0.0, 1.0]])
    taught = [Labelled(features, np.asarray([True, False]))]
    silent = [Labelled(features[::-1], np.asarray([False, False]))]
    np.testing.assert_allclose(listwise(taught), listwise([*taught, *silent]))


def test_each_side_weighs_half_and_agents_groups_more_than_others() -> None:
    answered = np.asarray([True, True, True, False, False])
    groups = ["xquad es over a", "agents over b", "agents over b", "far over a", "far over b"]
    weight = logistic.balanced(answered, groups)
    assert weight[answered].sum() == pytest.approx(0.5)
    assert weight[~answered].sum() == pytest.approx(0.5)
    assert weight[1:3].sum() == pytest.approx(logistic.AGENTS_WEIGHT * weight[0])


def test_the_confidence_grows_with_the_evidence() -> None:
    rows = np.asarray([[0.0], [0.2], [0.8], [1.0]])
    answered = np.asarray([False, False, True, True])
    (weight,), bias = logistic.logistic(rows, answered, ["far", "far", "own", "own"])
    assert weight > 0
    assert -bias / weight == pytest.approx(0.5, abs=0.05)


def test_the_thresholds_leave_out_the_shares_of_far_questions_that_they_promise() -> None:
    sure = np.linspace(0, 1, 200)
    answered = np.zeros(200, dtype=bool)
    groups = ["far"] * 200
    lower = whole._lower_threshold(sure, answered, groups)
    upper = whole._upper_threshold(sure, answered, groups)
    assert (sure < lower).mean() == pytest.approx(whole.FAR_REFUSED, abs=0.01)
    assert (sure >= upper).mean() == pytest.approx(whole.FAR_ANSWERED, abs=0.01)
    assert lower < upper
