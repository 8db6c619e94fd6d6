"""Tables of contacts: conversations with customers while they run, and some time after.

Customers' words are in ``contact_turns``, ``earlier_turns``, ``contact_events.body`` and, of what
was needed, in `knowledge.themes.theme_schema`; what people wrote about them is in
``contact_transfers``, `knowledge.outbox` and `knowledge.reviews`; nowhere else. They are set to
NULL or their rows deleted when their time is over. The audit trail names a contact by its key.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from knowledge.schema import metadata

contacts = Table(
    "contacts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("channel", Text, nullable=False),
    Column("reference", Text),
    Column("made_by", Text, nullable=False),
    Column("agent", Text),
    Column("audience", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("opened_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False, index=True),
    Column("ended_at", Text),
    Column("erased_at", Text),
    Column("turn_count", Integer, nullable=False),
    Column("last_event", Integer, nullable=False),
    Column("customer", Text, index=True),
    UniqueConstraint("made_by", "reference"),
    Index("ix_contacts_agent_state", "agent", "state"),
    sqlite_autoincrement=True,
)
"""``key``: what programs call it by, not to be guessed. ``reference``: what its maker calls it;
NULL once the words are gone, as ``agent``. ``last_event``: number of the newest event.
``customer``: reference of the customer system, or its hash (`knowledge.audit.views.customer_id`);
NULL once the words are gone."""

contact_turns = Table(
    "contact_turns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("utterance", Text),
    Column("speaker", Text, nullable=False),
    Column("text", Text),
    Column("final", Boolean, nullable=False),
    Column("at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    UniqueConstraint("contact_id", "number"),
    UniqueConstraint("contact_id", "utterance"),
    sqlite_autoincrement=True,
)
"""``utterance``: what the sender calls it. ``at``: when it was said; ``changed_at``: when its text
came last."""

earlier_turns = Table(
    "earlier_turns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "turn_id", ForeignKey("contact_turns.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("speaker", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("until", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""What a final turn was before it was corrected, oldest first."""

contact_events = Table(
    "contact_events",
    metadata,
    Column(
        "contact_id",
        ForeignKey("contacts.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("turn", Integer),
    Column("body", Text),
    Column("at", Text, nullable=False),
    Index("ix_contact_events_contact_id_turn", "contact_id", "turn"),
)
"""What whoever follows a contact is told, in order. A turn has one event, which gets a new number
whenever the turn changes: so partial texts leave nothing behind, and who comes back after a lost
connection is told what is so now. ``body``: JSON of what is no turn."""

contact_transfers = Table(
    "contact_transfers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("state", Text, nullable=False, index=True),
    Column("offered_by", Text),
    Column("from_agent", Text),
    Column("from_audience", Text, nullable=False),
    Column("to_agent", Text),
    Column("to_audience", Text, nullable=False),
    Column("note", Text),
    Column("decided_by", Text),
    Column("reason", Text),
    Column("offered_at", Text, nullable=False),
    Column("decided_at", Text),
    Index(
        "uq_contact_transfers_offered",
        "contact_id",
        unique=True,
        sqlite_where=text("state = 'offered'"),
        postgresql_where=text("state = 'offered'"),
    ),
    sqlite_autoincrement=True,
)
"""Who offered a contact to whom, and what became of it; at most one offer of a contact is open.
``to_agent``: NULL while anybody of the audience may take it. People's names, the note and the
reason are NULL once the words are gone."""
