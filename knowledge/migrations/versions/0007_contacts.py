"""Contacts: conversations with customers, their turns, and what happened in order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables; there is none yet, so there is nothing to carry over."""
    _create_contacts()
    _create_turns()
    _create_events()


def _key(table: str, column: str, target: str) -> sa.Constraint:
    name = f"fk_{table}_{column}_{target}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="CASCADE")


def _create_contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("reference", sa.Text),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("agent", sa.Text),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("audience", "state", "opened_at", "changed_at")
        ),
        sa.Column("ended_at", sa.Text),
        sa.Column("erased_at", sa.Text),
        sa.Column("turn_count", sa.Integer, nullable=False),
        sa.Column("last_event", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_contacts"),
        sa.UniqueConstraint("key", name="uq_contacts_key"),
        sa.UniqueConstraint("made_by", "reference", name="uq_contacts_made_by_reference"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_contacts_changed_at", "contacts", ["changed_at"])
    op.create_index("ix_contacts_agent_state", "contacts", ["agent", "state"])


def _create_turns() -> None:
    op.create_table(
        "contact_turns",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("contact_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("utterance", sa.Text),
        sa.Column("speaker", sa.Text, nullable=False),
        sa.Column("text", sa.Text),
        sa.Column("final", sa.Boolean, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("changed_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_contact_turns"),
        sa.UniqueConstraint("contact_id", "number", name="uq_contact_turns_contact_id_number"),
        sa.UniqueConstraint(
            "contact_id", "utterance", name="uq_contact_turns_contact_id_utterance"
        ),
        _key("contact_turns", "contact_id", "contacts"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "earlier_turns",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("turn_id", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("speaker", "text", "until")),
        sa.PrimaryKeyConstraint("id", name="pk_earlier_turns"),
        _key("earlier_turns", "turn_id", "contact_turns"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_earlier_turns_turn_id", "earlier_turns", ["turn_id"])


def _create_events() -> None:
    op.create_table(
        "contact_events",
        sa.Column("contact_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("turn", sa.Integer),
        sa.Column("body", sa.Text),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("contact_id", "number", name="pk_contact_events"),
        _key("contact_events", "contact_id", "contacts"),
    )
    op.create_index("ix_contact_events_contact_id_turn", "contact_events", ["contact_id", "turn"])
