"""The keyword indexes of a set of rows: one over the chunks, one over the documents they are of.

A chunk tells what a rule says; its document tells whose rule it is, often in other chunks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import IndexDamaged
from knowledge.models import Vector
from knowledge.search.lexical import LexicalIndex, Term
from knowledge.search.partitions import PartitionRows, TokenLists

_OWNERS = "document_of.npy"


@dataclass(frozen=True)
class Keywords:
    """Two indexes that belong together.

    Attributes:
        chunks: one row for each chunk.
        documents: one row for each document, of the tokens of all its chunks.
        document_of: ``(n_chunks,)`` int32: each chunk's row in ``documents``.
    """

    chunks: LexicalIndex
    documents: LexicalIndex
    document_of: NDArray[np.int32]

    @classmethod
    def build(cls, rows: PartitionRows) -> Keywords:
        """Indexes of the rows, with statistics of their own."""
        tokens, owners = _by_document(rows)
        return cls(LexicalIndex.build(TokenLists(rows.tokens)), LexicalIndex.build(tokens), owners)

    def extend(self, rows: PartitionRows) -> Keywords:
        """Separate indexes of newer rows, scored with these statistics.

        A document of which only some chunks are newer counts with those alone.
        """
        tokens, owners = _by_document(rows)
        return Keywords(
            self.chunks.extend(TokenLists(rows.tokens)), self.documents.extend(tokens), owners
        )

    def scores(self, query: Sequence[Sequence[Term]]) -> Vector:
        """``(n_chunks,)`` BM25 scores of the chunks."""
        return self.chunks.scores(query)

    def document_scores(
        self, query: Sequence[Sequence[Term]], visible: NDArray[np.bool_] | None = None
    ) -> Vector:
        """``(n_chunks,)`` BM25 scores of each chunk's document.

        Args:
            query: see `LexicalIndex.scores`.
            visible: ``(n_chunks,)`` which chunks count; a word that a document has in others only
                scores nothing.
        """
        among = None if visible is None else partial(self._documents_with, visible=visible)
        scores: Vector = self.documents.scores(query, among)[self.document_of]
        return scores

    def _documents_with(self, token: str, visible: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """``(n_documents,)``: which have the token in a visible chunk."""
        rows = self.chunks.rows_with(token)
        found = np.zeros(self.documents.n_rows, dtype=np.bool_)
        found[self.document_of[rows[visible[rows]]]] = True
        return found

    def save(self, folder: Path) -> None:
        """Write both indexes into a new folder."""
        folder.mkdir(parents=True)
        self.chunks.save(folder / "chunks")
        self.documents.save(folder / "documents")
        np.save(folder / _OWNERS, self.document_of)

    @classmethod
    def load(cls, folder: Path) -> Keywords:
        """The indexes saved in a folder.

        Raises:
            IndexDamaged: a file is missing, cut off or does not fit the others.
        """
        chunks = LexicalIndex.load(folder / "chunks")
        documents = LexicalIndex.load(folder / "documents")
        try:
            owners = np.load(folder / _OWNERS, allow_pickle=False)
        except (OSError, ValueError, EOFError) as error:
            raise IndexDamaged(f"{folder / _OWNERS} cannot be read: {error}") from error
        if len(owners) != chunks.n_rows or (
            len(owners) and not 0 <= int(owners.min()) <= int(owners.max()) < documents.n_rows
        ):
            raise IndexDamaged(f"keyword index {folder}: its files do not belong together")
        return cls(chunks, documents, owners)


def _by_document(rows: PartitionRows) -> tuple[TokenLists, NDArray[np.int32]]:
    """The tokens of each document in order of first appearance, and each row's document."""
    numbers: dict[str, int] = {}
    owners = [numbers.setdefault(name, len(numbers)) for name in rows.documents]
    parts: list[list[str]] = [[] for _ in numbers]
    for owner, tokens in zip(owners, rows.tokens, strict=True):
        parts[owner].append(tokens)
    return TokenLists([" ".join(p) for p in parts]), np.asarray(owners, dtype=np.int32)
