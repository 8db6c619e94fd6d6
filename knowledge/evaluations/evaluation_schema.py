"""The tables of golden sets and runs.

A version of a set is never changed. A run's answers are in its folder; what is here says that it
was, what it asked and what was decided, so that a folder that is gone is missed.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from knowledge.schema import metadata

golden_sets = Table(
    "golden_sets",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("audience", Text, nullable=False),
    Column("gates", Boolean, nullable=False),
    Column("removed_at", Text),
    sqlite_autoincrement=True,
)
golden_versions = Table(
    "golden_versions",
    metadata,
    Column("set_id", ForeignKey("golden_sets.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("cases", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", Text, nullable=False),
)
evaluation_runs = Table(
    "evaluation_runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run", Text, nullable=False, unique=True),
    Column("set_id", ForeignKey("golden_sets.id")),
    Column("version", Integer),
    Column("audience", Text, nullable=False),
    Column("golden_sha256", Text, nullable=False),
    Column("register_sha256", Text, nullable=False),
    Column("began_by", Text, nullable=False),
    Column("began_at", Text, nullable=False),
    Column("finished_at", Text),
    Index("ix_evaluation_runs_audience", "audience"),
    sqlite_autoincrement=True,
)
evaluation_decisions = Table(
    "evaluation_decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run_id", ForeignKey("evaluation_runs.id"), nullable=False, index=True),
    Column("baseline_id", ForeignKey("evaluation_runs.id"), nullable=False),
    Column("verdict", Text, nullable=False),
    Column("policy_sha256", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("decided_at", Text, nullable=False),
    UniqueConstraint("run_id", "baseline_id", "policy_sha256", name="uq_evaluation_decisions"),
    sqlite_autoincrement=True,
)
publication_checks = Table(
    "publication_checks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("version_id", ForeignKey("versions.id", ondelete="CASCADE"), nullable=False),
    Column("set_id", ForeignKey("golden_sets.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("says", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("checked_by", Text, nullable=False),
    Column("checked_at", Text, nullable=False),
    Column("waived_by", Text),
    Column("waived_at", Text),
    Column("waiver", Text),
    Index("ix_publication_checks_version_id", "version_id"),
    sqlite_autoincrement=True,
)
"""What a gate said of a version before it was published. ``says``: JSON of the sentence in each
language; ``evidence``: JSON of the findings and of the cases that flipped."""
