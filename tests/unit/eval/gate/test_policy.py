"""A policy says what is gated; what lets through more than before is named."""

from __future__ import annotations

from typing import Any

import pytest

from eval.gate.policy import Policy, bundled, read_policy
from knowledge.errors import SettingsError

GIVEN: dict[str, Any] = {
    "schema": "gate/1",
    "measures": [{"name": "must_facts", "margin": 0.02, "floor": 0.7}],
}


def policy(**fields: Any) -> Policy:
    return Policy.model_validate(GIVEN | fields)


def test_the_bundled_policy_can_be_used() -> None:
    assert len(bundled().measures) == 8
    assert bundled().loosened(bundled()) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("schema: gate/2\nmeasures: [{name: must_facts, margin: 0.1}]", "p.yaml: schema: "),
        ("schema: gate/1\nmeasures: [{name: mood, margin: 0.1}]", "mood is no measure: use one of"),
        ("schema: gate/1\nmeasures: [{name: must_facts, margin: 0}]", "measures.0.margin: "),
        ("schema: gate/1\nmeasures: []", "p.yaml: measures: "),
        ("schema: gate/1\nmeasures: [{name: R@5, margin: 1}, {name: R@5, margin: 1}]", "twice"),
        ("schema: [", "p.yaml: *: line 1: "),
        ("- 1", "p.yaml: schema: "),
        ("schema: gate/1\nmood: 1\nmeasures: [{name: R@5, margin: 1}]", "p.yaml: mood: "),
    ],
)
def test_a_policy_that_cannot_be_used_names_the_field(text: str, said: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        read_policy(text, "p.yaml")
    assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"alpha": 0.01}, ["alpha"]),
        ({"error_share": 0.2}, ["error_share"]),
        ({"scored_share": 0.6}, ["scored_share"]),
        ({"measures": [{"name": "R@5", "margin": 0.01}]}, ["must_facts"]),
        (
            {"measures": [{"name": "must_facts", "margin": 0.05, "floor": 0.7}]},
            ["must_facts.margin"],
        ),
        ({"measures": [{"name": "must_facts", "margin": 0.02}]}, ["must_facts.floor"]),
        (
            {"measures": [{"name": "must_facts", "margin": 0.01, "floor": 0.8}]},
            [],
        ),
    ],
)
def test_what_is_looser_is_named_and_what_is_tighter_is_not(
    fields: dict[str, Any], named: list[str]
) -> None:
    assert policy(**fields).loosened(policy()) == named


def test_a_floor_is_below_or_above_by_the_direction_of_its_measure() -> None:
    def floor(name: str, at: float) -> Any:
        return policy(measures=[{"name": name, "margin": 0.1, "floor": at}]).measures[0]

    assert floor("must_facts", 0.7).below_floor(0.69)
    assert not floor("must_facts", 0.7).below_floor(0.7)
    assert floor("hallucination", 0.3).below_floor(0.31)
    assert not floor("hallucination", 0.3).below_floor(0.1)
