"""What customers needed in contacts, with what was cited and named: themes are counted from it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the tables; of contacts before this nothing is known but their words."""
    _create_needs()
    _create_links("need_citations", "version_id", "versions")
    _create_links("need_subjects", "source_id", "sources")


def _key(table: str, column: str, target: str, ondelete: str = "CASCADE") -> sa.Constraint:
    name = f"fk_{table}_{column}_{target}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)


def _create_needs() -> None:
    op.create_table(
        "contact_needs",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("contact_id", sa.Integer, nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("at", "day", "audience", "language")
        ),
        sa.Column("text", sa.Text),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("topic_id", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_contact_needs"),
        sa.UniqueConstraint("contact_id", "turn", name="uq_contact_needs_contact_id_turn"),
        _key("contact_needs", "contact_id", "contacts"),
        _key("contact_needs", "topic_id", "topics", "SET NULL"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_contact_needs_topic_id", "contact_needs", ["topic_id"])
    op.create_index("ix_contact_needs_audience_day", "contact_needs", ["audience", "day"])


def _create_links(table: str, column: str, target: str) -> None:
    op.create_table(
        table,
        sa.Column("need_id", sa.Integer, nullable=False),
        sa.Column(column, sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("need_id", column, name=f"pk_{table}"),
        _key(table, "need_id", "contact_needs"),
        _key(table, column, target),
    )
    op.create_index(f"ix_{table}_{column}", table, [column])
