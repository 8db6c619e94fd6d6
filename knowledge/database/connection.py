"""Transactions of the register, in a SQLite file or a PostgreSQL database.

Every process may read, and write in short transactions, which come one after the other whoever
begins them. What takes many transactions, such as an ingest, is for the one writer
(``write=True``), of which there is one at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, inspect, text

from knowledge import migrations
from knowledge.database.database_url import DatabaseUrl
from knowledge.database.sqlite_engine import SqliteEngines
from knowledge.database.storage_errors import storage_errors
from knowledge.errors import RegisterError, SettingsError
from knowledge.schema import HEAD

__all__ = ["Database", "storage_errors"]


class Engines(Protocol):
    """One of the two databases a register can be in.

    Attributes:
        location: where it is, for messages; holds no password.
        readers: each transaction sees one committed state throughout.
        writers: transactions come one after the other and are on disk when they have ended.
    """

    location: str
    readers: Engine
    writers: Engine

    def errors(self) -> AbstractContextManager[None]:
        """Raise errors of the register in place of the vendor's."""

    def claim(self) -> None:
        """Be the one writer until `dispose` or the end of the process; `RegisterLocked` if taken.

        A writer that lost the place, with its connection, takes it again before it writes.
        """

    def exists(self) -> bool:
        """Whether a register was made there."""

    def identity(self) -> str | None:
        """What tells this database from every other; `None` where it is part of the data folder."""

    def dispose(self) -> None:
        """Close every connection."""


class Database:
    """The register's database: transactions for reading and for writing. Threads may share it.

    Args:
        address: the SQLite file, or the address of the PostgreSQL database.
        write: be the one writer; the caller holds the lock of the data folder.

    Raises:
        SettingsError: the address cannot be used, or the driver for it is not installed.
    """

    def __init__(self, address: Path | DatabaseUrl, *, write: bool) -> None:
        self._engines = _engines(address, write=write)
        self._write = write

    @property
    def location(self) -> str:
        """Where it is, for messages; holds no password."""
        return self._engines.location

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one committed state throughout and blocks nobody."""
        with self._engines.errors(), self._engines.readers.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is on disk when the block ends, or leaves no trace.

        It sees all that was committed before and nothing else is written meanwhile, so keep it
        short; do not begin another one within it.

        Raises:
            RegisterLocked: another transaction took longer than the time-out (5 s); or, in the
                one writer, another process has become it.
        """
        with self._engines.errors(), self._engines.writers.begin() as connection:
            yield connection

    def exists(self) -> bool:
        """Whether a register was made there, of whatever version."""
        with self._engines.errors():
            return self._engines.exists()

    def require(self) -> None:
        """See to it that a register was made there, of whatever version.

        Raises:
            RegisterError: none was.
        """
        if not self.exists():
            raise RegisterError(
                f"there is no register in {self.location} yet: put documents in with `voz ingest "
                "PATH`, or let VOZ_DATA_DIR or VOZ_DATABASE_URL name the one there is"
            )

    def identity(self) -> str | None:
        """What tells this database from every other; `None` for the data folder's own file."""
        with self._engines.errors():
            return self._engines.identity()

    def schema_revision(self) -> str | None:
        """The migration it is at; `None` for an empty one."""
        with self.read() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            found = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return str(found) if found is not None else None

    def schema_is_current(self) -> bool:
        """Whether it is at the newest migration."""
        return self.schema_revision() == HEAD

    def migrate(self) -> None:
        """Become the one writer and bring the schema up to date; cheap when it is.

        Raises:
            RegisterLocked: another process is the writer.
            RegisterError: a newer version of the product wrote it.
        """
        if self._write:
            with self._engines.errors():
                self._engines.claim()
        found = self.schema_revision()
        if found != HEAD:
            with self.write() as connection:
                migrations.upgrade(connection, found)

    def close(self) -> None:
        """Close every connection."""
        self._engines.dispose()


def _engines(address: Path | DatabaseUrl, *, write: bool) -> Engines:
    if isinstance(address, Path):
        return SqliteEngines(address, write=write)
    try:
        from knowledge.database.postgresql_engine import PostgresqlEngines
    except ImportError as error:
        raise SettingsError(
            f"VOZ_DATABASE_URL names PostgreSQL, whose driver cannot be loaded ({error}): "
            "run `pip install 'psycopg[binary]'` (the extra voz-propia[postgres]), or unset it to "
            "keep the register in a file"
        ) from error
    return PostgresqlEngines(address, write=write)
