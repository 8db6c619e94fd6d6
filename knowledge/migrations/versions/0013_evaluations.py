"""Golden sets with their versions, runs, and what was decided of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Make the tables."""
    _create_sets()
    _create_runs()
    _create_checks()


def _key(table: str, column: str, target: str, ondelete: str | None = None) -> sa.Constraint:
    name = f"fk_{table}_{column}_{target}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)


def _texts(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text, nullable=False) for name in names)


def _create_sets() -> None:
    op.create_table(
        "golden_sets",
        sa.Column("id", sa.Integer, nullable=False),
        *_texts("name", "audience"),
        sa.Column("gates", sa.Boolean, nullable=False),
        sa.Column("removed_at", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_golden_sets"),
        sa.UniqueConstraint("name", name="uq_golden_sets_name"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "golden_versions",
        sa.Column("set_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        *_texts("sha256"),
        sa.Column("cases", sa.Integer, nullable=False),
        *_texts("content", "made_by", "made_at"),
        sa.PrimaryKeyConstraint("set_id", "number", name="pk_golden_versions"),
        _key("golden_versions", "set_id", "golden_sets"),
    )


def _create_runs() -> None:
    op.create_table(
        "evaluation_runs",
        sa.Column("id", sa.Integer, nullable=False),
        *_texts("run"),
        sa.Column("set_id", sa.Integer),
        sa.Column("version", sa.Integer),
        *_texts("audience", "golden_sha256", "register_sha256", "began_by", "began_at"),
        sa.Column("finished_at", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_evaluation_runs"),
        sa.UniqueConstraint("run", name="uq_evaluation_runs_run"),
        _key("evaluation_runs", "set_id", "golden_sets"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_evaluation_runs_audience", "evaluation_runs", ["audience"])
    op.create_table(
        "evaluation_decisions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("run_id", sa.Integer, nullable=False),
        sa.Column("baseline_id", sa.Integer, nullable=False),
        *_texts("verdict", "policy_sha256", "decided_by", "decided_at"),
        sa.PrimaryKeyConstraint("id", name="pk_evaluation_decisions"),
        sa.UniqueConstraint(
            "run_id", "baseline_id", "policy_sha256", name="uq_evaluation_decisions"
        ),
        _key("evaluation_decisions", "run_id", "evaluation_runs"),
        _key("evaluation_decisions", "baseline_id", "evaluation_runs"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_evaluation_decisions_run_id", "evaluation_decisions", ["run_id"])


def _create_checks() -> None:
    op.create_table(
        "publication_checks",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("version_id", sa.Integer, nullable=False),
        sa.Column("set_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        *_texts("verdict", "says", "evidence", "checked_by", "checked_at"),
        sa.Column("waived_by", sa.Text),
        sa.Column("waived_at", sa.Text),
        sa.Column("waiver", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_publication_checks"),
        _key("publication_checks", "version_id", "versions", "CASCADE"),
        _key("publication_checks", "set_id", "golden_sets"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_publication_checks_version_id", "publication_checks", ["version_id"])
