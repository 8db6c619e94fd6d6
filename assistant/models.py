"""A question's way to its answer, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from assistant.cases.models import CaseFact
from knowledge.models import Language

Verdict = Literal["answered", "partly", "not_found"]
"""``answered``: a source says it. ``partly``: sources are near and may not say all of it.
``not_found``: no source answers; the nearest ones are given instead of statements."""

Role = Literal["customer", "agent", "assistant"]


@dataclass(frozen=True)
class Turn:
    """Something said or asked earlier in the conversation."""

    role: Role
    text: str


@dataclass(frozen=True)
class Citation:
    """Where a statement stands.

    Attributes:
        document: name of the document.
        title: its title.
        page: page or slide, from 1; `None` where the format has none.
        row: row of a table or sheet, from 1; `None` elsewhere.
        headings: titles above the passage, outermost first.
        quote: the exact words, ``document text[start:end]``.
        start: offset of the quote in the document's extracted text.
        end: offset after the quote.
        language: language of the passage.
        version: number of the document's version.
        valid_from: first day on which it applies; `None` where none was set.
        valid_to: first day on which it no longer applies; `None` where none was set.
        internal: for the staff's eyes, not to be told to customers.
        approved: the words of a card, approved to be said as they are.
    """

    document: str
    title: str
    page: int | None
    row: int | None
    headings: tuple[str, ...]
    quote: str
    start: int
    end: int
    language: Language
    version: int = 1
    valid_from: date | None = None
    valid_to: date | None = None
    internal: bool = False
    approved: bool = False


@dataclass(frozen=True)
class ChangedSince:
    """A cited source of which another version, or none, is in force today.

    Attributes:
        document: its name.
        title: its title then.
        version: the version cited.
        now: the version in force today; `None` when there is none for this viewer.
    """

    document: str
    title: str
    version: int
    now: int | None


@dataclass(frozen=True)
class Statement:
    """One thing to say, with what it rests on.

    Attributes:
        text: the words to say or to read.
        citations: where they stand.
        focus: what in ``text`` answers best, a sentence or a list; all of a short statement.
    """

    text: str
    citations: tuple[Citation, ...]
    focus: str = ""

    @property
    def internal(self) -> bool:
        """Whether it must not be told to customers."""
        return any(citation.internal for citation in self.citations)

    @property
    def approved(self) -> bool:
        """Whether it is approved wording, to be said as it is."""
        return any(citation.approved for citation in self.citations)


WhyNone = Literal[
    "slow",
    "down",
    "refused",
    "busy",
    "failed",
    "resting",
    "cut_off",
    "oversized",
    "garbage",
    "nothing",
    "unsupported",
    "beside",
]
"""Why there is nothing composed: the model took too long; could not be reached; refused the
request; was asked too much; failed; failed so often that it is left alone; broke off; wrote too
much; wrote nothing that can be read; wrote that the sources do not answer; wrote nothing that they
support; wrote what they support, and nothing of what answers in them."""


@dataclass(frozen=True)
class LeftOut:
    """Sentences of a chat model that are not shown, by the reason; each is counted once.

    Attributes:
        uncited: name no source, or one that was not given.
        contradicted: say other than the sources they name.
        unsupported: say what the sources they name do not.
        uncheckable: say nothing that sources could support.
        beside: say what the sources they name do, and nothing to the question, or in the other
            language than was asked for.
    """

    uncited: int = 0
    contradicted: int = 0
    unsupported: int = 0
    uncheckable: int = 0
    beside: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return sum(vars(self).values())


@dataclass(frozen=True)
class Composed:
    """What a chat model wrote from the sources, as far as they support it.

    Attributes:
        model: its name.
        prompt: name, language and version of the prompt, such as ``compose.es/2``.
        statements: what passed, in its order; empty where `why` says so.
        left_out: what did not pass.
        why: why there are no statements; `None` where there are some.
        timings_ms: milliseconds up to the first words (``first``) and the last (``written``), of
            checking (``check``), and of all (``total``); as far as it came.
    """

    model: str
    prompt: str
    statements: tuple[Statement, ...] = ()
    left_out: LeftOut = LeftOut()
    why: WhyNone | None = None
    timings_ms: Mapping[str, float] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Answer:
    """What the agent gets.

    Attributes:
        question: as asked.
        query: what was searched for, the conversation taken in.
        verdict: how far the sources answer.
        statements: the one to say first in front; empty when nothing was found.
        nearest: the best passages when nothing was found; empty otherwise.
        confidence: probability from 0 to 1 that the sources answer the question.
        language: language of the question.
        timings_ms: milliseconds per stage and in ``total``.
        notice: one line for the agent when something is degraded, else `None`.
        on: the day that was asked about; `None` for today.
        told: the moment as of which the register was asked; `None` for now.
        changed: for a day or moment asked about, what of the sources cited is different today.
        case_facts: what the statements mean for the customer's case; `None` without a case.
        composed: what a chat model made of the sources; `None` where none was asked.
        missing: words that decide what is asked and that nothing shown has, as typed; for an
            answer without statements, that nothing found has.
    """

    question: str
    query: str
    verdict: Verdict
    statements: tuple[Statement, ...]
    nearest: tuple[Citation, ...]
    confidence: float
    language: Language
    timings_ms: Mapping[str, float] = field(compare=False)
    notice: str | None = None
    on: date | None = None
    told: datetime | None = None
    changed: tuple[ChangedSince, ...] = ()
    case_facts: tuple[CaseFact, ...] | None = None
    composed: Composed | None = None
    missing: tuple[str, ...] = ()
