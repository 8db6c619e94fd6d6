"""Jobs: uploads and rebuilds that go on in the server, and survive a restart."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table of jobs; there is none yet, so there is nothing to carry over."""
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("kind", "actor", "title", "audience", "wanted")
        ),
        sa.Column("file", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("attempts", "done", "total")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("message", "result", "created_at")),
        sa.Column("started_at", sa.Text),
        sa.Column("ended_at", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_jobs_state", "jobs", ["state"])
