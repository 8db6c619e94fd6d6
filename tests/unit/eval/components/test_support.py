"""Changed and rewritten sentences, the weights learned from them, and the lexical baseline."""

from __future__ import annotations

import random

import numpy as np
import pytest

from assistant.support.counted import counted_apart
from assistant.support.models import Evidence
from assistant.support.reading import read
from assistant.support.scoring import FEATURES
from eval.components.support.answers import Answer, k_precision
from eval.components.support.changes import CHANGES, Names, rewritten
from eval.components.support.learning import AGAINST, weights_of
from eval.corpora.reading import by_hand
from knowledge.models import Language

SAID = "Desde el 1 de marzo de 2026 se puede devolver en 30 días lo que vende Almendro en Paterna."
ENGLISH = "Since March 1, 2026 customers may return within 30 days what Almendro sells in Paterna."
REST = " El colchón de Olivar tiene 100 noches."
NAMES = Names(frozenset(("Almendro", "Paterna", "Olivar")), ("Brezo",))


@pytest.mark.parametrize("kind", sorted(CHANGES))
@pytest.mark.parametrize(("said", "language"), [(SAID, "es"), (ENGLISH, "en")])
def test_each_change_alters_the_sentence_the_same_way_each_time(
    kind: str, said: str, language: Language
) -> None:
    made = {CHANGES[kind](said, language, random.Random(5), said + REST, NAMES) for _ in range(2)}
    assert len(made) == 1
    (changed,) = made
    assert changed is not None
    assert changed != said


def test_a_changed_digit_is_none_of_a_date() -> None:
    for seed in range(20):
        changed = CHANGES["digit"](SAID, "es", random.Random(seed), SAID, NAMES)
        assert changed is not None
        assert "1 de marzo de 2026" in changed


def test_what_another_sentence_says_takes_the_place_of_a_number_or_name() -> None:
    whole = SAID + REST
    number = CHANGES["digit elsewhere"](SAID, "es", random.Random(1), whole, NAMES)
    name = CHANGES["name elsewhere"](SAID, "es", random.Random(1), whole, NAMES)
    assert number is not None
    assert "100 días" in number
    assert name is not None
    assert "Olivar" in name


def test_nothing_is_changed_where_there_is_nothing_of_the_kind() -> None:
    plain = "Los muebles se montan en casa del cliente sin coste."
    for kind in ("digit", "digit elsewhere", "date", "unit", "name", "name elsewhere"):
        assert CHANGES[kind](plain, "es", random.Random(1), plain, NAMES) is None


def test_rewriting_keeps_the_day_and_says_it_otherwise() -> None:
    found = rewritten(SAID, "es", random.Random(1))
    assert "1/3/2026" in found["date rewritten"]
    assert "1 March 2026" in rewritten(ENGLISH, "en", random.Random(1))["date rewritten"]


def test_no_weight_speaks_against_what_its_feature_means() -> None:
    rng = np.random.default_rng(0)
    rows = rng.random((200, len(FEATURES)))
    faithful = rows[:, 0] + 0.1 * rng.standard_normal(200) > 0.5
    weights = weights_of(rows, faithful, ["some"] * 200)
    assert weights[FEATURES[0]] > 1
    assert all(weights[name] <= 0 for name in AGAINST)
    assert all(weights[name] >= 0 for name in FEATURES if name not in AGAINST)


def test_k_precision_is_the_share_of_words_that_the_evidence_has() -> None:
    evidence = (Evidence("Crayola sells chalk and crayons.", "en"),)
    answer = Answer("begin", "k", "Crayola sold crayons and paint", evidence, 1.0)
    assert k_precision(answer) == pytest.approx(2 / 4)


def test_periods_are_counted_from_the_same_moment_or_another_in_both_languages() -> None:
    rows = by_hand("periods.jsonl")
    assert len({row["said"] for row in rows}) == len(rows) >= 400
    for row in rows:
        assert {row["language"], row["rule_language"]} <= {"es", "en"}
        assert row["rule"] != row["said"]
    for rule in {row["rule"] for row in rows}:
        assert {row["same"] for row in rows if row["rule"] == rule} == {True, False}


@pytest.mark.parametrize(
    ("said", "rule", "apart"),
    [
        ("30 días desde la compra", "30 días desde la entrega", True),
        ("30 días desde que le llegue", "30 días desde la entrega", False),
        ("20 días desde la compra", "30 días desde la entrega", False),  # a figure, told of so
        ("30 días", "30 días desde la entrega", False),
        ("24 horas antes de la entrega", "24 horas desde la compra", False),
        ("10 días desde que nos lo devuelva", "10 días desde la recogida", False),
    ],
)
def test_only_as_long_a_period_counted_from_another_event_is_apart(
    said: str, rule: str, apart: bool
) -> None:
    texts = (f"El plazo es de {one}." for one in (said, rule))
    found = list(counted_apart(*(read(text, "es") for text in texts)))
    assert bool(found) == apart


def test_where_another_sentence_counts_the_period_so_nothing_is_apart() -> None:
    said, rule, other = (
        read(f"El plazo es de 30 días desde {event}.", "es")
        for event in ("la compra", "la entrega", "la compra")
    )
    assert list(counted_apart(said, rule, [other])) == []
