"""The table of the audit trail; `knowledge.audit` writes and reads it.

Triggers, which migration 0003 makes, refuse to change or delete a row.
"""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text

from knowledge.schema import metadata

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("object", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
)
"""``id``: 1, 2, 3 … without a gap. ``at``: ISO, UTC, microseconds. ``details``: canonical JSON.
``previous``: ``hash`` of the entry before. Both are hex SHA-256."""
