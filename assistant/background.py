"""How well a collection seems to answer questions that have nothing to do with it.

The nearest passage of a large or homogeneous collection is near to anything. What a question finds
is therefore compared with what a dozen everyday questions find there, which no company's documents
answer: the difference tells whether something answers, and means the same in every collection.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

import numpy as np

from knowledge.models import Language, Vector, Viewer
from knowledge.search.retrieval import Found

UNRELATED: Mapping[Language, tuple[str, ...]] = {
    "es": (
        "cuantas calorias tiene una manzana",
        "quien gano la liga el año pasado",
        "que tiempo hara mañana en la playa",
        "como se cocina el arroz con leche",
        "cual es la capital de mongolia",
        "cuantos habitantes tiene el pueblo",
        "me duele la cabeza que puedo tomar",
        "a que hora sale el tren de las cinco",
        "cuanto mide la torre mas alta del mundo",
        "quien escribio esa novela tan larga",
        "como se dice gracias en japones",
        "que regalo le hago a mi madre",
    ),
    "en": (
        "how many calories in an apple",
        "who won the league last year",
        "whats the weather like tomorrow at the beach",
        "how do you make rice pudding",
        "what is the capital of mongolia",
        "how many people live in that town",
        "i have a headache what can i take",
        "what time does the five o clock train leave",
        "how tall is the tallest tower in the world",
        "who wrote that very long novel",
        "how do you say thank you in japanese",
        "what should i get my mother for her birthday",
    ),
}
GROWN_BY = 0.1
"""Share by which a collection may grow or shrink before it is measured again."""
VIEWS = 200
"""Views that are remembered: of every group of viewers today's, and of days asked about."""


@dataclass(frozen=True)
class Background:
    """What unrelated questions find in a collection, on average.

    Attributes:
        similarity: cosine similarity of the nearest sentence.
        score: of the best passage.
        centre: ``(dimension,)`` mean of the questions' own vectors (`Found.other_vectors`), where
            any question is; `None` where nothing was measured.
    """

    similarity: float = 0.0
    score: float = 0.0
    centre: Vector | None = field(default=None, compare=False, repr=False)


_Asked: TypeAlias = tuple[frozenset[str], date | None, datetime | None, Language]


class Backgrounds:
    """Measured when first needed for an audience and a language, and when a collection changed.

    Args:
        search: retrieval, as `assistant.pipeline.Assistant.search` calls it.
    """

    def __init__(self, search: Callable[[str, Viewer, Language], Found]) -> None:
        self._search = search
        self._known: dict[_Asked, tuple[int, Background]] = {}
        self._measuring: dict[_Asked, threading.Lock] = {}
        self._lock = threading.Lock()

    def of(self, viewer: Viewer, language: Language, n_chunks: int) -> Background:
        """What to compare a question of this viewer in this language with.

        Args:
            viewer: who asks.
            language: of the question.
            n_chunks: size of what the viewer may search now.
        """
        key = (viewer.audiences, viewer.on, viewer.told, language)
        with self._measuring_of(key):  # keeps nobody waiting who may see something else
            measured, background = self._known.get(key, (0, Background()))
            if abs(n_chunks - measured) > GROWN_BY * measured:
                background = self._measure(viewer, language)
                self._known[key] = (n_chunks, background)
            return background

    def _measuring_of(self, key: _Asked) -> threading.Lock:
        """The lock of one view; when there are many views, all are measured anew."""
        with self._lock:
            if key not in self._measuring and len(self._measuring) >= VIEWS:
                self._measuring, self._known = {}, {}
            return self._measuring.setdefault(key, threading.Lock())

    def _measure(self, viewer: Viewer, language: Language) -> Background:
        every = [self._search(question, viewer, language) for question in UNRELATED[language]]
        some = [found for found in every if found.chunks]
        if not some:
            return Background()
        return Background(
            similarity=sum(found.nearest_sentence for found in some) / len(some),
            score=sum(found.best_score for found in some) / len(some),
            centre=np.mean([found.other_vectors[0] for found in every], axis=0),
        )
