"""Files -> register: survey, parse, chunk, embed, store.

Can be stopped or killed anywhere: a document is in the register whole or not at all, vectors are
kept as they come, and the next run goes on from there. Afterwards the caller rebuilds the indexes.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from ingest import sandbox
from ingest.chunk import chunk_document
from ingest.report import IngestReport, OnProgress, Progress, Refusal, ignore_progress
from ingest.sources import SourceFile
from ingest.survey import RECIPE, Plan, survey
from knowledge.errors import DocumentRefused
from knowledge.files import require_free_space
from knowledge.models import EVERYONE, Chunk, Document, Filing
from knowledge.ports import Embedder
from knowledge.register import FILED, Outcome, Register
from knowledge.settings import Settings

logger = logging.getLogger(__name__)

PARSERS = 2
"""Child processes at once; each may use its whole memory limit."""
_PARSED_AHEAD = 2 * PARSERS

GATHER_CHUNKS = 512
"""Chunks of several documents are embedded together, sorted by length: little padding."""
EMBED_CHUNKS = 256
"""Chunks per call of the model; what an interruption loses at most."""


def ingest(
    paths: Sequence[Path],
    register: Register,
    embedder: Embedder,
    settings: Settings,
    on_progress: OnProgress = ignore_progress,
    *,
    filing: Filing = FILED,
) -> IngestReport:
    """Put files, folders and ZIP archives into the register.

    Args:
        paths: what to put in. Documents that are no longer there stay in the register.
        register: open for writing.
        embedder: the collection's model.
        settings: limits for parsing, data folder.
        on_progress: called often, from this thread.
        filing: who brings them, for whom, from when on.

    Raises:
        SettingsError: a path does not exist; nothing is done then.
        ModelError: the collection was built with another model.
        RegisterError: the register or its disk fails; what was stored before is kept.
    """
    plan = survey(paths, register, skip=settings.data_dir, filing=filing)
    return carry_out(plan, register, embedder, settings, on_progress, filing=filing)


def carry_out(
    plan: Plan,
    register: Register,
    embedder: Embedder,
    settings: Settings,
    on_progress: OnProgress = ignore_progress,
    should_stop: Callable[[], bool] = lambda: False,
    *,
    filing: Filing = FILED,
) -> IngestReport:
    """Parse, chunk, embed and store the files of a plan.

    Args:
        plan: from `survey`.
        register: open for writing.
        embedder: the collection's model.
        settings: limits for parsing, data folder.
        on_progress: called often, from this thread.
        should_stop: asked between steps; once true, what is complete is stored and the report
            says ``interrupted``.
        filing: who brings them, for whom, from when on.

    Raises:
        ModelError: the collection was built with another model.
        RegisterError: the register or its disk fails; what was stored before is kept.
    """
    require_free_space(settings.data_dir)
    register.bind_model(embedder.fingerprint)
    run = _Run(plan, register, embedder, settings, on_progress, should_stop, filing)
    for parsed in _parse_ahead(plan.todo, _limits(settings), should_stop):
        run.take(parsed)
    run.flush()
    return run.report()


@dataclass(frozen=True)
class _Parsed:
    """A file and its document, or why it has none."""

    source: SourceFile
    data: bytes
    document: Document | DocumentRefused


@dataclass(frozen=True)
class _Ready:
    """A document that waits for vectors of some of its chunks."""

    document: Document
    chunks: list[Chunk]
    data: bytes


def _limits(settings: Settings) -> sandbox.Limits:
    return sandbox.Limits(memory_mb=settings.parse_memory_mb, wall_s=settings.parse_timeout_s)


def _parse_ahead(
    todo: Sequence[SourceFile], limits: sandbox.Limits, should_stop: Callable[[], bool]
) -> Iterator[_Parsed]:
    """Parsed files in order, a few read ahead while the model works on earlier ones."""
    waiting: deque[Future[_Parsed]] = deque()
    upcoming = iter(todo)
    with ThreadPoolExecutor(PARSERS, thread_name_prefix="parse") as pool:
        try:
            while not should_stop():
                while len(waiting) < _PARSED_AHEAD and (source := next(upcoming, None)):
                    waiting.append(pool.submit(_parse, source, limits))
                if not waiting:
                    return
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _parse(source: SourceFile, limits: sandbox.Limits) -> _Parsed:
    data = b""
    try:
        data = source.read()
        document = sandbox.parse(data, source.name, limits)
        _check_storable(document)
    except DocumentRefused as refusal:
        return _Parsed(source, data, refusal)
    return _Parsed(source, data, document)


def _check_storable(document: Document) -> None:
    """Refuse text that no database or model takes, whatever a parser makes of a file."""
    try:
        (document.title + document.text).encode()
    except UnicodeEncodeError as error:
        raise DocumentRefused(
            "damaged", f"{document.name}: its text holds half characters; save it anew as UTF-8"
        ) from error
    if "\x00" in document.text:
        raise DocumentRefused("damaged", f"{document.name}: its text holds NUL; save it anew")


class _Run:
    """One run's documents in the making and its counts."""

    def __init__(
        self,
        plan: Plan,
        register: Register,
        embedder: Embedder,
        settings: Settings,
        on_progress: OnProgress,
        should_stop: Callable[[], bool],
        filing: Filing,
    ) -> None:
        self._plan = plan
        self._filing = filing
        self._audiences = {name: made.audience for name, made in register.sources().items()}
        self._register = register
        self._embedder = embedder
        self._settings = settings
        self._on_progress = on_progress
        self._should_stop = should_stop
        self._started = time.monotonic()
        self._done: dict[Outcome, list[str]] = {"added": [], "changed": [], "unchanged": []}
        self._refused = list(plan.refused)
        self._waiting: list[_Ready] = []
        self._missing: dict[str, Chunk] = {}
        self._files_read = 0
        self._chunks_missing = 0
        self._chunks_embedded = 0
        self._chunks_reused = 0
        self._embedding_s = 0.0

    def take(self, parsed: _Parsed) -> None:
        """Chunk a document and store it, at once or together with others after embedding."""
        self._files_read += 1
        if isinstance(parsed.document, DocumentRefused):
            self._refuse(parsed.source.name, parsed.document)
            return
        document = self._filed(parsed.document)
        chunks = chunk_document(document, self._embedder.count_tokens)
        if not chunks:
            empty = DocumentRefused("empty", f"{parsed.source.name}: it holds no text")
            self._refuse(parsed.source.name, empty)
            return
        ready = _Ready(document, chunks, parsed.data)
        if self._find_missing(ready):
            self._waiting.append(ready)
        else:
            self._put(ready)
        if len(self._missing) >= GATHER_CHUNKS:
            self.flush()
        self._tell()

    def flush(self) -> None:
        """Embed what is gathered and store every document that has all its vectors."""
        longest_first = sorted(
            self._missing.items(), key=lambda item: len(item[1].embedded_text), reverse=True
        )
        for start in range(0, len(longest_first), EMBED_CHUNKS):
            if self._should_stop():
                break
            self._embed(dict(longest_first[start : start + EMBED_CHUNKS]))
        for ready in self._waiting:
            if not any(chunk.content_hash in self._missing for chunk in ready.chunks):
                self._put(ready)
        self._waiting.clear()
        self._missing.clear()
        self._tell()

    def report(self) -> IngestReport:
        """What became of every file so far."""
        files_done = sum(map(len, self._done.values())) + len(self._refused)
        return IngestReport(
            added=tuple(self._done["added"]),
            changed=tuple(self._done["changed"]),
            unchanged=(*self._plan.unchanged, *self._done["unchanged"]),
            refused=tuple(self._refused),
            chunks_embedded=self._chunks_embedded,
            chunks_reused=self._chunks_reused,
            seconds=self._plan.seconds + time.monotonic() - self._started,
            interrupted=files_done < len(self._plan.todo) + len(self._plan.refused),
        )

    def _filed(self, document: Document) -> Document:
        """The document under its source's name, for whom it is to be."""
        name = self._filing.name or document.name
        audience = self._filing.audience or self._audiences.get(name, EVERYONE)
        return replace(document, name=name, audience=audience)

    def _find_missing(self, ready: _Ready) -> bool:
        """Whether a chunk has no vector yet; those are noted for the next batch."""
        wanted = {chunk.content_hash: chunk for chunk in ready.chunks}
        known = self._register.known_embeddings(list(wanted))
        missing = {hash_: chunk for hash_, chunk in wanted.items() if hash_ not in known}
        new = missing.keys() - self._missing.keys()
        self._chunks_missing += len(new)
        self._chunks_reused += len(ready.chunks) - len(new)
        self._missing.update(missing)
        return bool(missing)

    def _embed(self, batch: dict[str, Chunk]) -> None:
        require_free_space(self._settings.data_dir)
        started = time.monotonic()
        vectors = self._embedder.embed_chunks(list(batch.values()))
        self._register.store_embeddings(dict(zip(batch, vectors, strict=True)))
        self._embedding_s += time.monotonic() - started
        self._chunks_embedded += len(batch)
        for hash_ in batch:
            del self._missing[hash_]
        self._tell()

    def _put(self, ready: _Ready) -> None:
        require_free_space(self._settings.data_dir)
        name = ready.document.name
        outcome = self._register.put_document(
            ready.document, ready.chunks, ready.data, recipe=RECIPE, filing=self._filing
        )
        self._done[outcome].append(name)
        logger.info("%s: %s, %d chunks", name, outcome, len(ready.chunks))

    def _refuse(self, name: str, refusal: DocumentRefused) -> None:
        self._refused.append(Refusal(name, refusal.code, str(refusal)))
        logger.info("refused (%s): %s", refusal.code, refusal)
        self._tell()

    def _tell(self) -> None:
        plan = self._plan
        done = sum(map(len, self._done.values())) + len(self._refused) + len(plan.unchanged)
        share = self._files_read / max(1, len(plan.todo))
        self._on_progress(
            Progress(
                files_done=done,
                files=len(plan.todo) + len(plan.unchanged) + len(plan.refused),
                chunks_done=self._chunks_embedded,
                chunks_expected=round(self._chunks_missing / share) if share else 0,
                seconds=self._embedding_s,
            )
        )
