"""What ours is timed against over the same chunks: dense only, plain BM25, the twenty lines."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice

import numpy as np

from eval.benchmarks.systems import AsEmbeddings
from eval.speed.narrow import ALL
from eval.speed.questions import Question
from knowledge.errors import SettingsError
from knowledge.language import question_language
from knowledge.models import Chunk, Document, Embedded, Vector
from knowledge.ports import Embedder
from knowledge.register import Register
from knowledge.search.indexes import Indexes
from knowledge.search.lexical import tokens_of
from knowledge.search.rows import DATED
from knowledge.settings import Settings

TOP_K = 4
PIECE_STEP = 800
"""Characters from one piece of the twenty lines to the next."""

Pipeline = Callable[[Question], object]


@dataclass(frozen=True)
class References:
    """Pipelines that are ready to be asked.

    Attributes:
        pipelines: by name.
        sizes: number of chunks that each searches.
        prepared_s: seconds that making each took.
    """

    pipelines: Mapping[str, Pipeline]
    sizes: Mapping[str, int]
    prepared_s: Mapping[str, float]

    @classmethod
    @contextmanager
    def open(
        cls, settings: Settings, embedder: Embedder, *, tutorial_chunks: int
    ) -> Iterator[References]:
        """All references over one register.

        Args:
            settings: of the register, whose indexes are built.
            embedder: the model of its vectors.
            tutorial_chunks: about how many chunks the twenty lines search.

        Raises:
            SettingsError: a library that only benches need is missing.
        """
        fresh = _Unremembered(embedder, 1)
        register = Register.open(settings)
        indexes = Indexes(register, settings)
        makers: dict[str, Callable[[], tuple[Pipeline, int]]] = {
            "dense": lambda: _dense(register, indexes, fresh),
            "bm25s": lambda: _bm25s(register),
            "twenty_lines": lambda: _tutorial(register, settings, embedder, tutorial_chunks),
        }
        try:
            made: dict[str, tuple[Pipeline, int]] = {}
            seconds: dict[str, float] = {}
            for name, make in makers.items():
                began = time.perf_counter()
                made[name] = make()
                seconds[name] = round(time.perf_counter() - began, 1)
            pipelines = {name: pipeline for name, (pipeline, _) in made.items()}
            yield cls(pipelines, {name: size for name, (_, size) in made.items()}, seconds)
        finally:
            indexes.close()
            register.close()


class _Unremembered:
    """An embedder whose questions were never asked before: spaces in front make them new.

    To the model they are the same; ours has just asked them, and the embedder remembers.

    Args:
        embedder: the model.
        spaces: how many, different for each reference.
        lent: `(n, dimension)` vectors that chunks get in turn without being embedded: how fast
            an index is depends on how many there are, not on what they are of.
    """

    def __init__(self, embedder: Embedder, spaces: int, lent: Sequence[Vector] = ()) -> None:
        self._embedder = embedder
        self._before = " " * spaces
        self._lent = cycle(lent)
        self.fingerprint = embedder.fingerprint
        self.dimension = embedder.dimension
        self.count_tokens = embedder.count_tokens

    def embed_query(self, query: str) -> Vector:
        """The vector of a question."""
        return self.embed_queries([query])[0]

    def embed_queries(self, queries: Sequence[str]) -> list[Vector]:
        """The vectors of questions."""
        return self._embedder.embed_queries([self._before + query for query in queries])

    def embed_chunks(self, chunks: Sequence[Chunk]) -> list[Embedded]:
        """A vector lent to each chunk; none for its sentences."""
        none = np.zeros((0, self.dimension), dtype=np.float16)
        return [Embedded(vector, none) for vector in islice(self._lent, len(chunks))]


def _query(question: Question) -> str:
    return " ".join([*(turn.text for turn in question.history), question.text])


def _dense(register: Register, indexes: Indexes, embedder: Embedder) -> tuple[Pipeline, int]:
    """The nearest chunks by cosine similarity, read from the register."""
    indexes.refresh()
    indexes.settle()
    snapshot = indexes.snapshot(ALL)

    def ask(question: Question) -> object:
        keys, _ = snapshot.dense(embedder.embed_query(_query(question)), TOP_K)
        return register.chunks([int(key) for key in keys], ALL)

    return ask, len(snapshot)


def _bm25s(register: Register) -> tuple[Pipeline, int]:
    """The best chunks by the bm25s library over the same stems, read from the register."""
    try:
        import bm25s
    except ImportError as error:
        raise SettingsError("bm25s is missing: pip install 'voz-propia[dev]'") from error
    current = (row for row in register.index_rows() if not row.partition.endswith(DATED))
    rows = [(row.key, row.tokens.split()) for row in current]
    keys = np.asarray([key for key, _ in rows], dtype=np.int64)
    index = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    index.index([tokens for _, tokens in rows], show_progress=False)

    def ask(question: Question) -> object:
        query = _query(question)
        stems = tokens_of(query, question_language(query))
        known = [stem for stem in stems if stem in index.vocab_dict]
        if not known:
            return []
        scores = index.get_scores(known)
        best = np.argpartition(-scores, min(TOP_K, len(keys) - 1))[:TOP_K]
        return register.chunks([int(key) for key in keys[best]], ALL)

    return ask, len(keys)


def _tutorial(
    register: Register, settings: Settings, embedder: Embedder, n_chunks: int
) -> tuple[Pipeline, int]:
    """LangChain and Chroma as tutorials show them; its pieces borrow vectors of the register."""
    from eval.benchmarks.twenty_lines import index, nearest

    vectors = [row.vector for row in islice(register.index_rows(), n_chunks)]
    documents = list(_documents(register, n_chunks))
    lender = _Unremembered(embedder, 2, vectors)
    texts = {document.name: document.text for document in documents}
    store = index(texts, AsEmbeddings(lender), str(settings.data_dir / f"twenty-lines-{n_chunks}"))

    def ask(question: Question) -> object:
        return nearest(store, _query(question), TOP_K)

    return ask, len(store.get(include=[])["ids"])


def _documents(register: Register, n_chunks: int) -> Iterator[Document]:
    """The first documents that make about so many pieces together."""
    counted = 0
    for info in register.documents(ALL):
        document = register.document(info.name, ALL)
        if counted >= n_chunks or document is None:
            return
        counted += info.chars // PIECE_STEP + 1
        yield document
