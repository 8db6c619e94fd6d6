"""What the routes of checks before publication give, as OpenAPI describes it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from assistant.shell.manage.bodies import JobOut, Strict
from knowledge.evaluations.publication_rows import Verdict


class FindingOut(Strict):
    """What one rule of the gate found."""

    stage: str
    weight: Literal["ok", "warn", "inconclusive", "block", "invalid"]
    says: str
    cases: list[str]


class SaidOut(Strict):
    """A statement that agents would read."""

    text: str
    document: str = Field(description="Its source.")
    marks: list[tuple[int, int]] = Field(
        description="Characters of the words that only this answer has, from and to."
    )


class FlipOut(Strict):
    """A golden case that passes before or after, and what agents would read."""

    case: str
    question: str
    flip: Literal["broken", "mended"]
    critical: bool
    measures: list[str] = Field(description="That are not at their best where it fails, in words.")
    before: list[SaidOut]
    after: list[SaidOut]


class CheckOut(Strict):
    """What the gate says of a version by one golden set."""

    golden: str
    number: int = Field(description="Version of the golden set.")
    newest: bool = Field(description="Whether that is its newest one, and gates.")
    verdict: Verdict
    lets_through: bool
    says: str
    cases: int
    asked: int = Field(description="Of them, those that the change can touch.")
    findings: list[FindingOut]
    flips: list[FlipOut]
    checked_by: str
    checked_at: datetime
    waived_by: str | None
    waiver: str | None


class ChecksOut(Strict):
    """What has to be passed before a version is published, and what was said."""

    gates: list[str] = Field(description="Names of the golden sets; with none, nothing is checked.")
    ready: bool = Field(description="Whether every one of them was asked and lets it through.")
    stopped: bool = Field(description="Whether it takes a reason to publish it.")
    checks: list[CheckOut]
    job: JobOut | None = Field(description="The check that waits or runs, or ran last.")
