"""What is compared over the same documents in the same run, with the same model.

Ours; plain BM25 (the bm25s library); dense only (our vectors, nothing else); and the pipeline a
user would otherwise write (`eval.benchmarks.twenty_lines`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import numpy as np
from langchain_core.embeddings import Embeddings

from assistant.bootstrap import LOCAL_VIEWER
from assistant.pipeline import Assistant
from eval.benchmarks.models import TWENTY_LINES
from eval.cases import Case
from eval.corpora.registers import apart, assistant_over
from eval.measures.rankings import distinct
from eval.scores import VOZ
from eval.work import Work
from knowledge.errors import SettingsError
from knowledge.models import Chunk, Document, Vector
from knowledge.ports import Embedder
from knowledge.register import Register
from knowledge.search.indexes import Indexes
from knowledge.search.lexical import tokens_of

Rank = Callable[[Case, int], list[str]]
"""A case and a number -> names of documents, best first, without repetition."""
Nearest = Callable[[str, int], list[tuple[str, str, float]]]
"""A question and a number -> document, text and similarity of the nearest pieces, best first."""
PER_DOCUMENT = 12
"""Chunks that are asked for, for each document that is wanted."""
PIECES_PER_DOCUMENT = 5
DENSE_ONLY, PLAIN_BM25 = "dense only", "plain bm25"


@dataclass(frozen=True)
class Systems:
    """All systems over one corpus.

    Attributes:
        assistant: ours.
        nearest: the pieces of the twenty lines.
        ranks: by name, in the order of tables.
    """

    assistant: Assistant
    nearest: Nearest
    ranks: Mapping[str, Rank]


@contextmanager
def over(
    corpus: str, documents: Sequence[Document], work: Work, *, per_document: int = PER_DOCUMENT
) -> Iterator[Systems]:
    """All systems over given documents, which are kept for the next run.

    Args:
        corpus: names the folder.
        documents: all that is searched.
        work: the run.
        per_document: chunks that a document may have.

    Raises:
        SettingsError: a library that only evaluations need is missing.
    """
    work.progress(f"{corpus}: {len(documents)} documents (they are embedded the first time)")
    own = apart(corpus, documents, work.settings)
    with assistant_over(corpus, documents, work.embedder, work.settings) as assistant:
        nearest = twenty_lines(corpus, documents, work)
        register = Register.open(own)
        indexes = Indexes(register, own)
        try:
            ranks = {
                VOZ: voz(assistant, per_document),
                DENSE_ONLY: dense_only(register, indexes, work.embedder, per_document),
                PLAIN_BM25: plain_bm25(documents),
                TWENTY_LINES: nearest_documents(nearest),
            }
            yield Systems(assistant, nearest, ranks)
        finally:
            indexes.close()
            register.close()


def with_history(case: Case) -> str:
    """The question behind everything said before it."""
    return " ".join([*(turn.text for turn in case.history), case.question])


def voz(assistant: Assistant, per_document: int = PER_DOCUMENT) -> Rank:
    """Our own search."""

    def rank(case: Case, k: int) -> list[str]:
        wanted = per_document * k
        found = assistant.search(case.question, LOCAL_VIEWER, case.history, top_k=wanted)
        return distinct([c.stored.chunk.document for c in found.chunks], k)

    return rank


def plain_bm25(documents: Sequence[Document]) -> Rank:
    """Stemmed BM25 over whole documents, as the bm25s library does it by default."""
    try:
        import bm25s
    except ImportError as error:
        raise _missing("bm25s") from error
    names = [d.name for d in documents]
    index = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    index.index(
        [tokens_of(f"{d.title} {d.text}", d.language) for d in documents], show_progress=False
    )

    def rank(case: Case, k: int) -> list[str]:
        tokens = [t for t in tokens_of(with_history(case), case.language) if t in index.vocab_dict]
        if not tokens:
            return []
        scores = index.get_scores(tokens)
        best = np.argsort(-scores, kind="stable")[:k]
        return [names[i] for i in best if scores[i] > 0]

    return rank


def dense_only(
    register: Register, indexes: Indexes, embedder: Embedder, per_document: int = PER_DOCUMENT
) -> Rank:
    """Nearest chunks by cosine similarity with the question as typed."""
    indexes.refresh()
    snapshot = indexes.snapshot(LOCAL_VIEWER)

    def rank(case: Case, k: int) -> list[str]:
        vector = embedder.embed_query(with_history(case))
        keys, _ = snapshot.dense(vector, min(per_document * k, len(snapshot)))
        chunks = register.chunks([int(key) for key in keys], LOCAL_VIEWER)
        return distinct([s.chunk.document for s in chunks], k)

    return rank


def twenty_lines(corpus: str, documents: Sequence[Document], work: Work) -> Nearest:
    """The twenty lines over the documents' texts, which are kept for the next run.

    Raises:
        SettingsError: a library that only evaluations need is missing.
    """
    try:
        from eval.benchmarks.twenty_lines import index, nearest
    except ImportError as error:
        raise _missing("langchain-chroma") from error
    texts = {document.name: document.text for document in documents}
    folder = apart(corpus, documents, work.settings).data_dir / "twenty-lines"
    folder.mkdir(parents=True, exist_ok=True)
    return partial(nearest, index(texts, AsEmbeddings(work.embedder), str(folder)))


def nearest_documents(nearest: Nearest) -> Rank:
    """As `Rank`; what a tutorial does with a conversation is to ask the last question."""

    def rank(case: Case, k: int) -> list[str]:
        found = nearest(case.question, PIECES_PER_DOCUMENT * k)
        return distinct([name for name, _, _ in found], k)

    return rank


def _missing(library: str) -> SettingsError:
    return SettingsError(f"{library} is missing: pip install 'voz-propia[dev]'")


class AsEmbeddings(Embeddings):
    """The embedder as LangChain's ``Embeddings``: differences are the pipeline's, not a model's."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector per text."""
        chunks = [
            Chunk("", i, t, 0, len(t), (), "", None, None, "es", ()) for i, t in enumerate(texts)
        ]
        return [e.vector.tolist() for e in self._embedder.embed_chunks(chunks)]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        vector: Vector = self._embedder.embed_query(text)
        return [float(x) for x in vector]
