"""Every way in which something is retrieved, compared with the facts."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from sqlalchemy import select

from knowledge.errors import SettingsError
from knowledge.models import Viewer
from knowledge.schema import chunks, placements, sources, versions
from knowledge.search.snapshot import Snapshot
from knowledge.text import stem
from tests.integration.isolation.askers import as_viewer
from tests.integration.isolation.facts import Asker, text_of
from tests.integration.isolation.histories import EMBEDDER, NAMES, History

EVERYTHING = 10_000


class Paths:
    """The ways into one register as it is now, and what is to be found on each.

    Args:
        history: after a step, its indexes refreshed.
    """

    def __init__(self, history: History) -> None:
        self._history = history
        self._texts = _texts(history)
        self._dice = history.dice

    def differences(self, asker: Asker) -> list[str]:
        """In words, whatever somebody finds and should not, or does not find and should."""
        history, viewer = self._history, as_viewer(self._history, asker)
        expected = sorted(history.facts.paragraphs(asker))
        snapshot = history.indexes.snapshot(viewer)
        found: list[str] = []
        for way, texts in self._searched(snapshot, viewer):
            if sorted(texts) != expected:
                found.append(f"{way}: {sorted(texts)} instead of {expected}")
        if len(snapshot) != len(expected):
            found.append(f"number of chunks: {len(snapshot)} instead of {len(expected)}")
        found += self._by_words(snapshot, expected)
        found += self._lists(asker, viewer)
        name = self._dice.choice([*NAMES, "nada.md"])
        found += self._document(asker, viewer, name)
        if self._dice.random() < 0.3:
            found += self._managed(asker, viewer, name)
        return found

    def _searched(self, snapshot: Snapshot, viewer: Viewer) -> Iterator[tuple[str, list[str]]]:
        query = EMBEDDER.embed_query(" ".join(self._history.texts.words[-3:]))
        other = EMBEDDER.embed_query("plazo pedido cliente")
        keys, similarities = snapshot.dense(query, EVERYTHING)
        yield "vectors", self._of(keys)
        few, best = snapshot.dense(query, 3)
        if similarities[:3].tolist() != best.tolist():
            yield "the best vectors", self._of(few)
        for nearest in snapshot.compare(np.stack([query, other]), EVERYTHING).nearest:
            yield "compared vectors", self._of(snapshot.keys[nearest])
        yield "the keys", self._of(snapshot.keys)
        yield "exact similarities", self._of(keys[~np.isnan(snapshot.dense_of(keys, query))])
        register = self._history.register
        last_word = register.chunks(snapshot.keys.tolist(), viewer)
        yield "what the last word leaves", [one.chunk.text for one in last_word]
        every = register.chunks(range(1, max(self._texts, default=0) + 3), viewer)
        yield "every key", [one.chunk.text for one in every]

    def _by_words(self, snapshot: Snapshot, expected: list[str]) -> Iterator[str]:
        """Keywords find what holds them, and nothing tells that a hidden text does."""
        history, lexical = self._history, snapshot.lexical
        vocabulary = frozenset().union(*(history.tokens[text] for text in expected))
        if lexical.vocabulary() != vocabulary:
            yield f"words known: {sorted(lexical.vocabulary() ^ vocabulary)}"
        texts = self._of(snapshot.keys)
        documents = [self._texts.get(key, ("", ""))[0] for key in snapshot.keys.tolist()]
        for word in self._dice.sample(history.texts.words, min(3, len(history.texts.words))):
            query = [[(stem(word, "es"), 1.0)]]
            holding = [word in text.lower() for text in texts]
            if (lexical.scores(query) > 0).tolist() != holding:
                yield f"chunks with {word!r}: not {holding} of {texts}"
            owners = {name for name, holds in zip(documents, holding, strict=True) if holds}
            scored = lexical.document_scores(query) > 0
            if not all(documents[row] in owners for row in np.flatnonzero(scored)):
                yield f"documents with {word!r}: more than {owners}"
            if not any(holding) and lexical.idf(query) != lexical.idf([[("zzzz", 1.0)]]):
                yield f"the weight of {word!r} tells that it is somewhere"

    def _lists(self, asker: Asker, viewer: Viewer) -> Iterator[str]:
        facts = self._history.facts
        expected = [name for name in sorted(facts.sources) if facts.lines(asker, name) is not None]
        found = [info.name for info in self._history.register.documents(viewer)]
        if found != expected:
            yield f"documents: {found} instead of {expected}"

    def _document(self, asker: Asker, viewer: Viewer, name: str) -> Iterator[str]:
        facts, register = self._history.facts, self._history.register
        source = facts.sources.get(name)
        n_versions = len(source.versions) if source else 0
        for number in (None, self._dice.randint(1, n_versions + 1)):
            document = register.document(name, viewer, number)
            expected = text_of(facts.lines(asker, name, number))
            text = document and document.text
            if text != expected:
                yield f"document {name!r}, version {number}: {text!r} instead of {expected!r}"
            if document and any(not text[b.start : b.end].strip() for b in document.blocks):
                yield f"document {name!r}, version {number}: blocks of what is withheld"

    def _managed(self, asker: Asker, viewer: Viewer, name: str) -> Iterator[str]:
        """What managers are shown: hidden and absent look alike."""
        facts, curation = self._history.facts, self._history.register.curation
        theirs = {
            name
            for name, source in facts.sources.items()
            if facts.sees(asker, facts.circle(source.audience))
        }
        found = {info.name for info in curation.sources(viewer)}
        if found != theirs:
            yield f"managed sources: {found} instead of {theirs}"
        if name in theirs:
            source = facts.sources[name]
            number = self._dice.randint(1, len(source.versions))
            expected = text_of(facts.shown(asker, source, number, facts.circle(source.audience)))
            text = curation.text(name, number, viewer).text
            if text != expected:
                yield f"managed text of {name!r} {number}: {text!r} instead of {expected!r}"
            return
        told = []
        for asked in (name, "no-existe.md"):
            try:
                curation.text(asked, 1, viewer)
            except SettingsError as error:
                told.append(str(error).replace(asked, "X"))
        if len(told) != 2 or told[0] != told[1]:
            yield f"what is hidden is told otherwise than what is absent: {told}"

    def _of(self, keys: np.ndarray) -> list[str]:
        return [self._texts.get(int(key), ("", f"key {key} that is gone"))[1] for key in keys]


def _texts(history: History) -> dict[int, tuple[str, str]]:
    """Name and text of every placement, read past all of the product's questions."""
    query = (
        select(placements.c.key, sources.c.name, chunks.c.text)
        .join_from(placements, chunks)
        .join(versions, chunks.c.version_id == versions.c.id)
        .join(sources)
    )
    with history.register._database.read() as connection:
        return {key: (name, text) for key, name, text in connection.execute(query)}
