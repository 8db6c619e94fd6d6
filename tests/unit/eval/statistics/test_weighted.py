"""The mean of a population from a sample that takes small strata more often."""

from __future__ import annotations

import numpy as np
import pytest

from eval.statistics.weighted import weighted_mean


def test_a_value_counts_for_as_many_as_it_stands_for() -> None:
    found = weighted_mean([1.0, 0.5], [3, 1], ["ana", "eva"])
    assert found is not None
    assert found.mean == pytest.approx(0.875)
    # off the mean by 3 * 0.125 and 1 * -0.375; error sqrt(0.28125 * 2) / 4; t(1) 12.706
    assert found.low == 0.0
    assert found.high == 1.0


def test_an_interval_worked_by_hand() -> None:
    found = weighted_mean([0.8, 0.6, 0.7], [1, 1, 1], ["a", "b", "c"])
    assert found is not None
    # standard error of three values 0.1 apart: 0.1 / sqrt(3); t(2) 4.3027
    assert (found.low, found.high) == pytest.approx((0.7 - 0.24841, 0.7 + 0.24841), abs=1e-4)


def test_contacts_of_one_agent_are_one_draw() -> None:
    found = weighted_mean([0.2, 0.4, 0.9], [1, 1, 1], ["ana", "ana", "ana"])
    assert found is not None
    assert (found.n, found.clusters, found.low) == (3, 1, None)
    assert weighted_mean([], [], []) is None


def test_strata_drawn_unequally_give_back_the_mean_of_all() -> None:
    random = np.random.default_rng(5)
    large, small = random.uniform(0.7, 1.0, 900), random.uniform(0.0, 0.4, 100)
    truth = float(np.concatenate([large, small]).mean())
    held = 0
    for _ in range(200):
        drawn = [*random.choice(large, 20, replace=False), *random.choice(small, 20, replace=False)]
        found = weighted_mean(drawn, [45.0] * 20 + [5.0] * 20, range(40))
        assert found is not None
        assert found.mean == pytest.approx(truth, abs=0.06)
        held += (
            found.low is not None and found.high is not None and found.low <= truth <= found.high
        )
    assert held / 200 >= 0.92


def test_unequal_lists_and_weights_of_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="1 values, 2 weights"):
        weighted_mean([1.0], [1, 2], ["a"])
    with pytest.raises(ValueError, match="above 0"):
        weighted_mean([1.0], [0], ["a"])
