"""A customer directory in any SQL database: the queries of the mapping, read only, in time.

SQLite files are opened with ``mode=ro``; PostgreSQL runs them in a read-only transaction with a
statement timeout. For other databases, give a user that may only read. The one module of
`assistant` that imports SQLAlchemy.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from rapidfuzz import fuzz
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from assistant.customers.mapping import SqlMapping
from assistant.customers.mapping_fields import REQUIRED
from assistant.customers.models import KINDS, MAX_ROWS, SCANNED, Customer, Found, Sought
from assistant.customers.ports import DirectoryUnavailable
from assistant.customers.records import Records, Words, customer_of, matches_of
from assistant.customers.sought import parameters_of
from assistant.refusals import because
from knowledge.errors import SettingsError
from knowledge.text import fold

_STEPS = 10_000
"""Instructions of SQLite's machine between two looks at the clock."""

Row = dict[str, object]


class SqlDirectory:
    """Customers in a database.

    Args:
        mapping: where it is, and the queries.
        folder: what a relative path of an SQLite file begins at.
        words: how the company writes dates and states.
        timeout_s: seconds that all queries of one call may take.

    Raises:
        SettingsError: the address cannot be used, or its driver is not installed.
    """

    configured = True

    def __init__(
        self, mapping: SqlMapping, folder: Path, words: Words, *, timeout_s: float
    ) -> None:
        self._mapping = mapping
        self._words = words
        self._timeout_s = timeout_s
        self._engine = _engine(_url(mapping), folder, timeout_s)

    def find(self, sought: Sought) -> Found:
        """See `ports.CustomerDirectory`."""
        query = getattr(self._mapping.find, sought.kind)
        with self._reading() as connection:
            rows = self._rows(
                connection, f"find.{sought.kind}", query, parameters_of(sought, _like), SCANNED + 1
            )
        return matches_of(rows, self._words)

    def customer(self, key: str) -> Customer | None:
        """See `ports.CustomerDirectory`."""
        parts = self._mapping.customer
        with self._reading() as connection:

            def read(part: str) -> list[Row]:
                query = getattr(parts, part)
                if query is None:
                    return []
                return self._rows(connection, f"customer.{part}", query, {"key": key})

            own = read("customer")
            phones, mails = read("phones"), read("mails")
            orders, lines, contacts = read("orders"), read("lines"), read("contacts")
        if not own:
            return None
        records = Records(
            own[0],
            [row["phone"] for row in phones],
            [row["mail"] for row in mails],
            _with_lines(orders, lines),
            contacts,
        )
        return customer_of(records, self._words, key)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                _limit(connection, self._timeout_s)
                yield connection
        except DBAPIError as error:
            raise DirectoryUnavailable(because("customers-down", what=_kind(error))) from error
        except (SQLAlchemyError, OSError, UnicodeError) as error:
            raise DirectoryUnavailable(
                because("customers-down", what=type(error).__name__)
            ) from error

    def _rows(
        self,
        connection: Connection,
        field: str,
        query: str,
        values: dict[str, str],
        limit: int = MAX_ROWS + 1,
    ) -> list[Row]:
        try:
            result = connection.execute(text(query), values)
            if missing := _REQUIRED[field] - set(result.keys()):
                what = f"{field}: {min(missing)}"
                raise DirectoryUnavailable(because("customers-garbled", what=what))
            return [dict(row) for row in result.mappings().fetchmany(limit)]
        except DBAPIError as error:
            if _too_slow(error):
                raise DirectoryUnavailable(
                    because("customers-slow", seconds=f"{self._timeout_s:g}")
                ) from error
            if error.connection_invalidated:
                raise
            raise DirectoryUnavailable(
                because("customers-query", field=field, what=_kind(error))
            ) from error
        except SQLAlchemyError as error:  # no rows come of it, or a value is missing
            raise DirectoryUnavailable(
                because("customers-query", field=field, what=type(error).__name__)
            ) from error


_REQUIRED: Mapping[str, frozenset[str]] = {
    **{f"find.{kind}": REQUIRED["find"] for kind in KINDS},
    **{f"customer.{part}": REQUIRED[part] for part in ("customer", "orders", "contacts")},
    "customer.lines": frozenset({"order_number"}),
    "customer.phones": frozenset({"phone"}),
    "customer.mails": frozenset({"mail"}),
}
"""Columns that a query has to give."""


def _with_lines(orders: list[Row], lines: list[Row]) -> list[Row]:
    by_order: dict[str, list[Row]] = {}
    for line in lines:
        by_order.setdefault(str(line["order_number"]), []).append(line)
    return [{**order, "lines": by_order.get(str(order["number"]), [])} for order in orders]


def _like(folded: str) -> str:
    """The pattern of names that have these words, in this order."""
    words = (word.replace("%", "").replace("_", "") for word in folded.split())
    return f"%{'%'.join(words)}%"


def _url(mapping: SqlMapping) -> URL:
    try:
        return make_url(mapping.address)
    except ArgumentError as error:  # its text repeats the address, with a password perhaps
        raise SettingsError(
            "the url of the customer mapping is no SQLAlchemy address: write it as in "
            "sqlite:///crm.sqlite or postgresql://USER:PASSWORD@HOST/DATABASE"
        ) from error


def _engine(url: URL, folder: Path, timeout_s: float) -> Engine:
    try:
        if url.get_backend_name() == "sqlite":
            return _sqlite(url, folder, timeout_s)
        if url.get_backend_name() == "postgresql":
            if url.drivername == "postgresql":
                url = url.set(drivername="postgresql+psycopg")
            return create_engine(
                url,
                pool_pre_ping=True,
                pool_timeout=timeout_s,
                hide_parameters=True,
                connect_args={"connect_timeout": max(2, round(timeout_s))},
                execution_options={"postgresql_readonly": True},
            )
        return create_engine(url, pool_pre_ping=True, pool_timeout=timeout_s, hide_parameters=True)
    except (ImportError, SQLAlchemyError, TypeError) as error:
        raise SettingsError(
            f"the driver for {url.drivername!r} of the customer mapping cannot be loaded "
            f"({type(error).__name__}): install it beside the program, or use another url"
        ) from error


def _sqlite(url: URL, folder: Path, timeout_s: float) -> Engine:
    """A file that is only read; one that is replaced meanwhile is read anew."""
    if not url.database or url.database == ":memory:":
        raise SettingsError("the customer mapping names no SQLite file: sqlite:///crm.sqlite")
    path = (folder / url.database).resolve()
    address = f"file:{quote(str(path))}?mode=ro"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(address, uri=True, timeout=timeout_s, check_same_thread=False)
        connection.execute("PRAGMA query_only = ON")
        connection.create_function("fold", 1, _fold, deterministic=True)
        connection.create_function("near", 2, _near, deterministic=True)
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "checkout")
    def _watch(connection: Any, _record: Any, _proxy: Any) -> None:
        until = time.monotonic() + timeout_s
        connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)

    return engine


def _limit(connection: Connection, timeout_s: float) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(
            text("SELECT set_config('statement_timeout', :ms, true)"),
            {"ms": str(round(timeout_s * 1000))},
        )


def _fold(value: object) -> str | None:
    """SQL's ``fold(text)``: lower case without accents."""
    return None if value is None else fold(str(value))


def _near(one: object, other: object) -> float:
    """SQL's ``near(text, text)``: how like two names are, 0 to 100, whatever their accents."""
    if one is None or other is None:
        return 0.0
    return fuzz.token_set_ratio(fold(str(one)), fold(str(other)))


def _too_slow(error: DBAPIError) -> bool:
    """SQLite was interrupted by the clock; PostgreSQL's 57014 is ``query_canceled``."""
    told = getattr(error.orig, "sqlstate", None) or str(error.orig)
    return told in ("57014", "interrupted")


def _kind(error: DBAPIError) -> str:
    """The vendor's kind of error, whose text may hold values."""
    return getattr(error.orig, "sqlstate", None) or type(error.orig).__name__
