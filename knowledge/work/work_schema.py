"""Tables of the managers' work: what comes back from those who ask, and what is done about it.

People's words are in ``questions``, ``feedback``, ``gaps`` and ``saved_questions``, nowhere else;
they are set to NULL, or their rows deleted, when their time is over or somebody asks for it. The
audit trail names these rows by their numbers.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
)

from knowledge.schema import metadata

topics = Table(
    "topics",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("model_id", ForeignKey("models.id"), nullable=False),
    Column("total", LargeBinary, nullable=False),
    Column("size", Integer, nullable=False),
    Column("revision", Integer, nullable=False, index=True),
    sqlite_autoincrement=True,
)
"""Questions that mean the same. ``total``: sum of their vectors, float32, little-endian; ``size``:
of how many. ``revision`` grows with every change, so that who keeps them in memory can follow."""

questions = Table(
    "questions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False, index=True),
    Column("day", Text, nullable=False, index=True),
    Column("account", Text),
    Column("audience", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("text", Text),
    Column("query", Text),
    Column("verdict", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("ms", Float, nullable=False),
    Column("topic_id", ForeignKey("topics.id", ondelete="SET NULL"), index=True),
    Index("ix_questions_audience_at", "audience", "at"),
    sqlite_autoincrement=True,
)
"""``day``: at the company. ``audience``: key of the labels that the asker sees. ``query``: what was
searched, the conversation taken in. ``ms``: until the answer was there."""

citations = Table(
    "citations",
    metadata,
    Column("question_id", ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "version_id",
        ForeignKey("versions.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)
"""Versions that an answer cited."""

gaps = Table(
    "gaps",
    metadata,
    Column("topic_id", ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True),
    Column("state", Text, nullable=False),
    Column("owner", Text),
    Column("reason", Text),
    Column("card_id", ForeignKey("sources.id", ondelete="SET NULL")),
    Column("settled_at", Text),
    Column("missed_then", Integer, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
)
"""What was decided about a topic that answers miss; without a row, nothing yet. ``missed_then``:
how often it had been missed when it was settled."""

feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False, index=True),
    Column("day", Text, nullable=False),
    Column("account", Text),
    Column("audience", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("source_id", ForeignKey("sources.id", ondelete="CASCADE"), index=True),
    Column("version", Integer),
    Column("start_char", Integer),
    Column("end_char", Integer),
    Column("state", Text, nullable=False),
    Column("assignee", Text),
    Column("answer", Text, nullable=False),
    Column("fixed_in", Integer),
    Column("handled_by", Text),
    Column("closed_at", Text),
    Column("closed_day", Text),
    sqlite_autoincrement=True,
)
"""``audience``: key of the labels that the giver sees. ``version``, ``fixed_in``: numbers among the
source's. ``closed_day``: at the company."""

notices = Table(
    "notices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account", Text, nullable=False, index=True),
    Column("at", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("feedback_id", ForeignKey("feedback.id", ondelete="CASCADE")),
    Column("topic_id", ForeignKey("topics.id", ondelete="CASCADE")),
    Column("read_at", Text),
    Column("commitment_id", ForeignKey("commitments.id", ondelete="CASCADE")),
    Column("contact", Text),
    Column("escalation_id", Integer),
    sqlite_autoincrement=True,
)
"""``contact``: key of the one that it is about; ``escalation_id``: the question to the company."""

read_requirements = Table(
    "read_requirements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "version_id",
        ForeignKey("versions.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("audience", Text, nullable=False),
    Column("due", Text, nullable=False),
    Column("required_by", Text, nullable=False),
    Column("required_at", Text, nullable=False),
    Column("withdrawn_at", Text),
    sqlite_autoincrement=True,
)
"""``audience``: key of the labels of who must read it. ``due``: last day for it."""

acknowledgements = Table(
    "acknowledgements",
    metadata,
    Column("account", Text, primary_key=True),
    Column(
        "version_id",
        ForeignKey("versions.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
    Column("audience", Text, nullable=False),
    Column("at", Text, nullable=False),
)
"""``audience``: key of the labels that the reader saw then."""

saved_questions = Table(
    "saved_questions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("expected_id", ForeignKey("sources.id", ondelete="SET NULL")),
    Column("created_by", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("proposed", Boolean, nullable=False),
    sqlite_autoincrement=True,
)
"""``audience``: the label to ask as. ``proposed``: made with a card, from what somebody asked."""
