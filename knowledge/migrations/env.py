"""Alembic's entry point: migrate over the connection that `knowledge.connection` hands in."""

from __future__ import annotations

from alembic import context

import knowledge.accounts_schema  # noqa: F401  # its tables are part of the metadata
from knowledge.schema import metadata

# SQLite's DDL is transactional once BEGIN is ours: a kill in the middle leaves the old schema.
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
