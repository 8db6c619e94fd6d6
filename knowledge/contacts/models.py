"""A contact and what is said in it, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

Channel = Literal["call", "chat", "mail", "social"]
CHANNELS: tuple[Channel, ...] = get_args(Channel)
Speaker = Literal["customer", "agent"]
State = Literal["open", "ended"]
EventKind = Literal[
    "turn",
    "suggestions",
    "act",
    "steps",
    "commitment",
    "escalation",
    "ended",
    "transfer",
    "summary",
]
ActKind = Literal[
    "shown", "opened", "copied", "edited", "used", "pinned", "unpinned", "dismissed", "off", "on"
]
"""What the agent did with a suggestion; ``off`` and ``on``: with the listening."""

APART: frozenset[EventKind] = frozenset({"steps"})
"""Kinds of events whose body is told to nobody: it is shown to whoever asks as they may see it."""
AUDIENCES = "audiences"
"""In the body of an event: labels of whom it holds sources; not told to anybody."""
KEPT = "kept"
"""In the body of suggestions: what they are rebuilt from; customers' words, not told to anybody. In
that of an act: the sources of its suggestion, with the first one."""

Outcome = Literal["added", "replaced", "corrected", "known"]
"""What became of a turn that was sent: a new one; its partial text was replaced; its final text
was corrected, and what it was is kept; or nothing, since it was there or came too late."""


@dataclass(frozen=True)
class NewContact:
    """A contact as whoever brings it in describes it.

    Attributes:
        channel: where it takes place.
        reference: what its maker calls it; the same one again is the same contact.
        agent: account that talks with the customer.
        audience: label of who it belongs to; `None`: the narrowest that the agent sees.
    """

    channel: Channel
    reference: str
    agent: str
    audience: str | None = None


@dataclass(frozen=True)
class Contact:
    """A contact as it is kept; times are ISO 8601 in UTC.

    Attributes:
        number: the register's number for it.
        key: what programs call it by.
        channel: where it takes place.
        reference: what its maker calls it; `None` once its words are gone, as `agent`.
        made_by: account or key that opened it.
        agent: account that talks with the customer.
        audience: label of who it belongs to.
        state: whether it goes on.
        opened_at: when it was brought in.
        changed_at: when something was said or done in it last.
        ended_at: when it ended; `None` while it goes on.
        erased_at: when its words were let go; `None` while they are there.
        turns: how many it has.
        last_event: number of the newest event; 0: none yet.
        customer: what the customer system calls the customer, or its hash where it is no plain
            code; `None`: not known, or the words are gone.
    """

    number: int
    key: str
    channel: Channel
    reference: str | None
    made_by: str
    agent: str | None
    audience: str
    state: State
    opened_at: str
    changed_at: str
    ended_at: str | None
    erased_at: str | None
    turns: int
    last_event: int
    customer: str | None = None


@dataclass(frozen=True)
class NewTurn:
    """Something said, as it is sent.

    Attributes:
        utterance: what the sender calls it; the same one again is the same turn.
        speaker: who said it.
        text: as typed or recognised so far.
        final: whether the sender is done with it; a partial text replaces itself.
        at: when it was said, with a time zone; `None`: when it came.
    """

    utterance: str
    speaker: Speaker
    text: str
    final: bool = True
    at: datetime | None = None


@dataclass(frozen=True)
class Turn:
    """A turn as it is kept; times are ISO 8601 in UTC.

    Attributes:
        number: its place in the contact, from 1, by when its first text came.
        utterance: what the sender calls it; `None` once the words are gone.
        speaker: who said it.
        text: what was said; `None` once the words are gone.
        final: whether the sender is done with it.
        at: when it was said.
        earlier: what a final text was before it was corrected, oldest first.
    """

    number: int
    utterance: str | None
    speaker: Speaker
    text: str | None
    final: bool
    at: str
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True)
class Added:
    """What became of a turn that was sent.

    Attributes:
        utterance: what the sender calls it.
        number: its place in the contact.
        outcome: what was done.
        event: number of the event that tells of the turn as it is now.
    """

    utterance: str
    number: int
    outcome: Outcome
    event: int


@dataclass(frozen=True)
class ContactEvent:
    """Something that whoever follows a contact is told.

    Attributes:
        number: its place, growing with every event; numbers of turns that changed meanwhile are
            missing.
        kind: what happened.
        at: when, ISO 8601 in UTC.
        turn: the turn as it is now; `None` unless it tells of one.
        body: what else it says; empty for turns.
    """

    number: int
    kind: EventKind
    at: str
    turn: Turn | None
    body: Mapping[str, Any]

    @property
    def audiences(self) -> frozenset[str]:
        """Of whom it holds sources: it is for those who are told of them all."""
        return frozenset(self.body.get(AUDIENCES, ()))


@dataclass(frozen=True)
class Act:
    """Something the agent did with a suggestion.

    Attributes:
        kind: what.
        suggestion: its key; empty for the listening.
    """

    kind: ActKind
    suggestion: str = ""


TransferState = Literal["offered", "accepted", "declined", "withdrawn"]


@dataclass(frozen=True)
class Transfer:
    """A contact offered to somebody else, and what became of it; times are ISO 8601 in UTC.

    Attributes:
        number: the register's number for it.
        contact: key of the contact.
        channel: of the contact.
        state: offered, or how that ended.
        offered_by: account or key that offered it; `None` once the words are gone, as all names.
        from_agent: who held it.
        from_audience: whose it was.
        to_agent: who it was offered to by name; `None`: anybody of the audience might take it.
        to_audience: whose it becomes.
        note: what whoever offers it says to whoever takes it.
        decided_by: who accepted, declined or withdrew it.
        reason: why it was declined.
        offered_at: when.
        decided_at: when that ended; `None` while it is open.
    """

    number: int
    contact: str
    channel: Channel
    state: TransferState
    offered_by: str | None
    from_agent: str | None
    from_audience: str
    to_agent: str | None
    to_audience: str
    note: str | None
    decided_by: str | None
    reason: str | None
    offered_at: str
    decided_at: str | None


def outcome_of(kept: Turn | None, before: frozenset[tuple[str, str]], new: NewTurn) -> Outcome:
    """What becomes of a turn that is sent.

    Senders repeat what they are not sure has arrived, late and out of order; so what a final turn
    already says, or said before it was corrected, changes nothing.

    Args:
        kept: the turn of that utterance; `None`: there is none.
        before: speakers and texts that it had as a final one before.
        new: what is sent.
    """
    if kept is None:
        return "added"
    said = (new.speaker, new.text)
    same = said == (kept.speaker, kept.text)
    if not kept.final:
        return "known" if same and not new.final else "replaced"
    if same or not new.final or said in before:
        return "known"
    return "corrected"
