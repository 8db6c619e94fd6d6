"""What the routes of reviews take and give, as OpenAPI describes it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from assistant.drafting.models import Kind
from assistant.shell.contact.bodies import ContactOut, TurnOut
from assistant.shell.manage.bodies import Strict
from assistant.shell.quality.bodies import AudienceOut
from eval.statistics.agreement import WhyNone
from knowledge.contacts.models import ActKind
from knowledge.contacts.models import Channel as ContactChannel
from knowledge.models import EVERYONE
from knowledge.reviews.models import TaskState, Tenure

MAX_CARD_CHARS = 256 * 1024
MAX_ANSWERS = 100
Answers = dict[str, str | None]


class ScorecardOut(Strict):
    """A version of a scorecard; in lists the newest."""

    name: str
    audience: str = Field(description="Label of those whose reviews it is for.")
    number: int = Field(description="Of the version, from 1.")
    sha256: str
    items: int
    made_by: str
    made_at: datetime


class ScorecardList(Strict):
    """Scorecards by name."""

    scorecards: list[ScorecardOut]
    audiences: list[AudienceOut] = Field(description="For which one reviews.")


class ScorecardIn(Strict):
    """A scorecard that is brought in."""

    name: str = Field(max_length=100, description="Of one that is there, it is a new version.")
    content: str = Field(max_length=MAX_CARD_CHARS, description="YAML or JSON.")
    audience: str = Field(EVERYONE, max_length=64, description="Whose reviews it is for.")


class OptionOut(Strict):
    """An answer to an item."""

    id: str
    title: str
    points: float


class ItemOut(Strict):
    """Something that is looked at."""

    id: str
    ask: str
    help: str
    weight: float
    options: list[OptionOut]
    not_applicable: bool = Field(description="Whether null is an answer; it counts neither way.")
    fails: Literal["section", "form"] | None = Field(description="What 0 points take to 0.")
    measured: Kind | None = Field(description="Finding of the check of drafts that answers it.")


class SectionOut(Strict):
    """Items that are scored together."""

    id: str
    title: str
    weight: float
    compliance: bool
    items: list[ItemOut]


class CardOut(Strict):
    """What a scorecard asks, in the language of the request."""

    title: str
    sections: list[SectionOut]


class SampleIn(Strict):
    """A sample to be drawn."""

    scorecard: str = Field(max_length=100)
    first: date = Field(description="First day on which its contacts ended.")
    last: date = Field(description="Last day.")
    size: int = Field(description="Contacts, 1 to 500.")
    reviewers: list[str] = Field(max_length=50, description="Accounts; empty: oneself.")
    audience: str = Field(EVERYONE, max_length=64, description="A group or a contractor.")
    double_share: float = Field(0.0, description="Share that two review, 0 to 1.")
    seed: str | None = Field(
        None, min_length=1, max_length=64, description="The same one draws the same contacts."
    )


class SampleOut(Strict):
    """A sample, and how far it is."""

    number: int
    scorecard: str
    version: int
    audience: str
    first: date
    last: date
    double_share: float
    seed: str
    population: int = Field(description="Contacts that ended in those days, with their words.")
    drawn_by: str
    drawn_at: datetime
    contacts: int
    tasks: int = Field(description="Reviews that are asked for.")
    done: int
    gone: int = Field(description="No longer possible: the contact's words are gone.")


class SampleList(Strict):
    """Samples, newest first."""

    samples: list[SampleOut]


class Names(Strict):
    """Accounts."""

    reviewers: list[str]


class SampledOut(Strict):
    """A contact of a sample."""

    sample: int
    scorecard: str
    version: int
    contact: str
    channel: ContactChannel
    audience: str
    agent: str
    tenure: Tenure
    ended_at: datetime


class TaskOut(SampledOut):
    """A contact that somebody reviews."""

    number: int
    reviewer: str
    state: TaskState
    double: bool = Field(description="Somebody else reviews it too.")
    settled: bool = Field(description="All reviews are in: others' answers are told.")


class TaskList(Strict):
    """Tasks, in the order in which they were assigned."""

    tasks: list[TaskOut]


class ScoreOut(Strict):
    """What answers come to; shares from 0 to 1, null where nothing was applicable."""

    total: float | None
    compliance: float | None
    sections: dict[str, float | None]
    items: dict[str, float | None]
    failed: list[str] = Field(description="Items that failed a section or the form.")


class ReviewOut(Strict):
    """What somebody said of a contact."""

    task: int
    version: int = Field(description="Above 1, it corrects the one before.")
    by: str
    at: datetime
    answers: Answers = Field(description="Option by item; null: not applicable.")
    measured: Answers = Field(description="What the program proposed.")
    notes: dict[str, str] = Field(description="By item; of the whole, by the empty text.")
    reason: str
    score: ScoreOut


class CitedOut(Strict):
    """A source that was suggested to the agent."""

    document: str
    title: str
    version: int
    quote: str


class HadOut(Strict):
    """A suggestion that the agent had, and what was done with it."""

    cited: list[CitedOut]
    acts: list[ActKind]
    at: datetime


class TaskDetails(Strict):
    """A contact with all that its reviewer needs."""

    task: TaskOut
    card: CardOut
    contact: ContactOut
    turns: list[TurnOut]
    had: list[HadOut] = Field(description="Suggestions that the agent had, in order.")
    reviews: list[ReviewOut] = Field(description="One's own; others' once all are in.")


class FoundOut(Strict):
    """Something that was found in the agent's words."""

    turn: int | None
    text: str
    reason: str
    source: str
    version: int
    quote: str


class MeasuredOut(Strict):
    """What the program proposes."""

    answers: Answers
    evidence: dict[str, list[FoundOut]]


class ReviewIn(Strict):
    """A review, or one that corrects it."""

    answers: Answers = Field(max_length=MAX_ANSWERS, description="Every item; null: n/a.")
    notes: dict[str, str] = Field({}, max_length=MAX_ANSWERS + 1)
    reason: str = Field("", description="Why an earlier one is corrected.")


class Told(Strict):
    """A task, and what its reviewer is told of its contact after a review."""

    task: TaskOut
    reviews: list[ReviewOut]


class MeanOut(Strict):
    """A mean of the contacts that a sample stands for."""

    mean: float
    low: float | None = Field(description="Lower end of the 95 % interval.")
    high: float | None
    n: int
    clusters: int = Field(description="Agents.")


class GroupOut(Strict):
    """What the reviews of some contacts come to."""

    name: str
    contacts: int
    agents: int
    total: MeanOut | None
    compliance: MeanOut | None
    failed: int = Field(description="Contacts with an automatic fail.")
    failed_low: float
    failed_high: float


class SectionResult(Strict):
    """What a section comes to."""

    id: str
    title: str
    weight: float
    compliance: bool
    mean: MeanOut | None


class AgreementOut(Strict):
    """How far two agree on an item, each without the other's answers."""

    n: int
    alike: int
    observed: float | None
    observed_low: float | None
    observed_high: float | None
    kappa: float | None
    low: float | None
    high: float | None
    ac1: float | None
    why_none: WhyNone | None


class ItemResultOut(Strict):
    """What an item comes to."""

    id: str
    ask: str
    mean: MeanOut | None
    not_applicable: int
    failed: int
    proposed: int
    corrected: int = Field(description="Proposals that the reviewer answered otherwise.")
    agreement: AgreementOut


class ResultsOut(Strict):
    """What the reviews with a version of a scorecard come to."""

    scorecard: str
    version: int
    whole: GroupOut | None
    sections: list[SectionResult]
    audiences: list[GroupOut]
    tenures: list[GroupOut]
    items: list[ItemResultOut]
    double: int


class ReviewedOut(SampledOut):
    """A contact that everybody has reviewed who was to."""

    reviews: list[ReviewOut]


class ReviewedList(Strict):
    """Reviewed contacts, newest first, with the scorecards that they were reviewed with."""

    reviewed: list[ReviewedOut]
    cards: dict[str, CardOut] = Field(description="By name and version: `atencion 2`.")
    audiences: dict[str, str] = Field(description="Titles of the audiences, by label.")


class Faults(Strict):
    """What is wrong with a scorecard, by line."""

    error: str
    faults: list[str] = Field(description="Each with its line and field; at most the first 200.")
    count: int
