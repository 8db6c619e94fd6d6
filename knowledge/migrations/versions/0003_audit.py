"""The audit trail: a table that only grows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

# INSERT OR REPLACE deletes the old row without asking a trigger for DELETE, and gaps in the
# numbers would hide what is missing: hence the third.
_SQLITE = (
    "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END",
    "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END",
    "CREATE TRIGGER audit_in_order BEFORE INSERT ON audit "
    "WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM audit) "
    "BEGIN SELECT RAISE(ABORT, 'an audit entry comes right after the last one'); END",
)
_POSTGRESQL = (
    "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$",
    "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
    "CREATE FUNCTION audit_in_order() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN IF NEW.id <> (SELECT coalesce(max(id), 0) + 1 FROM audit) THEN "
    "RAISE EXCEPTION 'an audit entry comes right after the last one'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER audit_in_order BEFORE INSERT ON audit "
    "FOR EACH ROW EXECUTE FUNCTION audit_in_order()",
)


def upgrade() -> None:
    """Make the table and the triggers that keep it."""
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("object", sa.Text, nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    dialect = op.get_bind().dialect.name
    for statement in _SQLITE if dialect == "sqlite" else _POSTGRESQL:
        op.execute(statement)
