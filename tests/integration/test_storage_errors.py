"""Disks that are full, read-only or damaged: one clear line, nothing lost, work goes on after."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from ingest.pipeline import ingest
from knowledge.database.connection import storage_errors
from knowledge.errors import RegisterError, RegisterLocked, StorageFull
from knowledge.files import OriginalFiles, require_free_space
from knowledge.register import Register
from knowledge.settings import Settings, load
from tests.fakes import STAFF, HashingEmbedder, document_of, store
from tests.integration.conftest import small_disk


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load(data_dir=tmp_path / "data")


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    with small_disk(tmp_path / "disk") as mount:
        yield mount


def text_of(error: pytest.ExceptionInfo[BaseException]) -> str:
    line = str(error.value)
    assert "\n" not in line
    return line


@pytest.mark.parametrize("warned", [True, False])
def test_a_full_disk_stops_an_ingest_loses_nothing_and_is_recovered_from_without_a_restart(
    tmp_path: Path, mount: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, warned: bool
) -> None:
    if not warned:  # another program fills the disk between the check and the write
        monkeypatch.setattr("ingest.pipeline.require_free_space", lambda _: None)
    settings = load(data_dir=mount("size=3m") / "data")
    folder = tmp_path / "docs"
    folder.mkdir()
    for number in range(12):
        body = "\n\n".join(f"## Parte {n}\n\n{os.urandom(1500).hex()}" for n in range(24))
        (folder / f"{number:02d}.md").write_text(f"# Documento {number}\n\n{body}\n")
    embedder = HashingEmbedder(512)
    with Register.open(settings, write=True) as register:
        with pytest.raises(StorageFull) as error:
            ingest([folder], register, embedder, settings)
        assert "free some" in text_of(error)
        names = register.document_names()
        assert len(names) < 12
        mount("size=64m")
        report = ingest([folder], register, embedder, settings)
        assert len(report.unchanged) == len(names)
        assert len(register.document_names()) == 12
        for info in register.documents(STAFF):
            assert register.original_path(info.sha256).is_file()
    connection = sqlite3.connect(settings.register_path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_a_transaction_that_finds_the_disk_full_leaves_no_trace(settings: Settings) -> None:
    embedder = HashingEmbedder()
    with Register.open(settings, write=True) as register:
        store(register, embedder, document_of("a.md", ["Uno."]))
        _limit_pages(register, 1)
        big = document_of("b.md", [f"Párrafo {n}. " + "palabra " * 200 for n in range(100)])
        with pytest.raises(StorageFull, match=r"no space left for .*register\.sqlite"):
            store(register, embedder, big)
        assert register.document_names() == ["a.md"]
        assert len(list(register.index_rows())) == 1
        _limit_pages(register, 1 << 30)
        assert store(register, embedder, big) == "added"


def _limit_pages(register: Register, pages: int) -> None:
    with register._database.read() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_an_original_that_cannot_be_written_leaves_no_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    files = OriginalFiles(tmp_path / "files")

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os if step == "fsync" else Path, step, fail)
    with pytest.raises(StorageFull, match="no space left"):
        files.store(b"bytes")
    monkeypatch.undo()
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []
    assert files.path(files.store(b"bytes")).read_bytes() == b"bytes"


def test_leftovers_of_a_killed_writer_are_deleted_at_the_next_start(settings: Settings) -> None:
    incoming = settings.files_dir / "incoming"
    incoming.mkdir(parents=True)
    (incoming / "tmpabc").write_bytes(b"half")
    Register.open(settings, write=True).close()
    assert list(incoming.iterdir()) == []


class Disk(NamedTuple):
    total: int
    used: int
    free: int


@pytest.mark.parametrize(
    ("total", "free", "refused"),
    [
        (250 << 30, 2 << 30, False),
        (250 << 30, 1000 << 20, True),
        (64 << 20, 7 << 20, False),
        (64 << 20, 6 << 20, True),
    ],
)
def test_work_is_refused_before_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, total: int, free: int, refused: bool
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(total, total - free, free))
    if not refused:
        require_free_space(tmp_path)
        return
    with pytest.raises(StorageFull) as error:
        require_free_space(tmp_path)
    assert f"only {free >> 20} MiB" in text_of(error)


def test_a_read_only_disk_can_be_read_and_says_so_when_written(
    mount: Callable[[str], Path],
) -> None:
    settings = load(data_dir=mount("size=16m") / "data")
    with Register.open(settings, write=True) as register:
        store(register, HashingEmbedder(), document_of("a.md", ["Uno."]))
    mount("ro,size=16m")
    with pytest.raises(StorageFull) as error:
        Register.open(settings, write=True)
    assert str(settings.data_dir) in text_of(error)
    with Register.open(settings) as reader:
        assert len(reader.chunks([1], STAFF)) == 1


def test_a_data_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file" / "data"):
        with pytest.raises(RegisterError) as error:
            Register.open(load(data_dir=folder), write=True)
        assert "VOZ_DATA_DIR" in text_of(error)
        assert str(folder) in text_of(error)


@pytest.mark.parametrize("write", [True, False])
def test_a_register_of_garbage_names_the_file_and_the_way_back(
    settings: Settings, write: bool
) -> None:
    settings.data_dir.mkdir()
    settings.register_path.write_bytes(b"this is not a database" * 1000)
    for _ in range(2):  # and the lock is free again
        with pytest.raises(RegisterError) as error:
            Register.open(settings, write=write)
        line = text_of(error)
        assert str(settings.register_path) in line
        assert "ingest the documents again" in line
    settings.register_path.unlink()
    Register.open(settings, write=True).close()


def test_a_register_with_a_damaged_middle_says_so_when_it_is_met(settings: Settings) -> None:
    with Register.open(settings, write=True) as register:
        paragraphs = [f"Párrafo {n}. " + "palabra " * 200 for n in range(60)]
        store(register, HashingEmbedder(), document_of("a.md", paragraphs))
    with settings.register_path.open("r+b") as file:
        file.seek(8 * 4096)
        file.write(os.urandom(settings.register_path.stat().st_size - 8 * 4096))
    with (
        pytest.raises(RegisterError, match=r"register\.sqlite is damaged"),
        Register.open(settings) as reader,
    ):
        list(reader.index_rows())


def test_a_register_that_stays_busy_asks_to_try_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.database.sqlite_engine._BUSY_TIMEOUT_S", 0.1)
    with Register.open(settings, write=True) as register:
        other = sqlite3.connect(settings.register_path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RegisterLocked, match="try again"):
            register.prune()
        other.execute("ROLLBACK")
        other.close()
        register.prune()


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, StorageFull),
        (errno.EDQUOT, StorageFull),
        (errno.EROFS, StorageFull),
        (errno.EACCES, StorageFull),
        (errno.EIO, RegisterError),
    ],
)
def test_every_error_of_the_system_is_translated(number: int, kind: type[RegisterError]) -> None:
    with pytest.raises(RegisterError) as error, storage_errors(Path("/srv/data")):
        raise OSError(number, os.strerror(number))
    assert type(error.value) is kind
    assert "/srv/data" in text_of(error)
