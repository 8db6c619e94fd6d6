"""The server's worker: one thread that carries jobs out, oldest first, and one for evaluations.

It is the register's one writer while it takes a document in, and nobody the rest of the time, so
that `voz ingest` can run beside the server; whichever comes second waits. Of several servers over
one data folder, one has a worker.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from assistant.refusals import because
from assistant.shell.manage.conflicts import findings_of
from assistant.shell.manage.importing import Stopped, bring_in
from assistant.shell.quality.child import carry_out as evaluate
from assistant.shell.quality.lane import Child, Lane
from assistant.shell.telling import in_each
from ingest.pipeline import carry_out
from ingest.report import Progress
from ingest.sources import SourceFile
from ingest.survey import Plan
from knowledge.cards import Card, card_document
from knowledge.database.lock import WriterLock
from knowledge.errors import DocumentRefused, KnowledgeBaseError, RegisterLocked, WrongState
from knowledge.intake import take_in
from knowledge.jobs import EVALUATIONS, KINDS, SEARCHES, Job, Jobs, NewJob
from knowledge.models import Chunk, Embedded, Filing, Viewer
from knowledge.ports import Embedder
from knowledge.register import Register
from knowledge.search import generations
from knowledge.search.freshness import needs_build
from knowledge.settings import Settings
from knowledge.validity import day_of
from knowledge.work.work_store import WorkStore

logger = logging.getLogger(__name__)

_LOOK_EVERY_S = 2.0
_TELL_EVERY_S = 0.5
_SLICE = 16
_SERVER = "server"
_OWN = tuple(kind for kind in KINDS if kind not in EVALUATIONS)


class _Refused(Exception):
    """A file gives no document: running the job again would change nothing."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


class _Stopped(Exception):
    """The server ends in the midst of a job that can only begin anew."""


class Worker:
    """Carries out the jobs of one data folder.

    Args:
        register: of the served process.
        embedder: the collection's model.
        settings: data folder and limits.
        keep_indexes: whether to build the indexes anew when they are far behind.
        child: what asks golden cases, in a process of its own.
    """

    def __init__(
        self,
        register: Register,
        embedder: Embedder,
        settings: Settings,
        *,
        keep_indexes: bool = True,
        child: Child = evaluate,
    ) -> None:
        self._register = register
        self._embedder = embedder
        self._settings = settings
        self._keep_indexes = keep_indexes
        self._looked_at = -1
        self._something = threading.Event()
        self._stopping = threading.Event()
        self._evaluations = Lane(register.jobs, settings, self._stopping, child)
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._thread.start()

    def wake(self) -> None:
        """There is something to do."""
        self._something.set()
        self._evaluations.wake()

    def stop(self, timeout_s: float = 15.0) -> None:
        """Stop after the step at hand; what is not done goes on at the next start."""
        self._stopping.set()
        self._something.set()
        self._thread.join(timeout_s)
        self._evaluations.join(timeout_s)

    @property
    def _jobs(self) -> Jobs:
        return self._register.jobs

    def _run(self) -> None:
        lock = self._claim()
        if lock is None:
            return
        try:
            self._jobs.recover()
            self._evaluations.start()
            while not self._stopping.is_set():
                if not self._next():
                    self._something.wait(_LOOK_EVERY_S)
                    self._something.clear()
        except KnowledgeBaseError:
            logger.exception("the worker stopped: uploads wait until the server is started again")
        finally:
            lock.release()

    def _claim(self) -> WriterLock | None:
        """Be the one worker of the data folder, as soon as no other is."""
        while not self._stopping.is_set():
            try:
                return WriterLock(self._settings.data_dir / "worker.lock", timeout_s=0)
            except RegisterLocked:
                self._stopping.wait(_LOOK_EVERY_S)
        return None

    def _next(self) -> bool:
        """Carry one job out; whether there was one that could be."""
        try:
            self._look_at_indexes()
            job = self._jobs.take(_OWN) if self._jobs.any_queued(_OWN) else None
            return job is not None and self._carry_out(job)
        except KnowledgeBaseError as error:
            logger.warning("jobs cannot be read or noted just now: %s", error)
            return False

    def _look_at_indexes(self) -> None:
        """After a change, have the indexes built anew if they are far behind."""
        if not self._keep_indexes:
            return
        revision = self._register.revision()
        if revision == self._looked_at:
            return
        self._looked_at = revision
        if needs_build(self._register, self._settings) and not self._jobs.waiting("rebuild"):
            self._jobs.add(NewJob("rebuild", _SERVER, "", "*managers"))

    def _carry_out(self, job: Job) -> bool:
        started = time.monotonic()
        try:
            result = self._result(job)
        except RegisterLocked as error:
            self._jobs.postpone(job.id, str(error), {"told": in_each(error)})
            return False
        except _Refused as refused:
            self._jobs.fail(job.id, str(refused), {"code": refused.code}, keep=False)
        except DocumentRefused as refusal:
            self._jobs.fail(job.id, str(refusal), {"code": refusal.code})
        except KnowledgeBaseError as error:
            self._jobs.fail(job.id, str(error), {"told": in_each(error)})
        except Exception as error:
            logger.exception("job %d failed", job.id)
            failed = KnowledgeBaseError(because("unforeseen", kind=type(error).__name__))
            self._jobs.fail(job.id, str(failed), {"told": in_each(failed)})
        else:
            if result is None:
                self._jobs.postpone(job.id, "")
                return False
            self._jobs.succeed(job.id, result)
            logger.info("job %d (%s) done in %.1f s", job.id, job.kind, time.monotonic() - started)
        return True

    def _result(self, job: Job) -> Mapping[str, Any] | None:
        """What came of a job; `None` if it was stopped before its end."""
        if job.kind == "upload":
            return self._upload(job)
        if job.kind == "import":
            return self._import(job)
        if job.kind == "card":
            return self._card(job)
        if job.kind == "gap_card":
            return self._gap_card(job)
        if job.kind in SEARCHES:
            return self._search(job)
        teller = _Teller(self._jobs, job.id)
        generations.build(self._register, self._settings, lambda _, *far: teller.tell(*far))
        return {}

    def _search(self, job: Job) -> Mapping[str, Any] | None:
        """What contradicts or repeats what; `None` if it was stopped."""
        teller = _Teller(self._jobs, job.id)

        def told(stage: str, done: int, total: int) -> None:
            if self._stopping.is_set():
                raise _Stopped
            teller.tell(done, total)

        try:
            return findings_of(job, self._settings, told)
        except _Stopped:
            return None

    def _upload(self, job: Job) -> Mapping[str, Any] | None:
        wanted = job.wanted
        path = self._jobs.path(job)
        if not path.is_file():
            raise WrongState(because("upload-gone", number=job.id))
        number = self._register.curation.number_of(wanted["name"])
        if wanted["new"] and number is not None and job.attempts == 1:
            raise WrongState(because("source-came", name=wanted["name"]))
        if not wanted["new"] and number is None:
            raise WrongState(because("source-went", name=wanted["name"]))
        plan = Plan((SourceFile(wanted["file_name"], path),), (), (), 0.0)
        teller = _Teller(self._jobs, job.id)
        with Register.open(self._settings, write=True) as register:
            report = carry_out(
                plan,
                register,
                _InSlices(self._embedder, teller),
                self._settings,
                teller.tell_of,
                self._stopping.is_set,
                filing=_filing(job),
            )
        if report.interrupted:
            return None
        if report.refused:
            raise _Refused(report.refused[0].code, report.refused[0].reason)
        return self._newest(wanted["name"], "unchanged" if report.unchanged else "draft")

    def _import(self, job: Job) -> Mapping[str, Any] | None:
        teller = _Teller(self._jobs, job.id)

        def tell(done: int, total: int) -> None:
            if self._stopping.is_set():
                raise Stopped
            teller.tell(done, total)

        try:
            return bring_in(job, self._register, self._settings, tell)
        except Stopped:
            return None

    def _card(self, job: Job) -> Mapping[str, Any]:
        wanted = job.wanted
        card = Card(
            question=wanted["question"],
            answer=wanted["answer"],
            language=wanted["language"],
            variants=tuple(wanted["variants"]),
            conditions=wanted["conditions"],
            audience=tuple(wanted["audience"]),
        )
        made = card_document(card, wanted["name"])
        with Register.open(self._settings, write=True) as register:
            outcome = take_in(register, self._embedder, made, recipe="card", filing=_filing(job))
        return self._newest(wanted["name"], "unchanged" if outcome == "unchanged" else "draft")

    def _gap_card(self, job: Job) -> Mapping[str, Any]:
        from assistant.shell.gap_cards import write_card

        wanted = job.wanted
        with (
            closing(WorkStore.open(self._settings)) as store,
            Register.open(self._settings, write=True) as register,
        ):
            draft = write_card(
                wanted["gap"],
                Viewer(job.actor, frozenset(wanted["labels"])),
                register=register,
                store=store,
                embedder=self._embedder,
                settings=self._settings,
                answer=wanted["answer"],
            )
        return self._newest(draft.name, "draft")

    def _newest(self, name: str, outcome: str) -> Mapping[str, Any]:
        source = self._register.curation.number_of(name)
        last = self._register.curation.last_version(name)
        return {"source": source, "version": last, "outcome": outcome}


def _filing(job: Job) -> Filing:
    wanted = job.wanted
    first, end = wanted["valid_from"], wanted["valid_to"]
    return Filing(
        author=job.actor,
        audience=job.audience,
        name=wanted["name"],
        draft=True,
        valid_from=day_of(first) if first else None,
        valid_to=day_of(end) if end else None,
        note=wanted["note"],
    )


@dataclass
class _Teller:
    """Notes how far a job is, not more often than anybody looks."""

    jobs: Jobs
    number: int
    last: float = 0.0
    done: int = 0
    total: int = 0

    def tell(self, done: int, total: int) -> None:
        """So many of so many."""
        self.done, self.total = done, total
        now = time.monotonic()
        if now - self.last >= _TELL_EVERY_S:
            self.last = now
            self.jobs.tell(self.number, done, total)

    def tell_of(self, progress: Progress) -> None:
        """How many passages are embedded."""
        self.tell(progress.chunks_done, progress.chunks_expected)


class _InSlices:
    """An `Embedder` that tells after a few passages; an ingest asks for hundreds at once."""

    def __init__(self, embedder: Embedder, teller: _Teller) -> None:
        self._embedder = embedder
        self._teller = teller
        self.fingerprint = embedder.fingerprint
        self.dimension = embedder.dimension
        self.count_tokens = embedder.count_tokens
        self.embed_query = embedder.embed_query
        self.embed_queries = embedder.embed_queries

    def embed_chunks(self, chunks: Sequence[Chunk]) -> list[Embedded]:
        """Vectors of each, in order."""
        before, total = self._teller.done, max(self._teller.total, len(chunks))
        found: list[Embedded] = []
        for start in range(0, len(chunks), _SLICE):
            self._teller.tell(before + len(found), total)
            found += self._embedder.embed_chunks(chunks[start : start + _SLICE])
        return found
