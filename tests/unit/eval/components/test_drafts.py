"""From which probability a figure is marked, and which figures teach it."""

from __future__ import annotations

import numpy as np

from eval.components.drafts.cases import Case, Labelled
from eval.components.drafts.learning import is_wrong, threshold


def test_the_threshold_is_the_lowest_at_which_nine_of_ten_marks_are_right() -> None:
    sure = np.array([0.95, 0.9, 0.8, 0.7, 0.6, 0.5])
    wrong = np.array([True, True, True, True, False, True])
    assert threshold(sure, wrong) == (0.7, 0.8)


def test_figures_in_marks_of_other_kinds_teach_nothing() -> None:
    labels = (Labelled("fact", 0, 4, "30 €"), Labelled("forbidden", 10, 14, "50 €"))
    case = Case("a-1", "es", "chat", "", "30 € y más 50 € y 20 €", labels, "fit")
    assert is_wrong(case, 0, 4) is True
    assert is_wrong(case, 10, 14) is None
    assert is_wrong(case, 18, 22) is False
