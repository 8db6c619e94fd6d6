"""A question to the company, its steps, and who is on duty for which topic, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from knowledge.models import Language

State = Literal["waiting", "taken", "answered", "withdrawn", "expired"]
STATES: tuple[State, ...] = get_args(State)
OPEN: frozenset[State] = frozenset({"waiting", "taken"})

StepKind = Literal[
    "asked",
    "sent",
    "seen",
    "taken",
    "passed",
    "moved",
    "answered",
    "read",
    "used",
    "carded",
    "withdrawn",
    "expired",
    "gap",
]
"""What happens to a question: asked; sent to somebody; seen, taken or passed on by somebody; moved
to another topic; answered; the answer read and used by whoever asked, and made a card; withdrawn;
expired, since nobody was left; noted as a gap in what sources answer."""

CLOCK = "voz"
"""Who a step is by that time alone took."""

DAYS = "1234567"
"""Monday to Sunday (ISO 8601)."""


@dataclass(frozen=True)
class Duty:
    """Somebody who answers for a topic.

    Attributes:
        account: who.
        days: on which, digits of `DAYS`.
        start: of which hour on, ``HH:MM`` at the company; `None`: the whole day.
        end: before which; earlier than ``start``: on the day after.
    """

    account: str
    days: str = DAYS
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True)
class NewTopic:
    """What somebody may be asked about, as it is typed.

    Attributes:
        name: as people call it.
        audience: label of those whose questions it takes, with all below it.
        words: that a question about it has.
        sources: that it is about: names, ``kind:policy``, ``owner:rosa``, ``tag:line=sofas``.
        owner: account that is given what nobody answered.
        fallback: whether it takes what fits no other topic.
        duties: people, in the order in which they are asked.
    """

    name: str
    audience: str
    words: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    owner: str | None = None
    fallback: bool = False
    duties: tuple[Duty, ...] = ()


@dataclass(frozen=True)
class Topic(NewTopic):
    """A topic as it is kept.

    Attributes:
        number: its own.
    """

    number: int = 0


@dataclass(frozen=True)
class NewEscalation:
    """A question as it is asked.

    Attributes:
        question: in the agent's words.
        language: of it.
        topic: number of the topic.
        need: what the customer wants to know, as it was understood; may be empty.
        sources: names of those that were looked at, best first.
        contact: key of the contact that it is asked in.
        audience: label of whose it is; `None`: the contact's, or the asker's narrowest.
    """

    question: str
    language: Language
    topic: int
    need: str = ""
    sources: tuple[str, ...] = ()
    contact: str | None = None
    audience: str | None = None


@dataclass(frozen=True)
class Step:
    """Something that happened to a question; never changed.

    Attributes:
        number: its place, from 1.
        kind: what.
        by: account that did it; `CLOCK`: time did.
        to: account that it was sent to.
        at: when, ISO 8601 in UTC.
    """

    number: int
    kind: StepKind
    by: str
    to: str | None
    at: str


@dataclass(frozen=True)
class Escalation:
    """A question to the company as it is kept; times are ISO 8601 in UTC.

    Attributes:
        number: the register's number for it.
        key: what programs call it by.
        topic: number of its topic.
        topic_name: how that is called now.
        contact: key of the contact; `None`: asked outside of any.
        agent: of that contact, now; it may have been given to somebody else since.
        turns: how many turns the contact had then.
        asked_by: account.
        audience: label of whose it is.
        language: of the question.
        question: its words; `None` once they are gone, as ``answer``.
        need: what the customer wants to know; empty where it is not known.
        sources: names of the sources that were looked at.
        state: where it stands.
        receiver: whose turn it is, or who took it; `None` once it is over.
        answer: in the words of whoever answered.
        answered_by: account.
        answered_role: role by which they did.
        asked_at: when.
        changed_at: when its last step was.
        answered_at: when.
        card: name of the source that was made of it.
        steps: all, in order.
        people: display names by account, of everybody in it.
    """

    number: int
    key: str
    topic: int
    topic_name: str
    contact: str | None
    agent: str | None
    turns: int
    asked_by: str
    audience: str
    language: Language
    question: str | None
    need: str
    sources: tuple[str, ...]
    state: State
    receiver: str | None
    answer: str | None
    answered_by: str | None
    answered_role: str | None
    asked_at: str
    changed_at: str
    answered_at: str | None
    card: str | None
    steps: tuple[Step, ...] = ()
    people: Mapping[str, str] = field(default_factory=dict)

    @property
    def sent_to(self) -> tuple[str, ...]:
        """Everybody that it was sent to, in order."""
        return tuple(step.to for step in self.steps if step.kind == "sent" and step.to)

    def is_of(self, account: str) -> bool:
        """Whether it is an account's own: they asked it, or have its contact now."""
        return account in (self.asked_by, self.agent)

    def happened(self, kind: StepKind, by: str | None = None) -> bool:
        """Whether there was such a step, by somebody."""
        return any(s.kind == kind and by in (None, s.by) for s in self.steps)
