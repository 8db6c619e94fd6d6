"""Questions to the company: topics with people on duty, questions and their steps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the tables; notices can be about a question from here on."""
    _create_topics()
    _create_escalations()
    op.add_column("notices", sa.Column("escalation_id", sa.Integer))


def _key(table: str, column: str, target: str, ondelete: str | None = None) -> sa.Constraint:
    name = f"fk_{table}_{column}_{target}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)


def _create_topics() -> None:
    op.create_table(
        "escalation_topics",
        sa.Column("id", sa.Integer, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("name", "audience", "words", "sources")
        ),
        sa.Column("owner", sa.Text),
        sa.Column("fallback", sa.Boolean, nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.Column("changed_at", sa.Text, nullable=False),
        sa.Column("removed_at", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_escalation_topics"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "escalation_duties",
        sa.Column("topic_id", sa.Integer, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("days", sa.Text, nullable=False),
        sa.Column("start", sa.Text),
        sa.Column("end", sa.Text),
        sa.PrimaryKeyConstraint("topic_id", "place", name="pk_escalation_duties"),
        _key("escalation_duties", "topic_id", "escalation_topics", "CASCADE"),
    )
    op.create_index("ix_escalation_duties_account", "escalation_duties", ["account"])
    op.create_table(
        "off_duty",
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("account", name="pk_off_duty"),
    )


def _create_escalations() -> None:
    op.create_table(
        "escalations",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("topic_id", sa.Integer, nullable=False),
        sa.Column("contact_id", sa.Integer),
        sa.Column("turns", sa.Integer, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("asked_by", "audience", "language")
        ),
        sa.Column("question", sa.Text),
        sa.Column("need", sa.Text),
        sa.Column("sources", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        *(
            sa.Column(name, sa.Text)
            for name in ("receiver", "answer", "answered_by", "answered_role", "card")
        ),
        sa.Column("asked_at", sa.Text, nullable=False),
        sa.Column("changed_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_escalations"),
        sa.UniqueConstraint("key", name="uq_escalations_key"),
        _key("escalations", "topic_id", "escalation_topics"),
        _key("escalations", "contact_id", "contacts", "SET NULL"),
        sqlite_autoincrement=True,
    )
    for column in ("topic_id", "contact_id", "asked_by", "state", "changed_at"):
        op.create_index(f"ix_escalations_{column}", "escalations", [column])
    op.create_table(
        "escalation_steps",
        sa.Column("escalation_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("to", sa.Text),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("escalation_id", "number", name="pk_escalation_steps"),
        _key("escalation_steps", "escalation_id", "escalations", "CASCADE"),
    )
