"""Passages and readings as retrieval would give them."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from assistant.sentences import FEATURES, Asked, Candidate, candidates
from knowledge.models import Chunk, Language, ScoredChunk, StoredChunk, Vector
from knowledge.search.query import Reading
from knowledge.search.retrieval import Found
from knowledge.text import content_words, sentence_spans, stem

MEANINGS = 64
EAST: Vector = np.eye(1, 1 + MEANINGS, dtype=np.float32)
"""The direction in which questions point here, as ``(1, dimension)``."""


def passage(
    text: str,
    *,
    document: str = "guia.md",
    start: int = 100,
    score: float = 1.0,
    similarities: Sequence[float] = (),
    language: Language = "es",
    context: str = "",
    row: int | None = None,
    meanings: Sequence[int] = (),
) -> ScoredChunk:
    """A found chunk whose sentences have given similarities with the question, else 0.5.

    Sentences mean the same where ``meanings`` gives them the same number, else something each.
    """
    spans = tuple(sentence_spans(text))
    near = np.asarray(similarities or [0.5] * len(spans), dtype=np.float64)
    vectors = np.zeros((len(spans), 1 + MEANINGS), dtype=np.float16)
    vectors[:, 0] = near
    for i, (a, b) in enumerate(spans):
        meaning = meanings[i] if meanings else zlib.crc32(text[a:b].encode())
        vectors[i, 1 + meaning % MEANINGS] = np.sqrt(1 - near[i] ** 2)
    chunk = Chunk(
        document=document,
        ordinal=0,
        text=text,
        start=start,
        end=start + len(text),
        headings=("Plazos",),
        context=context,
        page=3,
        row=row,
        language=language,
        sentences=spans,
    )
    return ScoredChunk(StoredChunk(1, chunk, "Guía", vectors), score, max(near), 1.0)


def question(text: str, *, idf: Sequence[float] = (), language: Language = "es") -> Asked:
    """A question whose words stand for themselves."""
    groups = [[(stem(word, language), 1.0)] for word in content_words(text)]
    return Asked(
        text=text,
        vectors={"es": EAST, "en": EAST},
        usual={"es": 0.5, "en": 0.5},
        groups=groups,
        idf=idf or [1.0] * len(groups),
    )


def ranked(*texts: str, document: str = "guia.md", row: int | None = None) -> list[Candidate]:
    """The sentences of passages, one after another, as if ranked in that order."""
    found: list[Candidate] = []
    start = 0
    for text in texts:
        found += candidates(question("x"), [passage(text, document=document, start=start, row=row)])
        start += len(text) + 1
    return found


def found(chunks: Sequence[ScoredChunk], *, asked: str, language: Language = "es") -> Found:
    """What retrieval would return for a question whose words stand for themselves."""
    own = question(asked, language=language)
    words = tuple(content_words(asked))
    return Found(
        reading=Reading(text=asked, gloss="", language=language, groups=own.groups, words=words),
        chunks=chunks,
        best_score=chunks[0].score if chunks else 0.0,
        deviations=[1.0] * len(chunks),
        idf=own.idf,
        vectors=EAST,
        other_vectors=EAST,
        usual=own.usual,
        n_chunks=len(chunks),
        timings_ms={"search": 1.0},
    )


def weights_of(**chosen: float) -> Vector:
    """Weights of sentence features, 0 where none is given."""
    values = [chosen.get(name, 0.0) for name in FEATURES]
    return np.asarray(values, dtype=np.float32)
