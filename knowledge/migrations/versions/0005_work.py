"""The managers' work: questions, gaps, feedback, receipts and saved questions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables; there is none yet, so there is nothing to carry over."""
    _create_questions()
    _create_gaps()
    _create_feedback()
    _create_receipts()
    _create_saved_questions()


def _key(table: str, column: str, target: str, ondelete: str | None = None) -> sa.Constraint:
    name = f"fk_{table}_{column}_{target}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)


def _create_questions() -> None:
    op.create_table(
        "topics",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("model_id", sa.Integer, nullable=False),
        sa.Column("total", sa.LargeBinary, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_topics"),
        _key("topics", "model_id", "models"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_topics_revision", "topics", ["revision"])
    op.create_table(
        "questions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("account", sa.Text),
        sa.Column("audience", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("text", sa.Text),
        sa.Column("query", sa.Text),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("ms", sa.Float, nullable=False),
        sa.Column("topic_id", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
        _key("questions", "topic_id", "topics", "SET NULL"),
        sqlite_autoincrement=True,
    )
    for column in ("at", "day", "topic_id"):
        op.create_index(f"ix_questions_{column}", "questions", [column])
    op.create_index("ix_questions_audience_at", "questions", ["audience", "at"])
    op.create_table(
        "citations",
        sa.Column("question_id", sa.Integer, nullable=False),
        sa.Column("version_id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("question_id", "version_id", name="pk_citations"),
        _key("citations", "question_id", "questions", "CASCADE"),
        _key("citations", "version_id", "versions", "CASCADE"),
    )
    op.create_index("ix_citations_version_id", "citations", ["version_id"])


def _create_gaps() -> None:
    op.create_table(
        "gaps",
        sa.Column("topic_id", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("owner", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("card_id", sa.Integer),
        sa.Column("settled_at", sa.Text),
        sa.Column("missed_then", sa.Integer, nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.Column("changed_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("topic_id", name="pk_gaps"),
        _key("gaps", "topic_id", "topics", "CASCADE"),
        _key("gaps", "card_id", "sources", "SET NULL"),
    )


def _create_feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("account", sa.Text),
        sa.Column("audience", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("source_id", sa.Integer),
        sa.Column("version", sa.Integer),
        sa.Column("start_char", sa.Integer),
        sa.Column("end_char", sa.Integer),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("assignee", sa.Text),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("fixed_in", sa.Integer),
        sa.Column("handled_by", sa.Text),
        sa.Column("closed_at", sa.Text),
        sa.Column("closed_day", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        _key("feedback", "source_id", "sources", "CASCADE"),
        sqlite_autoincrement=True,
    )
    for column in ("at", "source_id"):
        op.create_index(f"ix_feedback_{column}", "feedback", [column])
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("feedback_id", sa.Integer),
        sa.Column("topic_id", sa.Integer),
        sa.Column("read_at", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        _key("notices", "feedback_id", "feedback", "CASCADE"),
        _key("notices", "topic_id", "topics", "CASCADE"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notices_account", "notices", ["account"])


def _create_receipts() -> None:
    op.create_table(
        "read_requirements",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("version_id", sa.Integer, nullable=False),
        sa.Column("audience", sa.Text, nullable=False),
        sa.Column("due", sa.Text, nullable=False),
        sa.Column("required_by", sa.Text, nullable=False),
        sa.Column("required_at", sa.Text, nullable=False),
        sa.Column("withdrawn_at", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_read_requirements"),
        _key("read_requirements", "version_id", "versions", "CASCADE"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_read_requirements_version_id", "read_requirements", ["version_id"])
    op.create_table(
        "acknowledgements",
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("version_id", sa.Integer, nullable=False),
        sa.Column("audience", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("account", "version_id", name="pk_acknowledgements"),
        _key("acknowledgements", "version_id", "versions", "CASCADE"),
    )
    op.create_index("ix_acknowledgements_version_id", "acknowledgements", ["version_id"])


def _create_saved_questions() -> None:
    op.create_table(
        "saved_questions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("audience", sa.Text, nullable=False),
        sa.Column("expected_id", sa.Integer),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("proposed", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_questions"),
        _key("saved_questions", "expected_id", "sources", "SET NULL"),
        sqlite_autoincrement=True,
    )
