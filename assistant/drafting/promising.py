"""How surely a clause commits the company: weights of its traits and of its sentence's vector.

Learned by ``voz eval fit-promises`` from sentences of many trades and half ``fit`` of the labelled
drafts. Vectors mean what they were learned as only for one model; with another, and for a first
look at every clause, words alone tell.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.drafting.promise_clauses import clauses
from assistant.drafting.promised import commitments, told_apart
from assistant.drafting.traits import BUCKETS, traits
from knowledge.models import Vector
from knowledge.quantities.numerals import same_length_fold

FILE = Path(__file__).with_name("promising.npz")
VECTOR_SHARE = 0.7
"""Length of a vector beside the traits', which is 1."""


@dataclass(frozen=True, slots=True)
class Features:
    """What tells whether a clause is a promise that no rule allows.

    Attributes:
        said: how surely it commits to something unusual, in log odds.
        formed: 1 where it has the form of a promise that no source stands behind.
        alike: share of its words that a sentence of a source has, its headings counting less.
        stands: 1 where one says the same, as much and as quickly.
        figures: 1 where it has a figure that no source near it has.
        moment: 1 where it has a day or hour that the nearest source has not.
        cannot: 1 where the sentence says that something is not possible.
        asked: 1 where it is asked.
        settled: 1 where the sentence has an hour or a whole date, which are on the screen.
    """

    said: float
    formed: float
    alike: float
    stands: float
    figures: float
    moment: float
    cannot: float
    asked: float
    settled: float


FEATURES = tuple(field.name for field in fields(Features))


@dataclass(frozen=True)
class Way:
    """Weights of one way of looking.

    Attributes:
        traits: ``(BUCKETS,)``.
        vector: ``(dimension,)``; empty where words alone tell.
        bias: of both.
        decides: of `Features`, in their order, and a bias.
        marked_from: least probability from which a clause is marked.
    """

    traits: NDArray[np.float32]
    vector: NDArray[np.float32]
    bias: float
    decides: NDArray[np.float64]
    marked_from: float


@dataclass(frozen=True)
class Promising:
    """What was learned.

    Attributes:
        model: fingerprint of the model whose vectors `with_vectors` is for.
        centre: ``(dimension,)`` that is taken from a vector.
        by_words: for any sentence.
        with_vectors: for sentences whose vector is known.
        suspected_from: least log odds by words from which a sentence's vector is asked for.
    """

    model: str
    centre: NDArray[np.float32]
    by_words: Way
    with_vectors: Way
    suspected_from: float


class Clause(NamedTuple):
    """A clause of a sentence; offsets in it."""

    start: int
    end: int
    traits: NDArray[np.int64]


@lru_cache(maxsize=5_000)
def clauses_of(text: str) -> tuple[Clause, ...]:
    """The clauses of a sentence with what they are told by.

    Args:
        text: one sentence.
    """
    spans = clauses(text)
    said = ["", *(text[start:end] for start, end in spans), ""]
    return tuple(
        Clause(start, end, traits(said[n], said[n - 1], said[n + 1]))
        for n, (start, end) in enumerate(spans, start=1)
    )


def said(way: Way, clause: Clause, vector: NDArray[np.float32] | None = None) -> float:
    """Log odds that a clause commits to something unusual.

    Args:
        way: of looking.
        clause: what is said.
        vector: of its sentence, `placed`; for a way that has weights for it.
    """
    total = way.bias + float(way.traits[clause.traits].sum()) / math.sqrt(
        max(1, len(clause.traits))
    )
    return total + float(way.vector @ vector) if vector is not None else total


def placed(vector: Vector, centre: NDArray[np.float32]) -> NDArray[np.float32]:
    """A vector seen from the centre, as long as `VECTOR_SHARE`."""
    apart = np.asarray(vector, dtype=np.float32) - centre
    length = max(float(np.linalg.norm(apart)), 1e-6)
    return np.asarray(apart * (VECTOR_SHARE / length), dtype=np.float32)


def suspected(text: str) -> bool:
    """Whether any clause of a sentence may commit to something, by its words or its form."""
    learned = bundled()
    return any(
        said(learned.by_words, clause) >= learned.suspected_from for clause in clauses_of(text)
    ) or any(commitments(told_apart(text, same_length_fold(text).replace("’", "'"))))


def probability(features: Features, way: Way) -> float:
    """That a clause is a promise that no rule allows, 0 to 1."""
    row = [getattr(features, name) for name in FEATURES]
    total = float(np.dot(way.decides[:-1], row) + way.decides[-1])
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))


@lru_cache(maxsize=1)
def bundled() -> Promising:
    """What was learned, as it comes with the program."""
    with np.load(FILE, allow_pickle=False) as file:
        return unpacked({name: file[name] for name in file.files})


def packed(learned: Promising) -> Mapping[str, NDArray[Any]]:
    """Arrays of a file, by name."""
    arrays: dict[str, NDArray[Any]] = {
        "model": np.array(learned.model),
        "centre": learned.centre.astype(np.float16),
        "suspected_from": np.array(learned.suspected_from),
    }
    for name, way in (("by_words", learned.by_words), ("with_vectors", learned.with_vectors)):
        arrays[f"{name}.traits"] = way.traits.astype(np.float16)
        arrays[f"{name}.vector"] = way.vector.astype(np.float16)
        arrays[f"{name}.numbers"] = np.array([way.bias, way.marked_from, *way.decides])
    return arrays


def unpacked(arrays: Mapping[str, NDArray[Any]]) -> Promising:
    """What is in a file.

    Raises:
        ValueError: it was learned from other traits or features.
    """
    if any(arrays[f"{name}.traits"].shape != (BUCKETS,) for name in _WAYS):
        raise ValueError(f"{FILE.name} has weights of other traits; run voz eval fit-promises")
    if any(len(arrays[f"{name}.numbers"]) != len(FEATURES) + 3 for name in _WAYS):
        raise ValueError(f"{FILE.name} has weights of other features; run voz eval fit-promises")
    by_words, with_vectors = (
        Way(
            arrays[f"{name}.traits"].astype(np.float32),
            arrays[f"{name}.vector"].astype(np.float32),
            float(arrays[f"{name}.numbers"][0]),
            arrays[f"{name}.numbers"][2:],
            float(arrays[f"{name}.numbers"][1]),
        )
        for name in _WAYS
    )
    return Promising(
        str(arrays["model"]),
        arrays["centre"].astype(np.float32),
        by_words,
        with_vectors,
        float(arrays["suspected_from"]),
    )


_WAYS: Sequence[str] = ("by_words", "with_vectors")
