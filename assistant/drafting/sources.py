"""What the documents in force say that a draft is about, for whoever writes it.

Sentences are looked for by their words, corrected and with what the thesaurus calls them in both
languages, as answers are. What the draft as a whole is about is looked for once, by its vector too:
embedding each sentence of a draft takes longer than the whole check may.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.drafting.spelling import Vocabulary
from assistant.pipeline import Assistant
from knowledge.models import LANGUAGES, Language, StoredChunk, Vector, Viewer
from knowledge.search.query import corrected_words, terms_of
from knowledge.search.snapshot import Snapshot
from knowledge.search.thesaurus import bundled
from knowledge.search.vectors.exact import best
from knowledge.text import stem, words

BY_WORDS = 8
"""Passages looked at for each sentence, whatever their language."""
OF_EACH = 5
"""And as many more as it takes to have so many of each language that sources are written in."""
ON_TOPIC = 8
"""Passages that the whole draft is held against, found by words and by its vector."""
TOPIC_CHARS = 240
"""Of what was asked and the draft's beginning, for that."""
TOPICS_KEPT = 64
WITH_FIGURE = 24
LOOKED_AT = 8
"""Passages in which a word is looked for."""
OPENING_CHARS = 300


class Sources(Vocabulary, Protocol):
    """What the check asks of the documents in force."""

    def about(self, sentences: Sequence[str], language: Language) -> list[tuple[StoredChunk, ...]]:
        """For each sentence the passages that may speak of the same, nearest first."""

    def on_topic(self, text: str, language: Language) -> Sequence[StoredChunk]:
        """The passages that an answer to a text would be made of, best first."""

    def titles(self) -> frozenset[str]:
        """Of all documents."""

    def with_figure(self, figure: str, around: str, language: Language) -> Sequence[StoredChunk]:
        """Passages that have a figure, those with the words around it first."""

    def holds(self, text: str) -> bool:
        """Whether a passage that customers may hear has these words, folded, in this order."""

    def with_words(self, sought: Sequence[str], most: int = LOOKED_AT) -> list[StoredChunk]:
        """Passages that have all of some folded words, among so many that have most of them."""

    def opening(self, document: str) -> str:
        """The first lines of a document."""


def nearest(scores: Vector, languages: NDArray[np.uint8]) -> NDArray[np.intp]:
    """Rows of the passages that a sentence is held against, best first.

    What has few words in common with a sentence says the same in another language.

    Args:
        scores: ``(n,)`` of each passage, by the sentence's words.
        languages: ``(n,)`` that each is written in.
    """
    rows = best(scores, BY_WORDS)
    for own in np.unique(languages):
        here = languages == own
        if here[rows].sum() < OF_EACH:
            rows = np.union1d(rows, best(np.where(here, scores, 0), OF_EACH))
    rows = rows[np.argsort(-scores[rows], kind="stable")]
    return rows[scores[rows] > 0]


class DocumentsInForce:
    """The documents in force for one viewer, as they are now.

    Args:
        assistant: searches them.
        viewer: who writes.
    """

    def __init__(self, assistant: Assistant, viewer: Viewer) -> None:
        self._assistant = assistant
        self._viewer = viewer
        self._openings: dict[str, str] = {}
        self._words: dict[str, bool] = {}
        self._topics: dict[tuple[str, Language], list[StoredChunk]] = {}
        self._titles: frozenset[str] | None = None
        self.snapshot: Snapshot = assistant.snapshot(viewer)

    def about(self, sentences: Sequence[str], language: Language) -> list[tuple[StoredChunk, ...]]:
        """For each sentence the passages that may speak of the same, nearest first."""
        if not sentences or not len(self.snapshot):
            return [()] * len(sentences)
        by_words = [self._keys_by_words(one, language) for one in sentences]
        stored = {one.key: one for one in self._chunks({k for keys in by_words for k in keys})}
        return [tuple(stored[key] for key in keys if key in stored) for keys in by_words]

    def on_topic(self, text: str, language: Language) -> Sequence[StoredChunk]:
        """The passages that an answer to a text would be made of, best first; kept by the text."""
        asked = text.strip()[:TOPIC_CHARS]
        if not any(c.isalnum() for c in asked) or not len(self.snapshot):
            return ()
        if (asked, language) not in self._topics:
            if len(self._topics) >= TOPICS_KEPT:
                self._topics = {}
            found = self._assistant.search(asked, self._viewer, top_k=ON_TOPIC)
            self._topics[asked, language] = [one.stored for one in found.chunks]
        return self._topics[asked, language]

    def titles(self) -> frozenset[str]:
        """Of all documents in force."""
        if self._titles is None:
            self._titles = frozenset(d.title for d in self._assistant.documents(self._viewer))
        return self._titles

    def _keys_by_words(self, sentence: str, language: Language) -> list[int]:
        said = corrected_words(sentence, language, self.snapshot.speller)
        groups = terms_of(said, language, bundled())
        lexical = self.snapshot.lexical
        scores = lexical.scores(groups) + 0.5 * lexical.document_scores(groups)
        return [int(key) for key in self.snapshot.keys[nearest(scores, self.snapshot.languages)]]

    def with_figure(self, figure: str, around: str, language: Language) -> Sequence[StoredChunk]:
        """Passages that have a figure, those with the words around it first."""
        numbers = [w for w in words(figure) if w[0].isdigit()]
        if not numbers or not len(self.snapshot):
            return []
        lexical = self.snapshot.lexical
        having = np.min([lexical.scores([[(number, 1.0)]]) for number in numbers], axis=0)
        groups = terms_of(
            corrected_words(around, language, self.snapshot.speller), language, bundled()
        )
        scores = np.where(having > 0, lexical.scores(groups) + lexical.document_scores(groups), 0)
        rows = best(scores, WITH_FIGURE)
        return self._chunks(int(key) for key in self.snapshot.keys[rows[scores[rows] > 0]])

    def _chunks(self, keys: Iterable[int]) -> list[StoredChunk]:
        return self._assistant.chunks(sorted(keys), self._viewer)

    def has_word(self, word: str) -> bool:
        """Whether a folded word stands in one of them."""
        if word not in self._words:
            self._words[word] = any(
                word in words(one.chunk.embedded_text) for one in self._holding([word])
            )
        return self._words[word]

    def holds(self, text: str) -> bool:
        """Whether a passage that customers may hear has these words, folded, in this order."""
        sought = f" {' '.join(words(text))} "
        return any(
            sought in f" {' '.join(words(one.chunk.embedded_text))} "
            for one in self._holding(words(text))
            if not one.internal
        )

    def with_words(self, sought: Sequence[str], most: int = LOOKED_AT) -> list[StoredChunk]:
        """Passages that have all of some folded words, among so many that have most of them."""
        return [
            one
            for one in self._holding(sought, most)
            if set(sought) <= set(words(one.chunk.embedded_text))
        ]

    def _holding(self, sought: Sequence[str], most: int = LOOKED_AT) -> list[StoredChunk]:
        """Passages with most of some words."""
        if not len(self.snapshot):
            return []
        groups = [
            [(t, 1.0) for t in {word, *(stem(word, one) for one in LANGUAGES)}] for word in sought
        ]
        scores = self.snapshot.lexical.scores(groups)
        rows = best(scores, most)
        return self._chunks(int(key) for key in self.snapshot.keys[rows[scores[rows] > 0]])

    def correct(self, word: str, language: Language) -> str:
        """The folded word that a folded word was meant to be; itself where nothing is near."""
        return self.snapshot.speller.correct(word, language)

    def opening(self, document: str) -> str:
        """The first lines of a document."""
        if document not in self._openings:
            found = self._assistant.document(document, self._viewer)
            self._openings[document] = found.text[:OPENING_CHARS] if found else ""
        return self._openings[document]
