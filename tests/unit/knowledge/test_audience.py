from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.audience import (
    MANAGERS_ONLY,
    ROOT,
    Audience,
    AudienceTree,
    audience_key,
    check_label,
    labels_of,
)
from knowledge.errors import SettingsError

TREE = AudienceTree.of(
    [
        ROOT,
        Audience("company", "Empresa", "staff"),
        Audience("home", "Agentes en casa", "company"),
        Audience("contractor-a", "Contrata A", "staff"),
        Audience("a-team-2", "Equipo 2", "contractor-a"),
        Audience("contractor-b", "Contrata B", "staff"),
    ]
)
LABELS = sorted(TREE.audiences)
circles = st.frozensets(st.sampled_from(LABELS), max_size=4)


def readers(labels: frozenset[str]) -> set[str]:
    """Where somebody must stand to see what carries these labels."""
    return {place for place in LABELS if TREE.above(place) & labels}


def test_a_team_sees_what_is_its_contractors_and_everybodys() -> None:
    assert TREE.above("a-team-2") == {"a-team-2", "contractor-a", "staff"}


def test_a_manager_sees_what_is_above_and_below() -> None:
    assert TREE.managed("contractor-a") == {"a-team-2", "contractor-a", "staff"}
    assert TREE.managed("staff") == {*LABELS, MANAGERS_ONLY}


@given(circles, circles)
def test_narrowing_is_the_intersection_of_the_readers(a: frozenset[str], b: frozenset[str]) -> None:
    assert readers(TREE.narrowed(a, b)) == readers(a) & readers(b)


@given(circles)
def test_reducing_leaves_the_readers_as_they_are(labels: frozenset[str]) -> None:
    reduced = TREE.reduced(labels)
    assert readers(reduced) == readers(labels)
    assert reduced <= labels


@given(circles)
def test_a_key_gives_its_labels_back(labels: frozenset[str]) -> None:
    assert labels_of(audience_key(labels)) == (labels or {MANAGERS_ONLY})


def test_no_label_can_pass_for_no_label() -> None:
    with pytest.raises(SettingsError):
        check_label(MANAGERS_ONLY)


@pytest.mark.parametrize("label", ["", "A", "dos palabras", "-a", "a--b", "ñ", "x" * 41])
def test_a_label_of_other_characters_is_refused_with_its_value(label: str) -> None:
    with pytest.raises(SettingsError, match=repr(label)):
        check_label(label)


def test_an_unknown_audience_is_told_with_those_that_exist() -> None:
    with pytest.raises(SettingsError, match=r"'contractor-c'.*contractor-a"):
        TREE.above("contractor-c")
