"""How surely a clause commits the company, by its words or by a model, and when it is marked.

Words are weighed by what ``voz eval fit-promises`` learned from sentences of many trades and half
``fit`` of the labelled drafts. The bundled model has a head for it (`knowledge.ports.COMMITS`),
which is asked where it embeds; with another model words alone tell.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.drafting.promised import commitments, told_apart
from assistant.drafting.spoken_clauses import clauses
from assistant.drafting.traits import BUCKETS, traits
from knowledge.quantities.numerals import same_length_fold

FILE = Path(__file__).with_name("promising.npz")


@dataclass(frozen=True, slots=True)
class Features:
    """What tells whether a clause is a promise that no rule allows.

    Attributes:
        by_words: how surely it commits to something unusual, in log odds, by its words.
        by_model: the same by the bundled model; 0 where it is not asked.
        formed: 1 where it has the form of a promise that no source stands behind.
        alike: share of its words that a sentence of a source has, its headings counting less.
        stands: 1 where one says the same, as much and as quickly.
        figures: 1 where it has a figure that no source near it has.
        moment: 1 where it has a day or hour that the nearest source has not.
        cannot: 1 where the sentence says that something is not possible.
        asked: 1 where it is asked.
        settled: 1 where the sentence has an hour or a whole date, which are on the screen.
    """

    by_words: float
    by_model: float
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
    """When a clause is marked, by its words alone or with what the model tells.

    Attributes:
        decides: weights of `Features`, in their order, and a bias.
        marked_from: least probability from which a clause is marked.
        looked_at_from: least log odds, of words or model, from which the sources are asked.
    """

    decides: NDArray[np.float64]
    marked_from: float
    looked_at_from: float


class Clause(NamedTuple):
    """A clause of a sentence; offsets in it."""

    start: int
    end: int
    traits: NDArray[np.int64]


@dataclass(frozen=True)
class Words:
    """Weights of a clause's words.

    Attributes:
        traits: ``(BUCKETS,)``.
        bias: beside them.
    """

    traits: NDArray[np.float32]
    bias: float

    def log_odds(self, clause: Clause) -> float:
        """What a clause's words come to."""
        weights = float(self.traits[clause.traits].sum())
        return self.bias + weights / math.sqrt(max(1, len(clause.traits)))


@dataclass(frozen=True)
class Promising:
    """What was learned.

    Attributes:
        commits: that a clause commits to something unusual.
        asked: that it has any fault that the model knows of.
        asked_from: least log odds of that, or of the other, from which the model is asked: most
            clauses have none, and asking takes milliseconds.
        by_words: where words alone tell.
        by_model: where the bundled model tells too.
    """

    commits: Words
    asked: Words
    asked_from: float
    by_words: Way
    by_model: Way

    def suspicion(self, clause: Clause) -> float:
        """Log odds that the model should be asked about a clause, by its words."""
        return max(self.asked.log_odds(clause), self.commits.log_odds(clause))


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


def suspected(text: str) -> bool:
    """Whether any clause of a sentence may commit to something, by its words or its form."""
    learned = bundled()
    return any(
        learned.commits.log_odds(clause) >= learned.by_words.looked_at_from
        for clause in clauses_of(text)
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
    ways = {"by_words": learned.by_words, "by_model": learned.by_model}
    words = {"commits": learned.commits, "asked": learned.asked}
    return {
        "asked_from": np.array(learned.asked_from),
        **{f"{name}.traits": one.traits.astype(np.float16) for name, one in words.items()},
        **{f"{name}.bias": np.array(one.bias) for name, one in words.items()},
        **{
            name: np.array([way.marked_from, way.looked_at_from, *way.decides])
            for name, way in ways.items()
        },
    }


def unpacked(arrays: Mapping[str, NDArray[Any]]) -> Promising:
    """What is in a file.

    Raises:
        ValueError: it was learned from other traits or features.
    """
    commits, asked = (_words(arrays, name) for name in ("commits", "asked"))
    by_words, by_model = (_way(arrays[name]) for name in ("by_words", "by_model"))
    return Promising(commits, asked, float(arrays["asked_from"]), by_words, by_model)


def _words(arrays: Mapping[str, NDArray[Any]], name: str) -> Words:
    traits = arrays[f"{name}.traits"]
    if traits.shape != (BUCKETS,):
        raise ValueError(f"{FILE.name} has weights of other traits; run voz eval fit-promises")
    return Words(traits.astype(np.float32), float(arrays[f"{name}.bias"]))


def _way(numbers: NDArray[Any]) -> Way:
    if len(numbers) != len(FEATURES) + 3:
        raise ValueError(f"{FILE.name} has weights of other features; run voz eval fit-promises")
    return Way(numbers[2:], float(numbers[0]), float(numbers[1]))
