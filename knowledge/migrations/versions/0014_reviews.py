"""Scorecards with their versions, samples of contacts, their reviews; when people began to work."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Make the tables, and a place for the day on which somebody began to work."""
    op.add_column("users", sa.Column("began_on", sa.Text))
    _create_scorecards()
    _create_samples()
    _create_reviews()


def _key(table: str, column: str, target: str, ondelete: str | None = None) -> sa.Constraint:
    name = f"fk_{table}_{column}_{target}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)


def _texts(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text, nullable=False) for name in names)


def _numbers(*names: str) -> tuple[sa.Column[int], ...]:
    return tuple(sa.Column(name, sa.Integer, nullable=False) for name in names)


def _create_scorecards() -> None:
    op.create_table(
        "scorecards",
        *_numbers("id"),
        *_texts("name", "audience"),
        sa.Column("removed_at", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_scorecards"),
        sa.UniqueConstraint("name", name="uq_scorecards_name"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "scorecard_versions",
        *_numbers("scorecard_id", "number"),
        *_texts("sha256"),
        *_numbers("item_count"),
        *_texts("content", "made_by", "made_at"),
        sa.PrimaryKeyConstraint("scorecard_id", "number", name="pk_scorecard_versions"),
        _key("scorecard_versions", "scorecard_id", "scorecards"),
    )


def _create_samples() -> None:
    op.create_table(
        "review_samples",
        *_numbers("id", "scorecard_id", "version"),
        *_texts("audience", "first_day", "last_day"),
        sa.Column("double_share", sa.Float, nullable=False),
        *_texts("seed"),
        *_numbers("population"),
        *_texts("drawn_by", "drawn_at"),
        sa.PrimaryKeyConstraint("id", name="pk_review_samples"),
        _key("review_samples", "scorecard_id", "scorecards"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sampled_contacts",
        *_numbers("id", "sample_id", "contact_id"),
        *_texts("agent", "audience", "tenure"),
        *_numbers("stratum_size"),
        sa.PrimaryKeyConstraint("id", name="pk_sampled_contacts"),
        sa.UniqueConstraint(
            "sample_id", "contact_id", name="uq_sampled_contacts_sample_id_contact_id"
        ),
        _key("sampled_contacts", "sample_id", "review_samples"),
        _key("sampled_contacts", "contact_id", "contacts", "CASCADE"),
        sqlite_autoincrement=True,
    )
    for column in ("contact_id", "agent", "audience"):
        op.create_index(f"ix_sampled_contacts_{column}", "sampled_contacts", [column])


def _create_reviews() -> None:
    op.create_table(
        "review_tasks",
        *_numbers("id", "place_id", "contact_id"),
        *_texts("reviewer"),
        sa.PrimaryKeyConstraint("id", name="pk_review_tasks"),
        sa.UniqueConstraint("contact_id", "reviewer", name="uq_review_tasks_contact_id_reviewer"),
        _key("review_tasks", "place_id", "sampled_contacts", "CASCADE"),
        _key("review_tasks", "contact_id", "contacts", "CASCADE"),
        sqlite_autoincrement=True,
    )
    for column in ("place_id", "reviewer"):
        op.create_index(f"ix_review_tasks_{column}", "review_tasks", [column])
    op.create_table(
        "reviews",
        *_numbers("id", "task_id", "number"),
        *_texts("answers", "measured"),
        sa.Column("notes", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("apart", sa.Boolean, nullable=False),
        *_texts("made_by", "made_at"),
        sa.PrimaryKeyConstraint("id", name="pk_reviews"),
        sa.UniqueConstraint("task_id", "number", name="uq_reviews_task_id_number"),
        _key("reviews", "task_id", "review_tasks", "CASCADE"),
        sqlite_autoincrement=True,
    )
