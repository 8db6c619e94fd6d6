"""The register in a PostgreSQL database: connections that read and, in turn, write.

A transaction that reads sees one state (REPEATABLE READ, READ ONLY). Those that write take turns,
as SQLite has it: two that read, decide and write at the same time would each miss what the other
writes. Turns and the one writer's place are advisory locks, which the server lets go when the
connection that holds them ends: https://www.postgresql.org/docs/current/explicit-locking.html
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import Connection, Engine, create_engine, event, inspect, text

from knowledge.database.database_url import DatabaseUrl
from knowledge.database.postgresql_errors import postgresql_errors
from knowledge.errors import RegisterError, RegisterLocked, SettingsError

_CONNECT_TIMEOUT_S = 5
_BUSY_TIMEOUT_S = 5
_CLAIM_TIMEOUT_S = 1.0
_RETRY_EVERY_S = 0.05
_READERS_KEPT, _MORE_READERS = 5, 15

_LOCKS = 0x766F7A
"""Names our advisory locks among those of others in the database: "voz"."""
_ONE_WRITER, _TURN = 1, 2

_TCP = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""A server that vanished without a word is noticed within half a minute."""

_SESSION = {"lock_timeout": f"{_BUSY_TIMEOUT_S}s"}
_WRITER_SESSION = _SESSION | {
    # The server, too, notices within half a minute that the writer's machine vanished
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    # Embedding may take hours between two transactions
    "idle_session_timeout": "0",
}

_DriverConnection = psycopg.Connection[Any]


class PostgresqlEngines:
    """Implements `knowledge.database.connection.Engines`.

    Args:
        url: where the database is.
        write: be the one writer. Its place is held by the one connection that it writes with, so
            it cannot lose the place without noticing.

    Raises:
        SettingsError: the address cannot be read.
    """

    def __init__(self, url: DatabaseUrl, *, write: bool) -> None:
        self._parameters = _parameters(url)
        self.location = _location(self._parameters)
        self.readers = _engine(self._connect_to_read, _READERS_KEPT, _MORE_READERS)
        self.writers = _engine(self._connect_as_writer if write else self._connect_to_write, 1, 0)

        @event.listens_for(self.writers, "begin")
        def _take_turn(connection: Connection) -> None:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCKS}, {_TURN})")

    def errors(self) -> AbstractContextManager[None]:
        """Errors of the register in place of what the server and its driver raise."""
        return postgresql_errors(self.location)

    def claim(self) -> None:
        """Make the connection that writes."""
        self.writers.connect().close()

    def exists(self) -> bool:
        """Whether tables were made in the database."""
        return inspect(self.readers).has_table("alembic_version")

    def identity(self) -> str:
        """The server's number and the database's on it; a restored copy has others."""
        may_ask = "has_function_privilege('pg_control_system()', 'EXECUTE')"
        database = "SELECT oid FROM pg_database WHERE datname = current_database()"
        server = "SELECT system_identifier FROM pg_control_system()"
        with self.readers.connect() as connection:
            number = connection.scalar(text(database))
            if not connection.scalar(text(f"SELECT {may_ask}")):
                return f"{number}"
            return f"{connection.scalar(text(server))}/{number}"

    def dispose(self) -> None:
        """Close every connection."""
        self.readers.dispose()
        self.writers.dispose()

    def _connect_to_read(self) -> _DriverConnection:
        connection = self._connect(_SESSION)
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        return connection

    def _connect_to_write(self) -> _DriverConnection:
        connection = self._connect(_WRITER_SESSION)
        # With turns nothing is written between two statements of a transaction, so the newest
        # state that each of them sees is the same, and the first one sees the turn before.
        connection.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        return connection

    def _connect_as_writer(self) -> _DriverConnection:
        connection = self._connect_to_write()
        try:
            connection.autocommit = True
            self._take_place(connection)
            connection.autocommit = False
        except BaseException:
            connection.close()
            raise
        return connection

    def _take_place(self, connection: _DriverConnection) -> None:
        deadline = time.monotonic() + _CLAIM_TIMEOUT_S
        take = f"SELECT pg_try_advisory_lock({_LOCKS}, {_ONE_WRITER})"
        while not _value(connection, take):
            if time.monotonic() >= deadline:
                raise RegisterLocked(
                    f"another process ({_writer(connection)}) is writing to the register "
                    f"{self.location}: wait until it has finished and try again"
                )
            time.sleep(_RETRY_EVERY_S)

    def _connect(self, session: dict[str, str]) -> _DriverConnection:
        """A connection with settings of its own; those that the server does not know are left."""
        connection = psycopg.connect(**self._parameters, autocommit=True)
        try:
            self._check_encoding(connection)
            connection.execute(
                "SELECT set_config(name, wanted, false) FROM pg_settings"
                " JOIN unnest(%s::text[], %s::text[]) AS ours (name, wanted) USING (name)",
                [list(session), list(session.values())],
            )
            connection.execute(
                "SELECT set_config('synchronous_commit', 'on', false)"
                " WHERE current_setting('synchronous_commit') = 'off'"
            )
            connection.autocommit = False
        except BaseException:
            connection.close()
            raise
        return connection

    def _check_encoding(self, connection: _DriverConnection) -> None:
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            raise RegisterError(
                f"the register {self.location} is kept in the encoding {encoding}, UTF8 is needed: "
                "create a database with `createdb --encoding=UTF8 --template=template0 NAME` and "
                "let VOZ_DATABASE_URL name it"
            )


def _engine(connect: Callable[[], _DriverConnection], kept: int, more: int) -> Engine:
    return create_engine(
        "postgresql+psycopg://",
        creator=connect,
        pool_size=kept,
        max_overflow=more,
        pool_timeout=_BUSY_TIMEOUT_S,
        pool_pre_ping=True,
        hide_parameters=True,
    )


def _parameters(url: DatabaseUrl) -> dict[str, Any]:
    """What libpq is told: what the address says, and defaults of ours where it is silent."""
    try:
        given = conninfo_to_dict(url.for_libpq())
    except psycopg.ProgrammingError:  # repeats the piece that it cannot read: maybe the password
        raise SettingsError(
            "VOZ_DATABASE_URL cannot be used: libpq does not understand it; check the names of its "
            "options (?name=value&…) and its % escapes"
        ) from None
    name = f"voz-propia, pid {os.getpid()} on {socket.gethostname()}"
    ours = {"connect_timeout": _CONNECT_TIMEOUT_S, "application_name": name[:63], **_TCP}
    return ours | given | {"client_encoding": "UTF8"}


def _location(parameters: dict[str, Any]) -> str:
    database = parameters.get("dbname") or parameters.get("user") or "of the default user"
    host = parameters.get("host") or parameters.get("hostaddr") or "the default host"
    return f"{database} at {host}:{parameters.get('port') or 5432}"


def _writer(connection: _DriverConnection) -> str:
    """Who holds the one writer's place, in the words of its own connection."""
    name = _value(
        connection,
        "SELECT application_name FROM pg_stat_activity JOIN pg_locks USING (pid)"
        f" WHERE locktype = 'advisory' AND classid = {_LOCKS} AND objid = {_ONE_WRITER}"
        " AND granted AND database ="
        " (SELECT oid FROM pg_database WHERE datname = current_database())",
    )
    return str(name).removeprefix("voz-propia, ") if name else "which has just ended"


def _value(connection: _DriverConnection, query: str) -> Any:
    row = connection.execute(query).fetchone()
    return row[0] if row else None
