"""Jobs: what was asked of the server and takes longer than an answer, kept until it is done.

A job is in the register before its caller is answered, and what was uploaded for it in the data
folder, so that both outlive the server. One worker at a time takes them, oldest first; what it
was doing when it died is taken up again, up to `MAX_ATTEMPTS` times. Whether somebody may see a
job is the caller's question (`knowledge.identity.access`), what it does the worker's.
"""

from __future__ import annotations

import json
import os
import re
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, Literal, get_args

from sqlalchemy import Connection, RowMapping, case, delete, insert, select, update

from knowledge.database.connection import Database, storage_errors
from knowledge.errors import NotFound, WrongState
from knowledge.files import require_free_space
from knowledge.jobs_schema import jobs
from knowledge.refusals import because
from knowledge.times import stamp, utc_now

Kind = Literal[
    "upload",
    "import",
    "card",
    "gap_card",
    "rebuild",
    "contradictions",
    "duplicates",
    "evaluation",
    "publication_check",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
SEARCHES: tuple[Kind, ...] = ("contradictions", "duplicates")
EVALUATIONS: tuple[Kind, ...] = ("evaluation", "publication_check")
"""What takes minutes and has a worker of its own, so that nothing else waits for it."""
State = Literal["queued", "running", "done", "failed", "interrupted", "cancelled"]

MAX_ATTEMPTS = 3
"""So often a job is begun that the server did not outlive; then somebody must look at it."""
KEPT = timedelta(days=30)
"""How long a job that has ended, and the bytes of one that failed, are kept."""
_COPY_BYTES = 1024 * 1024
_FILE = re.compile(r"[0-9a-f]{32}")
_AGAIN = ("failed", "interrupted", "cancelled")
_WAITING = ("queued", "running")


@dataclass(frozen=True)
class NewJob:
    """What is asked for.

    Attributes:
        kind: what is to be done.
        actor: account that asks.
        title: what people know it by, such as the name of the file.
        audience: key of the labels that it is for.
        wanted: what the worker needs to know, as JSON takes it.
    """

    kind: Kind
    actor: str
    title: str
    audience: str
    wanted: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Job:
    """A job as it is now.

    Attributes:
        id: number, from 1, never reused.
        kind, actor, title, audience, wanted: as asked for.
        file: name of its uploaded bytes; `None` without, and once it is done.
        state: ``interrupted``: the server stopped during it, too often; ``cancelled``: somebody
            did not want it any more.
        attempts: how often it was begun.
        done, total: how far it is, in steps of its own; 0 of 0 where that is not known yet.
        message: one line: what it is doing, or why it failed.
        result: what came of it, as its worker says.
    """

    id: int
    kind: Kind
    actor: str
    title: str
    audience: str
    wanted: Mapping[str, Any]
    file: str | None
    state: State
    attempts: int
    done: int
    total: int
    message: str
    result: Mapping[str, Any]
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class Jobs:
    """The jobs of one register.

    Args:
        database: the register's.
        folder: where uploaded bytes are kept.
        clock: the time now, UTC.
    """

    def __init__(
        self, database: Database, folder: Path, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._database = database
        self._folder = folder
        self._now = clock

    # Asking

    def add(self, new: NewJob, data: BinaryIO | None = None) -> Job:
        """Note a job, with what was uploaded for it.

        Raises:
            StorageFull: no space; there is no job then.
        """
        file = self._keep(data) if data is not None else None
        values = {
            "kind": new.kind,
            "actor": new.actor,
            "title": new.title,
            "audience": new.audience,
            "wanted": json.dumps(dict(new.wanted), ensure_ascii=False),
            "file": file,
            "state": "queued",
            "attempts": 0,
            "done": 0,
            "total": 0,
            "message": "",
            "result": "{}",
            "created_at": stamp(self._now()),
        }
        try:
            with self._database.write() as connection:
                added = connection.execute(insert(jobs).values(values).returning(jobs.c.id))
                return _get(connection, added.scalar_one())
        except BaseException:
            self._drop(file)
            raise

    def again(self, number: int) -> Job:
        """Queue a job that failed, was interrupted or cancelled once more.

        Raises:
            NotFound: there is no such job.
            WrongState: it did none of these, or what was uploaded for it is gone.
        """
        with self._database.write() as connection:
            job = _get(connection, number)
            if job.state not in _AGAIN:
                raise WrongState(
                    because("job-state", number=number, state=because(f"state-{job.state}"))
                )
            kept = job.file is not None and self.path(job).is_file()
            if not kept and (job.kind == "upload" or job.wanted.get("from_file")):
                raise WrongState(because("upload-gone", number=number))
            values = {"state": "queued", "attempts": 0, "message": "", "ended_at": None}
            _change(connection, number, values)
            return _get(connection, number)

    def cancel(self, number: int) -> Job:
        """End a job that waits or runs; whoever carries it out sees that and stops.

        Raises:
            NotFound: there is no such job.
            WrongState: it has ended.
        """
        with self._database.write() as connection:
            job = _get(connection, number)
            if job.state not in _WAITING:
                raise WrongState(
                    because("job-state", number=number, state=because(f"state-{job.state}"))
                )
            _change(connection, number, {"state": "cancelled", "ended_at": stamp(self._now())})
            return _get(connection, number)

    # Looking

    def get(self, number: int) -> Job:
        """A job by its number.

        Raises:
            NotFound: there is none.
        """
        with self._database.read() as connection:
            return _get(connection, number)

    def latest(self, limit: int = 200) -> list[Job]:
        """The jobs asked for last, newest first; those that look for something without results."""
        others = [column for column in jobs.c if column is not jobs.c.result]
        # A list is asked for every few seconds, and what was found may be a megabyte
        result = case((jobs.c.kind.in_(SEARCHES), "{}"), else_=jobs.c.result).label("result")
        query = select(*others, result).order_by(jobs.c.id.desc()).limit(limit)
        with self._database.read() as connection:
            return [_job(row) for row in connection.execute(query).mappings()]

    def begun_by(self, number: int) -> list[Job]:
        """The jobs that an import has asked for, see ``wanted["import"]``, oldest first."""
        query = select(jobs).where(jobs.c.id > number, jobs.c.kind == "upload").order_by(jobs.c.id)
        with self._database.read() as connection:
            later = [_job(row) for row in connection.execute(query).mappings()]
        return [job for job in later if job.wanted.get("import") == number]

    def newest(self, kind: Kind, actor: str, state: State | None = None) -> Job | None:
        """The job of a kind that an account asked for last, in a state if given, or `None`."""
        query = select(jobs).where(jobs.c.kind == kind, jobs.c.actor == actor)
        if state is not None:
            query = query.where(jobs.c.state == state)
        with self._database.read() as connection:
            row = connection.execute(query.order_by(jobs.c.id.desc()).limit(1)).mappings().first()
        return None if row is None else _job(row)

    def of_kind(self, kind: Kind, limit: int = 200) -> list[Job]:
        """The jobs of a kind that were asked for last, newest first."""
        query = select(jobs).where(jobs.c.kind == kind).order_by(jobs.c.id.desc()).limit(limit)
        with self._database.read() as connection:
            return [_job(row) for row in connection.execute(query).mappings()]

    def path(self, job: Job) -> Path:
        """Where the bytes uploaded for a job are.

        Raises:
            ValueError: there are none.
        """
        if job.file is None or not _FILE.fullmatch(job.file):
            raise ValueError(f"job {job.id} has no file")
        return self._folder / job.file

    # Working; for the one worker

    def recover(self) -> None:
        """Before the first job: queue what was running when the server stopped; tidy up."""
        now = self._now()
        with self._database.write() as connection:
            running = jobs.c.state == "running"
            too_often = running & (jobs.c.attempts >= MAX_ATTEMPTS)
            stopped = {"state": "interrupted", "ended_at": stamp(now)}
            connection.execute(update(jobs).where(too_often).values(stopped))
            connection.execute(update(jobs).where(running).values(state="queued"))
            ended = jobs.c.ended_at < stamp(now - KEPT)
            connection.execute(delete(jobs).where(ended))
            kept = set(connection.scalars(select(jobs.c.file).where(jobs.c.file.is_not(None))))
        self._clean(kept)

    def take(self, kinds: Collection[Kind] = KINDS) -> Job | None:
        """The oldest job of these kinds that waits, now running; `None` when none does."""
        with self._database.write() as connection:
            query = select(jobs.c.id).where(jobs.c.state == "queued", jobs.c.kind.in_(kinds))
            number = connection.execute(query.order_by(jobs.c.id).limit(1)).scalar_one_or_none()
            if number is None:
                return None
            values = {
                "state": "running",
                "attempts": jobs.c.attempts + 1,
                "started_at": stamp(self._now()),
                "message": "",
                "done": 0,
                "total": 0,
            }
            _change(connection, number, values)
            return _get(connection, number)

    def waiting(self, kind: Kind) -> bool:
        """Whether a job of this kind is queued or running."""
        query = select(jobs.c.id).where(jobs.c.kind == kind, jobs.c.state.in_(_WAITING))
        with self._database.read() as connection:
            return connection.execute(query.limit(1)).first() is not None

    def any_queued(self, kinds: Collection[Kind] = KINDS) -> bool:
        """Whether a job of these kinds waits; cheap."""
        query = select(jobs.c.id).where(jobs.c.state == "queued", jobs.c.kind.in_(kinds))
        with self._database.read() as connection:
            return connection.execute(query.limit(1)).first() is not None

    def tell(self, number: int, done: int, total: int) -> None:
        """Note how far a job is."""
        with self._database.write() as connection:
            _change(connection, number, {"done": done, "total": total})

    def postpone(
        self, number: int, message: str, result: Mapping[str, Any] = MappingProxyType({})
    ) -> None:
        """Queue a running job again, as if it had not begun.

        Args:
            number: of the job.
            message: one line: what it waits for.
            result: what is known beside it.
        """
        values = {
            "state": "queued",
            "attempts": jobs.c.attempts - 1,
            "message": message,
            "result": json.dumps(dict(result), ensure_ascii=False),
        }
        with self._database.write() as connection:
            if _get(connection, number).state != "cancelled":
                _change(connection, number, values)

    def succeed(self, number: int, result: Mapping[str, Any]) -> None:
        """Note that a job is done, and delete what was uploaded for it."""
        self._end(number, "done", "", result, keep=False)

    def fail(
        self, number: int, message: str, result: Mapping[str, Any], *, keep: bool = True
    ) -> None:
        """Note that a job failed.

        Args:
            number: of the job.
            message: one line: why, and what to do.
            result: what is known beside it, such as a code.
            keep: whether to keep its bytes, so that it can run again.
        """
        self._end(number, "failed", message, result, keep=keep)

    def _end(
        self, number: int, state: State, message: str, result: Mapping[str, Any], *, keep: bool
    ) -> None:
        with self._database.write() as connection:
            job = _get(connection, number)
            file = job.file
            if job.state == "cancelled":
                return
            values: dict[str, Any] = {
                "state": state,
                "message": message,
                "result": json.dumps(dict(result), ensure_ascii=False),
                "ended_at": stamp(self._now()),
            }
            _change(connection, number, values if keep else values | {"file": None})
        if not keep:
            self._drop(file)

    # Uploaded bytes

    def _keep(self, data: BinaryIO) -> str:
        """The name under which the bytes are on disk, whole."""
        name = uuid.uuid4().hex
        with storage_errors(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            require_free_space(self._folder)
            try:
                with (self._folder / name).open("xb") as file:
                    while part := data.read(_COPY_BYTES):
                        file.write(part)
                    file.flush()
                    os.fsync(file.fileno())
            except BaseException:
                self._drop(name)
                raise
        return name

    def _drop(self, file: str | None) -> None:
        if file is not None and _FILE.fullmatch(file):
            with storage_errors(self._folder):
                (self._folder / file).unlink(missing_ok=True)

    def _clean(self, kept: set[str | None]) -> None:
        """Delete what no job refers to, unless it may still be on its way in."""
        with storage_errors(self._folder):
            if not self._folder.is_dir():
                return
            before = (self._now() - timedelta(hours=1)).timestamp()
            for path in self._folder.iterdir():
                if path.name not in kept and path.stat().st_mtime < before:
                    path.unlink()


def _get(connection: Connection, number: int) -> Job:
    row = connection.execute(select(jobs).where(jobs.c.id == number)).mappings().one_or_none()
    if row is None:
        raise NotFound(because("job-unknown", number=number))
    return _job(row)


def _change(connection: Connection, number: int, values: Mapping[str, Any]) -> None:
    connection.execute(update(jobs).where(jobs.c.id == number).values(dict(values)))


def _job(row: RowMapping) -> Job:
    values = dict(row)
    for name in ("wanted", "result"):
        values[name] = json.loads(values[name])
    for name in ("created_at", "started_at", "ended_at"):
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    return Job(**values)
