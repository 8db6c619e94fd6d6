"""Tables of promises and complaints, and of what was done about each.

What agents said and typed is in ``commitments.words``, ``commitments.reason`` and
``commitment_steps.text``. Triggers, which migration 0008 makes, refuse to delete a step and to
change anything of it but its text to nothing.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from knowledge.schema import metadata

commitments = Table(
    "commitments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("words", Text),
    Column("customer", Text),
    Column("contact_id", ForeignKey("contacts.id", ondelete="SET NULL"), index=True),
    Column("turn", Integer),
    Column("audience", Text, nullable=False),
    Column("made_by", Text),
    Column("responsible", Text),
    Column("due", Text),
    Column("due_at", Text),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    Column("opened_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("overdue_told", Text),
    Column("step_count", Integer, nullable=False),
    Index("ix_commitments_customer_state", "customer", "state"),
    Index("ix_commitments_state_due", "state", "due"),
    sqlite_autoincrement=True,
)
"""``customer``: reference in the customer system, nothing else of a customer. ``due``: a day of the
company; ``due_at``: the moment, where hours were said. ``overdue_told``: for which day it was told
that it is past."""

commitment_steps = Table(
    "commitment_steps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("commitment_id", ForeignKey("commitments.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("text", Text),
    Column("account", Text),
    Column("due", Text),
    Column("due_at", Text),
    UniqueConstraint("commitment_id", "number"),
    sqlite_autoincrement=True,
)

commitment_contacts = Table(
    "commitment_contacts",
    metadata,
    Column(
        "contact_id",
        ForeignKey("contacts.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("heard", Integer, nullable=False),
)
"""``heard``: number of the newest event of a turn in which promises were looked for, so that what
was acknowledged before the server was killed is looked through at the next start."""
