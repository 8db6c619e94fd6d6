"""Transfers of contacts to somebody else, and what waits to be sent to another program."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the tables; a notice may be about a contact from now on."""
    _create_transfers()
    _create_outbox()
    op.add_column("notices", sa.Column("contact", sa.Text))


def _key(table: str, column: str, target: str) -> sa.Constraint:
    name = f"fk_{table}_{column}_{target}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="CASCADE")


def _create_transfers() -> None:
    op.create_table(
        "contact_transfers",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("contact_id", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("offered_by", sa.Text),
        sa.Column("from_agent", sa.Text),
        sa.Column("from_audience", sa.Text, nullable=False),
        sa.Column("to_agent", sa.Text),
        sa.Column("to_audience", sa.Text, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("decided_by", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("offered_at", sa.Text, nullable=False),
        sa.Column("decided_at", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_contact_transfers"),
        _key("contact_transfers", "contact_id", "contacts"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_contact_transfers_contact_id", "contact_transfers", ["contact_id"])
    op.create_index("ix_contact_transfers_state", "contact_transfers", ["state"])
    offered = sa.text("state = 'offered'")
    op.create_index(
        "uq_contact_transfers_offered",
        "contact_transfers",
        ["contact_id"],
        unique=True,
        sqlite_where=offered,
        postgresql_where=offered,
    )


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("contact_id", sa.Integer),
        sa.Column("body", sa.Text),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("began_at", sa.Text, nullable=False),
        sa.Column("due_at", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("trouble", sa.Text),
        sa.Column("done_at", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("message", name="uq_outbox_message"),
        _key("outbox", "contact_id", "contacts"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_state_due_at", "outbox", ["state", "due_at"])
    op.create_index("ix_outbox_contact_id", "outbox", ["contact_id"])
