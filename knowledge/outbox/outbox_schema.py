"""The table of messages for another program.

A message is on disk before anybody hears that it goes out, and keeps its name however often it is
sent: who takes it knows it again. ``body`` holds words of a contact: NULL once it was taken, or
the words of its contact are gone.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from knowledge.schema import metadata

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("message", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), index=True),
    Column("body", Text),
    Column("made_by", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("began_at", Text, nullable=False),
    Column("due_at", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("trouble", Text),
    Column("done_at", Text),
    Index("ix_outbox_state_due_at", "state", "due_at"),
    sqlite_autoincrement=True,
)
"""``began_at``: from when the time until it is given up counts. ``due_at``: when it is sent next;
while it is being sent, until when nobody else sends it. ``trouble``: what went wrong last, a word
and a number such as ``status-500``."""
