"""What the assistant did with one golden case: all that is measured, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from assistant.support.models import Verdict
from knowledge.models import Language

Did = Literal["answer", "abstain"]
Respelling = Literal["typos", "accents", "speech"]
"""How a question is spelt otherwise; see `eval.respelling`."""
Judged = Literal["holds", "fails", "unread"]
"""What a judge says; ``unread``: no verdict came of it."""


@dataclass(frozen=True)
class Cited:
    """Where a statement stands, and how well it stands there.

    Attributes:
        document: name of the source.
        version: number of it.
        quote: the exact words.
        exact: whether those words are at that place of the source.
        valid_to: first day on which the version no longer applies; `None` where none is set.
        alone: whether this citation supports the statement without the others.
        needed: whether the others do not support it without this one.
    """

    document: str
    version: int
    quote: str
    exact: bool = True
    valid_to: date | None = None
    alone: bool = True
    needed: bool = True


@dataclass(frozen=True)
class Said:
    """One statement that was shown.

    Attributes:
        text: the words.
        citations: where they stand.
        support: verdict of the support check over all its citations, once it was asked.
        reasons: why it is not supported, for people.
        judged: whether a judge finds it in its citations; `None`: none was asked.
    """

    text: str
    citations: tuple[Cited, ...] = ()
    support: Verdict = "uncheckable"
    reasons: tuple[str, ...] = ()
    judged: Judged | None = None


@dataclass(frozen=True)
class Retrieved:
    """A passage that was found.

    Attributes:
        document: name of the source.
        version: number of it.
        text: of the passage.
        language: of the passage.
        score: higher is better.
    """

    document: str
    version: int
    text: str
    language: Language
    score: float


@dataclass(frozen=True)
class Outcome:
    """What became of one case.

    Attributes:
        case: id of it.
        did: whether it was answered.
        confidence: 0 to 1.
        said: statements that were shown, in order; empty for an abstention.
        retrieved: passages, best first, before any was chosen.
        timings_ms: milliseconds by stage, with ``total``.
        asked_on: day that was asked about.
        error: what failed, for people; `None` where nothing did. Nothing else is known then.
        judge: id of the chat model that judged what was said; `None`: none did.
        judged: whether it finds the question answered; `None` also where nothing was said.
        respelt: what became of the same question spelt otherwise, where that was asked.
    """

    case: str
    did: Did
    confidence: float = 0.0
    said: tuple[Said, ...] = ()
    retrieved: tuple[Retrieved, ...] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    asked_on: date | None = None
    error: str | None = None
    judge: str | None = None
    judged: Judged | None = None
    respelt: tuple[Respelt, ...] = ()

    @property
    def text(self) -> str:
        """All that was shown."""
        return "\n".join(statement.text for statement in self.said)

    @property
    def documents(self) -> tuple[str, ...]:
        """Sources that were found, each once, best first."""
        return tuple(dict.fromkeys(passage.document for passage in self.retrieved))

    @property
    def cited(self) -> tuple[str, ...]:
        """Sources that are cited, each once, in order."""
        return tuple(dict.fromkeys(c.document for said in self.said for c in said.citations))


@dataclass(frozen=True)
class Respelt:
    """A case asked with its question spelt otherwise.

    Attributes:
        kind: see `Respelling`.
        question: as it was asked.
        outcome: what became of it.
    """

    kind: Respelling
    question: str
    outcome: Outcome
