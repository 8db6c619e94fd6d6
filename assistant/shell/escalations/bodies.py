"""What the routes of questions to the company take and give, as OpenAPI describes it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from assistant.shell.manage.bodies import Strict
from knowledge.escalations.escalation_checks import (
    MAX_ANSWER_CHARS,
    MAX_DUTIES,
    MAX_MARKS,
    MAX_NEED_CHARS,
    MAX_QUESTION_CHARS,
    MAX_SOURCES,
)
from knowledge.escalations.models import DAYS, Duty, NewTopic, State, StepKind
from knowledge.identity.access import Role


class AskIn(Strict):
    """A question to the company."""

    question: str = Field(description=f"1 to {MAX_QUESTION_CHARS} characters.")
    need: str = Field(
        "",
        description="What the customer wants to know; with the question, up to "
        f"{MAX_NEED_CHARS} characters.",
    )
    sources: list[str] = Field(
        [], description=f"Names of up to {MAX_SOURCES} that were looked at, best first."
    )
    contact: str | None = Field(None, description="Key of the contact that it is asked in.")
    topic: int | None = Field(None, description="Else it is chosen by sources and words.")
    audience: str | None = Field(None, description="Whose it is, where there is no contact.")


class TextIn(Strict):
    """An answer."""

    text: str = Field(description=f"1 to {MAX_ANSWER_CHARS} characters.")


class PassIn(Strict):
    """Who is to answer instead."""

    to: str | None = Field(None, description="Account; else the next on duty.")


class TopicChoiceIn(Strict):
    """Another topic."""

    topic: int


class SwitchIn(Strict):
    """One's own duty."""

    on: bool


class DutyIn(Strict):
    """Somebody who answers for a topic."""

    account: str
    days: str = Field(DAYS, description="Digits from 1, Monday, to 7, Sunday.")
    start: str | None = Field(None, description="HH:MM at the company; else the whole day.")
    end: str | None = Field(None, description="Earlier than start: on the day after.")

    def made(self) -> Duty:
        """The duty."""
        return Duty(self.account, self.days, self.start, self.end)


class TopicIn(Strict):
    """What the company may be asked about."""

    name: str
    audience: str = Field(description="Label of whose questions it takes, with all below.")
    words: list[str] = Field([], description=f"That a question has; up to {MAX_MARKS}.")
    sources: list[str] = Field(
        [], description="Names, kind:policy, owner:rosa or tag:line=sofas; any that was found."
    )
    owner: str | None = Field(None, description="Account that is given what nobody answered.")
    fallback: bool = Field(False, description="Takes what fits no other topic.")
    duties: list[DutyIn] = Field(
        [], description=f"In the order in which they are asked; up to {MAX_DUTIES}."
    )

    def made(self) -> NewTopic:
        """The topic."""
        duties = tuple(duty.made() for duty in self.duties)
        words, sources = tuple(self.words), tuple(self.sources)
        return NewTopic(self.name, self.audience, words, sources, self.owner, self.fallback, duties)


class TopicOut(TopicIn):
    """A topic."""

    number: int


class TopicName(Strict):
    """A topic by its name."""

    number: int
    name: str


class TopicList(Strict):
    """Topics, by name."""

    topics: list[TopicOut]


class PersonOut(Strict):
    """Somebody who may answer."""

    account: str
    name: str


class PersonList(Strict):
    """Those who may answer, by account."""

    people: list[PersonOut]


class DutyOut(Strict):
    """One's own duty."""

    on: bool
    topics: list[str] = Field(description="Names of those that one answers for.")
    now: list[str] = Field(description="Of those for which it is one's hour.")


class SourceOut(Strict):
    """A source that was looked at."""

    name: str
    title: str


class SaidOut(Strict):
    """Something that was said before the question."""

    speaker: Literal["customer", "agent"]
    text: str


class Told(Strict):
    """What somebody sees of a question."""

    question: str | None = Field(description="null: its time is over.")
    need: str
    sources: list[SourceOut]
    turns: list[SaidOut] = Field(description="Empty for whoever may not see the conversation.")
    masked: bool = Field(description="Whether something of a customer is left out.")


class Preview(Told):
    """What would be sent, and to whom."""

    topic: TopicName | None = Field(description="null: nobody is asked about this.")
    topics: list[TopicName] = Field(description="Those to choose from.")
    receiver: str | None = Field(description="null: nobody is on duty.")
    audience: str


class AnswerOut(Strict):
    """A person's word: no source says it."""

    by: Literal["person"]
    text: str
    name: str | None
    role: Role | None
    at: datetime


class StepOut(Strict):
    """Something that happened; by nobody: time did it."""

    kind: StepKind
    by: str | None
    to: str | None
    at: datetime


class EscalationOut(Told):
    """A question to the company, as whoever asks for it may see it."""

    key: str
    state: State
    topic: TopicName
    audience: str
    language: Literal["es", "en"]
    contact: str | None = Field(description="Its key, for those who may see it.")
    asked_by: str
    asked_at: datetime
    own: bool
    receiver: str | None
    mine: bool = Field(description="Whether it is the turn of whoever asks for it.")
    goes_on_at: datetime | None = Field(description="When it is the next person's.")
    answer: AnswerOut | None
    answered_by_me: bool
    card: str | None
    steps: list[StepOut]
    sent: Told | None = Field(description="What the receiver sees, for whoever asked.")


class EscalationList(Strict):
    """Questions, newest first; the queue, oldest first."""

    escalations: list[EscalationOut]
