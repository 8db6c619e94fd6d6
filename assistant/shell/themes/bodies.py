"""What the routes of themes and measures give, as OpenAPI describes it."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, Field

from knowledge.contacts.models import Channel, State
from knowledge.models import Language


class RiseOut(BaseModel):
    """Why a theme is marked as rising."""

    recent: int = Field(description="Contacts and questions in the last 7 days of the period.")
    before: float = Field(description="In a week, on average of the four before.")
    ratio: float | None = Field(description="Of the two; null where there was nothing before.")
    p: float = Field(description="Probability of as many or more if nothing had changed.")


class ThemeSource(BaseModel):
    """A source that answered a theme."""

    source: int = Field(description="The register's number.")
    name: str
    title: str
    count: int = Field(description="Contacts and questions that it answered.")


class ThemeOut(BaseModel):
    """Questions that mean the same, counted."""

    number: int
    name: str | None = Field(description="The most central wording; null once words are gone.")
    language: Language | None = Field(description="Of the name.")
    contacts: int = Field(description="In the period, each once.")
    questions: int = Field(description="Asked by agents in the period.")
    total: int
    share: float = Field(description="Of all contacts and questions of the period, 0 to 1.")
    before: int = Field(description="Contacts and questions in as many days before.")
    missed: int = Field(description="Not answered in full by the sources.")
    complained: int = Field(description="Contacts of it of which there is a complaint.")
    weeks: list[int]
    rising: RiseOut | None
    sources: list[ThemeSource]


class ThemesOut(BaseModel):
    """What customers asked in a period, most often first."""

    first: date
    last: date
    total: int
    without: int = Field(description="Of the total: what it was about is gone.")
    weeks: list[date] = Field(description="Mondays; the last week may be going on.")
    by_week: list[int]
    themes: list[ThemeOut]
    left_out: int = Field(description="Themes beyond these.")


class GroupOut(BaseModel):
    """How often something came up for one value of a dimension."""

    key: str
    title: str
    total: int


class GroupsOut(BaseModel):
    """What customers asked by audience, by source and by product, most often first."""

    audience: list[GroupOut]
    source: list[GroupOut]
    product: list[GroupOut]


class ConversationOut(BaseModel):
    """A contact behind a theme; `/v1/contacts/{key}` has what was said."""

    key: str
    at: datetime
    channel: Channel
    audience: str
    state: State
    erased: bool = Field(description="Its words are gone.")


class SaidOut(BaseModel):
    """Something that was said or asked."""

    text: str
    language: Language
    verdict: str
    at: datetime
    contact: str | None = None


class BehindOut(BaseModel):
    """What is behind a theme, the latest first."""

    theme: ThemeOut
    conversations: list[ConversationOut]
    said: list[SaidOut]
    asked: list[SaidOut]


class ValueOut(BaseModel):
    """A measure."""

    count: int | None = Field(None, description="Those that are so.")
    of: int = Field(description="Those of which it is known.")
    unknown: int = Field(description="Those of which it is not.")
    open: int | None = Field(None, description="Of the unknown: it may still turn out either way.")
    share: float | None = Field(None, description="0 to 1; null where nothing is known.")
    seconds: float | None = Field(None, description="Median, of a time.")


class MeasuredOut(BaseModel):
    """The measures of a group of contacts."""

    audience: str
    title: str
    contacts: int
    measures: dict[str, ValueOut] = Field(description="In the order in which they count.")


class MeasuresOut(BaseModel):
    """The measures of a period, of all that one sees and by audience."""

    first: date
    last: date
    whole: MeasuredOut
    by_audience: list[MeasuredOut]
    left_out: list[str] = Field(description="Audiences with too few agents: nobody stands alone.")
