"""What the routes of transfers and summaries take and give, as OpenAPI describes it."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from assistant.shell.manage.bodies import Strict
from assistant.summary.models import Basis, Line, Mark, Outcome, Part, Source, Summary
from knowledge.contacts.contact_checks import MAX_NOTE_CHARS
from knowledge.contacts.models import Channel, TransferState
from knowledge.contacts.summaries import Origin
from knowledge.models import Language
from knowledge.outbox.outbox_rows import State

MAX_LINES = 200
MAX_LINE_CHARS = 1_000
_MAX_QUOTE_CHARS = 20_000


class TransferIn(Strict):
    """Who to give a contact to: an account, or whoever of an audience takes it first."""

    agent: str | None = Field(None, description="Account that is to take it.")
    audience: str | None = Field(
        None, description="Whose it becomes; with no agent, anybody who works for it may take it."
    )
    note: str = Field("", description=f"For whoever takes it, up to {MAX_NOTE_CHARS} characters.")


class DeclineIn(Strict):
    """Why it is declined."""

    reason: str = Field("", description=f"Up to {MAX_NOTE_CHARS} characters.")


class TransferOut(Strict):
    """A contact that was offered to somebody else."""

    contact: str
    channel: Channel
    state: TransferState
    offered_by: str | None
    from_agent: str | None
    from_audience: str
    to_agent: str | None = Field(description="null: anybody of the audience may take it.")
    to_audience: str
    note: str | None
    decided_by: str | None
    reason: str | None
    offered_at: datetime
    decided_at: datetime | None


class TransferList(Strict):
    """Transfers, newest first."""

    transfers: list[TransferOut]


class TargetAudience(Strict):
    """An audience to give a contact to."""

    label: str
    title: str


class Targets(Strict):
    """Who a contact may be given to by choosing."""

    agents: list[str] = Field(description="Who hold contacts of its audience.")
    audiences: list[TargetAudience]


class SourceBody(Strict):
    """A passage of a source."""

    document: str = Field(max_length=500)
    title: str = Field(max_length=MAX_LINE_CHARS)
    version: int
    quote: str = Field(max_length=_MAX_QUOTE_CHARS)
    shown: bool = Field(True, description="It was suggested; false: found for the summary.")


class LineBody(Strict):
    """A line of a summary."""

    part: Part
    text: str = Field(min_length=1, max_length=MAX_LINE_CHARS)
    basis: Basis = Field(
        "agent",
        description="turn: words of the turn; record: something recorded; agent: written by them. "
        "The server decides when it is saved.",
    )
    turn: int | None = None
    source: SourceBody | None = None
    detail: str = Field("", max_length=40)
    key: str = Field("", max_length=40, description="Of a promise or complaint.")
    marks: tuple[Mark, ...] = Field(
        (), max_length=6, description="How a source was used, or how a promise stands."
    )


class SummaryBody(Strict):
    """A summary; a part without a line was not said."""

    language: Language
    outcome: Outcome
    lines: list[LineBody] = Field(max_length=MAX_LINES)

    def made(self) -> Summary:
        """The summary."""
        lines = (
            Line(
                one.part,
                one.text,
                one.basis,
                one.turn,
                Source(**one.source.model_dump()) if one.source else None,
                one.detail,
                one.key,
                one.marks,
            )
            for one in self.lines
        )
        return Summary(self.language, self.outcome, tuple(lines))


class VersionOut(Strict):
    """A summary that was saved."""

    number: int
    origin: Origin
    by: str
    at: datetime
    summary: SummaryBody


class SummaryOut(Strict):
    """What is kept of a contact's summaries, and what would be proposed now."""

    proposed: SummaryBody | None = Field(description="null: its words are gone.")
    last: int = Field(description="Number of the newest version; 0: none was saved.")
    versions: list[VersionOut] = Field(description="Those that may be read, oldest first.")
    text: str = Field(description="The newest, or what is proposed, as plain text.")
    markdown: str
    sends: bool = Field(description="Whether there is a program to send it on to.")


class SaveIn(Strict):
    """A summary to save."""

    base: int = Field(ge=0, description="Number of the version that was edited; 0: none.")
    summary: SummaryBody


class SavedOut(Strict):
    """What was saved."""

    version: VersionOut
    text: str
    markdown: str


class Written(Strict):
    """A summary as text."""

    text: str
    markdown: str


class SendIn(Strict):
    """Which version to send on: the newest."""

    version: int = Field(ge=1)


class SentOut(Strict):
    """What is on its way; it is on disk."""

    message: str = Field(description="Its webhook-id, the same at every attempt.")
    state: State
