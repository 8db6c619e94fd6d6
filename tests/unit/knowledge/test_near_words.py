"""The fast search for similar words finds what comparing with every word finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from knowledge.search.near_words import NearWords

WORDS = st.text(alphabet="abcñéž€ł", min_size=1, max_size=7)


@given(st.lists(WORDS, unique=True), WORDS, st.integers(0, 3))
def test_it_finds_exactly_the_words_within_the_distance(
    words: list[str], word: str, distance: int
) -> None:
    every = {(OSA.distance(word, other), other) for other in words}
    assert sorted(NearWords(words).within(word, distance)) == sorted(
        (slips, other) for slips, other in every if slips <= distance
    )


@pytest.mark.parametrize("typed", ["colchn", "colchhon", "colxhon", "clochon"])
def test_each_kind_of_slip_counts_one(typed: str) -> None:
    assert NearWords(["colchon", "canape"]).within(typed, 1) == [(1, "colchon")]


def test_nothing_is_near_an_empty_word_or_in_an_empty_list() -> None:
    assert NearWords([]).within("colchon", 2) == []
    assert NearWords(["a", ""]).within("", 2) == []
