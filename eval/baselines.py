"""What ours is compared with, over the same documents in the same run.

Plain BM25 (the bm25s library), dense only (our vectors, nothing else), and the pipeline a user
would otherwise write in twenty lines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from assistant.bootstrap import LOCAL_VIEWER
from assistant.pipeline import Assistant
from eval.cases import Case
from knowledge.errors import SettingsError
from knowledge.models import Chunk, Document, Vector
from knowledge.ports import Embedder
from knowledge.register import Register
from knowledge.search.indexes import Indexes
from knowledge.search.lexical import tokens_of

Rank = Callable[[Case, int], list[str]]
"""A case and a number -> names of documents, best first, without repetition."""


def distinct(names: Sequence[str], k: int) -> list[str]:
    """The first ``k`` different names."""
    return list(dict.fromkeys(names))[:k]


def with_history(case: Case) -> str:
    """The question behind everything said before it."""
    return " ".join([*(turn.text for turn in case.history), case.question])


def plain_bm25(documents: Sequence[Document]) -> Rank:
    """Stemmed BM25 over whole documents, as the bm25s library does it by default."""
    try:
        import bm25s
    except ImportError as error:
        raise SettingsError("bm25s is missing: pip install 'voz-propia[dev]'") from error
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


def dense_only(register: Register, indexes: Indexes, embedder: Embedder) -> Rank:
    """Nearest chunks by cosine similarity with the question as typed."""
    indexes.refresh()
    snapshot = indexes.snapshot(LOCAL_VIEWER)

    def rank(case: Case, k: int) -> list[str]:
        keys, _ = snapshot.dense(
            embedder.embed_query(with_history(case)), min(20 * k, len(snapshot))
        )
        chunks = register.chunks([int(key) for key in keys], LOCAL_VIEWER)
        return distinct([s.chunk.document for s in chunks], k)

    return rank


class TwentyLines:
    """LangChain's recursive splitter, Chroma and the same model, as tutorials show it."""

    def __init__(self, documents: Sequence[Document], embedder: Embedder, folder: Path) -> None:
        from langchain_chroma import Chroma
        from langchain_core.documents import Document as Page
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        pages = [Page(d.text, metadata={"document": d.name}) for d in documents]
        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        pieces = splitter.split_documents(pages)
        self._store = Chroma(
            embedding_function=_LangChainEmbeddings(embedder),
            persist_directory=str(folder),
            collection_configuration={"hnsw": {"space": "cosine"}},
        )
        if self._store._collection.count() != len(pieces):
            self._store.reset_collection()
            for start in range(0, len(pieces), 2_000):
                self._store.add_documents(pieces[start : start + 2_000])

    @property
    def n_pieces(self) -> int:
        """Number of pieces that are searched."""
        return int(self._store._collection.count())

    def passages(self, question: str, k: int) -> list[tuple[str, str]]:
        """``(document, text)`` of the nearest pieces, best first."""
        found = self._store.similarity_search(question, k=k)
        return [(page.metadata["document"], page.page_content) for page in found]

    def rank(self, case: Case, k: int) -> list[str]:
        """As `Rank`; what a tutorial does with a conversation is to ask the last question."""
        return distinct([name for name, _ in self.passages(case.question, 5 * k)], k)


class _LangChainEmbeddings(Embeddings):
    """The embedder as LangChain's ``Embeddings``."""

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


def assistant_rank(assistant: Assistant) -> Rank:
    """Our own retrieval as a `Rank`."""

    def rank(case: Case, k: int) -> list[str]:
        found = assistant.search(case.question, LOCAL_VIEWER, case.history, top_k=12 * k)
        return distinct([c.stored.chunk.document for c in found.chunks], k)

    return rank
