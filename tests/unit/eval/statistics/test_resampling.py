"""Resamples take whole clusters, and the spread over them is the standard error."""

from __future__ import annotations

import numpy as np
import pytest

from eval.statistics.clusters import clustered
from eval.statistics.percentiles import ends, median, percentile
from eval.statistics.resampling import bootstrap_error, resamples


def test_a_cluster_is_drawn_whole_or_not_at_all() -> None:
    keys = ["a", "b", "a", "c"]
    for places in resamples(keys, times=50, seed=1):
        counts = np.bincount(places, minlength=4)
        assert counts[0] == counts[2]
        assert counts[0] + counts[1] + counts[3] == 3
    assert list(resamples([], times=5, seed=1)) == []


def test_the_spread_of_a_mean_is_its_clustered_standard_error() -> None:
    rng = np.random.default_rng(0)
    keys = [f"call-{n // 5}" for n in range(400)]
    of_call = rng.normal(0, 1, 80)
    values = np.repeat(of_call, 5) + rng.normal(0, 0.1, 400)
    found = bootstrap_error(lambda places: float(values[places].mean()), keys, times=600)
    assert found == pytest.approx(clustered(values, keys).standard_error, rel=0.1)


def test_where_there_is_no_number_there_is_no_error() -> None:
    assert bootstrap_error(lambda places: None, ["a", "b"], times=9) is None
    assert bootstrap_error(lambda places: 1.0, [], times=9) is None


def test_percentiles_are_between_two_values_by_a_straight_line() -> None:
    assert percentile([10.0, 20.0], 50) == median([10.0, 20.0]) == 15.0
    assert ends([*range(101), float("nan")]) == pytest.approx((2.5, 97.5))
