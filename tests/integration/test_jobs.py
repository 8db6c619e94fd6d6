"""Jobs outlive the server: what was asked for and what was uploaded for it."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.shell.manage.worker import Worker
from knowledge.errors import NotFound, WrongState
from knowledge.jobs import KEPT, MAX_ATTEMPTS, Jobs, NewJob
from knowledge.models import EVERYONE, Viewer
from knowledge.register import Register
from knowledge.settings import Settings
from tests.fakes import HashingEmbedder

NEW = NewJob(
    "upload",
    "marta",
    "a.md",
    EVERYONE,
    {
        "file_name": "a.md",
        "name": "a.md",
        "new": True,
        "note": "",
        "valid_from": None,
        "valid_to": None,
    },
)
TEXT = b"# A\n\nEl plazo es de 30 d\xc3\xadas.\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def register(settings: Settings) -> Iterator[Register]:
    Register.open(settings, write=True).close()
    with Register.open(settings) as register:
        yield register


def test_jobs_are_taken_oldest_first_and_end(register: Register) -> None:
    jobs = register.jobs
    first, second = jobs.add(NEW, io.BytesIO(TEXT)), jobs.add(NEW, io.BytesIO(b"b"))
    taken = jobs.take()
    assert taken is not None
    assert (taken.id, taken.state, taken.attempts) == (first.id, "running", 1)
    assert jobs.path(taken).read_bytes() == TEXT
    jobs.tell(first.id, 3, 9)
    assert (jobs.get(first.id).done, jobs.get(first.id).total) == (3, 9)
    jobs.succeed(first.id, {"source": 1})
    ended = jobs.get(first.id)
    assert (ended.state, ended.result, ended.file) == ("done", {"source": 1}, None)
    assert not jobs.path(taken).exists()
    assert [one.id for one in jobs.latest()] == [second.id, first.id]
    with pytest.raises(NotFound):
        jobs.get(99)


def test_what_was_running_is_taken_up_again_but_not_for_ever(register: Register) -> None:
    jobs = register.jobs
    number = jobs.add(NEW, io.BytesIO(TEXT)).id
    for attempt in range(1, MAX_ATTEMPTS + 1):
        taken = jobs.take()
        assert taken is not None
        assert taken.attempts == attempt
        jobs.recover()
    stopped = jobs.get(number)
    assert stopped.state == "interrupted"
    assert jobs.path(stopped).read_bytes() == TEXT
    assert jobs.take() is None
    assert jobs.again(number).state == "queued"
    with pytest.raises(WrongState, match="only one that failed"):
        jobs.again(number)


def test_a_job_that_waits_for_another_writer_is_not_an_attempt(register: Register) -> None:
    jobs = register.jobs
    number = jobs.add(NEW, io.BytesIO(TEXT)).id
    for _ in range(2 * MAX_ATTEMPTS):
        assert jobs.take() is not None
        jobs.postpone(number, "another process is writing")
    jobs.recover()
    assert (jobs.get(number).state, jobs.get(number).attempts) == ("queued", 0)


def test_old_jobs_and_bytes_that_nobody_asked_for_go(
    register: Register, settings: Settings
) -> None:
    jobs = register.jobs
    number = jobs.add(NEW, io.BytesIO(TEXT)).id
    jobs.take()
    jobs.fail(number, "no space", {})
    kept = jobs.path(jobs.get(number))
    stray = settings.uploads_dir / ("0" * 32)
    stray.write_bytes(b"half")
    hours_ago = (datetime.now(UTC) - timedelta(hours=2)).timestamp()
    os.utime(stray, (hours_ago, hours_ago))
    jobs.recover()
    assert kept.exists()
    assert not stray.exists()
    os.utime(kept, (hours_ago, hours_ago))
    later = Jobs(register._database, settings.uploads_dir, lambda: datetime.now(UTC) + 2 * KEPT)
    later.recover()
    assert not kept.exists()
    assert later.latest() == []


def test_an_upload_that_the_server_did_not_outlive_goes_on_at_the_next_start(
    register: Register, settings: Settings
) -> None:
    number = register.jobs.add(NEW, io.BytesIO(TEXT)).id
    assert register.jobs.take() is not None  # and then the server died
    worker = Worker(register, HashingEmbedder(), settings, keep_indexes=False)
    worker.start()
    for _ in range(200):
        if register.jobs.get(number).state == "done":
            break
        worker._stopping.wait(0.05)
    worker.stop()
    job = register.jobs.get(number)
    assert (job.state, job.attempts, job.message) == ("done", 2, "")
    everything = Viewer("marta", register.audiences().managed(EVERYONE))
    (source,) = register.curation.sources(everything)
    assert (source.name, source.state, source.author) == ("a.md", "draft", "marta")
    assert list(settings.uploads_dir.iterdir()) == []
