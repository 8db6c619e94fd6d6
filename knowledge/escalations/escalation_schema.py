"""Tables of questions to the company: topics, who is on duty for them, questions and their steps.

People's words are in ``question``, ``need`` and ``answer`` of ``escalations``, which are set to
NULL when their time is over, and in the events of the contact that tell of them. What was said in
the contact stays there; a question has its number and that of its last turn.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, Text

from knowledge.schema import metadata

escalation_topics = Table(
    "escalation_topics",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("sources", Text, nullable=False),
    Column("owner", Text),
    Column("fallback", Boolean, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("removed_at", Text),
    sqlite_autoincrement=True,
)
"""``words``, ``sources``: JSON lists. A topic that was removed stays for the questions it had."""

escalation_duties = Table(
    "escalation_duties",
    metadata,
    Column(
        "topic_id",
        ForeignKey("escalation_topics.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("account", Text, nullable=False, index=True),
    Column("days", Text, nullable=False),
    Column("start", Text),
    Column("end", Text),
)
"""Who answers for a topic, by ``place``. ``days``: digits, Monday is 1."""

off_duty = Table(
    "off_duty",
    metadata,
    Column("account", Text, primary_key=True),
    Column("since", Text, nullable=False),
)
"""Accounts that switched themselves off."""

escalations = Table(
    "escalations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("topic_id", ForeignKey("escalation_topics.id"), nullable=False, index=True),
    Column("contact_id", ForeignKey("contacts.id", ondelete="SET NULL"), index=True),
    Column("turns", Integer, nullable=False),
    Column("asked_by", Text, nullable=False, index=True),
    Column("audience", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("question", Text),
    Column("need", Text),
    Column("sources", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("receiver", Text),
    Column("answer", Text),
    Column("answered_by", Text),
    Column("answered_role", Text),
    Column("card", Text),
    Column("asked_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False, index=True),
    sqlite_autoincrement=True,
)
"""``state`` and ``receiver`` say what the steps come to, so that a queue need not add them up."""

escalation_steps = Table(
    "escalation_steps",
    metadata,
    Column(
        "escalation_id",
        ForeignKey("escalations.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("to", Text),
    Column("at", Text, nullable=False),
)
"""What happened, in order; rows are only ever added."""
