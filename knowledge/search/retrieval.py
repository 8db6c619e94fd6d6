"""A question -> the chunks that may answer it, best first.

Stages, top down: read the question (`Reading`), propose candidates from the vector and the keyword
index, score every candidate with both, take the best from the register, which has the last word.

Scores are sums of three parts, each normalised so that it means the same in every collection:

- dense: cosine similarity of the question and of its word-by-word gloss in the other language,
  less the mean similarity of the candidate's language, in standard deviations of a sample of the
  collection. The embedding model prefers the language of the question; the mean takes that out.
- keywords in the chunk (BM25), which find names, codes and numbers.
- keywords in the whole document (BM25), which tell whose policy it is.

A long question, such as a customer's e-mail pasted whole, asks several things: each part of it is
scored by itself, and a chunk counts with the part that it answers best.

The weights were chosen on half of the questions in ``eval/sets``; see ``docs/measurements.md``.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from knowledge.models import Language, ScoredChunk, Vector, Viewer
from knowledge.ports import Embedder, ReadableRegister, Reranker, SearchedIndexes
from knowledge.search.lexical import Term
from knowledge.search.query import corrected_words, terms_of
from knowledge.search.situations import told
from knowledge.search.snapshot import Snapshot
from knowledge.search.spelling import Speller, accented
from knowledge.search.thesaurus import Thesaurus
from knowledge.search.vectors.exact import best
from knowledge.text import fold, sentence_spans

logger = logging.getLogger(__name__)

GLOSS_WEIGHT = 0.4
"""Share of the gloss in the similarity to chunks of the other language."""
DENSE_WEIGHT = 0.14
CHUNK_WEIGHT = 0.02
DOCUMENT_WEIGHT = 0.02
CONTEXT_WEIGHT = 0.5
"""Of a word that was said before the question, against one of the question."""
LONG_QUESTION_CHARS = 600
"""From here on a question is taken apart, into parts of at most `PART_CHARS`."""
PART_CHARS = 400
N_CANDIDATES = 150
"""Proposed by each index before they are scored by all."""
N_SAMPLE = 2_000
"""Chunks that tell how similar anything is to the question."""
MIN_SAMPLE = 20
MIN_DEVIATION = 0.012
"""Standard deviation of similarities below which a collection is too uniform to tell."""
RERANKED = 20
ATTEMPTS = 10
"""Searches for one question, each begun because the register changed under the one before it."""
_OTHER: Mapping[Language, Language] = {"es": "en", "en": "es"}


@dataclass(frozen=True)
class Reading:
    """A question as it is searched.

    Attributes:
        text: the question, corrected, the conversation taken in.
        gloss: its words in the other language.
        language: of the question.
        groups: its words with their alternatives, for the keyword index; those of the context
            after those of the question.
        words: corrected content words of the question itself.
    """

    text: str
    gloss: str
    language: Language
    groups: Sequence[Sequence[Term]]
    words: Sequence[str]


@dataclass(frozen=True)
class Found:
    """What retrieval returns.

    Attributes:
        reading: how the question was read, as a whole.
        chunks: best first.
        deviations: for each chunk, its dense similarity in standard deviations above the mean.
        idf: for each group of the reading, how much it tells, 0 or more.
        vectors: ``(n_parts, dimension)`` embedding of the question, or of each part of a long one.
        other_vectors: the same for passages in the other language: mixtures with their glosses.
        usual: mean similarity of passages of each language.
        n_chunks: how many there were to search.
        timings_ms: milliseconds per stage.
    """

    reading: Reading
    chunks: Sequence[ScoredChunk]
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
        context: str = "",
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
        context: str,
        top_k: int,
        clock: _Clock,
    ) -> tuple[Found, int]:
        """What `search` returns, and how many chunks are missing that were found."""
        self._indexes.refresh()
        snapshot = self._indexes.snapshot(viewer)
        clock.lap("refresh")
        reading = self._read(question, context, language, snapshot)
        parts = [self._read(part, "", language, snapshot) for part in parts_of(question)] or [
            reading
        ]
        clock.lap("read")
        asked = [part.text for part in parts] + [part.gloss or part.text for part in parts]
        vectors, glosses = np.split(np.stack(self._embedder.embed_queries(asked)), 2)
        clock.lap("embed")
        idf = snapshot.lexical.idf(reading.groups)
        if not len(snapshot):
            return Found(reading, (), (), idf, vectors, vectors, {}, 0, clock.laps), 0
        scored = _best_of(
            [_score(snapshot, *part) for part in zip(parts, vectors, glosses, strict=True)]
        )
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
            reading=reading,
            chunks=chunks[:top_k],
            deviations=deviations[:top_k],
            idf=idf,
            vectors=vectors,
            other_vectors=_mixed(vectors, glosses),
            usual=scored.usual,
            n_chunks=len(snapshot),
            timings_ms=clock.laps,
        )
        return found, n_gone

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
        name = {one: f"{situation.names[one]}: " if situation else "" for one in _OTHER}
        own_words = corrected_words(question, language, speller)
        asked = own_words
        if situation is not None:
            asked = corrected_words(f"{name[language]}{question}", language, speller)
        said = [w for w in corrected_words(context, language, speller) if w not in asked]
        said_groups = terms_of(said, language, self._thesaurus) if said else []
        gloss = self._thesaurus.gloss([*said, *own_words], language)
        return Reading(
            text=_corrected(f"{context} {name[language]}{question}".strip(), language, speller),
            gloss=f"{name[_OTHER[language]]}{gloss}",
            language=language,
            groups=[
                *terms_of(asked, language, self._thesaurus),
                *([(t, w * CONTEXT_WEIGHT) for t, w in group] for group in said_groups),
            ],
            words=asked,
        )

    def _fetch(
        self, scored: _Scored, viewer: Viewer, *, top_k: int
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
class _Scored:
    """Candidates with their scores, all arrays ``(n,)``; ``order`` sorts them best first."""

    keys: NDArray[np.int64]
    score: Vector
    dense: Vector
    deviation: Vector
    lexical: Vector
    order: NDArray[np.intp]
    usual: Mapping[Language, float]


def _score(snapshot: Snapshot, reading: Reading, vector: Vector, gloss: Vector) -> _Scored:
    in_chunks = snapshot.lexical.scores(reading.groups)
    in_documents = snapshot.lexical.document_scores(reading.groups)
    queries = (vector, gloss) if reading.gloss else (vector,)
    compared = snapshot.compare(np.stack(queries), N_CANDIDATES)
    rows = _candidates(compared.nearest, in_chunks, in_documents)
    sample = np.unique(
        np.linspace(0, len(snapshot) - 1, min(N_SAMPLE, len(snapshot))).astype(np.intp)
    )
    is_own = snapshot.languages == (0 if reading.language == "es" else 1)
    of_every_row, of_every_sample = compared.at(rows), compared.at(sample)
    adjusted = [
        _adjusted(of_every_row[i], of_every_sample[i], own=is_own[rows], own_sample=is_own[sample])
        for i in (0, -1)
    ]
    own = is_own[rows]
    dense = np.where(own, adjusted[0].of_rows, _mixed(adjusted[0].of_rows, adjusted[1].of_rows))
    of_sample = np.where(
        is_own[sample],
        adjusted[0].of_sample,
        _mixed(adjusted[0].of_sample, adjusted[1].of_sample),
    )
    deviation = (dense - of_sample.mean()) / max(float(of_sample.std()), MIN_DEVIATION)
    score = (
        DENSE_WEIGHT * deviation
        + CHUNK_WEIGHT * in_chunks[rows]
        + DOCUMENT_WEIGHT * in_documents[rows]
    )
    return _Scored(
        keys=snapshot.keys[rows],
        score=score,
        dense=adjusted[0].similarity,
        deviation=deviation,
        lexical=in_chunks[rows],
        order=np.argsort(-score, kind="stable"),
        usual={
            reading.language: adjusted[0].means[1],
            _OTHER[reading.language]: _mixed(adjusted[0].means[0], adjusted[1].means[0]),
        },
    )


def _best_of(parts: Sequence[_Scored]) -> _Scored:
    """The candidates of all parts of a question, each as the part has it that it answers best."""
    if len(parts) == 1:
        return parts[0]
    keys = np.concatenate([part.keys for part in parts])
    score = np.concatenate([part.score for part in parts])
    order = np.argsort(-score, kind="stable")
    # Of each key the first in that order; those again from the best on.
    chosen = order[np.sort(np.unique(keys[order], return_index=True)[1])]
    return _Scored(
        keys=keys[chosen],
        score=score[chosen],
        dense=np.concatenate([part.dense for part in parts])[chosen],
        deviation=np.concatenate([part.deviation for part in parts])[chosen],
        lexical=np.concatenate([part.lexical for part in parts])[chosen],
        order=np.arange(len(chosen)),
        usual={
            language: float(np.mean([part.usual[language] for part in parts]))
            for language in parts[0].usual
        },
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


_Mixable = TypeVar("_Mixable", Vector, float)


def _mixed(own: _Mixable, gloss: _Mixable) -> _Mixable:
    return (1 - GLOSS_WEIGHT) * own + GLOSS_WEIGHT * gloss


def _candidates(
    nearest: Sequence[NDArray[np.intp]], in_chunks: Vector, in_documents: Vector
) -> NDArray[np.intp]:
    """Rows of the snapshot that any of the indexes proposes, ascending."""
    proposed = list(nearest)
    for lexical in (in_chunks, in_chunks + in_documents):
        found = np.flatnonzero(lexical > 0)
        proposed.append(found[best(lexical[found], N_CANDIDATES)])
    return np.unique(np.concatenate(proposed))


@dataclass(frozen=True)
class _Adjusted:
    """Similarities to one vector: raw, and less the mean of each row's language.

    Attributes:
        means: of the other language and of the question's own.
    """

    similarity: Vector
    of_rows: Vector
    of_sample: Vector
    means: Sequence[float]


def _adjusted(
    similarity: Vector,
    of_sample: Vector,
    *,
    own: NDArray[np.bool_],
    own_sample: NDArray[np.bool_],
) -> _Adjusted:
    """Similarities of rows and sample to one vector, with which of them are in its language."""
    means = [
        float(of_sample[part].mean()) if part.sum() >= MIN_SAMPLE else float(of_sample.mean())
        for part in (~own_sample, own_sample)
    ]
    return _Adjusted(
        similarity,
        similarity - np.take(means, own).astype(np.float32),
        of_sample - np.take(means, own_sample).astype(np.float32),
        means,
    )


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
