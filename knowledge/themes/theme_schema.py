"""Tables of what customers needed in contacts, which is counted long after the words are gone.

A need is what was understood of one customer turn that asks for an answer. Its words (``text``) go
with those of its contact; day, audience, verdict, topic, and what was cited and named stay.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from knowledge.schema import metadata

contact_needs = Table(
    "contact_needs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False),
    Column("turn", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("text", Text),
    Column("verdict", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("topic_id", ForeignKey("topics.id", ondelete="SET NULL"), index=True),
    UniqueConstraint("contact_id", "turn"),
    Index("ix_contact_needs_audience_day", "audience", "day"),
    sqlite_autoincrement=True,
)
"""``turn``: the customer's newest when it was understood. ``day``: at the company. ``audience``:
the contact's label. ``text``: what was said, without numbers of people and accounts; NULL once the
contact's words are gone. ``verdict``: how far the sources answered."""

need_citations = Table(
    "need_citations",
    metadata,
    Column("need_id", ForeignKey("contact_needs.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "version_id",
        ForeignKey("versions.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)
"""Versions that were suggested for it."""

need_subjects = Table(
    "need_subjects",
    metadata,
    Column("need_id", ForeignKey("contact_needs.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "source_id",
        ForeignKey("sources.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)
"""Sources whose titles the conversation named."""
