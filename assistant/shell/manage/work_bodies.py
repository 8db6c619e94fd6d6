"""What the routes of the managers' work take and give, as OpenAPI describes it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from assistant.shell.manage.bodies import MAX_LABELS, Strict

MAX_CHARS = 2_000
"""As much as the register keeps of what is typed about work."""


class Keeper(Strict):
    """An account that work can be given to."""

    name: str
    display_name: str


class LastSearch(Strict):
    """What one's last finished search found, as far as it still stands."""

    count: int
    ended_at: datetime


class WorkCounts(Strict):
    """How much there is to do; null: not for whoever asks, or never looked for."""

    gaps: int | None
    feedback: int | None
    stale: int | None = Field(description="Sources, not reasons.")
    contradictions: LastSearch | None
    duplicates: LastSearch | None
    receipts: int | None = Field(description="Confirmations that are missing.")
    keepers: list[Keeper]


class Asked(Strict):
    """A question of a gap."""

    text: str
    query: str
    language: Literal["es", "en"]
    verdict: str
    at: datetime


class GapOut(Strict):
    """What is asked and not answered, of what whoever asks may read."""

    number: int
    question: str
    asked: int
    not_found: int
    partly: int
    missed: float = Field(description="Answers missing in all likelihood; gaps are ranked by it.")
    first: datetime
    last: datetime
    languages: dict[str, int]
    audience: str = Field(description="The narrowest audience that all who asked see.")
    examples: list[Asked]
    state: Literal["open", "in_work", "dismissed", "closed"]
    came_back: bool
    owner: str | None
    reason: str | None
    card: str | None = Field(description="Name of the source that is to answer it.")
    card_id: int | None
    decides: bool = Field(description="Whether whoever asks may decide about it.")


class GapList(Strict):
    """Gaps, the worst first."""

    gaps: list[GapOut]


class FeedbackOut(Strict):
    """Something that an agent reported."""

    number: int
    kind: Literal["useful", "wrong", "outdated", "missing"]
    comment: str
    question: str
    source: str | None
    source_id: int | None
    title: str | None
    version: int | None
    span: tuple[int, int] | None
    account: str | None
    at: datetime
    state: Literal["open", "in_work", "resolved", "declined", "noted"]
    owner: str | None
    answer: str
    fixed_in: int | None
    closed_at: datetime | None
    decides: bool = Field(description="Whether whoever asks may settle it.")


class FeedbackList(Strict):
    """What was reported, oldest first."""

    feedback: list[FeedbackOut]


class StaleOut(Strict):
    """Why a source may be stale."""

    source: str
    source_id: int
    title: str
    owner: str | None
    kind: Literal["review_due", "translation_behind", "expires", "never_cited", "voted_wrong"]
    since: date | None
    reason: dict[str, str] = Field(description="A sentence in each language.")
    advice: dict[str, str]


class StaleList(Strict):
    """Findings, by name of the source."""

    stale: list[StaleOut]


class HasRead(Strict):
    """Who has read it, and when."""

    account: str
    at: datetime


class ReadingOut(Strict):
    """A reading that is required, among the people of one circle."""

    number: int
    source: str
    source_id: int | None
    title: str
    version: int
    note: str
    place: str = Field(description="Label where these people stand.")
    due: date
    required_by: str
    read: list[HasRead]
    waiting: list[str]
    overdue: bool
    withdraws: bool = Field(description="Whether whoever asks may withdraw it.")


class ReadingList(Strict):
    """Readings, soonest due first."""

    readings: list[ReadingOut]


class PendingOut(Strict):
    """A version that an account must still read."""

    number: int
    source: str
    title: str
    version: int
    due: date


class PendingList(Strict):
    """What an account must still read, soonest due first."""

    pending: list[PendingOut]


class SeriesDay(Strict):
    """A day of the work, as it was at its end."""

    day: date
    asked: int
    answered: int
    partly: int
    not_found: int
    coverage: float | None = Field(description="Share answered in full, 0 to 1; null: none asked.")
    gaps_open: int
    feedback_open: int
    receipts_outstanding: int


class Series(Strict):
    """One row for each day, in order."""

    days: list[SeriesDay]


# Taken


class OwnerIn(Strict):
    """The account that is to take care of it."""

    owner: str = Field(max_length=200)


class ReasonIn(Strict):
    """Why nothing is to be done."""

    reason: str = Field(max_length=MAX_CHARS)


class AnswerIn(Strict):
    """What whoever reported it is told."""

    answer: str = Field(max_length=MAX_CHARS)


class ResolveIn(AnswerIn):
    """The same, and where it is right now."""

    fixed_in: int | None = Field(None, ge=1, description="The version in which it is right.")


class GapCardIn(Strict):
    """The words to say; empty: those of the nearest sources."""

    answer: str = Field("", max_length=1_200)


class RequireIn(Strict):
    """A version that people must read by a day."""

    source: int = Field(ge=1, description="Number of the source.")
    version: int = Field(ge=1)
    labels: list[str] = Field(max_length=MAX_LABELS, description="Who must read it.")
    due: date
