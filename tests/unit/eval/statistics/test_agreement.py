"""Kappa and AC1 on a table worked by hand; the interval holds what it says."""

from __future__ import annotations

import numpy as np
import pytest

from eval.statistics.agreement import agreement

# both yes 20, only the first yes 5, only the second yes 10, both no 15 (n = 50):
# observed 35/50; chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5; kappa (0.7 - 0.5) / (1 - 0.5) = 0.4
FIRST = ["yes"] * 25 + ["no"] * 25
SECOND = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15


def test_kappa_of_a_table_worked_by_hand() -> None:
    found = agreement(FIRST, SECOND)
    assert (found.n, found.alike, found.observed) == (50, 35, 0.7)
    assert found.kappa == pytest.approx(0.4)
    # both give yes 55 of 100 times: chance 2 * 0.55 * 0.45 = 0.495
    assert found.ac1 == pytest.approx((0.7 - 0.495) / 0.505)
    # Wilson's interval of 35/50 is 0.5625 to 0.8090; a straight line makes 0.1249 to 0.6180 of it
    assert found.low == pytest.approx(0.1249, abs=5e-4)
    assert found.high == pytest.approx(0.6180, abs=5e-4)


def test_opposite_judgements_are_worse_than_chance() -> None:
    found = agreement(["a", "b"] * 10, ["b", "a"] * 10)
    assert found.kappa == pytest.approx(-1.0)
    assert found.low == -1.0


def test_one_answer_throughout_has_no_kappa_and_says_so() -> None:
    found = agreement(["yes"] * 8, ["yes"] * 8)
    assert found.kappa is None
    assert found.low is None
    assert found.why_none == "one_answer"
    assert found.ac1 == 1.0
    assert found.observed_low == pytest.approx(0.6756, abs=5e-4)


def test_nothing_judged_by_two_is_no_number() -> None:
    found = agreement([], [])
    assert (found.n, found.observed, found.ac1, found.why_none) == (0, None, None, "none_judged")
    with pytest.raises(ValueError, match="2 and 1 answers"):
        agreement(["a", "b"], ["a"])


def test_few_things_judged_all_alike_do_not_look_certain() -> None:
    found = agreement(["a", "b", "a", "b"], ["a", "b", "a", "b"])
    assert found.kappa == 1.0
    assert found.low is not None
    assert found.low < 0.05


@pytest.mark.parametrize(("alike", "n"), [(0.70, 40), (0.92, 60)])
def test_the_interval_holds_the_true_kappa_about_nineteen_times_in_twenty(
    alike: float, n: int
) -> None:
    share = 0.65  # of yes, of both people
    table = np.array([share - (1 - alike) / 2, (1 - alike) / 2, (1 - alike) / 2, 0.0])
    table[3] = 1 - table.sum()
    chance = share**2 + (1 - share) ** 2
    truth = (alike - chance) / (1 - chance)
    random = np.random.default_rng(3)
    held, draws = 0, 400
    for _ in range(draws):
        cells = random.choice(4, size=n, p=table)
        found = agreement((cells < 2).tolist(), (cells % 2 == 0).tolist())
        held += (
            found.low is not None and found.high is not None and found.low <= truth <= found.high
        )
    assert held / draws >= 0.92
