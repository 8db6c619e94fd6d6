"""Connections to the register's SQLite file; the only place that translates storage errors.

Every process may read, and write in short transactions (WAL, ``synchronous=FULL``), which come one
after the other whoever begins them. What takes many transactions, such as an ingest, is for the
one writer (``write=True``), of which there is one at a time.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, text
from sqlalchemy.exc import DBAPIError

from knowledge import migrations
from knowledge.errors import RegisterError, RegisterLocked, StorageFull
from knowledge.schema import HEAD

_BUSY_TIMEOUT_S = 5.0
_CACHE_KIB = 32 * 1024

_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NOT_WRITABLE = {errno.EACCES, errno.EPERM, errno.EROFS}

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_READ_ONLY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Translate whatever SQLAlchemy, SQLite or the system raises into errors of the register.

    Args:
        path: file or folder that is being worked on, for the message.

    Raises:
        StorageFull: no space, or no permission to write.
        RegisterLocked: SQLite stayed busy beyond its time-out.
        RegisterError: damage, or anything else that storage can raise.
    """
    try:
        yield
    except DBAPIError as error:
        raise _from_sqlite(error.orig or error, path) from error
    except sqlite3.Error as error:
        raise _from_sqlite(error, path) from error
    except OSError as error:
        raise _from_system(error, path) from error


def _from_sqlite(error: BaseException, path: Path) -> RegisterError:
    # The low byte is the primary code: https://www.sqlite.org/rescode.html
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return StorageFull(_no_space(path, error))
    if code in _READ_ONLY:
        return StorageFull(
            f"the register {path} cannot be opened for this ({error}): give this account "
            "permission for the data folder, or set VOZ_DATA_DIR to another one"
        )
    if code in _BUSY:
        return RegisterLocked(f"the register {path} is busy ({error}): try again")
    if code in _DAMAGED:
        return RegisterError(
            f"the register {path} is damaged ({error}): move {path.name}, {path.name}-wal and "
            f"{path.name}-shm out of {path.parent}, then ingest the documents again; "
            "the original files are unharmed"
        )
    return RegisterError(f"the register {path} cannot be read or written: {error}")


def _from_system(error: OSError, path: Path) -> RegisterError:
    where = error.filename or path
    if error.errno in _NO_SPACE:
        return StorageFull(_no_space(Path(str(where)), error))
    if error.errno in _NOT_WRITABLE:
        return StorageFull(
            f"{where} may not be written ({error.strerror}): give this account permission, or "
            "set VOZ_DATA_DIR to a folder of its own"
        )
    return RegisterError(
        f"{where} cannot be used for the data folder ({error.strerror or error}): "
        "check it, or set VOZ_DATA_DIR to another one"
    )


def _no_space(path: Path, error: BaseException) -> str:
    return (
        f"no space left for {path} ({error}): free some and run the same command again; "
        "what was already stored is kept"
    )


class Database:
    """The register's file: transactions for reading and for writing. Threads may share it.

    Args:
        path: the SQLite file.
        write: be the one writer; the caller holds the lock of the data folder.
    """

    def __init__(self, path: Path, *, write: bool) -> None:
        self.path = path
        self._engine = _engine(path, "rwc" if write else None)
        writers = self._engine if write else _engine(path, "rw")
        self._writers = writers.execution_options(begin="BEGIN IMMEDIATE")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one committed state throughout and blocks nobody."""
        with storage_errors(self.path), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is on disk when the block ends, or leaves no trace.

        It sees all that was committed before and nothing else is written meanwhile, so keep it
        short; do not begin another one within it.

        Raises:
            RegisterLocked: another transaction took longer than the time-out (5 s).
        """
        with storage_errors(self.path), self._writers.begin() as connection:
            yield connection

    def schema_revision(self) -> str | None:
        """The migration it is at; `None` for an empty file."""
        with self.read() as connection:
            known = connection.scalar(
                text("SELECT count(*) FROM sqlite_schema WHERE name = 'alembic_version'")
            )
            if not known:
                return None
            found = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return str(found) if found is not None else None

    def schema_is_current(self) -> bool:
        """Whether it is at the newest migration."""
        return self.schema_revision() == HEAD

    def migrate(self) -> None:
        """Bring the schema up to date; cheap when it is.

        Raises:
            RegisterError: a newer version of the product wrote it.
        """
        found = self.schema_revision()
        if found != HEAD:
            with self.write() as connection:
                migrations.upgrade(connection, found)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()
        self._writers.dispose()


def _engine(path: Path, mode: str | None) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=lambda: _connect(path, mode),
        poolclass=QueuePool,
        max_overflow=64,
    )

    # Python's sqlite3 begins transactions late and not around DDL; so BEGIN is ours:
    # https://docs.sqlalchemy.org/en/21/dialects/sqlite.html#sqlite-transactions
    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    return engine


def _connect(path: Path, mode: str | None) -> sqlite3.Connection:
    """To write, in the mode given; without one, to read."""
    if mode is not None:
        connection = _open(path, mode)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        return connection
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
