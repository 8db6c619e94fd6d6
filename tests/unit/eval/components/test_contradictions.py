"""What goes wrong among planted contradictions, and how the weights are learned."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from eval.components.contradictions.learning import _logistic, wrong
from eval.components.contradictions.measuring import Outcome
from eval.planting.planted import Planted, written
from knowledge.conflicts.contradictions import Contradiction
from knowledge.conflicts.likeness import Likeness
from tests.unit.knowledge.conflicts.making import sentence

NEW, OLD = "Se devuelve en 14 días.", "Se devuelve en 30 días."
ALIKE = Likeness(0.5, 0.5, 0.0, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def found(score: float, alike: Likeness = ALIKE) -> Contradiction:
    sides = sentence(NEW, document="planted.md"), sentence(OLD, document="b.md")
    return Contradiction(*sides, "value", "duration", (15, 22), (15, 22), score, alike)


def planted(*, contradicts: bool = True) -> Planted:
    document = written("planted.md", "Devoluciones", [NEW], "es")
    what = "quantity" if contradicts else "other"
    return Planted("p", "reworded", what, contradicts, document, NEW, "b.md", OLD, "es-es")


def test_a_contradiction_below_the_bar_is_listed_with_the_surest_finding() -> None:
    below = (found(0.1), found(0.3))
    (row,) = wrong([Outcome(planted(), below, ())])
    assert (row["wrong"], row["planted"], row["original"]) == ("missed", NEW, OLD)
    assert (row["score"], row["surest"]) == (0.3, OLD)
    assert row["reason"] == "period: “14 días” against “30 días”"


def test_one_that_nothing_was_found_against_is_listed_without_a_score() -> None:
    (row,) = wrong([Outcome(planted(), (), ())])
    assert (row["wrong"], row["score"], row["reason"]) == ("missed", None, None)


def test_a_look_alike_that_is_reported_is_a_false_alarm() -> None:
    (row,) = wrong([Outcome(planted(contradicts=False), (found(0.9),), ())])
    assert (row["wrong"], row["score"]) == ("false alarm", 0.9)


def test_what_is_right_is_not_listed() -> None:
    right = [
        Outcome(planted(), (found(0.9),), ()),
        Outcome(planted(contradicts=False), (found(0.2),), ()),
    ]
    assert list(wrong(right)) == []


def test_a_contradiction_across_languages_counts_more_than_one_within() -> None:
    rng = np.random.default_rng(0)
    real = np.arange(400) % 4 == 0
    shares = np.where(real, 0.6, 0.4) + 0.2 * rng.standard_normal(400)
    across = [float(n % 8 < 4) for n in range(400)]
    pairs = [
        found(0.0, replace(ALIKE, common=share, across=other))
        for share, other in zip(shares.tolist(), across, strict=True)
    ]
    weights = _logistic(pairs, real, ["common", "across"])
    assert weights["common"] > 1
    assert weights["across"] == pytest.approx(np.log(2), abs=0.35)
