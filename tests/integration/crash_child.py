"""A process that ingests, builds the indexes and may be killed at a named point of its way."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest import pipeline, sandbox
from knowledge import chunk_rows, embedding_rows, filing_rows, publishing
from knowledge.audit import head as audit_head
from knowledge.database.connection import Database
from knowledge.files import OriginalFiles
from knowledge.register import Register
from knowledge.search import generations
from knowledge.settings import load
from tests.fakes import HashingEmbedder

POINTS: dict[str, tuple[Any, str]] = {
    "migrate": (Database, "migrate"),
    "clean leftovers": (OriginalFiles, "clean"),
    "bind the model": (Register, "bind_model"),
    "parse": (sandbox, "parse"),
    "chunk": (pipeline, "chunk_document"),
    "embed": (HashingEmbedder, "embed_chunks"),
    "store vectors, in the transaction": (embedding_rows, "store"),
    "store vectors": (Register, "store_embeddings"),
    "write the original": (OriginalFiles, "_write"),
    "rename a file": (Path, "replace"),
    "sync a file": (os, "fsync"),
    "insert chunks": (chunk_rows, "add"),
    "place chunks": (chunk_rows, "place"),
    "take placements away": (chunk_rows, "unplace"),
    "publish, in the transaction": (publishing, "publish"),
    "put a document, in the transaction": (filing_rows, "put"),
    "write the audit trail's head": (audit_head, "keep"),
    "put a document": (Register, "put_document"),
    "prune vectors, in the transaction": (embedding_rows, "prune"),
    "prune originals": (OriginalFiles, "prune"),
    "write the generation": (generations, "_write"),
    "check the generation": (generations, "check_in_child"),
    "publish the generation": (generations, "_publish"),
    "delete old generations": (generations, "_delete_old"),
}
"""What a function is called in this test, and where its callers look it up."""

ONCE = {
    "migrate",
    "clean leftovers",
    "bind the model",
    "prune vectors, in the transaction",
    "prune originals",
    "write the generation",
    "check the generation",
    "publish the generation",
    "delete old generations",
}
"""Points that a run passes once; the others it passes for every document or batch."""


@dataclass(frozen=True)
class Crash:
    """Where a process kills itself: around the ``nth`` call of a named function.

    Attributes:
        before: before the call, else after it.
        nth: from 1.
    """

    point: str
    before: bool
    nth: int


@dataclass(frozen=True)
class Job:
    """What the process does.

    Attributes:
        acknowledged: file that gets the name of each document once it is stored.
        index: build the indexes afterwards.
    """

    data_dir: Path
    documents: Path
    acknowledged: Path
    index: bool
    crash: Crash | None = None


def run(job: Job) -> None:
    """Ingest and build, in the order of ``voz ingest``."""
    pipeline.EMBED_CHUNKS = 5
    pipeline.GATHER_CHUNKS = 10
    if job.crash:
        _arm(job.crash)
    settings = load(data_dir=job.data_dir)
    with (
        job.acknowledged.open("a") as acknowledged,
        Register.open(settings, write=True) as register,
    ):
        put = register.put_document

        def put_and_tell(document: Any, *arguments: Any, **options: Any) -> Any:
            outcome = put(document, *arguments, **options)
            os.write(acknowledged.fileno(), f"{document.name}\n".encode())
            return outcome

        register.put_document = put_and_tell  # type: ignore[method-assign]
        pipeline.ingest([job.documents], register, HashingEmbedder(), settings)
        register.prune()
        if job.index:
            generations.build(register, settings)


def _arm(crash: Crash) -> None:
    owner, name = POINTS[crash.point]
    setattr(owner, name, _killing(getattr(owner, name), crash))


def _killing(function: Callable[..., Any], crash: Crash) -> Any:
    calls = 0

    def call(*arguments: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == crash.nth and crash.before:
            _kill()
        result = function(*arguments, **options)
        if calls == crash.nth:
            _kill()
        return result

    return call


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
