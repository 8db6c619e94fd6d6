"""Rows of the register as arrays, in partitions: what every index is built from.

Chunks of different sets of audiences never share an index, so a viewer's search cannot touch what
is not theirs, and no score depends on it. What has an end, or is said no longer, is in a partition
of its own: the past may grow without making today's questions slower.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Protocol, overload

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import ModelError
from knowledge.models import Language, Vector
from knowledge.search.rows import IndexRow, Times

LANGUAGE_CODES: dict[Language, int] = {"es": 0, "en": 1}


class IndexSource(Protocol):
    """What indexes read of the register."""

    def revision(self) -> int:
        """Number of committed changes so far."""
        ...

    def fingerprint(self) -> str | None:
        """The model of all vectors; `None` before the first."""
        ...

    def index_rows(self, after_revision: int = 0) -> Iterable[IndexRow]:
        """Rows that were added after a revision."""
        ...

    def removed_keys(self, after_revision: int) -> Sequence[int]:
        """Keys that were removed after a revision."""
        ...


class TokenLists(Sequence[list[str]]):
    """Lists of tokens, split when they are read: a million of them never exist at once."""

    def __init__(self, joined: Sequence[str]) -> None:
        self._joined = joined

    def __len__(self) -> int:
        return len(self._joined)

    def __iter__(self) -> Iterator[list[str]]:
        return (tokens.split() for tokens in self._joined)

    @overload
    def __getitem__(self, index: int) -> list[str]: ...
    @overload
    def __getitem__(self, index: slice) -> TokenLists: ...
    def __getitem__(self, index: int | slice) -> list[str] | TokenLists:
        if isinstance(index, slice):
            return TokenLists(self._joined[index])
        return self._joined[index].split()


@dataclass(frozen=True)
class PartitionRows:
    """All rows of one partition.

    Attributes:
        keys: ``(n,)`` int64, ascending.
        vectors: ``(n, dimension)`` float32, unit length.
        languages: ``(n,)`` uint8, see `LANGUAGE_CODES`.
        tokens: ``n`` strings of space-joined tokens.
        documents: ``n`` names of the documents they are of.
        times: ``(n, 4)`` int64, see `rows.Times`.
    """

    keys: NDArray[np.int64]
    vectors: Vector
    languages: NDArray[np.uint8]
    tokens: tuple[str, ...]
    documents: tuple[str, ...]
    times: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.keys)

    def joined(self, newer: PartitionRows) -> PartitionRows:
        """These rows and newer ones, whose version of a row wins."""
        kept = ~np.isin(self.keys, newer.keys)
        keys = np.concatenate([self.keys[kept], newer.keys])
        order = np.argsort(keys, kind="stable")
        tokens = [*compress(self.tokens, kept), *newer.tokens]
        documents = [*compress(self.documents, kept), *newer.documents]
        return PartitionRows(
            keys=keys[order],
            vectors=np.concatenate([self.vectors[kept], newer.vectors])[order],
            languages=np.concatenate([self.languages[kept], newer.languages])[order],
            tokens=tuple(tokens[i] for i in order),
            documents=tuple(documents[i] for i in order),
            times=np.concatenate([self.times[kept], newer.times])[order],
        )


def collect(rows: Iterable[IndexRow]) -> dict[str, PartitionRows]:
    """Rows, in any order, by partition.

    Raises:
        ModelError: vectors of different lengths.
    """
    growing: dict[str, _Growing] = {}
    dimension: int | None = None
    for row in rows:
        dimension = len(row.vector) if dimension is None else dimension
        if row.vector.shape != (dimension,):
            raise ModelError(
                f"the vector of chunk {row.key} has {len(row.vector)} numbers, expected "
                f"{dimension}: vectors of two models are mixed; run `voz rebuild --re-embed`"
            )
        growing.setdefault(row.partition, _Growing(dimension)).add(row)
    return {name: part.rows() for name, part in sorted(growing.items())}


@dataclass
class _Growing:
    dimension: int
    keys: list[int] = field(default_factory=list)
    vectors: bytearray = field(default_factory=bytearray)
    languages: bytearray = field(default_factory=bytearray)
    tokens: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    times: list[int] = field(default_factory=list)

    def add(self, row: IndexRow) -> None:
        self.keys.append(row.key)
        self.vectors += np.ascontiguousarray(row.vector, dtype=np.float32).tobytes()
        self.languages.append(LANGUAGE_CODES[row.language])
        self.tokens.append(row.tokens)
        self.documents.append(row.document)
        self.times += row.times

    def rows(self) -> PartitionRows:
        keys = np.asarray(self.keys, dtype=np.int64)
        vectors = np.frombuffer(self.vectors, dtype=np.float32).reshape(-1, self.dimension)
        languages = np.frombuffer(self.languages, dtype=np.uint8)
        times = np.asarray(self.times, dtype=np.int64).reshape(-1, len(Times._fields))
        if np.all(keys[1:] > keys[:-1]):
            return PartitionRows(
                keys, vectors, languages, tuple(self.tokens), tuple(self.documents), times
            )
        keys, order = np.unique(keys, return_index=True)
        tokens = tuple(self.tokens[i] for i in order)
        documents = tuple(self.documents[i] for i in order)
        return PartitionRows(
            keys, vectors[order], languages[order], tokens, documents, times[order]
        )
