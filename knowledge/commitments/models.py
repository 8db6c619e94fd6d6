"""Promises and complaints, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

Kind = Literal["promise", "complaint"]
KINDS: tuple[Kind, ...] = get_args(Kind)
What = Literal[
    "call_back", "refund", "replace", "repair", "deliver", "send_document", "answer", "other"
]
WHATS: tuple[What, ...] = get_args(What)
State = Literal["proposed", "open", "kept", "broken", "closed", "discarded"]
STATES: tuple[State, ...] = get_args(State)
"""``proposed``: recognised in what an agent said, and nobody has confirmed it yet. ``discarded``:
it was none. ``kept`` and ``broken``: what became of it; ``closed``: settled otherwise."""
PENDING: tuple[State, ...] = ("proposed", "open")
"""Still owed. What nobody has confirmed is among them: the customer heard it all the same."""
Outcome = Literal["kept", "broken", "closed"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
StepKind = Literal[
    "proposed",
    "opened",
    "confirmed",
    "corrected",
    "discarded",
    "assigned",
    "due",
    "noted",
    "overdue",
    "kept",
    "broken",
    "closed",
]
STEP_KINDS: tuple[StepKind, ...] = get_args(StepKind)


@dataclass(frozen=True)
class Recognised:
    """A promise that was recognised in a turn.

    Attributes:
        what: what was promised.
        words: in which words.
        due: the last day; `None`: none was said.
        due_at: the moment, ISO 8601 in UTC, where hours were said.
    """

    what: What
    words: str
    due: date | None = None
    due_at: str | None = None


@dataclass(frozen=True)
class NewCommitment:
    """A promise or complaint as somebody opens it.

    Attributes:
        kind: which.
        what: what it is about.
        words: of the agent for a promise, of what is complained of for a complaint.
        customer: reference in the customer system; `None`: not known yet.
        contact: key of the contact in which it came up; `None`: in none.
        audience: label of who it belongs to; `None`: the contact's, or the narrowest of whoever
            opens it.
        responsible: account; `None`: whoever opens it.
        due: the last day.
        due_at: the moment, ISO 8601 in UTC.
    """

    kind: Kind
    what: What
    words: str
    customer: str | None = None
    contact: str | None = None
    audience: str | None = None
    responsible: str | None = None
    due: date | None = None
    due_at: str | None = None


@dataclass(frozen=True)
class Commitment:
    """A promise or complaint as it is kept; times are ISO 8601 in UTC.

    Attributes:
        number: the register's number for it.
        key: what customers quote.
        kind: promise or complaint.
        what: what it is about.
        words: in whose words; `None` for who may only know that there is one.
        customer: reference in the customer system; `None`: not known.
        contact: key of the contact in which it came up.
        turn: number of the turn in which it was said; `None`: in none.
        audience: label of who it belongs to.
        made_by: account that said or opened it.
        responsible: account that sees to it.
        due: the last day; `None`: it has to be asked for.
        due_at: the moment, where hours were said.
        state: how it stands.
        reason: why it is closed; empty while it is not.
        opened_at: since when it is there.
        changed_at: of its last step.
        overdue: whether its day is past and it is still owed.
        whole: whether all of it may be told; otherwise what, due and state alone.
        holder: label of who has its contact now, which may have been handed over since.
    """

    number: int
    key: str
    kind: Kind
    what: What
    words: str | None
    customer: str | None
    contact: str | None
    turn: int | None
    audience: str
    made_by: str | None
    responsible: str | None
    due: date | None
    due_at: str | None
    state: State
    reason: str
    opened_at: str
    changed_at: str
    overdue: bool = False
    whole: bool = True
    holder: str | None = None

    @property
    def audiences(self) -> frozenset[str]:
        """Labels of those who see all of it: of who made it, and who goes on with its contact."""
        return frozenset({self.audience, self.holder or self.audience})


@dataclass(frozen=True)
class Step:
    """Something that was done about it; steps are only ever added.

    Attributes:
        number: its place, from 1.
        kind: what was done.
        by: account, or ``voz`` for what the program did.
        at: when, ISO 8601 in UTC.
        text: what was said of it; empty where nothing was.
        account: whom it was given to, for ``assigned``.
        due: the day that was set or moved to.
        due_at: the moment.
    """

    number: int
    kind: StepKind
    by: str
    at: str
    text: str
    account: str | None
    due: date | None
    due_at: str | None
