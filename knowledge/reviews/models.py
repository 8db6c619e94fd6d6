"""A sample of contacts, its reviewers and their reviews, as values; times are ISO 8601 in UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Literal, get_args

from knowledge.models import EVERYONE

Tenure = Literal["under_90", "under_365", "from_365", "unknown"]
"""Days from when an agent began to the contact; ``unknown`` where there is no such account."""
TENURES: tuple[Tenure, ...] = get_args(Tenure)
TaskState = Literal["open", "in", "erased"]
"""Whether a review is awaited, was given, or is not possible since the contact's words are gone."""


@dataclass(frozen=True)
class ScorecardVersion:
    """One version of a scorecard.

    Attributes:
        scorecard_id: the register's number for the scorecard.
        name: of the scorecard.
        audience: label of those whose reviews it is for.
        number: of the version, from 1.
        sha256: of what it says.
        items: how many things it looks at.
        made_by: who brought it in.
        made_at: when.
    """

    scorecard_id: int
    name: str
    audience: str
    number: int
    sha256: str
    items: int
    made_by: str
    made_at: str


@dataclass(frozen=True)
class Wanted:
    """A sample that is to be drawn.

    Attributes:
        scorecard: name of the scorecard; its newest version is used.
        first: first day on which its contacts ended, at the company.
        last: last day.
        size: how many contacts.
        reviewers: accounts that review them.
        audience: label of whose contacts; those of narrower circles are among them.
        double_share: share that two review, each without the other's answers; 0 to 1.
        seed: the same one draws the same contacts.
    """

    scorecard: str
    first: date
    last: date
    size: int
    reviewers: tuple[str, ...]
    audience: str = EVERYONE
    double_share: float = 0.0
    seed: str = "1"


@dataclass(frozen=True)
class Candidate:
    """A contact that may be drawn.

    Attributes:
        number: the register's number for it.
        key: what programs call it by.
        agent: account that talked with the customer.
        audience: label of who it belongs to.
        days: from the day the agent began, or else their account's, to the contact; `None`: there
            is no such account.
        had: accounts that were given it to review before.
    """

    number: int
    key: str
    agent: str
    audience: str
    days: int | None
    had: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Placed:
    """A contact that was drawn.

    Attributes:
        number: the register's number for the contact.
        tenure: of its agent.
        stratum_size: contacts of the same audience and tenure that might have been drawn.
        reviewers: who reviews it, one or two.
    """

    number: int
    tenure: Tenure
    stratum_size: int
    reviewers: tuple[str, ...]


@dataclass(frozen=True)
class Sample:
    """A sample as it is kept.

    Attributes:
        number: the register's number for it.
        scorecard: name.
        version: of the scorecard.
        audience: label of whose contacts.
        first: first day on which they ended.
        last: last day.
        double_share: share that two review.
        seed: of the draw.
        population: contacts that might have been drawn.
        drawn_by: who drew it.
        drawn_at: when.
        contacts: how many were drawn.
        tasks: reviews that are asked for.
        done: of those, given.
        gone: of those, no longer possible since the words are gone.
    """

    number: int
    scorecard: str
    version: int
    audience: str
    first: str
    last: str
    double_share: float
    seed: str
    population: int
    drawn_by: str
    drawn_at: str
    contacts: int
    tasks: int
    done: int
    gone: int


@dataclass(frozen=True)
class SampledContact:
    """A contact of a sample.

    Attributes:
        sample: number of the sample.
        scorecard: name.
        version: of the scorecard.
        contact: key of the contact.
        channel: of the contact.
        audience: label of who it belongs to.
        agent: who talked with the customer.
        tenure: of the agent.
        ended_at: when the contact ended.
    """

    sample: int
    scorecard: str
    version: int
    contact: str
    channel: str
    audience: str
    agent: str
    tenure: Tenure
    ended_at: str


@dataclass(frozen=True)
class Task(SampledContact):
    """A contact that somebody reviews.

    Attributes:
        number: the register's number for it.
        reviewer: who reviews it.
        state: see `TaskState`.
        double: whether somebody else reviews it too.
        settled: whether everybody who reviews it has; only then are others' answers told.
    """

    number: int
    reviewer: str
    state: TaskState
    double: bool
    settled: bool

    def sampled(self) -> dict[str, Any]:
        """What is known of the contact, whoever reviews it, by field of `SampledContact`."""
        return {one.name: getattr(self, one.name) for one in fields(SampledContact)}


@dataclass(frozen=True)
class Judgement:
    """What a reviewer says of a contact.

    Attributes:
        answers: id of the option by item; `None`: not applicable.
        measured: what the program proposed, the same way; items that it does not measure are not
            in it.
        notes: words by item, and of the whole by the empty text.
        reason: why an earlier one is corrected; empty for the first.
    """

    answers: Mapping[str, str | None]
    measured: Mapping[str, str | None] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True)
class Review:
    """A judgement as it is kept.

    Attributes:
        task: number of its task.
        number: of the version; 1 is the first, others correct it.
        judgement: its notes and reason are empty once the contact's words are gone.
        apart: whether it was given without the other reviewer's answers in sight.
        made_by: who reviewed.
        made_at: when.
    """

    task: int
    number: int
    judgement: Judgement
    apart: bool
    made_by: str
    made_at: str


@dataclass(frozen=True)
class Reviewed(SampledContact):
    """A contact that everybody has reviewed who was to.

    Attributes:
        stratum_size: see `Placed`.
        reviews: the newest of each reviewer, in the order in which they were assigned.
        independent: the newest of each that was given apart; agreement is measured on these.
    """

    stratum_size: int
    reviews: tuple[Review, ...]
    independent: tuple[Review, ...]
