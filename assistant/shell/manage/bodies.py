"""What the managers' routes take and give, as OpenAPI describes it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from knowledge import jobs
from knowledge.evaluations.publication_rows import MAX_WAIVER_CHARS, MIN_WAIVER_CHARS

State = Literal["draft", "in_review", "published", "retired"]
SortKey = Literal[
    "name",
    "title",
    "state",
    "kind",
    "owner",
    "language",
    "versions",
    "next_change",
    "review_due",
    "created_at",
    "changed_at",
]
MAX_LABELS = 50


class Strict(BaseModel):
    """Unknown fields are mistakes."""

    model_config = ConfigDict(extra="forbid")


class Section(Strict):
    """A part of a source, by its heading: for fewer people, or not for customers."""

    heading: str
    audience: list[str] | None
    internal: bool


class DayOfChange(Strict):
    """A day from which on another version is in force; null: none."""

    day: date
    version: int | None


class Source(Strict):
    """A source as its managers see it."""

    id: int
    name: str
    title: str
    kind: str
    owner: str | None
    audience: list[str] = Field(description="Labels of who may see it; empty: its managers only.")
    internal: bool = Field(description="For the staff's eyes, not to be told to customers.")
    language: Literal["es", "en"]
    media_type: str
    translation_of: str | None
    tags: dict[str, str]
    state: State
    versions: int
    author: str = Field(description="Who brought the newest version.")
    waiting: int | None = Field(description="Number of the version that is a draft or in review.")
    waiting_state: State | None
    current: int | None = Field(description="Number of the version in force today.")
    next_change: date | None = Field(
        description="Next day on which another version, or none, is in force."
    )
    changes: list[DayOfChange] = Field(description="All those days to come.")
    review_due: date | None
    created_at: datetime
    changed_at: datetime
    sections: list[Section]
    may: list[str] = Field(description="What whoever asks may do to it.")


class Days(Strict):
    """Days in force; ``to`` is the first day no longer."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    from_: date | None = Field(alias="from")
    to: date | None


class Version(Strict):
    """A version of a source."""

    number: int
    state: State
    title: str
    language: Literal["es", "en"]
    media_type: str
    sha256: str
    chunks: int
    chars: int
    valid_from: date | None
    valid_to: date | None = Field(description="First day no longer in force.")
    in_force: list[Days]
    note: str
    author: str
    approver: str | None
    created_at: datetime
    changed_at: datetime


class SourceDetails(Source):
    """A source with all its versions, newest first."""

    review_days: int | None
    reviewed_on: date | None
    headings: list[str] = Field(description="Headings of the newest version.")
    history: list[Version]


class SourcePage(Strict):
    """Some of the sources that fit."""

    sources: list[Source]
    total: int = Field(description="How many fit, of those that whoever asks may see.")


class Passage(Strict):
    """A stretch of a version, as it was cut."""

    ordinal: int
    headings: list[str]
    page: int | None
    row: int | None
    language: Literal["es", "en"]
    text: str
    sentences: int


class Text(Strict):
    """What was read from a file, and how it was cut."""

    title: str
    language: Literal["es", "en"]
    text: str
    headings: list[str]
    passages: list[Passage]


class Mark(Strict):
    """A stretch of a passage, offsets in its text, that the other version has otherwise."""

    kind: Literal["words", "number", "amount", "percentage", "date"]
    start: int
    end: int


class Side(Strict):
    """A sentence, item, row or heading of a version; ``start`` and ``end`` in the version's text.

    Where the other version has nothing like it, its marks are its numbers and dates.
    """

    text: str
    start: int
    end: int
    block: Literal["heading", "paragraph", "list", "table", "row", "code"]
    headings: list[str]
    page: int | None
    row: int | None
    internal: bool = Field(description="Not to be told to customers.")
    marks: list[Mark]


class Difference(Strict):
    """What became of a passage."""

    kind: Literal["kept", "added", "removed", "changed", "moved"]
    moved: bool = Field(description="It stands elsewhere; a changed one may too.")
    old: Side | None
    new: Side | None


class DifferenceCounts(Strict):
    """How many passages of each kind, and how many values changed within changed ones."""

    kept: int
    added: int
    removed: int
    changed: int
    moved: int
    numbers: int
    dates: int


class Differences(Strict):
    """What is different between two versions of a source."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    from_: int = Field(alias="from", description="Number of the version compared with.")
    to: int
    withheld: bool = Field(description="There are parts for others only, which are left out.")
    counts: DifferenceCounts
    stretches: list[list[Difference]] = Field(
        description="Differences that stand together, each with what was kept around it."
    )


class JobOut(Strict):
    """Something that takes longer than an answer."""

    id: int
    kind: jobs.Kind
    title: str
    actor: str
    state: jobs.State
    attempts: int
    done: int
    total: int
    message: str
    result: dict[str, Any]
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class JobList(Strict):
    """Jobs, newest first."""

    jobs: list[JobOut]


class AudienceOut(Strict):
    """A circle of readers."""

    label: str
    title: str
    parent: str | None


class AudienceList(Strict):
    """Audiences, each after its parent."""

    audiences: list[AudienceOut]


class User(Strict):
    """An account."""

    name: str
    display_name: str
    language: Literal["es", "en"] | None
    grants: list[str]
    disabled: bool
    provider: str | None
    created_at: str


class UserList(Strict):
    """Accounts, by name."""

    users: list[User]


class OneTime(User):
    """An account with its one-time password, which is told here only."""

    password: str


class Me(Strict):
    """Whoever asks."""

    name: str
    display_name: str
    language: Literal["es", "en"] | None
    today: date
    may: dict[str, list[str]] = Field(description="For each action the labels it reaches.")
    max_upload_mb: int
    can_import_urls: bool = Field(description="Whether `VOZ_URL_HOSTS` names any host.")


# Taken


class Note(Strict):
    """What is missing."""

    note: str = Field("", max_length=400)


class DaysIn(Strict):
    """Days in force; with neither field, as the version's author asked."""

    valid_from: date | None = Field(None, description="First day; null: always was.")
    valid_to: date | None = Field(None, description="First day no longer in force; null: no end.")


class PublishIn(DaysIn):
    """Days in force, and why a version is published that a gate stopped."""

    waiver: str | None = Field(
        None,
        description=f"{MIN_WAIVER_CHARS} to {MAX_WAIVER_CHARS} characters; kept with who gave it.",
    )


class RetireIn(Strict):
    """From when on nothing of it is in force."""

    from_day: date | None = Field(None, description="Left out: today.")


class LabelsIn(Strict):
    """Who may see it; empty: its managers only."""

    labels: list[str] = Field(max_length=MAX_LABELS)


class RestrictIn(Strict):
    """A part of a source; with neither field, it is as the rest."""

    heading: str = Field(min_length=1, max_length=500)
    audience: list[str] | None = Field(None, max_length=MAX_LABELS)
    internal: bool = False


class DescribeIn(Strict):
    """What is known of a source beside its text; what is left out stays."""

    title: str | None = Field(None, max_length=300)
    kind: str | None = None
    owner: str | None = Field(None, max_length=64)
    internal: bool | None = None
    translation_of: int | None = Field(None, description="Number of a source; 0: of none.")
    tags: dict[str, str] | None = None
    review_days: int | None = Field(None, ge=0, le=36_500)


class AudienceIn(Strict):
    """A new audience, below another."""

    label: str
    title: str = ""
    parent: str = "staff"


class TitleIn(Strict):
    """What people read."""

    title: str


class CardIn(Strict):
    """Approved wording for a question, as a draft."""

    question: str
    answer: str
    language: Literal["es", "en"]
    variants: list[str] = Field([], max_length=20)
    conditions: str = Field("", max_length=1_000)
    audience: list[str] = Field(["staff"], max_length=MAX_LABELS)
    source: int | None = Field(None, description="The card that it is a new version of.")
    note: str = Field("", max_length=400)
    valid_from: date | None = None
    valid_to: date | None = None


class UserIn(Strict):
    """A new account, with what it holds."""

    name: str
    display_name: str = Field("", max_length=120)
    language: Literal["es", "en"] | None = None
    grants: list[str] = Field([], max_length=MAX_LABELS)


class GrantIn(Strict):
    """A role at an audience, ``role@audience``."""

    grant: str
