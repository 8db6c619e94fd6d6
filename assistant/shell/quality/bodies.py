"""What the routes of evaluations take and give, as OpenAPI describes it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from assistant.shell.manage.bodies import Strict
from assistant.shell.manage.check_bodies import FindingOut
from knowledge.evaluations.publication_rows import Verdict
from knowledge.jobs import State as JobState

MAX_RUN_CHARS = 80


class SetOut(Strict):
    """A version of a golden set; in lists the newest."""

    name: str
    audience: str = Field(description="Label of those whose evaluations it is for.")
    gates: bool = Field(description="Whether versions of sources have to pass it.")
    number: int = Field(description="Of the version, from 1.")
    sha256: str
    cases: int
    made_by: str
    made_at: datetime


class AudienceOut(Strict):
    """A circle of readers."""

    label: str
    title: str


class SetList(Strict):
    """Golden sets by name, or versions of one, the newest first."""

    sets: list[SetOut]
    gates_for_all: bool = Field(description="Whether one may let sets gate publications.")
    audiences: list[AudienceOut] = Field(description="For which one may bring sets in.")


class SetFaults(Strict):
    """What is wrong with a golden set, by line."""

    error: str
    faults: list[str] = Field(description="Each with its line and field; at most the first 200.")
    count: int


class DraftsIn(Strict):
    """What to make draft cases of."""

    origin: Literal["saved", "feedback", "escalations", "documents"]
    since: date | None = Field(None, description="First day of what is taken; not of documents.")
    sources: list[str] = Field([], max_length=50, description="Names, for `documents`.")
    most: int = Field(20, ge=1, le=200, description="Drafts of each source.")
    set: str | None = Field(None, max_length=60, description="Leaves out what this set has.")


class DraftOut(Strict):
    """A proposed case."""

    case: dict[str, Any] = Field(description="As in a golden set, with `draft`: no case yet.")
    decided: bool = Field(description="Whether it says what to expect.")


class DraftList(Strict):
    """Proposed cases, and how many things no case was made of, by reason."""

    drafts: list[DraftOut]
    left_out: dict[str, int]


class CasesIn(Strict):
    """Drafts that somebody has accepted, as they have edited them."""

    cases: list[dict[str, Any]] = Field(min_length=1, max_length=500)
    audience: str | None = Field(
        None, max_length=64, description="Whose evaluations a new set is for; left out: all staff."
    )


class GatesIn(Strict):
    """Whether versions of sources have to pass a set."""

    on: bool


class RunIn(Strict):
    """What to ask."""

    set: str = Field(max_length=60, description="Name of the golden set.")
    version: int | None = Field(None, ge=1, description="Left out: the newest.")
    on: date | None = Field(None, description="Day asked about; left out: today.")
    robustness: bool = Field(
        False, description="Whether a sample of cases is also asked spelt otherwise."
    )


class RunOut(Strict):
    """A run, as far as it is."""

    run: str
    golden: str | None = Field(description="Null: a file that is not in the register.")
    version: int | None
    audience: str
    state: JobState = Field(description="`done`: it can be looked at.")
    done: int
    total: int
    message: str = Field(description="Why it failed.")
    began_by: str
    began_at: datetime
    finished_at: datetime | None
    verdict: Verdict | None = Field(description="The last that was kept.")


class RunList(Strict):
    """Runs, newest first."""

    runs: list[RunOut]


class MeasureOut(Strict):
    """What a measure comes to."""

    measure: str
    title: str
    mean: float | None
    low: float | None = Field(description="Lower end of the 95 % interval.")
    high: float | None
    n: int
    unit: str
    best: Literal["high", "low", "zero"] = Field(description="Where its best value lies.")
    gated: bool
    floor: float | None
    not_applicable: dict[str, int] = Field(description="How many for each reason, in words.")
    before: float | None = None
    difference: float | None = Field(None, description="Positive: it became better.")
    difference_low: float | None = None
    difference_high: float | None = None
    p_worse: float | None = None
    detectable: float | None = Field(None, description="The smallest drop that would be seen.")


class CaseOut(Strict):
    """A case of a run: what is asked, and what does not hold."""

    case: str
    question: str
    language: Literal["es", "en"]
    topic: str | None
    audience: str
    contractor: str | None
    answerability: str
    critical: bool
    turns: int
    did: Literal["answer", "abstain", "missing"]
    failing: list[str] = Field(description="Titles of the measures that are not at their best.")
    flip: Literal["broken", "mended"] | None
    changed: bool = Field(description="Whether the answer has other words than before.")


class DecisionOut(Strict):
    """What the gate says of a run against another."""

    verdict: Verdict
    sentence: str
    policy: str
    findings: list[FindingOut]


class RunDetails(RunOut):
    """A finished run, alone or against another."""

    against: str | None
    asked_on: date
    manifest: dict[str, Any] = Field(description="Hashes of golden set, register and settings.")
    measures: list[MeasureOut]
    whole: list[MeasureOut] = Field(description="Measures of the whole run.")
    cases: list[CaseOut] = Field(description="Those that fail first, critical ones before others.")
    decision: DecisionOut | None


class CaseDetails(Strict):
    """A case with what is expected, what was done and why it fails."""

    case: dict[str, Any] = Field(description="As in the golden set.")
    outcome: dict[str, Any] | None = Field(description="Statements, citations, what was found.")
    before: dict[str, Any] | None = Field(description="Of the other run.")
    failing: dict[str, list[str]] = Field(description="Lines that say why, by title of a measure.")
    scores: dict[str, float | None]


class AgainstIn(Strict):
    """The run in force."""

    against: str = Field(max_length=MAX_RUN_CHARS)


class ToldIn(Strict):
    """What to ask, as whom, as of when."""

    question: str = Field(description="As the agent put it; at most 4,000 characters.")
    at: str = Field(description="The day, 2026-03-31, or the moment, 2026-03-31T10:30.")
    audience: str = Field(max_length=64, description="Label of the agent's audience.")
