"""`voz eval steps`: are procedures found, and steps ticked when it is said that they are done?

``eval/sets/procedures_judged.jsonl``: titles of sections of the public policies and of the example
company that somebody judged to be procedures or not, by whole files in two halves. What is found
and was not judged counts as wrong.

``eval/sets/steps.jsonl``: hand-made conversations; each turn names the steps that it says are done.
Half ``fit`` teaches `assistant.steps.ticking`, half ``report`` measures it.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.steps import ticking
from assistant.steps.extract import procedures_of
from eval.corpora.desks import DOCUMENTS
from eval.corpora.reading import by_hand
from eval.fitting.logistic import logistic, named, probabilities
from eval.scores import Measured, times_of, values_of
from eval.work import Work
from ingest import sandbox
from ingest.loaders import LOADERS
from knowledge.models import Language
from knowledge.ports import Embedder

_EXAMPLE_NAME = "almendro"
LEAST_PRECISION = 0.95
"""On what teaches; the threshold is the lowest that keeps it: a wrong tick is worse than none."""
L2 = 1e-3
SHARES = (50, 95, 100)


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
class Ticked:
    """A turn, and the steps that are ticked at it.

    Attributes:
        key: of the conversation.
        said: the turn.
        proposed: places of the steps.
        seconds: of a processor, the turn's embedding among them.
    """

    key: str
    said: Said
    proposed: tuple[int, ...]
    seconds: float


def measure(work: Work) -> Iterator[Measured]:
    """Precision and recall of procedures and of ticks, and how long finding them takes."""
    work.progress("procedures: reading the documents")
    yield from _procedures(work.data, work.half)
    yield from ticks(work.embedder, work.half)


def learn(work: Work) -> dict[str, Any]:
    """``weights`` by name with ``bias``, and the ``threshold``, from half ``fit``."""
    rows, done, groups = _table(conversations("fit"), work.embedder)
    weights, bias = logistic(rows, done, groups, l2=L2)
    sure = probabilities(rows, weights, bias)
    return {
        "weights": {**named(ticking.FEATURES, weights), "bias": round(bias, 4)},
        "threshold": _threshold(sure, done),
    }


def conversations(half: str) -> list[Conversation]:
    """The conversations of a half, ``fit`` or ``report``."""
    return [_conversation(row) for row in by_hand("steps.jsonl") if row["half"] == half]


def ticks(embedder: Embedder, half: str) -> Iterator[Measured]:
    """What `assistant.steps.ticking` does on a half."""
    found = [one for conversation in conversations(half) for one in _ticked(conversation, embedder)]
    right = ((step in one.said.done, one.key) for one in found for step in one.proposed)
    yield values_of("ticks", "precision", right)
    reached = ((step in one.proposed, one.key) for one in found for step in sorted(one.said.done))
    yield values_of("ticks", "recall", reached)
    yield from times_of("ticks", "processor seconds", [one.seconds for one in found], SHARES)


def _procedures(data: Path, half: str) -> Iterator[Measured]:
    judged = [row for row in by_hand("procedures_judged.jsonl") if row["half"] == half]
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
    yield values_of("procedures", "precision", _hits(found, right))
    yield values_of("procedures", "recall", _hits(right, found))
    yield from times_of("procedures", "processor seconds", seconds, SHARES)


def _hits(
    some: Counter[tuple[str, str]], others: Counter[tuple[str, str]]
) -> Iterator[tuple[bool, str]]:
    """Of each title, as often as it is among some: whether it is among others as often."""
    for (source, title), count in some.items():
        for nth in range(count):
            yield nth < others[source, title], _name(Path(source))


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
    even = int(hashlib.sha256(f"steps{_name(path)}".encode()).hexdigest(), 16) % 2 == 0
    return "fit" if even else "report"


def _name(path: Path) -> str:
    """What the files of one document in other languages and formats have in common."""
    return re.sub(r"^(?:pdf|html)-|-index$", "", path.stem)


def _path(data: Path, source: str) -> Path:
    folder, _, name = source.partition("/")
    return DOCUMENTS / name if folder == _EXAMPLE_NAME else data / "policies" / source


def _ticked(one: Conversation, embedder: Embedder) -> Iterator[Ticked]:
    vectors = np.stack([embedder.embed_query(step) for step in one.steps])
    for said in one.turns:
        began = time.process_time()
        vector = embedder.embed_query(said.text)
        found = ticking.proposals(one.steps, vectors, said.text, said.speaker, vector, one.language)
        spent = time.process_time() - began
        yield Ticked(one.key, said, tuple(proposal.step for proposal in found), spent)


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
