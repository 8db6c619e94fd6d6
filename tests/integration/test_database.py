"""Transactions, the same on both databases: who sees what, who waits, what is kept."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Executable, select, text, update

from knowledge.database import postgresql_engine, sqlite_engine
from knowledge.database.connection import Database
from knowledge.database.database_url import DatabaseUrl
from knowledge.errors import RegisterError, RegisterLocked
from knowledge.schema import collection, models

Address = Path | DatabaseUrl


@pytest.fixture
def address(tmp_path: Path, database_url: DatabaseUrl | None) -> Address:
    return database_url or tmp_path / "register.sqlite"


@pytest.fixture
def writer(address: Address) -> Iterator[Database]:
    database = Database(address, write=True)
    database.migrate()
    yield database
    database.close()


@pytest.fixture
def other(address: Address, writer: Database) -> Iterator[Database]:
    """Another process's view of it, such as the server's while an ingest runs."""
    database = Database(address, write=False)
    yield database
    database.close()


def add_model(database: Database, name: str) -> None:
    with database.write() as connection:
        connection.execute(models.insert().values(fingerprint=name))


def interrupted_after(statement: Executable, connection: Connection) -> None:
    connection.execute(statement)
    raise KeyboardInterrupt


def names(connection: Connection) -> list[str]:
    return sorted(connection.execute(select(models.c.fingerprint)).scalars())


def test_whoever_reads_may_write_in_short_transactions_beside_the_one_writer(
    writer: Database, other: Database
) -> None:
    add_model(other, "of the other")
    add_model(writer, "of the writer")
    add_model(other, "of the other again")
    for database in (writer, other):
        with database.read() as connection:
            assert names(connection) == ["of the other", "of the other again", "of the writer"]


def test_a_transaction_that_fails_leaves_no_trace(writer: Database, other: Database) -> None:
    for database in (writer, other):
        with pytest.raises(KeyboardInterrupt), database.write() as connection:
            interrupted_after(models.insert().values(fingerprint="half"), connection)
        add_model(database, f"whole {id(database)}")
    with other.read() as connection:
        assert len(names(connection)) == 2


def test_a_read_sees_one_state_whatever_is_committed_meanwhile(
    writer: Database, other: Database
) -> None:
    with other.read() as connection:
        assert names(connection) == []
        add_model(writer, "later")
        add_model(other, "later too")
        assert names(connection) == []
    with other.read() as connection:
        assert len(names(connection)) == 2


def test_a_write_sees_all_that_was_committed_before_its_turn(
    writer: Database, other: Database
) -> None:
    """Two that read, then write what they read plus one, lose nothing."""
    count = select(collection.c.revision)

    def work(database: Database) -> None:
        for _ in range(25):
            with database.write() as connection:
                revision = connection.execute(count).scalar_one()
                connection.execute(update(collection).values(revision=revision + 1))

    threads = [threading.Thread(target=work, args=(d,)) for d in (writer, other, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with writer.read() as connection:
        assert connection.execute(count).scalar_one() == 75


def test_who_waits_too_long_for_a_turn_is_told_to_try_again(
    address: Address, writer: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_engine, "_BUSY_TIMEOUT_S", 0.1)
    monkeypatch.setitem(postgresql_engine._WRITER_SESSION, "lock_timeout", "100ms")
    impatient = Database(address, write=False)
    with (
        writer.write(),
        pytest.raises(RegisterLocked, match=r"busy.*try again"),
        impatient.write(),
    ):
        pass
    add_model(impatient, "afterwards")
    impatient.close()


def test_a_read_cannot_write(writer: Database, other: Database) -> None:
    with pytest.raises(RegisterError), other.read() as connection:
        connection.execute(models.insert().values(fingerprint="x"))
    with other.read() as connection:
        assert names(connection) == []


def test_a_row_cannot_name_one_that_is_not_there(writer: Database, other: Database) -> None:
    orphan = update(collection).values(model_id=999)
    for database in (writer, other):
        with (
            pytest.raises(RegisterError, match=r"(?i)foreign key"),
            database.write() as connection,
        ):
            connection.execute(orphan)


def test_text_is_sorted_by_code_point(writer: Database, other: Database) -> None:
    for name in ("b", "É", "a", "B", "e", "a b", "a-b", "ab", "ñ", "n"):
        add_model(writer, name)
    with other.read() as connection:
        in_order = select(models.c.fingerprint).order_by(models.c.fingerprint)
        assert list(connection.execute(in_order).scalars()) == names(connection)


def test_what_a_transaction_wrote_is_on_disk_when_it_returns(
    writer: Database, other: Database
) -> None:
    for database in (writer, other):
        with database.write() as connection:
            if connection.dialect.name == "sqlite":
                assert connection.scalar(text("PRAGMA foreign_keys")) == 1
                assert connection.scalar(text("PRAGMA synchronous")) == 2
                assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
            else:
                assert connection.scalar(text("SHOW synchronous_commit")) == "on"
