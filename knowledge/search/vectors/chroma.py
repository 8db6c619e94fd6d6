"""Chroma, embedded: the only module that imports ``chromadb``, and only when an index is used.

A collection is written once, by `ChromaIndex.build`, and never again: killed while it flushes its
index, Chroma leaves files that end the next process that opens them. So a new folder is built,
checked in a child process and taken into use as a whole (`knowledge.search.generations`).

The Chroma server is never used: every release has open critical advisories. No embedding function
is ever set: the default one downloads a model. Names come from constants, never from users.

Parameters, measured with chromadb 1.5.9 on 20,000 vectors of 384 dimensions on 2 shared cores.
*Like E5*: a common direction, 400 clusters, noise; *hard*: no structure at all. Times are p50 for
the best 100, rates are rows per second of processor time while building 10,000.

============================= ================== ================== ====
neighbours / ef building / ef recall@100 like E5 recall@100 hard    rate
============================= ================== ================== ====
16 / 100 / 100 (the defaults) 0.891, 1.6 ms      0.429, 2.0 ms      2290
16 / 100 / 400                0.988, 2.8 ms      0.737, 5.3 ms      2290
**16 / 100 / 800**            0.998, 4.6 ms      0.895, 7.4 ms      2290
24 / 120 / 400                0.993, 3.2 ms      0.872, 5.6 ms      1600
32 / 200 / 400                0.997, 5.3 ms      0.938, 6.9 ms      1460
============================= ================== ================== ====

A wide search makes up for a graph that is quick to build. Of 1,000 stored vectors asked, 99.9 %
of the hard ones found themselves with the defaults, all of them from ef 200 on. At 50,000 rows
like E5 the chosen ones give recall@100 0.991, recall@10 1.000 at 5.2 ms (p95 6.0).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import IndexDamaged, ModelError
from knowledge.models import Vector

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

COLLECTION = "chunks"
MAX_NEIGHBORS = 16
EF_CONSTRUCTION = 100
EF_SEARCH = 800
BATCH = 5_000
"""Rows per call; Chroma 1.5.9 takes at most 5,461."""

_opening = threading.Lock()


class ChromaIndex:
    """A collection that was built before, opened for reading.

    Chroma keeps one system per folder and process, shared by every index opened on it; it is let
    go when the last of them is closed.

    Args:
        path: folder that `build` wrote.
        fingerprint: model whose vectors are expected; `None` leaves it unchecked.

    Raises:
        IndexDamaged: the folder cannot be opened or is not what `build` writes. A damaged one may
            instead end the process: open it in a child first.
        ModelError: the vectors are of another model.
    """

    def __init__(self, path: Path, *, fingerprint: str | None = None) -> None:
        self.path = path
        client = _client(path)
        self._client: Client | None = client
        try:
            self._collection = _collection(client, path)
            self._metadata = dict(self._collection.metadata or {})
            with _translated(path):
                self._count = self._collection.count()
            self._check(fingerprint)
        except BaseException:
            self.close()
            raise

    @staticmethod
    def build(
        path: Path,
        keys: NDArray[np.int64],
        vectors: Vector,
        *,
        fingerprint: str,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Write a new folder (mode 0700) with all vectors in it and let go of it.

        Args:
            path: folder to make.
            keys: ``(n,)`` int64, no key twice.
            vectors: ``(n, dimension)`` float32, unit length.
            fingerprint: model of the vectors.
            progress: called with the number of rows written so far.

        Raises:
            IndexDamaged: Chroma could not write it.
        """
        path.mkdir(mode=0o700)
        client = _client(path)
        try:
            with _translated(path):
                collection = _create(client, vectors.shape, fingerprint)
                for start in range(0, len(keys), BATCH):
                    part = slice(start, start + BATCH)
                    collection.add(ids=[str(k) for k in keys[part]], embeddings=vectors[part])
                    if progress:
                        progress(min(start + BATCH, len(keys)))
        finally:
            _close(client)

    def __len__(self) -> int:
        return self._count

    @property
    def fingerprint(self) -> str:
        """Model of the vectors."""
        return str(self._metadata["fingerprint"])

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._metadata["dimension"])

    def search(self, query: Vector, *, top_k: int) -> tuple[NDArray[np.int64], Vector]:
        """Keys and cosine similarities of about the ``top_k`` nearest, best first.

        Raises:
            IndexDamaged: Chroma cannot answer, or answers nonsense.
        """
        if self._count == 0 or top_k <= 0:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        with _translated(self.path):
            found = self._collection.query(
                query_embeddings=np.asarray(query, dtype=np.float32)[np.newaxis],
                n_results=min(top_k, self._count),
                include=["distances"],
            )
            keys = np.array([int(i) for i in found["ids"][0]], dtype=np.int64)
            distances = np.array((found["distances"] or [[]])[0], dtype=np.float32)
        if len(keys) != len(distances):
            raise IndexDamaged(f"{self.path}: {len(keys)} keys with {len(distances)} distances")
        return keys, 1 - distances

    def close(self) -> None:
        """Let go of the folder; a search after that raises `IndexDamaged`.

        Never left to the garbage collector, which may run while Chroma holds a lock that closing
        needs.
        """
        client, self._client = self._client, None
        if client is not None:
            _close(client)

    def _check(self, fingerprint: str | None) -> None:
        if self._metadata.get("chunks") != self._count:
            raise IndexDamaged(
                f"{self.path}: {self._count} vectors, expected {self._metadata.get('chunks')}; "
                "run `voz rebuild`"
            )
        if fingerprint is not None and self._metadata.get("fingerprint") != fingerprint:
            raise ModelError(
                f"{self.path} was built with model {self._metadata.get('fingerprint')!r}, "
                f"expected {fingerprint!r}; run `voz rebuild`"
            )


def _client(path: Path) -> Client:
    with _opening, _translated(path):
        import chromadb
        from chromadb.config import Settings

        settings = Settings(anonymized_telemetry=False)
        return cast("Client", chromadb.PersistentClient(path=str(path), settings=settings))


def _close(client: Client) -> None:
    with _opening:
        client.close()


def _create(client: Client, shape: tuple[int, ...], fingerprint: str) -> Collection:
    n_rows = max(2, shape[0])
    return client.create_collection(
        COLLECTION,
        embedding_function=None,
        metadata={"fingerprint": fingerprint, "dimension": shape[1], "chunks": shape[0]},
        configuration={
            "hnsw": {
                "space": "cosine",
                "max_neighbors": MAX_NEIGHBORS,
                "ef_construction": EF_CONSTRUCTION,
                "ef_search": EF_SEARCH,
                # Files are written once, with the last batch; nothing is left to be replayed.
                "sync_threshold": n_rows,
                "batch_size": min(100, n_rows),
            }
        },
    )


def _collection(client: Client, path: Path) -> Collection:
    """The collection, refused before any model is imported when it names one."""
    with _translated(path):
        collection = client.get_collection(COLLECTION, embedding_function=None)
        configuration: dict[str, Any] = dict(collection.configuration_json)
    named = (configuration.get("embedding_function") or {}).get("name")
    if named:
        raise IndexDamaged(
            f"{path} names embedding function {named!r}, expected none: it was not built here; "
            "run `voz rebuild`"
        )
    space = (configuration.get("hnsw") or {}).get("space")
    if space != "cosine":
        raise IndexDamaged(f"{path} uses space {space!r}, expected 'cosine'; run `voz rebuild`")
    return collection


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """Chroma's errors as ours; a panic of its Rust part is not even an `Exception`."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, IndexDamaged, MemoryError):
        raise
    except BaseException as error:
        raise IndexDamaged(
            f"Chroma index {path}: {type(error).__name__}: {error}; run `voz rebuild`"
        ) from error
