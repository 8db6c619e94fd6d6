"""A question -> the chunks that may answer it, best first.

Stages, top down: read the question (`Reading`), propose candidates from the vector and the keyword
index, score every candidate with both, take the best from the register, which has the last word.

A question that goes on with a conversation is searched by itself and with what was said before it,
in one pass, and each candidate's score is a mean of both (`Context.share`).

A long question, such as a customer's e-mail pasted whole, asks several things: each part of it is
scored by itself, and a chunk counts with the part that it answers best.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from knowledge.models import Language, ScoredChunk, Vector, Viewer
from knowledge.ports import Embedder, ReadableRegister, Reranker, SearchedIndexes
from knowledge.search import scoring
from knowledge.search.query import Reading, corrected_words, terms_of
from knowledge.search.scoring import OTHER, Query, Scored, mixed
from knowledge.search.situations import told
from knowledge.search.snapshot import Snapshot
from knowledge.search.spelling import Speller, accented
from knowledge.search.thesaurus import Thesaurus
from knowledge.text import fold, sentence_spans

logger = logging.getLogger(__name__)

CONTEXT_WEIGHT = 0.375
"""Of a word that was said before the question, against one of the question."""
MOSTLY = 0.5
"""Share of the context from which a question is told together with it."""
LONG_QUESTION_CHARS = 600
"""From here on a question is taken apart, into parts of at most `PART_CHARS`."""
PART_CHARS = 400
RERANKED = 20
ATTEMPTS = 10
"""Searches for one question, each begun because the register changed under the one before it."""


@dataclass(frozen=True)
class Context:
    """What was said before a question.

    Attributes:
        text: the words; empty for none.
        share: of what a passage scores, how much is to be of the question behind these words; the
            rest is of the question by itself. Above 0, at most 1.
    """

    text: str = ""
    share: float = 1.0


NO_CONTEXT = Context()


@dataclass(frozen=True)
class Found:
    """What retrieval returns.

    Attributes:
        reading: how the question was read, as a whole.
        chunks: best first.
        best_score: of the best chunk; with a context, what the best one of the question by itself
            and the best one with the context score, as they were weighed.
        deviations: for each chunk, its dense similarity in standard deviations above the mean.
        idf: for each group of the reading, how much it tells, 0 or more.
        vectors: ``(n_parts, dimension)`` embedding of the question, or of each part of a long one;
            with a context, the mean of both as they were weighed.
        other_vectors: the same for passages in the other language: mixtures with their glosses.
        usual: mean similarity of passages of each language.
        n_chunks: how many there were to search.
        timings_ms: milliseconds per stage.
    """

    reading: Reading
    chunks: Sequence[ScoredChunk]
    best_score: float
    deviations: Sequence[float]
    idf: Sequence[float]
    vectors: Vector
    other_vectors: Vector
    usual: Mapping[Language, float]
    n_chunks: int
    timings_ms: dict[str, float]

    @property
    def nearest_sentence(self) -> float:
        """Highest cosine similarity of a sentence of the chunks with the question, 0 to 1."""
        return max(
            float((c.stored.sentence_vectors.astype(np.float32) @ self.vectors.T).max(initial=0.0))
            for c in self.chunks
        )


class Retriever:
    """Searches one register through its indexes."""

    def __init__(
        self,
        register: ReadableRegister,
        indexes: SearchedIndexes,
        embedder: Embedder,
        thesaurus: Thesaurus,
        *,
        reranker: Reranker | None = None,
    ) -> None:
        self._register = register
        self._indexes = indexes
        self._embedder = embedder
        self._thesaurus = thesaurus
        self._reranker = reranker

    def search(
        self,
        question: str,
        viewer: Viewer,
        *,
        language: Language,
        context: Context = NO_CONTEXT,
        top_k: int = 8,
    ) -> Found:
        """The chunks that may answer, best first, at most ``top_k``; none in an empty register.

        All of them stand in one state of the register: when a version is replaced while it is
        searched, the question is searched anew.

        Args:
            question: as typed.
            viewer: who asks; decides what is searched.
            language: of the question.
            context: what was said before that the question refers to.
            top_k: how many at most.
        """
        clock = _Clock()
        for _ in range(ATTEMPTS):
            found, n_gone = self._search(question, viewer, language, context, top_k, clock)
            if not n_gone:
                return found
        logger.warning("%d chunks were proposed and are not there", n_gone)
        return found

    def _search(
        self,
        question: str,
        viewer: Viewer,
        language: Language,
        context: Context,
        top_k: int,
        clock: _Clock,
    ) -> tuple[Found, int]:
        """What `search` returns, and how many chunks are missing that were found."""
        self._indexes.refresh()
        snapshot = self._indexes.snapshot(viewer)
        clock.lap("refresh")
        reading = self._read(question, context.text, language, snapshot)
        parts = [self._read(part, "", language, snapshot) for part in parts_of(question)]
        readings = parts or [reading]
        if context.text and not parts and context.share < 1:
            readings = [reading, self._read(question, "", language, snapshot)]
        clock.lap("read")
        queries = self._embedded(readings)
        clock.lap("embed")
        if not len(snapshot):
            idf = snapshot.lexical.idf(reading.groups)
            vectors = np.stack([query.vector for query in queries])
            return Found(reading, (), 0.0, (), idf, vectors, vectors, {}, 0, clock.laps), 0
        asked = _asked(snapshot, reading, queries, parts, context)
        scored = asked.scored
        clock.lap("search")
        depth = max(top_k, self._depth)
        chunks, deviations = self._fetch(scored, viewer, top_k=depth)
        n_gone = min(depth, len(scored.order)) - len(chunks)
        clock.lap("fetch")
        if self._reranker is not None and chunks:
            order = np.argsort(self._reranker_scores(reading.text, chunks))[::-1]
            chunks = [chunks[i] for i in order]
            deviations = [deviations[i] for i in order]
            clock.lap("rerank")
        found = Found(
            reading=asked.reading,
            chunks=chunks[:top_k],
            best_score=asked.best_score,
            deviations=deviations[:top_k],
            idf=snapshot.lexical.idf(asked.reading.groups),
            vectors=asked.vectors,
            other_vectors=mixed(asked.vectors, asked.glosses),
            usual=scored.usual,
            n_chunks=len(snapshot),
            timings_ms=clock.laps,
        )
        return found, n_gone

    def _embedded(self, readings: Sequence[Reading]) -> list[Query]:
        texts = [one.text for one in readings] + [one.gloss or one.text for one in readings]
        vectors = self._embedder.embed_queries(texts)
        return [
            Query(reading, vector, gloss)
            for reading, vector, gloss in zip(
                readings, vectors[: len(readings)], vectors[len(readings) :], strict=True
            )
        ]

    @property
    def _depth(self) -> int:
        return RERANKED if self._reranker is not None else 0

    def _reranker_scores(self, text: str, chunks: Sequence[ScoredChunk]) -> NDArray[np.float64]:
        if self._reranker is None:
            raise ValueError("no reranker is set")
        passages = [c.stored.chunk.embedded_text for c in chunks]
        return np.asarray(self._reranker.scores(text, passages), dtype=np.float64)

    def _read(self, question: str, context: str, language: Language, snapshot: Snapshot) -> Reading:
        speller = snapshot.speller
        situation = told(question, language)
        name = {one: f"{situation.names[one]}: " if situation else "" for one in OTHER}
        own_words = corrected_words(question, language, speller)
        asked = own_words
        if situation is not None:
            asked = corrected_words(f"{name[language]}{question}", language, speller)
        said = [w for w in corrected_words(context, language, speller) if w not in asked]
        said_groups = terms_of(said, language, self._thesaurus) if said else []
        gloss = self._thesaurus.gloss([*said, *own_words], language)
        return Reading(
            text=_corrected(f"{context} {name[language]}{question}".strip(), language, speller),
            gloss=f"{name[OTHER[language]]}{gloss}",
            language=language,
            groups=[
                *terms_of(asked, language, self._thesaurus),
                *([(t, w * CONTEXT_WEIGHT) for t, w in group] for group in said_groups),
            ],
            words=asked,
            share=float(bool(said)),
        )

    def _fetch(
        self, scored: Scored, viewer: Viewer, *, top_k: int
    ) -> tuple[list[ScoredChunk], list[float]]:
        """The best chunks as the register has them now, without those that it withholds."""
        best = scored.order[:top_k]
        stored = self._register.chunks([int(k) for k in scored.keys[best]], viewer)
        by_key = {s.key: s for s in stored}
        chunks: list[ScoredChunk] = []
        deviations: list[float] = []
        for i in best:
            found = by_key.get(int(scored.keys[i]))
            if found is None:
                continue
            chunks.append(
                ScoredChunk(
                    found,
                    float(scored.score[i]),
                    float(scored.dense[i]),
                    float(scored.lexical[i]),
                )
            )
            deviations.append(float(scored.deviation[i]))
        return chunks, deviations


@dataclass(frozen=True)
class _Asked:
    """A question as it was searched in the end.

    Attributes:
        reading: with the words of the context as they count.
        vectors: as in `Found`.
        glosses: those of the glosses.
        scored: the candidates.
        best_score: as in `Found`.
    """

    reading: Reading
    vectors: Vector
    glosses: Vector
    scored: Scored
    best_score: float


def _asked(
    snapshot: Snapshot,
    reading: Reading,
    queries: Sequence[Query],
    parts: Sequence[Reading],
    context: Context,
) -> _Asked:
    """The one query, the best of a long question's parts, or both readings as one."""
    vectors = np.stack([query.vector for query in queries])
    glosses = np.stack([query.gloss for query in queries])
    if parts or len(queries) == 1:
        every = [one for query in queries for one in scoring.score(snapshot, query)]
        scored = scoring.best_of(every)
        return _Asked(reading, vectors, glosses, scored, scored.best)
    together, alone = scoring.score(snapshot, *queries)
    share = context.share
    weights = np.asarray([[share, 1 - share]], dtype=np.float32)
    n_own = len(reading.words)
    said = [[(term, weight * share) for term, weight in g] for g in reading.groups[n_own:]]
    text = (queries[0] if share >= MOSTLY else queries[1]).reading.text
    return _Asked(
        replace(reading, text=text, groups=[*reading.groups[:n_own], *said], share=share),
        weights @ vectors,
        weights @ glosses,
        scoring.blended(together, alone, share),
        share * together.best + (1 - share) * alone.best,
    )


def parts_of(question: str) -> list[str]:
    """The parts of a long question, whole sentences up to `PART_CHARS`; none of a short one.

    >>> parts_of("¿Cuánto tarda?")
    []
    """
    if len(question) < LONG_QUESTION_CHARS:
        return []
    parts: list[str] = []
    for start, end in sentence_spans(question):
        sentence = question[start:end]
        if parts and len(parts[-1]) + len(sentence) < PART_CHARS:
            parts[-1] = f"{parts[-1]} {sentence}"
        else:
            parts.append(sentence)
    return parts


def _corrected(question: str, language: Language, speller: Speller) -> str:
    """The question with its mistyped words corrected and its accents put back."""

    def fix(match: re.Match[str]) -> str:
        word = match.group()
        typed = fold(word)
        meant = speller.correct(typed, language)
        return accented(meant, language) if meant != typed or typed == word else word

    return re.sub(r"[^\W\d_]+", fix, question)


class _Clock:
    """Milliseconds between laps, those of one name together."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name] = self.laps.get(name, 0.0) + (now - self._last) * 1000
        self._last = now
