"""What unrelated questions find is measured once, and again when the collection has changed."""

from __future__ import annotations

import pytest

from assistant.background import UNRELATED, Background, Backgrounds
from knowledge.models import Language, Viewer
from knowledge.search.retrieval import Found
from tests.unit.assistant.made import found, passage

STAFF = Viewer("one", frozenset({"staff"}))


class Searches:
    """Finds one passage for any question, and remembers who asked."""

    def __init__(self, *, similarity: float = 0.7, score: float = 0.5) -> None:
        self.asked: list[tuple[str, Viewer, Language]] = []
        self.chunks = [passage("Uno.", similarities=[similarity], score=score)]

    def __call__(self, question: str, viewer: Viewer, language: Language) -> Found:
        self.asked.append((question, viewer, language))
        return found(self.chunks, asked=question, language=language)


def test_it_is_the_mean_of_what_unrelated_questions_find() -> None:
    searches = Searches()
    background = Backgrounds(searches).of(STAFF, "es", 100)
    assert background.similarity == pytest.approx(0.7, abs=0.001)
    assert background.score == pytest.approx(0.5)
    assert [question for question, _, _ in searches.asked] == list(UNRELATED["es"])


def test_it_is_measured_again_only_when_the_collection_has_changed_by_a_tenth() -> None:
    searches = Searches()
    backgrounds = Backgrounds(searches)
    for n_chunks, measured in ((100, 1), (100, 1), (109, 1), (91, 1), (112, 2), (112, 2), (50, 3)):
        backgrounds.of(STAFF, "en", n_chunks)
        assert len(searches.asked) == measured * len(UNRELATED["en"])


def test_each_audience_and_language_has_its_own() -> None:
    searches = Searches()
    backgrounds = Backgrounds(searches)
    backgrounds.of(STAFF, "es", 100)
    backgrounds.of(STAFF, "en", 100)
    backgrounds.of(Viewer("two", frozenset({"contractor"})), "es", 100)
    backgrounds.of(Viewer("three", frozenset({"staff"})), "es", 100)
    assert len(searches.asked) == 3 * len(UNRELATED["es"])
    assert {who.name for _, who, _ in searches.asked} == {"one", "two"}


def test_an_empty_collection_has_none() -> None:
    searches = Searches()
    searches.chunks = []
    assert Backgrounds(searches).of(STAFF, "es", 0) == Background()
    assert searches.asked == []


def test_the_languages_have_as_many_questions_each() -> None:
    assert len(UNRELATED["es"]) == len(UNRELATED["en"])
