"""Alembic's entry point: migrate over the connection `knowledge.database.connection` gives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from sqlalchemy import Column, String, event

from knowledge.schema import metadata

_connection = context.config.attributes["connection"]


@contextmanager
def _text_in_code_point_order() -> Iterator[None]:
    """Let PostgreSQL compare the text of new columns as SQLite does: by code point.

    Else the order of names and dates would be that of the database's locale, and every index on
    text would be damaged when an update of the system changes that locale:
    https://wiki.postgresql.org/wiki/Locale_data_changes
    """

    def collate(column: Column[Any], _: object) -> None:
        if isinstance(column.type, String) and column.type.collation is None:
            column.type = column.type.copy()
            column.type.collation = "C"

    event.listen(Column, "before_parent_attach", collate)
    try:
        yield
    finally:
        event.remove(Column, "before_parent_attach", collate)


def _migrate() -> None:
    # DDL is transactional in PostgreSQL, and in SQLite once BEGIN is ours: a kill in the middle
    # leaves the old schema.
    context.configure(
        connection=_connection,
        target_metadata=metadata,
        transactional_ddl=True,
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if _connection.dialect.name == "postgresql":
    with _text_in_code_point_order():
        _migrate()
else:
    _migrate()
