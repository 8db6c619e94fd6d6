"""Trees grown by boosting: what a line cannot part, the same every time, nothing without a sign."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from eval.fitting.boosted import Boosting, boosted

HOW = Boosting(trees=40, rate=0.3, least=5, tried=1.0, sums=1)


def either_or(count: int = 400) -> tuple[np.ndarray, np.ndarray]:
    """Rows of which one of two features is high, but not both; a third tells nothing."""
    rows = np.random.default_rng(3).uniform(-1, 1, (count, 3))
    return rows, (rows[:, 0] > 0.1) != (rows[:, 1] > -0.2)


def test_what_no_line_parts_is_learned() -> None:
    rows, right = either_or()
    fresh, told = np.random.default_rng(4).uniform(-1, 1, (400, 3)), None
    told = (fresh[:, 0] > 0.1) != (fresh[:, 1] > -0.2)
    sure = boosted(rows, right, HOW).probabilities(fresh)
    assert ((sure > 0.5) == told).mean() > 0.9


def test_the_same_rows_give_the_same_trees() -> None:
    rows, right = either_or()
    how = replace(HOW, tried=0.5, sums=3)
    one, other = boosted(rows, right, how), boosted(rows, right, how)
    assert one.to_json() == other.to_json()
    assert one.features.shape == (120, 7)


def test_where_nothing_tells_all_are_as_likely_as_they_are_often() -> None:
    right = np.arange(100) % 4 == 0
    sure = boosted(np.zeros((100, 2)), right, HOW).probabilities(np.zeros((3, 2)))
    assert np.allclose(sure, 0.25, atol=0.01)
