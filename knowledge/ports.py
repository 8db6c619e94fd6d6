"""The seams: what is slow, replaceable or has two implementations today."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.audience import AudienceTree
from knowledge.models import Chunk, Document, Embedded, StoredChunk, Vector, Viewer

if TYPE_CHECKING:  # both are made with the ports
    from knowledge.search.rows import DocumentInfo
    from knowledge.search.snapshot import Snapshot


class Embedder(Protocol):
    """Turns text into unit vectors of one space."""

    @property
    def fingerprint(self) -> str:
        """Identifies weights, prompts and pooling; vectors of two fingerprints never mix."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Number of model tokens of each text, without special tokens and prompts."""
        ...

    def embed_query(self, query: str) -> Vector:
        """``(dimension,)`` vector of a question."""
        ...

    def embed_queries(self, queries: Sequence[str]) -> list[Vector]:
        """Vectors of several questions, in order: quicker than one by one."""
        ...

    def embed_chunks(self, chunks: Sequence[Chunk]) -> list[Embedded]:
        """Vectors of each chunk and of its sentences, in order."""
        ...


class Reranker(Protocol):
    """Scores passages against a query, jointly."""

    def scores(self, query: str, passages: Sequence[str]) -> list[float]:
        """One score per passage, higher is better."""
        ...


PROMISES = "promises"
"""What an agent's turn promises: ``none``, ``if`` on a condition, or a kind of promise."""
COMPLAINS = "complains"
"""Whether a customer's turn wants to complain now, ``no`` or ``yes``."""
COMMITS = "commits"
"""Whether a clause, beside its sentence, commits the company to something unusual: ``no`` or
``yes``."""
WORDINGS = "wordings"
"""What voice guides rule out that a clause, beside its sentence, says in any words: ``none`` or a
kind of wording."""


class TextClassifier(Protocol):
    """Tells classes of texts, and of pairs of what is given and what is said."""

    def labels(self, head: str) -> tuple[str, ...]:
        """The classes of a head, in the order of `told`."""
        ...

    def told(self, head: str, texts: Sequence[str | tuple[str, str]]) -> NDArray[np.float64]:
        """``(n, n_labels)`` probabilities of the classes of each text or pair."""
        ...


class Figured(NamedTuple):
    """A text and its figures, whose values count for nothing.

    Attributes:
        above: what the text stands under, or answers; may be empty.
        text: of it.
        figures: start and end of each, in order; none begins within another.
    """

    above: str
    text: str
    figures: tuple[tuple[int, int], ...]


class FigureEncoder(Protocol):
    """Tells what figures are said of: alike for figures of the same thing, whatever they are."""

    def said_of(self, texts: Sequence[Figured]) -> list[NDArray[np.float32]]:
        """For each text ``(n_figures, dim)``: vectors of length 1.

        Zeros for a figure that stands beyond what is read of a text.
        """
        ...


class VectorIndex(Protocol):
    """Nearest neighbours by cosine similarity over keyed unit vectors; read-only once built."""

    def __len__(self) -> int: ...

    def search(self, query: Vector, *, top_k: int) -> tuple[NDArray[np.int64], Vector]:
        """Keys and cosine similarities of the ``top_k`` nearest, best first.

        Fewer than ``top_k`` when the index holds fewer; two empty arrays when it is empty.

        Raises:
            IndexDamaged: the index cannot be read.
        """
        ...


class ReadableRegister(Protocol):
    """What answering reads of a register: the real one, or one as it would be."""

    def chunks(self, keys: Sequence[int], viewer: Viewer) -> list[StoredChunk]:
        """Those that exist and the viewer may see, in the order asked: the last word."""
        ...

    def documents(self, viewer: Viewer) -> list[DocumentInfo]:
        """The sources the viewer may see, each as the version in force, by name."""
        ...

    def document(self, name: str, viewer: Viewer, version: int | None = None) -> Document | None:
        """A source as text; `None` when there is none that the viewer may see."""
        ...

    def current_versions(self, names: Sequence[str], viewer: Viewer) -> dict[str, int]:
        """Number of the version in force of each of these sources that the viewer may see."""
        ...

    def audiences(self) -> AudienceTree:
        """All audiences."""
        ...

    def original_path(self, sha256: str) -> Path:
        """Where a document's original bytes are."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class SearchedIndexes(Protocol):
    """What answering searches: the real indexes, or those as they would be."""

    @property
    def degraded(self) -> str | None:
        """In one line why the published indexes do not serve."""
        ...

    def refresh(self) -> None:
        """Take in what is new."""
        ...

    def snapshot(self, viewer: Viewer) -> Snapshot:
        """Everything the viewer may search."""
        ...

    def settle(self, timeout_s: float | None = None) -> bool:
        """Wait until what is opened beside the answering is open."""
        ...

    def close(self) -> None:
        """Let go of them."""
        ...
