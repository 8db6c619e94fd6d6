"""Contacts are drawn at random by stratum, the same again, and nobody reviews their own."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from eval.scorecards.sampling import allocated, draw, tenure
from knowledge.errors import SettingsError
from knowledge.reviews.models import Candidate, Wanted

WANTED = Wanted("card", date(2026, 11, 1), date(2026, 11, 30), 20, ("quim", "quina"))


def contact(number: int, audience: str = "levante", days: int = 400, agent: str = "") -> Candidate:
    return Candidate(number, f"key{number}", agent or f"agent{number % 7}", audience, days)


MANY = [contact(n) for n in range(90)] + [contact(n, "meridiano", 20) for n in range(90, 100)]


def test_strata_are_drawn_in_proportion_and_none_is_left_out() -> None:
    drawn = draw(MANY, WANTED)
    assert Counter(one.stratum_size for one in drawn) == {90: 18, 10: 2}
    assert {one.tenure for one in drawn if one.stratum_size == 10} == {"under_90"}
    sizes = {("a", "under_90"): 50, ("b", "unknown"): 30, ("c", "from_365"): 20}
    assert sum(allocated(sizes, 7).values()) == 7
    assert allocated(sizes, 2) == {("a", "under_90"): 1, ("b", "unknown"): 1, ("c", "from_365"): 0}
    assert allocated(sizes, 1_000) == sizes


def test_the_same_seed_draws_the_same_whatever_the_order() -> None:
    drawn = draw(MANY, WANTED)
    assert draw(MANY[::-1], WANTED) == drawn
    assert draw(MANY, replace(WANTED, seed="2")) != drawn
    smaller = {one.number for one in draw(MANY, replace(WANTED, size=10))}
    assert smaller <= {one.number for one in drawn}


def test_every_contact_is_as_likely_as_any_other() -> None:
    counts = Counter(
        one.number for seed in range(200) for one in draw(MANY, replace(WANTED, seed=str(seed)))
    )
    levante = [counts[n] for n in range(90)]
    assert min(levante) > 15  # 40 expected of 200, standard deviation 5.7
    assert max(levante) < 65


def test_a_share_is_reviewed_by_two_different_people_and_work_is_even() -> None:
    drawn = draw(MANY, replace(WANTED, double_share=0.3))
    assert sum(len(one.reviewers) == 2 for one in drawn) == 6
    assert all(len(set(one.reviewers)) == len(one.reviewers) for one in drawn)
    load = Counter(name for one in drawn for name in one.reviewers)
    assert load == {"quim": 13, "quina": 13}
    first = Counter(one.reviewers[0] for one in drawn if len(one.reviewers) == 2)
    assert len(first) == 2


def test_nobody_reviews_their_own_contact_nor_one_they_had() -> None:
    there = [
        contact(1, agent="quim"),
        replace(contact(2), had=frozenset({"quina"})),
        replace(contact(3), had=frozenset({"quim", "quina"})),
        contact(4),
    ]
    drawn = {one.number: one.reviewers for one in draw(there, replace(WANTED, double_share=1.0))}
    assert drawn[1] == ("quina",)
    assert drawn[2] == ("quim",)
    assert set(drawn[4]) == {"quim", "quina"}
    assert 3 not in drawn


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"size": 0}, "1 to 500 contacts, not 0"),
        ({"size": 501}, "1 to 500"),
        ({"double_share": 1.5}, "from 0 to 1, not 1.5"),
        ({"double_share": 0.1, "reviewers": ("quim",)}, "need two reviewers"),
    ],
)
def test_what_cannot_be_drawn_is_refused(change: dict[str, object], line: str) -> None:
    with pytest.raises(SettingsError, match=line):
        draw(MANY, replace(WANTED, **change))  # type: ignore[arg-type]


def test_an_empty_population_says_so() -> None:
    with pytest.raises(SettingsError, match="no contact to review"):
        draw([], WANTED)


def test_tenure_goes_by_days() -> None:
    assert [tenure(n) for n in (89, 90, 364, 365)] == [
        "under_90",
        "under_365",
        "under_365",
        "from_365",
    ]
