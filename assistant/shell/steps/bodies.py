"""What the routes of steps take and give, as OpenAPI describes it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.shell.manage.bodies import Strict
from assistant.steps.choosing import Because
from assistant.steps.models import ConditionKind, Form, NoteKind
from assistant.steps.progress import By
from knowledge.models import Language

MAX_NAME_CHARS = 1_000


class ChooseIn(Strict):
    """A procedure to begin with."""

    source: str = Field(max_length=MAX_NAME_CHARS, description="Name of the source.")
    procedure: str = Field(max_length=64, description="Its key, as it was offered.")


class TickIn(Strict):
    """A step that is done, or is not."""

    step: str = Field(max_length=64, description="Its key, such as 2 or 3.1.")
    done: bool


class AnswerIn(Strict):
    """Whether a condition holds."""

    condition: str = Field(max_length=64, description="Its key, such as 2?1.")
    holds: bool | None = Field(description="null: it is a question again.")


class PositionIn(Strict):
    """The step where the agent is."""

    step: str | None = Field(max_length=64, description="null: the first that is open.")


class QuoteOut(Strict):
    """Words of the source and where they stand."""

    text: str
    start: int = Field(description="Offset of the first character in the version's text.")
    end: int
    page: int | None


class NoteOut(QuoteOut):
    """What stands beside a step."""

    kind: NoteKind


class ConditionOut(QuoteOut):
    """On what a step depends."""

    key: str
    kind: ConditionKind
    question: str = Field(description="What to ask the customer, in the source's language.")


class StepOut(QuoteOut):
    """Something to do."""

    key: str
    label: str = Field(description="What the source calls it, such as 1. or a); may be empty.")
    depth: int = Field(description="1: it stands under the step before it.")
    conditions: list[ConditionOut]
    notes: list[NoteOut]
    deadlines: list[QuoteOut]


class ProcedureOut(Strict):
    """A procedure as it stands in its source."""

    source: str
    source_title: str
    version: int
    procedure: str
    title: str
    language: Language
    form: Form
    headings: list[str]
    internal: bool = Field(description="For the staff's eyes, not to be told to customers.")
    start: int
    end: int
    page: int | None
    conditions: list[ConditionOut]
    notes: list[NoteOut]
    steps: list[StepOut]


class ProcedureList(Strict):
    """The procedures of the version of a source that is in force."""

    source: str
    source_title: str
    version: int
    procedures: list[ProcedureOut]


class OfferOut(Strict):
    """A procedure that may help now."""

    source: str
    source_title: str
    version: int
    procedure: str
    title: str
    steps: int
    because: Because = Field(description="It is in the section that answers, or in its source.")


class TurnSaid(Strict):
    """The turn that says so."""

    number: int
    speaker: Literal["customer", "agent"]
    text: str | None


class MarkedOut(Strict):
    """Who or what says so."""

    by: By | Literal["case"] | None = Field(description="null: nobody yet.")
    who: str | None
    at: str | None
    turn: TurnSaid | None


class AnsweredOut(ConditionOut, MarkedOut):
    """A condition and whether it holds."""

    holds: bool | None


class TickedOut(MarkedOut, QuoteOut):
    """A step and whether it is done."""

    key: str
    label: str
    depth: int
    conditions: list[AnsweredOut]
    notes: list[NoteOut]
    deadlines: list[QuoteOut]
    done: bool
    applies: bool
    because: str | None = Field(description="Key of the condition for which it does not apply.")


class NewerOut(Strict):
    """What is in force instead of the version that was chosen."""

    version: int | None = Field(description="null: the source is no longer in force.")
    procedure: str | None = Field(description="What takes its place there, if anything does.")


class PassageOut(Strict):
    """The section of the source that the procedure stands in."""

    text: str
    start: int


class ChosenOut(Strict):
    """The procedure that is chosen; without fields where whoever asks may not see its source."""

    available: bool
    newer: NewerOut | None = None
    source: str | None = None
    source_title: str | None = None
    version: int | None = None
    procedure: str | None = None
    title: str | None = None
    language: Language | None = None
    form: Form | None = None
    headings: list[str] = Field(default_factory=list)
    internal: bool = False
    start: int | None = None
    end: int | None = None
    page: int | None = None
    conditions: list[AnsweredOut] = Field(default_factory=list)
    notes: list[NoteOut] = Field(default_factory=list)
    steps: list[TickedOut] = Field(default_factory=list)
    current: str | None = None
    passage: PassageOut | None = None


class StepsOut(Strict):
    """The steps of a contact."""

    contact: str
    state: Literal["open", "ended"]
    offers: list[OfferOut]
    chosen: ChosenOut | None
