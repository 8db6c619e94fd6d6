"""A summary of a contact, and what it is made from, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from knowledge.contacts.models import Speaker
from knowledge.models import Language

Part = Literal["need", "said", "unsourced", "sources", "promises", "given", "outcome", "next"]
PARTS: tuple[Part, ...] = get_args(Part)
"""In the order in which they are read."""

Outcome = Literal["resolved", "not_resolved", "escalated", "transferred", "not_said"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

Basis = Literal["turn", "record", "agent"]
"""What a line rests on: words of a turn, something that was recorded (a suggestion that was shown,
a promise, a transfer), or the agent who wrote it."""

Used = Literal["opened", "copied", "edited", "used"]
USES: tuple[Used, ...] = get_args(Used)
"""What the agent did with a source that was suggested, in the order in which it counts."""
Mark = Literal[Used, "complaint", "proposed", "kept", "broken", "closed"]
"""What else is told of a line: of a source how it was used; of a promise that nobody has confirmed
it, or what became of it; that it is a complaint."""


@dataclass(frozen=True)
class Said:
    """A turn: its number in the contact, who said it, and its words."""

    number: int
    speaker: Speaker
    text: str


@dataclass(frozen=True)
class Source:
    """A passage of a source.

    Attributes:
        document: name of the document.
        title: its title.
        version: number of its version.
        quote: the exact words.
        shown: whether it was suggested in the contact; else it was found for the summary.
    """

    document: str
    title: str
    version: int
    quote: str
    shown: bool = True


@dataclass(frozen=True)
class Promise:
    """A promise or a complaint that was recorded in the contact.

    Attributes:
        quote: the words in which it was made.
        turn: the turn they are in; `None`: somebody wrote it down.
        due: by when, ISO 8601; `None`: no day is known.
        key: what the customer can quote.
        marks: that it is a complaint, and how it stands unless it is simply owed.
    """

    quote: str
    turn: int | None
    due: str | None
    key: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Line:
    """One line of a summary.

    Attributes:
        part: what it tells of.
        text: the exact words of the turn, what customers can be found by masked in them; or the
            title of a source; or what the agent wrote.
        basis: what it rests on.
        turn: number of the turn; `None` where it rests on none.
        source: the passage that a statement rests on, or that was shown.
        detail: of a given piece ``order``, ``phone``, ``mail`` or ``date``; of a promise its day.
        key: of the promise or complaint that it tells of; empty: of none.
        marks: what else is told of it.
    """

    part: Part
    text: str
    basis: Basis
    turn: int | None = None
    source: Source | None = None
    detail: str = ""
    key: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Summary:
    """A summary of a contact.

    Attributes:
        language: of its headings, the agent's; quotes are in the language that was spoken.
        outcome: how it ended; proposed from the words of the last turns, the agent decides.
        lines: in the order of `PARTS`; a part without any was not said.
    """

    language: Language
    outcome: Outcome
    lines: tuple[Line, ...]

    def of(self, part: Part) -> tuple[Line, ...]:
        """The lines of a part."""
        return tuple(line for line in self.lines if line.part == part)


@dataclass(frozen=True)
class Records:
    """What was recorded in a contact beside its words.

    Attributes:
        sources: passages that were suggested, or found for what the agent said.
        promises: those that were recorded, and complaints.
        used: what was done with sources, by document and version.
        escalated: whether the company was asked, and has not answered.
        transferred: whether the contact was given to somebody else.
    """

    sources: Sequence[Source] = ()
    promises: Sequence[Promise] = ()
    used: Mapping[tuple[str, int], tuple[Used, ...]] = field(default_factory=dict)
    escalated: bool = False
    transferred: bool = False
