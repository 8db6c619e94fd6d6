"""What the routes of contacts take and give, as OpenAPI describes it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import AwareDatetime, Field

from assistant.shell.manage.bodies import Strict
from knowledge.contacts.contact_checks import (
    MAX_REFERENCE_CHARS,
    MAX_SENT_TURNS,
    MAX_TEXT_CHARS,
    MAX_UTTERANCE_CHARS,
)
from knowledge.contacts.models import (
    Channel,
    EventKind,
    NewContact,
    NewTurn,
    Outcome,
    Speaker,
    State,
)

MAX_TRANSCRIPT_CHARS = 400_000
"""Some hours of talk; the largest body of a request is 1 MiB."""


class ContactIn(Strict):
    """A contact that begins."""

    channel: Channel
    reference: str = Field(
        description=f"What whoever opens it calls it, up to {MAX_REFERENCE_CHARS} characters; the "
        "same one again is the same contact."
    )
    agent: str | None = Field(
        None, description="Account that talks with the customer; people open their own alone."
    )
    audience: str | None = Field(
        None, description="Whose it is; else the narrowest audience of the agent."
    )

    def made(self, name: str) -> NewContact:
        """The contact, of whoever opens it where no agent is named."""
        return NewContact(self.channel, self.reference, self.agent or name, self.audience)


class ContactOut(Strict):
    """A contact."""

    key: str
    channel: Channel
    reference: str | None
    made_by: str
    agent: str | None
    audience: str
    state: State
    opened_at: datetime
    changed_at: datetime
    ended_at: datetime | None
    erased_at: datetime | None = Field(description="When its words were let go.")
    turns: int
    last_event: int
    customer: str | None = Field(
        description="What the customer system calls the customer; its hash where that is no plain "
        "code; null: not known."
    )


class ContactList(Strict):
    """Contacts, newest first."""

    contacts: list[ContactOut]


class TurnIn(Strict):
    """Something that was said."""

    utterance: str = Field(
        description=f"What the sender calls the turn, up to {MAX_UTTERANCE_CHARS} characters: the "
        "same for its partial, final and corrected texts."
    )
    speaker: Speaker
    text: str = Field(description=f"Up to {MAX_TEXT_CHARS} characters.")
    final: bool = Field(True, description="false: as recognised so far; it is replaced.")
    at: AwareDatetime | None = Field(None, description="When it was said; else when it came.")

    def made(self) -> NewTurn:
        """The turn."""
        return NewTurn(self.utterance, self.speaker, self.text, self.final, self.at)


class TurnsIn(Strict):
    """Turns, in the order in which they were said; all are kept, or none."""

    turns: list[TurnIn] = Field(description=f"Up to {MAX_SENT_TURNS}.")

    def made(self) -> list[NewTurn]:
        """The turns."""
        return [turn.made() for turn in self.turns]


class TranscriptIn(Strict):
    """A written conversation."""

    text: str = Field(
        max_length=MAX_TRANSCRIPT_CHARS,
        description="`Cliente: …` and `Agente: …`, or `Customer: …` and `Agent: …`, before each "
        "turn; or JSON Lines. The same text again changes nothing.",
    )


class AddedOut(Strict):
    """What became of a turn."""

    utterance: str
    number: int = Field(description="Its place in the contact.")
    outcome: Outcome
    event: int = Field(description="Number of the event that tells of it.")


class AddedList(Strict):
    """What is on disk now, in the order in which it was sent."""

    acknowledged: list[AddedOut]


class TurnOut(Strict):
    """A turn."""

    number: int
    utterance: str | None
    speaker: Speaker
    text: str | None = Field(description="null: its time is over.")
    final: bool
    at: datetime
    earlier: list[str] = Field(description="What it was before it was corrected, oldest first.")


class Conversation(Strict):
    """A contact with turns of it."""

    contact: ContactOut
    turns: list[TurnOut]


class EventOut(Strict):
    """Something that happened in a contact; the messages of its WebSocket are these."""

    event: int
    kind: EventKind
    at: datetime
    turn: TurnOut | None
    body: dict[str, Any]


class EventList(Strict):
    """What happened after an event, in order."""

    state: Literal["open", "ended"]
    events: list[EventOut]
