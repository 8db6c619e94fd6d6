"""What the routes of contradictions and near-copies give, as OpenAPI describes it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.shell.manage.bodies import JobOut, Strict


class InBoth(Strict):
    """A sentence for people, in both languages."""

    es: str
    en: str


class SentenceOut(Strict):
    """A sentence in its place."""

    source: str
    title: str
    version: int
    headings: list[str]
    language: Literal["es", "en"]
    start: int
    end: int
    text: str
    said: list[int] = Field(
        description="Start and end, in the text, of what differs; equal where all of it says so."
    )


class ContradictionOut(Strict):
    """Two sentences that say different things of one thing."""

    score: float = Field(description="How sure it is, 0 to 1.")
    aspect: Literal["value", "days", "anchor", "obligation", "denial"]
    kind: str = Field(description="Of the quantity that differs; empty for obligations, denials.")
    reason: InBoth
    sentences: list[SentenceOut]


class PlaceOut(Strict):
    """A source, or a passage of one."""

    source: str
    title: str
    version: int
    headings: list[str]
    page: int | None
    text: str


class DuplicateOut(Strict):
    """A source or passage that nearly repeats a longer one."""

    kind: Literal["source", "passage"]
    place: PlaceOut
    of: PlaceOut
    contained: float = Field(description="Share of its word sequences that the other has.")
    alike: float = Field(description="Word sequences of both over those of either.")


class ContradictionList(Strict):
    """What your last search that is done found, the surest first, as far as it still stands.

    ``job``: the last one, done or not.
    """

    job: JobOut | None
    findings: list[ContradictionOut]


class DuplicateList(Strict):
    """What your last search that is done found, whole sources first, as far as it still stands.

    ``job``: the last one, done or not.
    """

    job: JobOut | None
    findings: list[DuplicateOut]
