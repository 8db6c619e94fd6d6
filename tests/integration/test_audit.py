"""The audit trail on a real disk: it grows with what it tells of, in one chain, and never else."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from knowledge import audit
from knowledge.audit import GENESIS, Event, Head, append, audited, events, latest, verify
from knowledge.audit import head as audit_head
from knowledge.database.connection import Database
from knowledge.database.database_url import DatabaseUrl
from knowledge.errors import RegisterError, StorageFull
from knowledge.settings import Settings
from tests.integration.audit_child import PER_THREAD, THREADS
from tests.integration.conftest import environment_of

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path, database_url: DatabaseUrl | None) -> Settings:
    return Settings(data_dir=tmp_path, database_url=database_url)


@pytest.fixture
def head_path(settings: Settings) -> Path:
    return settings.audit_head_path


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    opened = Database(settings.register_address, write=True)
    opened.migrate()
    yield opened
    opened.close()


def enter(database: Database, head_path: Path, *numbers: int) -> None:
    """One transaction for each number, a minute apart."""
    for number in numbers:
        with audited(database, head_path) as connection:
            event = Event("ana", "source.published", f"source:{number}", {"version": number})
            append(connection, event, now=NOON + timedelta(minutes=number))


def lift(connection: Connection, trigger: str) -> None:
    """Let the table be changed, as who owns the database can."""
    postgresql = connection.dialect.name == "postgresql"
    drop = "ALTER TABLE audit DISABLE TRIGGER USER" if postgresql else f"DROP TRIGGER {trigger}"
    connection.execute(text(drop))


def count(database: Database) -> int:
    with database.read() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM audit")) or 0)


def test_an_event_comes_back_as_it_was_entered(database: Database, head_path: Path) -> None:
    details = {"version": 3, "urgent": True, "audiences": ["staff", "contrata-ñ"]}
    event = Event("ana", "source.published", "source:12", details)  # type: ignore[arg-type]
    madrid = timezone(timedelta(hours=1))
    with audited(database, head_path) as connection:
        entered = append(connection, event, now=datetime(2026, 11, 22, 13, 0, 0, 7, madrid))
    with database.read() as connection:
        (entry,) = events(connection, limit=10)
    assert entry == entered
    assert (entry.id, entry.at, entry.previous) == (1, NOON + timedelta(microseconds=7), GENESIS)
    assert (entry.actor, entry.action, entry.object) == ("ana", "source.published", "source:12")
    assert entry.details == details


def test_the_hash_can_be_computed_by_anybody_from_the_row(
    database: Database, head_path: Path
) -> None:
    enter(database, head_path, 1, 2)
    previous = GENESIS
    with database.read() as connection:
        for row in connection.execute(text("SELECT * FROM audit ORDER BY id")).mappings():
            names = ("action", "actor", "at", "details", "object", "previous")
            body = ",".join(f'"{name}":{json.dumps(row[name])}' for name in names)
            assert row["hash"] == hashlib.sha256(f"{{{body}}}".encode()).hexdigest()
            assert row["previous"] == previous
            previous = row["hash"]
    assert row["at"] == "2026-11-22T12:02:00.000000+00:00"
    assert row["details"] == '{"version":2}'


def test_a_time_without_a_zone_is_refused(database: Database, head_path: Path) -> None:
    with pytest.raises(ValueError, match="time zone"), audited(database, head_path) as connection:
        append(connection, Event("ana", "source.changed", "source:1"), now=datetime(2026, 1, 1))
    assert count(database) == 0


def test_a_clock_that_goes_back_does_not_reorder_the_trail(
    database: Database, head_path: Path
) -> None:
    enter(database, head_path, 5, 3, 9)
    with database.read() as connection:
        assert [entry.details["version"] for entry in events(connection, limit=9)] == [5, 3, 9]
    assert verify(database, head_path).sound


def test_a_change_and_its_entry_are_both_there_or_neither(
    database: Database, head_path: Path
) -> None:
    enter(database, head_path, 1)
    with suppress(KeyboardInterrupt), audited(database, head_path) as connection:
        connection.execute(text("UPDATE collection SET revision = 7"))
        append(connection, Event("ana", "source.changed", "source:1"))
        raise KeyboardInterrupt
    with database.read() as connection:
        assert connection.scalar(text("SELECT revision FROM collection")) == 0
    assert count(database) == 1
    enter(database, head_path, 2)
    report = verify(database, head_path)
    assert (report.sound, report.entries) == (True, 2)


def test_events_are_paged_and_chosen(database: Database, head_path: Path) -> None:
    enter(database, head_path, *range(1, 8))
    with audited(database, head_path) as connection:
        append(connection, Event("luis", "source.viewed", "source:1"), now=NOON)
    with database.read() as connection:

        def ids(function: Any, **chosen: Any) -> list[int]:
            return [entry.id for entry in function(connection, **chosen)]

        assert ids(events, limit=3) == [1, 2, 3]
        assert ids(events, after=3, limit=3) == [4, 5, 6]
        assert ids(events, after=8, limit=3) == []
        assert ids(events, limit=9, actor="luis") == ids(events, limit=9, action="source.viewed")
        assert ids(events, limit=9, actor="luis", action="source.published") == []
        assert ids(events, limit=2, since=NOON + timedelta(minutes=4)) == [4, 5]
        assert ids(latest, limit=2, since=NOON + timedelta(minutes=4)) == [6, 7]
        assert ids(latest, limit=3) == [6, 7, 8]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET actor = 'luis' WHERE id = 2",
        "DELETE FROM audit WHERE id = 3",
        "DELETE FROM audit",
        "INSERT INTO audit SELECT id, at, 'luis', action, object, details, previous, hash "
        "FROM audit WHERE id = 2 ON CONFLICT (id) DO UPDATE SET actor = 'luis'",
        "INSERT INTO audit SELECT 9, at, actor, action, object, details, previous, hash "
        "FROM audit WHERE id = 2",
        "INSERT INTO audit SELECT NULL, at, actor, action, object, details, previous, hash "
        "FROM audit WHERE id = 2",
        "REPLACE INTO audit SELECT id, at, 'luis', action, object, details, previous, hash "
        "FROM audit WHERE id = 2",
        "TRUNCATE audit",
    ],
)
def test_the_database_refuses_whatever_is_no_next_entry(
    database: Database, head_path: Path, statement: str
) -> None:
    enter(database, head_path, 1, 2, 3)
    refused = r"append-only|right after|null value|syntax error"  # each knows words of its own
    with pytest.raises(RegisterError, match=refused), database.write() as writer:
        writer.execute(text(statement))
    assert verify(database, head_path).sound


def test_threads_of_two_processes_make_one_chain(settings: Settings, database: Database) -> None:
    command = [sys.executable, "-m", "tests.integration.audit_child", str(settings.data_dir)]
    environment = os.environ | environment_of(settings)
    children = [subprocess.Popen([*command, name], env=environment) for name in ("one", "two")]
    assert [child.wait(60) for child in children] == [0, 0]
    report = verify(database, settings.audit_head_path)
    assert report.sound
    assert report.head == Head(2 * THREADS * PER_THREAD, report.last)
    with database.read() as connection:
        entries = events(connection, limit=1000)
    numbers = {(entry.actor, entry.object) for entry in entries}
    assert len(numbers) == len(entries) == report.entries
    assert set(Counter(entry.actor for entry in entries).values()) == {PER_THREAD}


def test_what_was_entered_is_there_after_a_kill(settings: Settings, database: Database) -> None:
    command = [sys.executable, "-m", "tests.integration.audit_child", str(settings.data_dir)]
    for acknowledged in (1, 9, 17):
        child = subprocess.Popen(
            [*command, "endless"],
            env=os.environ | environment_of(settings),
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout
        with child, child.stdout:
            last = [int(child.stdout.readline()) for _ in range(acknowledged)][-1]
            child.kill()
        report = verify(database, settings.audit_head_path)
        assert report.sound
        assert report.entries >= last


def test_the_head_file_and_the_log_go_with_the_trail(
    database: Database, head_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "knowledge")
    with database.write() as connection:
        audit_head.begin(connection, head_path)
    assert audit_head.read(head_path) == Head(0, GENESIS)
    enter(database, head_path, 1, 2)
    report = verify(database, head_path)
    assert report.head == Head(2, report.last)
    assert caplog.messages[-1] == f"audit head 2:{report.last}"
    assert [path.name for path in head_path.parent.glob("audit-head*")] == ["audit-head"]


def test_a_head_file_that_is_behind_is_fine_and_catches_up(
    database: Database, head_path: Path
) -> None:
    enter(database, head_path, 1, 2)
    behind = head_path.read_bytes()
    enter(database, head_path, 3, 4)
    head_path.write_bytes(behind)
    report = verify(database, head_path)
    assert (report.sound, report.entries, report.head and report.head.count) == (True, 4, 2)
    enter(database, head_path, 5)
    assert audit_head.read(head_path) == Head(5, verify(database, head_path).last)


def test_a_process_that_ends_before_the_first_head_is_written_does_no_harm(
    database: Database, head_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_head, "keep", lambda *_: None)
    enter(database, head_path, 1)
    assert verify(database, head_path).sound
    monkeypatch.undo()
    enter(database, head_path, 2)
    assert audit_head.read(head_path) == Head(2, verify(database, head_path).last)


@pytest.mark.parametrize("content", [b"", b"12", b"\xff", b"1:" + b"0" * 10_000])
def test_a_head_file_that_is_damaged_is_told(
    database: Database, head_path: Path, content: bytes
) -> None:
    enter(database, head_path, 1)
    head_path.write_bytes(content)
    damage = verify(database, head_path).damage
    assert damage
    assert (damage.kind, damage.entry) == ("head", None)
    assert str(head_path) in damage.message


def test_a_head_file_that_is_gone_is_told_and_not_made_again(
    database: Database, head_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert verify(database, head_path).sound  # nothing was entered yet
    enter(database, head_path, 1, 2)
    head_path.unlink()
    enter(database, head_path, 3)
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert not head_path.exists()
    damage = verify(database, head_path).damage
    assert damage
    assert (damage.kind, damage.entry) == ("head", None)


def test_entries_that_come_after_a_cut_do_not_hide_it(
    database: Database, head_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    enter(database, head_path, 1, 2, 3)
    evidence = head_path.read_bytes()
    with database.write() as connection:
        lift(connection, "audit_no_delete")
        connection.execute(text("DELETE FROM audit WHERE id > 1"))
    enter(database, head_path, 4, 5, 6)
    assert head_path.read_bytes() == evidence
    assert "does not fit" in caplog.text
    damage = verify(database, head_path).damage
    assert damage
    assert (damage.kind, damage.entry) == ("rewritten", 3)


def test_a_trail_whose_table_is_gone_is_cut_off(database: Database, head_path: Path) -> None:
    enter(database, head_path, 1, 2)
    with database.write() as connection:
        connection.execute(text("DROP TABLE audit"))
    damage = verify(database, head_path).damage
    assert damage
    assert (damage.kind, damage.entry) == ("cut-off", 1)


def test_a_register_of_an_earlier_version_has_an_empty_trail(
    database: Database, head_path: Path
) -> None:
    with database.write() as connection:
        connection.execute(text("DROP TABLE audit"))
    report = verify(database, head_path)
    assert (report.sound, report.entries) == (True, 0)


def test_a_head_that_was_noted_elsewhere_finds_what_the_file_no_longer_can(
    database: Database, head_path: Path
) -> None:
    enter(database, head_path, 1, 2, 3)
    noted = audit_head.read(head_path)
    enter(database, head_path, 4)
    assert verify(database, head_path, noted=noted).sound
    with database.write() as connection:
        lift(connection, "audit_no_delete")
        connection.execute(text("DELETE FROM audit"))
    head_path.unlink()
    enter(database, head_path, *range(10, 15))
    assert verify(database, head_path).sound
    damage = verify(database, head_path, noted=noted).damage
    assert damage
    assert (damage.kind, damage.entry) == ("rewritten", 3)


def test_a_head_that_cannot_be_kept_is_logged_and_the_entry_stays(
    database: Database,
    head_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    enter(database, head_path, 1)
    monkeypatch.setattr(audit_head, "_replace", no_space)
    enter(database, head_path, 2)
    assert "is not kept" in caplog.text
    report = verify(database, head_path)
    assert (report.sound, report.entries, report.head and report.head.count) == (True, 2, 1)


def test_nothing_is_stored_where_no_head_can_be_begun(
    database: Database, head_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_head, "_replace", no_space)
    with pytest.raises(StorageFull, match="free some"):
        enter(database, head_path, 1)
    assert count(database) == 0


def no_space(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_an_entry_that_cannot_be_read_points_to_the_check(
    database: Database, head_path: Path
) -> None:
    enter(database, head_path, 1)
    with database.write() as connection:
        lift(connection, "audit_no_update")
        connection.execute(text("UPDATE audit SET details = '{'"))
    with database.read() as connection, pytest.raises(RegisterError, match="`voz audit verify`"):
        events(connection, limit=1)


def test_the_public_names_are_there() -> None:
    assert all(hasattr(audit, name) for name in audit.__all__)
