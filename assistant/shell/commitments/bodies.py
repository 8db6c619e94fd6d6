"""What the routes of promises and complaints take and give, as OpenAPI describes it."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import AwareDatetime, Field

from assistant.shell.manage.bodies import Strict
from knowledge.commitments.commitment_checks import MAX_CUSTOMER_CHARS, MAX_TEXT_CHARS
from knowledge.commitments.models import Kind, NewCommitment, Outcome, State, StepKind, What
from knowledge.contacts.contact_checks import MAX_TEXT_CHARS as MAX_DRAFT_CHARS

CONTACT_CHARS = 64


class CommitmentIn(Strict):
    """A promise or complaint that is opened."""

    kind: Kind
    what: What = "other"
    words: str = Field(
        description=f"What was promised or is complained of, up to {MAX_TEXT_CHARS} characters."
    )
    customer: str | None = Field(
        None,
        description=f"Reference in the customer system, up to {MAX_CUSTOMER_CHARS} characters.",
    )
    contact: str | None = Field(
        None, max_length=CONTACT_CHARS, description="Key of the contact in which it came up."
    )
    audience: str | None = Field(
        None, max_length=64, description="Whose it is; else the contact's, or where one stands."
    )
    responsible: str | None = Field(
        None, max_length=120, description="Account that sees to it; else whoever opens it."
    )
    due: date | None = Field(
        None, description="The last day; of a complaint, else by VOZ_COMPLAINT_DEADLINE."
    )

    def made(self) -> NewCommitment:
        """What is to be kept."""
        return NewCommitment(
            kind=self.kind,
            what=self.what,
            words=self.words,
            customer=self.customer,
            contact=self.contact,
            audience=self.audience,
            responsible=self.responsible,
            due=self.due,
        )


class CommitmentOut(Strict):
    """A promise or complaint."""

    key: str = Field(description="What the customer can quote.")
    kind: Kind
    what: What
    words: str | None = Field(description="null where one is told in part, or words are erased.")
    customer: str | None
    contact: str | None
    turn: int | None
    audience: str
    made_by: str | None
    responsible: str | None
    due: date | None = Field(description="The last day; null: it has to be asked for.")
    due_at: datetime | None = Field(description="The moment, where hours were said.")
    state: State
    reason: str
    opened_at: datetime
    changed_at: datetime
    overdue: bool
    whole: bool = Field(description="false: told in part, it belongs to another contractor.")


class CommitmentList(Strict):
    """Promises and complaints, what is due first before the rest."""

    commitments: list[CommitmentOut]


class StepOut(Strict):
    """Something that was done about one."""

    number: int
    kind: StepKind
    by: str
    at: datetime
    text: str
    account: str | None
    due: date | None
    due_at: datetime | None


class TrailOut(CommitmentOut):
    """One with all that was done about it, in order."""

    steps: list[StepOut]


class TrailList(Strict):
    """All that is exported, oldest first."""

    commitments: list[TrailOut]


class CountOut(Strict):
    """How many there are."""

    audience: str
    kind: Kind
    state: State
    count: int
    overdue: int


class CountList(Strict):
    """How many there are of each kind and state, by audience."""

    counts: list[CountOut]


class ConfirmIn(Strict):
    """That a promise was recognised rightly."""

    due: date | None = Field(None, description="The last day, where none was said or another.")


class DiscardIn(Strict):
    """That it was no promise."""

    reason: str = ""


class AssignIn(Strict):
    """Who sees to it from now on."""

    account: str = Field(min_length=1, max_length=120)


class NoteIn(Strict):
    """Something that was done or said about it."""

    text: str


class MoveIn(Strict):
    """Another day, and why."""

    due: date
    reason: str


class CloseIn(Strict):
    """What became of it."""

    outcome: Outcome
    reason: str = Field("", description="Needed unless it was kept.")


class DraftIn(Strict):
    """What an agent is about to send."""

    text: str = Field(min_length=1, max_length=MAX_DRAFT_CHARS)
    at: AwareDatetime | None = Field(None, description="When it is said; else now.")


class PromiseOut(Strict):
    """A promise that was recognised."""

    what: What
    words: str
    start: int
    end: int
    due: date | None = Field(description="null: no day was said; ask for one.")
    due_at: datetime | None
    due_words: str | None
    conditional: bool = Field(description="true: only if something else holds.")


class PromiseList(Strict):
    """What a draft promises."""

    promises: list[PromiseOut]
