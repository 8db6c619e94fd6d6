"""Candidates for a question and their scores: both indexes propose, each candidate gets all parts.

Scores are sums of three parts, each normalised so that it means the same in every collection:

- dense: cosine similarity of the question and of its word-by-word gloss in the other language,
  less the mean similarity of the candidate's language, in standard deviations of a sample of the
  collection. The embedding model prefers the language of the question; the mean takes that out.
- keywords in the chunk (BM25), which find names, codes and numbers.
- keywords in the whole document (BM25), which tell whose policy it is.

The weights were chosen on half of the questions in ``eval/sets``; see ``docs/measurements.md``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from knowledge.models import Language, Vector
from knowledge.search.query import Reading
from knowledge.search.snapshot import Snapshot
from knowledge.search.vectors.exact import best

GLOSS_WEIGHT = 0.4
"""Share of the gloss in the similarity to chunks of the other language."""
DENSE_WEIGHT = 0.14
CHUNK_WEIGHT = 0.02
DOCUMENT_WEIGHT = 0.02
N_CANDIDATES = 150
"""Proposed by each index before they are scored by all."""
N_SAMPLE = 2_000
"""Chunks that tell how similar anything is to the question."""
MIN_SAMPLE = 20
MIN_DEVIATION = 0.012
"""Standard deviation of similarities below which a collection is too uniform to tell."""
OTHER: Mapping[Language, Language] = {"es": "en", "en": "es"}


@dataclass(frozen=True)
class Query:
    """A reading with what it means, ``(dimension,)`` each, unit length.

    Attributes:
        reading: for the keyword index.
        vector: of its text.
        gloss: of its gloss; of its text where it has none.
    """

    reading: Reading
    vector: Vector
    gloss: Vector


@dataclass(frozen=True)
class Scored:
    """Candidates with their scores, all arrays ``(n,)``; ``order`` sorts them best first."""

    keys: NDArray[np.int64]
    score: Vector
    dense: Vector
    deviation: Vector
    lexical: Vector
    order: NDArray[np.intp]
    usual: Mapping[Language, float]

    @property
    def best(self) -> float:
        """Score of the best candidate; 0 without any."""
        return float(self.score[self.order[0]]) if len(self.order) else 0.0


def score(snapshot: Snapshot, *queries: Query) -> list[Scored]:
    """Each query's scores of the candidates that any of them has: the same ones in all."""
    asked = np.stack([v for query in queries for v in (query.vector, query.gloss)])
    compared = snapshot.compare(asked, N_CANDIDATES)
    words = [
        (snapshot.lexical.scores(groups), snapshot.lexical.document_scores(groups))
        for groups in (query.reading.groups for query in queries)
    ]
    rows = _candidates(compared.nearest, words)
    sample = np.unique(
        np.linspace(0, len(snapshot) - 1, min(N_SAMPLE, len(snapshot))).astype(np.intp)
    )
    of_rows, of_sample = compared.at(rows), compared.at(sample)
    return [
        _scored(
            snapshot,
            query.reading,
            _Similar(rows, sample, of_rows[2 * i : 2 * i + 2], of_sample[2 * i : 2 * i + 2]),
            in_chunks[rows],
            in_documents[rows],
        )
        for i, (query, (in_chunks, in_documents)) in enumerate(zip(queries, words, strict=True))
    ]


@dataclass(frozen=True)
class _Similar:
    """Similarities of rows and of a sample with a query's vector and its gloss's, ``(2, n)``."""

    rows: NDArray[np.intp]
    sample: NDArray[np.intp]
    of_rows: Vector
    of_sample: Vector


def _scored(
    snapshot: Snapshot, reading: Reading, similar: _Similar, in_chunks: Vector, in_documents: Vector
) -> Scored:
    is_own = snapshot.languages == (0 if reading.language == "es" else 1)
    own, own_sample = is_own[similar.rows], is_own[similar.sample]
    adjusted = [
        _adjusted(of_rows, of_sample, own=own, own_sample=own_sample)
        for of_rows, of_sample in zip(similar.of_rows, similar.of_sample, strict=True)
    ]
    dense = np.where(own, adjusted[0].of_rows, mixed(adjusted[0].of_rows, adjusted[1].of_rows))
    of_sample = np.where(
        own_sample,
        adjusted[0].of_sample,
        mixed(adjusted[0].of_sample, adjusted[1].of_sample),
    )
    deviation = (dense - of_sample.mean()) / max(float(of_sample.std()), MIN_DEVIATION)
    total = DENSE_WEIGHT * deviation + CHUNK_WEIGHT * in_chunks + DOCUMENT_WEIGHT * in_documents
    return Scored(
        keys=snapshot.keys[similar.rows],
        score=total,
        dense=adjusted[0].similarity,
        deviation=deviation,
        lexical=in_chunks,
        order=np.argsort(-total, kind="stable"),
        usual={
            reading.language: adjusted[0].means[1],
            OTHER[reading.language]: mixed(adjusted[0].means[0], adjusted[1].means[0]),
        },
    )


def blended(one: Scored, other: Scored, share: float) -> Scored:
    """The scores of the same candidates for two queries as one, ``share`` of the first's.

    A new subject is drowned by what was said before, and a follow-up is nothing without it.
    """
    total = share * one.score + (1 - share) * other.score
    return Scored(
        keys=one.keys,
        score=total,
        dense=share * one.dense + (1 - share) * other.dense,
        deviation=share * one.deviation + (1 - share) * other.deviation,
        lexical=share * one.lexical + (1 - share) * other.lexical,
        order=np.argsort(-total, kind="stable"),
        usual={
            language: share * one.usual[language] + (1 - share) * other.usual[language]
            for language in one.usual
        },
    )


def best_of(parts: Sequence[Scored]) -> Scored:
    """The candidates of all parts of a question, each as the part has it that it answers best."""
    if len(parts) == 1:
        return parts[0]
    keys = np.concatenate([part.keys for part in parts])
    score = np.concatenate([part.score for part in parts])
    order = np.argsort(-score, kind="stable")
    # Of each key the first in that order; those again from the best on.
    chosen = order[np.sort(np.unique(keys[order], return_index=True)[1])]
    return Scored(
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


_Mixable = TypeVar("_Mixable", Vector, float)


def mixed(own: _Mixable, gloss: _Mixable) -> _Mixable:
    """What passages of the other language are compared with, of a text and of its gloss."""
    return (1 - GLOSS_WEIGHT) * own + GLOSS_WEIGHT * gloss


def _candidates(
    nearest: Sequence[NDArray[np.intp]], words: Sequence[tuple[Vector, Vector]]
) -> NDArray[np.intp]:
    """Rows of the snapshot that any of the indexes proposes, ascending."""
    proposed = list(nearest)
    for in_chunks, in_documents in words:
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
