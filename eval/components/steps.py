"""`voz eval steps`: are procedures found, and steps ticked when it is said that they are done?

``eval/sets/procedures_judged.jsonl``: titles of sections of the public policies and of the example
company that somebody judged to be procedures or not, by whole files in two halves. What is found
and was not judged counts as wrong.

``eval/sets/steps.jsonl``: hand-made conversations; each turn names the steps that it says are done.
Half ``fit`` teaches `assistant.steps.ticking`, half ``report`` measures it.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.steps import ticking
from assistant.steps.extract import procedures_of
from eval.corpora.desks import DOCUMENTS
from eval.fitting.logistic import logistic, named
from eval.scores import Progress, Score
from ingest import sandbox
from ingest.loaders import LOADERS
from knowledge.models import Language
from knowledge.ports import Embedder

_EXAMPLE_NAME = "almendro"
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
class Ticks:
    """How ticks were: counted over turns and steps.

    Attributes:
        turns: how many there were.
        proposed: ticks.
        right: of those.
        wanted: steps that turns say are done.
        seconds: of a processor that each turn took, its embedding among them.
    """

    turns: int
    proposed: int
    right: int
    wanted: int
    seconds: tuple[float, ...]

    @property
    def precision(self) -> float | None:
        """Share of the ticks that are right; `None` without ticks."""
        return self.right / self.proposed if self.proposed else None

    @property
    def recall(self) -> float | None:
        """Share of what is said to be done that is ticked."""
        return self.right / self.wanted if self.wanted else None


def conversations(half: str) -> list[Conversation]:
    """The conversations of a half, ``fit`` or ``report``."""
    lines = (files("eval") / "sets" / "steps.jsonl").read_text("utf-8").splitlines()
    return [_conversation(row) for row in map(json.loads, lines) if row["half"] == half]


def learn(embedder: Embedder) -> tuple[dict[str, float], float]:
    """Weights by name with ``bias``, and the threshold, from half ``fit``."""
    rows, done, groups = _table(conversations("fit"), embedder)
    weights, bias = logistic(rows, done, groups, l2=L2)
    sure = 1 / (1 + np.exp(-(rows @ weights + bias)))
    return {**named(ticking.FEATURES, weights), "bias": round(bias, 4)}, _threshold(sure, done)


def evaluate(data: Path, embedder: Embedder, half: str, progress: Progress) -> Iterator[Score]:
    """Precision and recall of procedures and of ticks, and how long finding them takes.

    Args:
        data: with the folder ``policies``.
        embedder: compares steps and turns.
        half: ``fit`` or ``report``.
        progress: is told, in one line, what is done.
    """
    progress("procedures: reading the documents")
    yield from _procedures(data, half)
    ticks = measure(embedder, half)
    yield Score("ticks", "voz", "precision", ticks.proposed, ticks.precision, None)
    yield Score("ticks", "voz", "recall", ticks.wanted, ticks.recall, None)
    yield from _seconds("ticks", ticks.seconds)


def _procedures(data: Path, half: str) -> Iterator[Score]:
    lines = (files("eval") / "sets" / "procedures_judged.jsonl").read_text("utf-8").splitlines()
    judged = [row for row in map(json.loads, lines) if row["half"] == half]
    right = Counter((row["source"], row["title"]) for row in judged if row["procedure"])
    found: Counter[tuple[str, str]] = Counter()
    seconds: list[float] = []
    for source in sorted(_sources(data, half)):
        document = sandbox.parse(_path(data, source).read_bytes(), source)
        procedures_of(document)
        began = time.process_time()
        procedures = procedures_of(document)
        seconds.append(time.process_time() - began)
        found.update((source, one.title) for one in procedures)
    hits = (found & right).total()
    wanted, proposed = right.total(), found.total()
    name = "procedures"
    yield Score(name, "voz", "precision", proposed, hits / proposed if proposed else None, None)
    yield Score(name, "voz", "recall", wanted, hits / wanted if wanted else None, None)
    yield from _seconds(name, seconds)


def _seconds(name: str, seconds: Sequence[float]) -> Iterator[Score]:
    for share in (50, 95, 100):
        value = float(np.percentile(seconds, share))
        yield Score(name, "voz", f"processor seconds p{share}", len(seconds), value, None)


def _sources(data: Path, half: str) -> Iterator[str]:
    """The files of a half: those of one name, in whatever language and format, are in one."""
    policies = data / "policies"
    for path in policies.rglob("*.*"):
        if path.name != "SOURCES.md" and path.suffix[1:] in LOADERS and _half(path) == half:
            yield path.relative_to(policies).as_posix()
    for path in DOCUMENTS.iterdir():
        if path.is_file() and _half(path) == half:
            yield f"{_EXAMPLE_NAME}/{path.name}"


def _half(path: Path) -> str:
    name = re.sub(r"^(?:pdf|html)-|-index$", "", path.stem)
    even = int(hashlib.sha256(f"steps{name}".encode()).hexdigest(), 16) % 2 == 0
    return "fit" if even else "report"


def _path(data: Path, source: str) -> Path:
    folder, _, name = source.partition("/")
    return DOCUMENTS / name if folder == _EXAMPLE_NAME else data / "policies" / source


def measure(embedder: Embedder, half: str) -> Ticks:
    """What `assistant.steps.ticking` does on a half."""
    turns = proposed = right = wanted = 0
    seconds: list[float] = []
    for one in conversations(half):
        vectors = np.stack([embedder.embed_query(step) for step in one.steps])
        for said in one.turns:
            began = time.process_time()
            vector = embedder.embed_query(said.text)
            found = ticking.proposals(
                one.steps, vectors, said.text, said.speaker, vector, one.language
            )
            seconds.append(time.process_time() - began)
            turns += 1
            proposed += len(found)
            right += sum(proposal.step in said.done for proposal in found)
            wanted += len(said.done)
    return Ticks(turns, proposed, right, wanted, tuple(seconds))


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
