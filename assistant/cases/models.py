"""A customer's case, the rules that sentences state, and what follows, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal

Event = Literal[
    "purchased",
    "dispatched",
    "delivered",
    "installed",
    "invoiced",
    "paid",
    "notified",
    "claimed",
    "found",
    "repaired",
    "collected",
    "returned",
    "refunded",
    "cancelled",
    "started",
]
"""What a period counts from; also the key under which a case says when it was."""

Channel = Literal["web", "phone", "shop"]
"""Where the customer bought."""

Unit = Literal["hours", "days", "working_days", "nights", "weeks", "months", "years"]
"""What a period is counted in; ``days`` and ``nights`` are calendar days."""

Direction = Literal["within", "at_least", "range", "before"]
"""``within``: up to a last day. ``at_least``: from a first day on. ``range``: between two days.
``before``: up to a last day that lies before the event."""

ConditionKind = Literal["other", "channel", "days", "earlier"]
State = Literal["met", "failed", "open"]
Status = Literal["computed", "question", "not_applicable"]
QuestionCode = Literal[
    "date", "future", "order", "old", "hour", "channel", "unknown_event", "no_calendar"
]


@dataclass(frozen=True)
class When:
    """When something was: a day, and the time of that day where it is known."""

    day: date
    clock: time | None = None


@dataclass(frozen=True)
class Case:
    """What is known of a customer's case.

    Attributes:
        dates: when what happened.
        channel: where the customer bought; `None` where that is not known.
    """

    dates: Mapping[Event, When] = field(default_factory=dict)
    channel: Channel | None = None

    @property
    def counting_day(self) -> date | None:
        """The day whose rules apply: of the purchase, else of the delivery, else none is known.

        Terms are those of the contract when it was made; a delivery bounds it from above.
        """
        when = self.dates.get("purchased") or self.dates.get("delivered")
        return when.day if when else None


@dataclass(frozen=True)
class Condition:
    """What else must hold for a rule to apply.

    Attributes:
        kind: ``channel`` and ``days`` are decided by what is known, ``other`` is to be checked;
            ``earlier`` is of before a day that is named elsewhere.
        text: its words in the document; empty where the version's own days are the condition.
        start: offset of the words in the document's text.
        end: offset after them.
        channels: where the customer must have bought.
        event: whose day must lie between ``first`` and ``last``; `None` where it is not said.
        first: first day that fits; `None` for no beginning.
        last: last day that fits; `None` for no end.
    """

    kind: ConditionKind
    text: str
    start: int
    end: int
    channels: frozenset[Channel] = frozenset()
    event: Event | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Rule:
    """A deadline or limit that a sentence states.

    Attributes:
        quote: the sentence, ``document text[start:end]``.
        start: offset of the sentence.
        end: offset after it.
        amount_start: offset of the amount in the document's text.
        amount_end: offset after the amount.
        low: how many units at least.
        high: how many at most; the same as ``low`` but for a range.
        unit: of both.
        direction: what the days are counted to.
        strict: whether the amount itself is excluded ("more than", "less than").
        said_calendar: whether the sentence says that they are calendar days.
        event: what it counts from; `None` where neither sentence nor paragraph says it.
        conditions: what else must hold.
        document: name of the document; empty until the rule is put where it was cited.
        version: number of the document's version.
    """

    quote: str
    start: int
    end: int
    amount_start: int
    amount_end: int
    low: int
    high: int
    unit: Unit
    direction: Direction
    strict: bool = False
    said_calendar: bool = False
    event: Event | None = None
    conditions: tuple[Condition, ...] = ()
    document: str = ""
    version: int = 0


@dataclass(frozen=True)
class Question:
    """What has to be asked, as a code with its values.

    Attributes:
        code: ``date``, ``future``, ``old`` and ``hour`` are about ``event``; ``order``: ``event``
            would be before ``other``; ``no_calendar``: holidays of ``year`` are not known.
        event: whose date it is about.
        other: the event that must come before it.
        year: of a calendar that is missing.
        day: the date of ``event`` that cannot be right.
        other_day: the date of ``other``.
    """

    code: QuestionCode
    event: Event | None = None
    other: Event | None = None
    year: int | None = None
    day: date | None = None
    other_day: date | None = None


@dataclass(frozen=True)
class Decided:
    """A condition, and whether what is known of the case meets it."""

    condition: Condition
    state: State


@dataclass(frozen=True)
class Holiday:
    """A holiday that was not counted."""

    day: date
    name: str


@dataclass(frozen=True)
class Span:
    """What a rule gives for a date.

    Attributes:
        first: first day; `None` where there is none.
        last: last day; `None` where there is none.
        due: the very moment, for hours counted from a known time of day.
        skipped: holidays that were not counted.
    """

    first: date | None = None
    last: date | None = None
    due: datetime | None = None
    skipped: tuple[Holiday, ...] = ()


@dataclass(frozen=True)
class CaseFact:
    """What a rule means for a case, with both the rule and the date as evidence.

    Attributes:
        statement: place among the statements of the answer, from 0.
        rule: the rule, with its words and where they stand.
        status: ``computed``; ``question`` where a date is missing or cannot be right;
            ``not_applicable`` where a condition is known not to hold.
        today: the company's day on which it was computed.
        when: the date used, as the case gives it for ``rule.event``.
        span: first and last day; empty unless computed.
        days_left: days from today to the last day, else to the first; negative when past.
        over: whether a last day or moment is past.
        conditions: what else must hold, and whether it does.
        questions: what to ask back, most needed first.
    """

    statement: int
    rule: Rule
    status: Status
    today: date
    when: When | None = None
    span: Span = Span()
    days_left: int | None = None
    over: bool = False
    conditions: tuple[Decided, ...] = ()
    questions: tuple[Question, ...] = ()
