"""Against examples worked by hand, published ones, and simulation."""

from __future__ import annotations

import math

import numpy as np
import pytest

from eval.statistics.clusters import clustered
from eval.statistics.families import benjamini_hochberg, holm
from eval.statistics.paired import compare, interval, sign_flips
from eval.statistics.power import cases_needed, detectable_drop, least_standard_error
from eval.statistics.rates import mcnemar, never_seen, wilson


def test_a_cluster_of_two_counts_twice_in_the_mean() -> None:
    groups = clustered([1.0, 0.0, 1.0], ["a", "a", "b"])
    assert groups.sums.tolist() == [1.0, 1.0]
    assert groups.sizes.tolist() == [2, 1]
    assert groups.mean == pytest.approx(2 / 3)


def test_alone_each_the_error_is_that_of_the_mean() -> None:
    values = [1.0, 2.0, 4.0, 7.0]
    expected = np.std(values, ddof=1) / math.sqrt(4)
    assert clustered(values, range(4)).standard_error == pytest.approx(expected)


def test_twins_that_go_together_are_no_more_than_one_of_them() -> None:
    values = [1.0, -1.0, 0.0, 1.0, 0.0, -1.0, 1.0, 1.0]
    once = clustered(values, range(8)).standard_error
    twice = clustered([v for v in values for _ in range(2)], [i for i in range(8) for _ in "ab"])
    assert twice.standard_error == pytest.approx(once)


def test_one_cluster_has_no_error() -> None:
    assert clustered([1.0, 0.0], ["a", "a"]).standard_error is None


@pytest.mark.parametrize(
    ("values", "keys", "said"),
    [([], [], "0 values"), ([1.0], [], "0 keys"), ([math.nan], ["a"], "finite")],
)
def test_values_that_cannot_be_grouped_are_refused(
    values: list[float], keys: list[str], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        clustered(values, keys)


def test_every_flip_of_three_is_as_likely() -> None:
    # Of the 8 ways to sign 1, 1, 1 one sums to 3 and one to -3.
    p_worse, p_changed = sign_flips(clustered([-1.0, -1.0, -1.0], range(3)))
    assert p_worse == pytest.approx(1 / 8, abs=0.01)
    assert p_changed == pytest.approx(2 / 8, abs=0.015)


def test_nothing_changed_is_no_news() -> None:
    found = compare([1.0, 0.0], [1.0, 0.0], "ab")
    assert (found.difference, found.p_worse, found.p_changed) == (0.0, 1.0, 1.0)
    assert found.interval.method == "constant"
    assert (found.better, found.equal, found.worse) == (0, 2, 0)


def test_lower_is_better_turns_the_difference_round() -> None:
    found = compare([0.3, 0.5, 0.2], [0.1, 0.2, 0.2], "abc", higher_is_better=False)
    assert found.difference == pytest.approx((0.2 + 0.3) / 3)
    assert (found.better, found.equal, found.worse) == (2, 1, 0)


def test_equal_input_gives_equal_output() -> None:
    rng = np.random.default_rng(5)
    before, after = rng.random(60), rng.random(60)
    assert compare(before, after, range(60)) == compare(before, after, range(60))


def test_few_clusters_are_not_corrected() -> None:
    groups = clustered(np.arange(10.0), range(10))
    assert interval(groups).method == "percentile"
    assert interval(clustered(np.arange(40.0), range(40))).method == "BCa"


def test_runs_of_unequal_length_are_refused() -> None:
    with pytest.raises(ValueError, match="2 and 1 cases"):
        compare([1.0, 0.0], [1.0], "ab")


def test_wilson_is_as_published() -> None:
    # The widths printed beside any score in the design of the gate.
    assert wilson(90, 100) == pytest.approx((0.826, 0.945), abs=0.001)
    assert wilson(360, 400) == pytest.approx((0.867, 0.926), abs=0.001)


def test_the_rule_of_three() -> None:
    assert never_seen(300) == pytest.approx(0.01)
    assert never_seen(2) == 1.0
    with pytest.raises(ValueError, match="got 0"):
        never_seen(0)


def test_mcnemar_counts_only_what_flipped() -> None:
    assert mcnemar(0, 0) == 1.0
    # Both tails of 1 or fewer heads in 8: 2 * (1 + 8) / 256.
    assert mcnemar(1, 7) == pytest.approx(18 / 256)


def test_holm_is_as_worked_by_hand() -> None:
    # Sorted .01 .02 .03 .04 times 4 3 2 1 is .04 .06 .06 .04, and may not fall.
    assert holm([0.03, 0.01, 0.04, 0.02]) == pytest.approx([0.06, 0.04, 0.06, 0.06])
    assert holm([]) == []


def test_benjamini_hochberg_is_as_worked_by_hand() -> None:
    assert benjamini_hochberg([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.04, 0.04])
    assert benjamini_hochberg([]) == []


def test_a_drop_takes_four_times_the_cases_of_one_twice_as_large() -> None:
    smallest = detectable_drop(0.02, 10**6)
    assert smallest == pytest.approx((1.6449 + 0.8416) * 0.02, abs=1e-4)
    assert cases_needed(smallest, 100, 0.02, 10**6) == 100
    assert cases_needed(smallest / 2, 100, 0.02, 10**6) == 400
    with pytest.raises(ValueError, match="above 0"):
        cases_needed(0.0, 100, 0.02, 10**6)


def test_where_few_change_a_drop_has_to_be_larger_to_be_seen() -> None:
    # Quantiles 0.95 and 0.8 of Student's t with 9 degrees of freedom, from a table.
    assert detectable_drop(0.02, 10) == pytest.approx((1.8331 + 0.8834) * 0.02, abs=1e-4)
    # Fewer than five are never told from chance: 2**-4 is above 0.05.
    assert detectable_drop(0.02, 0) == detectable_drop(0.02, 5) > detectable_drop(0.02, 6)


def test_no_change_in_few_cases_says_little() -> None:
    assert detectable_drop(least_standard_error(30), 0) > 0.1
    assert detectable_drop(least_standard_error(1000), 0) < 0.01


def _changes(rng: np.random.Generator, n: int, *, flips: float, drop: float) -> np.ndarray:
    """Of a binary metric from run to run; `flips` of the cases change, `drop` more for worse."""
    draw = rng.random(n)
    return np.where(draw < (flips + drop) / 2, -1.0, np.where(draw < flips, 1.0, 0.0))


def test_without_a_change_the_alarm_is_rarely_raised() -> None:
    rng = np.random.default_rng(11)
    alarms = 0
    for _ in range(400):
        changes = _changes(rng, 100, flips=0.1, drop=0.0)
        alarms += sign_flips(clustered(changes, range(100)))[0] < 0.05
    # 5 % of 400 is 20; four standard deviations above it is 37.
    assert alarms <= 37


@pytest.mark.parametrize(("n", "flips"), [(300, 0.12), (60, 0.12)])
def test_power_is_as_stated(n: int, flips: float) -> None:
    rng = np.random.default_rng(12)
    drop = detectable_drop(math.sqrt(flips / n), round(flips * n))
    seen = 0
    for _ in range(300):
        changes = _changes(rng, n, flips=flips, drop=drop)
        seen += sign_flips(clustered(changes, range(n)))[0] < 0.05
    # 80 % of 300 is 240; three standard deviations below it is 219.
    assert seen >= 219


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    rng = np.random.default_rng(13)
    held = 0
    for _ in range(60):
        twins = rng.normal(0.1, 1.0, 60)
        values = np.repeat(twins, 2) + rng.normal(0, 0.2, 120)
        found = interval(clustered(values, np.repeat(np.arange(60), 2).tolist()))
        held += found.low <= 0.1 <= found.high
    # 95 % of 60 is 57; four standard deviations below it is 50.
    assert held >= 50
