"""A register's rows without a database, for tests of the indexes: deterministic from a seed."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from knowledge.models import EVERYONE, Language, Vector
from knowledge.search.rows import IndexRow

DIMENSION = 16
WORDS = "plazo devolucion garantia sofa colchon envio factura reembolso seguro tienda".split()


def unit_vectors(n_rows: int, dimension: int = DIMENSION, *, seed: int = 0) -> Vector:
    vectors = np.random.default_rng(seed).standard_normal((n_rows, dimension)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class MemoryRegister:
    """Rows and removals with revisions: a `knowledge.search.partitions.IndexSource`."""

    def __init__(self, fingerprint: str = "model-a") -> None:
        self._fingerprint = fingerprint
        self._revision = 0
        self._rows: dict[int, IndexRow] = {}
        self._removed: list[tuple[int, int]] = []
        self._next_key = 1

    def add(
        self, vectors: Vector, *, audience: str = EVERYONE, language: Language = "es"
    ) -> list[int]:
        self._revision += 1
        keys = list(range(self._next_key, self._next_key + len(vectors)))
        self._next_key += len(vectors)
        for key, vector in zip(keys, vectors, strict=True):
            tokens = f"{WORDS[key % len(WORDS)]} clave{key}"
            self._rows[key] = IndexRow(
                key, self._revision, audience, language, f"doc-{key}", tokens, vector
            )
        return keys

    def remove(self, keys: Iterable[int]) -> None:
        self._revision += 1
        for key in keys:
            del self._rows[key]
            self._removed.append((key, self._revision))

    def rebind(self, fingerprint: str, vectors: Vector) -> None:
        self._revision += 1
        self._fingerprint = fingerprint
        self._rows = {
            key: IndexRow(
                key, self._revision, row.audience, row.language, row.document, row.tokens, vector
            )
            for (key, row), vector in zip(self._rows.items(), vectors, strict=True)
        }

    def revision(self) -> int:
        return self._revision

    def fingerprint(self) -> str | None:
        return self._fingerprint

    def index_rows(self, after_revision: int = 0) -> list[IndexRow]:
        return [row for row in self._rows.values() if row.revision > after_revision]

    def removed_keys(self, after_revision: int) -> list[int]:
        return [key for key, revision in self._removed if revision > after_revision]

    def expected(
        self, query: Vector, top_k: int, audiences: Iterable[str] = (EVERYONE,)
    ) -> list[int]:
        """Keys of the nearest rows by definition: every visible row compared."""
        wanted = set(audiences)
        rows = [row for row in self._rows.values() if row.audience in wanted]
        rows.sort(key=lambda row: -float(row.vector @ query))
        return [row.key for row in rows[:top_k]]
