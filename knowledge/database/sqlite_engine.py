"""The register in a SQLite file: connections that read and, in turn, write.

Readers open the file read-only and see the last committed state. Transactions that write are one
after the other (``BEGIN IMMEDIATE``) and on disk once they have returned (WAL,
``synchronous=FULL``).
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

from knowledge.database.storage_errors import storage_errors

_BUSY_TIMEOUT_S = 5.0
_CACHE_KIB = 32 * 1024


class SqliteEngines:
    """Implements `knowledge.database.connection.Engines`.

    Args:
        path: the file; a writer makes it, nobody else does.
        write: be the one writer; the caller holds its lock.
    """

    def __init__(self, path: Path, *, write: bool) -> None:
        self.location = str(path)
        self._path = path
        if write:
            self.readers = _engine(partial(_connect_to_write, path, "rwc"))
            writers = self.readers
        else:
            self.readers = _engine(partial(_connect_to_read, path))
            writers = _engine(partial(_connect_to_write, path, "rw"))
        self.writers: Engine = writers.execution_options(begin="BEGIN IMMEDIATE")

    def errors(self) -> AbstractContextManager[None]:
        """Errors of the register in place of what SQLite and the system raise."""
        return storage_errors(self._path)

    def claim(self) -> None:
        """Nothing: the lock on the data folder is enough."""

    def exists(self) -> bool:
        """Whether there is a file."""
        return self._path.is_file()

    def identity(self) -> None:
        """Nothing: the file is in the folder that it belongs to."""

    def dispose(self) -> None:
        """Close every connection."""
        self.readers.dispose()
        self.writers.dispose()


def _engine(connect: partial[sqlite3.Connection]) -> Engine:
    engine = create_engine(
        "sqlite://", creator=connect, poolclass=QueuePool, max_overflow=64, hide_parameters=True
    )

    # Python's sqlite3 begins transactions late and not around DDL; so BEGIN is ours:
    # https://docs.sqlalchemy.org/en/21/dialects/sqlite.html#sqlite-transactions
    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    return engine


def _connect_to_write(path: Path, mode: str) -> sqlite3.Connection:
    connection = _open(path, mode)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA secure_delete=ON")  # words that are erased leave the file too
    return connection


def _connect_to_read(path: Path) -> sqlite3.Connection:
    try:
        connection = _open(path, "ro")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CANTOPEN or not _never_changes(path):
            raise
        connection = _open(path, "ro&immutable=1")
    return connection


def _open(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode={mode}",
        uri=True,
        timeout=_BUSY_TIMEOUT_S,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
    return connection


def _never_changes(path: Path) -> bool:
    """Whether it is on a read-only medium with nothing left in its log.

    There WAL's side files cannot be made, but there is no writer either.
    """
    wal = path.with_name(path.name + "-wal")
    read_only = os.statvfs(path).f_flag & os.ST_RDONLY
    return bool(read_only) and not (wal.exists() and wal.stat().st_size)
