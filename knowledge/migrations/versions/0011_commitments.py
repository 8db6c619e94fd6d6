"""Promises and complaints, their steps, and how far contacts were looked through for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_FIXED = ("id", "commitment_id", "number", "kind", "actor", "at", "account", "due", "due_at")
_TOLD = "the steps of a commitment are append-only"
_SAME_SQLITE = " AND ".join(f'NEW."{name}" IS OLD."{name}"' for name in _FIXED)
_SAME_POSTGRESQL = " AND ".join(
    f'NEW."{name}" IS NOT DISTINCT FROM OLD."{name}"' for name in _FIXED
)
_SQLITE = (
    "CREATE TRIGGER commitment_steps_no_update BEFORE UPDATE ON commitment_steps "
    f"WHEN NOT (NEW.text IS NULL AND {_SAME_SQLITE}) BEGIN SELECT RAISE(ABORT, '{_TOLD}'); END",
    "CREATE TRIGGER commitment_steps_no_delete BEFORE DELETE ON commitment_steps "
    f"BEGIN SELECT RAISE(ABORT, '{_TOLD}'); END",
)
_POSTGRESQL = (
    "CREATE FUNCTION commitment_steps_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN IF TG_OP = 'UPDATE' THEN IF NEW.text IS NULL AND {_SAME_POSTGRESQL} THEN "
    f"RETURN NEW; END IF; END IF; RAISE EXCEPTION '{_TOLD}'; END $$",
    "CREATE TRIGGER commitment_steps_append_only BEFORE UPDATE OR DELETE ON commitment_steps "
    "FOR EACH ROW EXECUTE FUNCTION commitment_steps_refuse()",
)


def upgrade() -> None:
    """Make the tables, the triggers, and the column by which a notice names one."""
    _create_commitments()
    _create_steps()
    _create_contacts()
    # SQLite adds no key to a table that is there: it is copied
    with op.batch_alter_table("notices", table_kwargs={"sqlite_autoincrement": True}) as notices:
        notices.add_column(sa.Column("commitment_id", sa.Integer))
        notices.create_foreign_key(
            "fk_notices_commitment_id_commitments",
            "commitments",
            ["commitment_id"],
            ["id"],
            ondelete="CASCADE",
        )


def _key(table: str, column: str, target: str, ondelete: str = "CASCADE") -> sa.Constraint:
    name = f"fk_{table}_{column}_{target}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)


def _create_commitments() -> None:
    table = "commitments"
    op.create_table(
        table,
        sa.Column("id", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("key", "kind", "what")),
        sa.Column("words", sa.Text),
        sa.Column("customer", sa.Text),
        sa.Column("contact_id", sa.Integer),
        sa.Column("turn", sa.Integer),
        sa.Column("audience", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("made_by", "responsible", "due", "due_at")),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("opened_at", sa.Text, nullable=False),
        sa.Column("changed_at", sa.Text, nullable=False),
        sa.Column("overdue_told", sa.Text),
        sa.Column("step_count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint("key", name=f"uq_{table}_key"),
        _key(table, "contact_id", "contacts", "SET NULL"),
        sqlite_autoincrement=True,
    )
    op.create_index(f"ix_{table}_contact_id", table, ["contact_id"])
    op.create_index(f"ix_{table}_customer_state", table, ["customer", "state"])
    op.create_index(f"ix_{table}_state_due", table, ["state", "due"])


def _create_steps() -> None:
    table = "commitment_steps"
    op.create_table(
        table,
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("commitment_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "actor", "at")),
        *(sa.Column(name, sa.Text) for name in ("text", "account", "due", "due_at")),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint("commitment_id", "number", name=f"uq_{table}_commitment_id_number"),
        _key(table, "commitment_id", "commitments"),
        sqlite_autoincrement=True,
    )
    dialect = op.get_bind().dialect.name
    for statement in _SQLITE if dialect == "sqlite" else _POSTGRESQL:
        op.execute(statement)


def _create_contacts() -> None:
    table = "commitment_contacts"
    op.create_table(
        table,
        sa.Column("contact_id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("heard", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("contact_id", name=f"pk_{table}"),
        _key(table, "contact_id", "contacts"),
    )
    # What was said before promises were looked for is nobody's open item now
    op.execute(
        "INSERT INTO commitment_contacts (contact_id, heard) SELECT id, last_event FROM contacts"
    )
