"""`voz eval steps`: are steps ticked when the conversation says that they are done?

Hand-made conversations (``eval/sets/steps.jsonl``): each turn names the steps that it says are
done. Half ``fit`` teaches `assistant.steps.ticking`, half ``held`` measures it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.steps import ticking
from eval.logistic import logistic, named
from knowledge.models import Language
from knowledge.ports import Embedder

LEAST_PRECISION = 0.95
"""On what teaches; the threshold is the lowest that keeps it: a wrong tick is worse than none."""
L2 = 1e-3


@dataclass(frozen=True)
class Said:
    """A turn, and the steps that it says are done, by their places."""

    speaker: str
    text: str
    done: frozenset[int]


@dataclass(frozen=True)
class Conversation:
    """A procedure's steps and what is said."""

    key: str
    half: str
    language: Language
    steps: tuple[str, ...]
    turns: tuple[Said, ...]


@dataclass(frozen=True)
class Score:
    """How ticks were: counted over turns and steps.

    Attributes:
        turns: how many there were.
        proposed: ticks.
        right: of those.
        wanted: steps that turns say are done.
    """

    turns: int
    proposed: int
    right: int
    wanted: int

    @property
    def precision(self) -> float | None:
        """Share of the ticks that are right; `None` without ticks."""
        return self.right / self.proposed if self.proposed else None

    @property
    def recall(self) -> float | None:
        """Share of what is said to be done that is ticked."""
        return self.right / self.wanted if self.wanted else None


def conversations(half: str) -> list[Conversation]:
    """The conversations of a half, ``fit`` or ``held``."""
    lines = (files("eval") / "sets" / "steps.jsonl").read_text("utf-8").splitlines()
    return [_conversation(row) for row in map(json.loads, lines) if row["half"] == half]


def learn(embedder: Embedder) -> tuple[dict[str, float], float]:
    """Weights by name with ``bias``, and the threshold, from half ``fit``."""
    rows, done, groups = _table(conversations("fit"), embedder)
    weights, bias = logistic(rows, done, groups, l2=L2)
    sure = 1 / (1 + np.exp(-(rows @ weights + bias)))
    return {**named(ticking.FEATURES, weights), "bias": round(bias, 4)}, _threshold(sure, done)


def measure(embedder: Embedder, half: str = "held") -> Score:
    """What `assistant.steps.ticking` does on a half."""
    turns = proposed = right = wanted = 0
    for one in conversations(half):
        vectors = np.stack([embedder.embed_query(step) for step in one.steps])
        for said in one.turns:
            vector = embedder.embed_query(said.text)
            found = ticking.proposals(
                one.steps, vectors, said.text, said.speaker, vector, one.language
            )
            turns += 1
            proposed += len(found)
            right += sum(proposal.step in said.done for proposal in found)
            wanted += len(said.done)
    return Score(turns, proposed, right, wanted)


def _table(
    some: Sequence[Conversation], embedder: Embedder
) -> tuple[NDArray[np.float64], NDArray[np.bool_], list[str]]:
    rows: list[list[float]] = []
    done: list[bool] = []
    groups: list[str] = []
    for one in some:
        vectors = np.stack([embedder.embed_query(step) for step in one.steps])
        for said in one.turns:
            if not ticking.tells(said.text, said.speaker):
                continue
            cosines = [float(value) for value in vectors @ embedder.embed_query(said.text)]
            for at, step in enumerate(one.steps):
                if not ticking.may_do(step, said.text):
                    continue
                rows.append(ticking.features(step, said.text, cosines, at, one.language))
                done.append(at in said.done)
                groups.append(one.key)
    return np.asarray(rows), np.asarray(done), groups


def _threshold(sure: NDArray[np.float64], done: NDArray[np.bool_]) -> float:
    order = np.argsort(-sure)
    precision = np.cumsum(done[order]) / np.arange(1, len(order) + 1)
    kept = np.nonzero(precision >= LEAST_PRECISION)[0]
    return round(float(sure[order][kept[-1]]), 4) if len(kept) else 1.0


def _conversation(row: dict[str, Any]) -> Conversation:
    turns = tuple(Said(t["speaker"], t["text"], frozenset(t["done"])) for t in row["turns"])
    steps = tuple(row["steps"])
    return Conversation(row["conversation"], row["half"], row["language"], steps, turns)
