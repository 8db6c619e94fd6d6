"""The tables of scorecards, samples and reviews.

Nothing that was said is changed: a version of a scorecard stays, and a corrected review is a new
one. The words of a review (``notes``, ``reason``) are NULL once the words of its contact are gone;
answers to the scorecard, which have no words, stay with the agent they are about.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from knowledge.schema import metadata

scorecards = Table(
    "scorecards",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("audience", Text, nullable=False),
    Column("removed_at", Text),
    sqlite_autoincrement=True,
)
scorecard_versions = Table(
    "scorecard_versions",
    metadata,
    Column("scorecard_id", ForeignKey("scorecards.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("item_count", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", Text, nullable=False),
)
review_samples = Table(
    "review_samples",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("scorecard_id", ForeignKey("scorecards.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("audience", Text, nullable=False),
    Column("first_day", Text, nullable=False),
    Column("last_day", Text, nullable=False),
    Column("double_share", Float, nullable=False),
    Column("seed", Text, nullable=False),
    Column("population", Integer, nullable=False),
    Column("drawn_by", Text, nullable=False),
    Column("drawn_at", Text, nullable=False),
    sqlite_autoincrement=True,
)
sampled_contacts = Table(
    "sampled_contacts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sample_id", ForeignKey("review_samples.id"), nullable=False),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("agent", Text, nullable=False, index=True),
    Column("audience", Text, nullable=False, index=True),
    Column("tenure", Text, nullable=False),
    Column("stratum_size", Integer, nullable=False),
    UniqueConstraint("sample_id", "contact_id"),
    sqlite_autoincrement=True,
)
"""``stratum_size``: contacts of the same audience and tenure that might have been drawn."""

review_tasks = Table(
    "review_tasks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "place_id",
        ForeignKey("sampled_contacts.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False),
    Column("reviewer", Text, nullable=False, index=True),
    UniqueConstraint("contact_id", "reviewer"),
    sqlite_autoincrement=True,
)
"""Nobody reviews a contact twice, in whatever samples it is."""

reviews = Table(
    "reviews",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("task_id", ForeignKey("review_tasks.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("answers", Text, nullable=False),
    Column("measured", Text, nullable=False),
    Column("notes", Text),
    Column("reason", Text),
    Column("apart", Boolean, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    UniqueConstraint("task_id", "number"),
    sqlite_autoincrement=True,
)
"""``answers``, ``measured``, ``notes``: JSON. ``apart``: given without the other reviewer's in
sight."""
