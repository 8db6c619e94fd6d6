"""Empty databases get their tables as the migrations made them the first time in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event

Upgrade = Callable[[Connection, str | None], None]
READING = ("SELECT", "PRAGMA")


def remembering(upgrade: Upgrade) -> Upgrade:
    """The migrations, whose statements over an empty database are sent again to the next one.

    Alembic takes a second to put together a few hundred of them, which are always the same.
    """
    known: dict[str, list[tuple[str, Any]]] = {}

    def quick(connection: Connection, found: str | None) -> None:
        dialect = connection.dialect.name
        if found is not None:
            upgrade(connection, found)
        elif dialect in known:
            for statement, values in known[dialect]:
                connection.exec_driver_sql(statement, values or None)
        else:
            with _written(connection) as statements:
                upgrade(connection, found)
            known[dialect] = statements

    return quick


@contextmanager
def _written(connection: Connection) -> Iterator[list[tuple[str, Any]]]:
    statements: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if not statement.lstrip().upper().startswith(READING):
            statements.append((statement, values))

    event.listen(connection, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(connection, "before_cursor_execute", note)
