"""What a question means is what it has beyond any question in its language."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assistant.background import Background, Backgrounds
from assistant.meaning import meaning_of
from knowledge.models import Language, Vector, Viewer
from knowledge.search.retrieval import Found
from tests.unit.assistant.made import found, passage


def asked(*vectors: list[float]) -> Found:
    made = found([passage("Uno.")], asked="plazo")
    return replace(made, other_vectors=np.asarray(vectors, dtype=np.float32))


def test_what_all_questions_share_is_taken_away() -> None:
    centre: Vector = np.asarray([3.0, 1.0], dtype=np.float32)
    meaning = meaning_of(asked([3.0, 5.0]), Background(centre=centre))
    assert meaning is not None
    assert meaning.dtype == np.float32
    assert meaning.tolist() == [0.0, 1.0]


def test_the_parts_of_a_long_question_count_alike() -> None:
    centre: Vector = np.zeros(2, dtype=np.float32)
    meaning = meaning_of(asked([2.0, 0.0], [0.0, 2.0]), Background(centre=centre))
    assert meaning == pytest.approx(np.full(2, 0.5**0.5))


def test_without_a_background_or_anything_of_its_own_there_is_none() -> None:
    assert meaning_of(asked([1.0, 0.0]), Background()) is None
    same: Vector = np.asarray([1.0, 0.0], dtype=np.float32)
    assert meaning_of(asked([1.0, 0.0]), Background(centre=same)) is None


def test_the_background_holds_the_mean_of_its_questions() -> None:
    made = [asked([1.0, 0.0]), asked([0.0, 1.0])]

    def search(question: str, viewer: Viewer, language: Language) -> Found:
        return made[len(question) % 2]

    background = Backgrounds(search).of(Viewer("one", frozenset()), "es", 10)
    assert background.centre is not None
    assert float(background.centre.sum()) == pytest.approx(1.0)
