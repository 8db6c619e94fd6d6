"""What was understood of a conversation, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.contact.names import Named
from assistant.models import Answer, Statement
from knowledge.models import Language, Vector

if TYPE_CHECKING:
    from assistant.pipeline import Evidence


@dataclass(frozen=True)
class Need:
    """Whether the customer needs an answer now, and to what.

    Attributes:
        needed: whether there is something to answer.
        probability: that there is, 0 to 1.
        asked: what is asked, folded and without fillers; empty when nothing was said.
        words: stems of its content words: tells one need from another.
        names: titles that the conversation is about, strongest first.
        language: of the customer.
    """

    needed: bool
    probability: float
    asked: str
    words: frozenset[str]
    names: tuple[Named, ...]
    language: Language


@dataclass(frozen=True)
class AskBack:
    """What to ask the customer, because the answer depends on it and nobody has said it.

    Attributes:
        missing: what is missing, e.g. ``delivery_date``.
        question: the words to say, in the customer's language.
    """

    missing: str
    question: str


@dataclass(frozen=True)
class Suggestion:
    """Something worth saying now.

    Attributes:
        key: the same for the same words of the same version of a source.
        statement: what to say, with what it rests on.
        asked: the need it answers, as heard.
        score: 0 to 1: the higher, the likelier that it answers.
    """

    key: str
    statement: Statement
    asked: str
    score: float


@dataclass(frozen=True)
class Heard:
    """What a turn needs and what answers it.

    Attributes:
        need: of the customer.
        answer: of the sources; `None` when there is nothing to answer.
        suggestions: what to say, best first.
        ask_back: what to ask first; `None` when nothing is missing.
        timings_ms: milliseconds per stage and in ``total``.
        meaning: of what is needed, ``(dimension,)`` float32, unit length, see
            `assistant.meaning`; `None` when there is nothing to answer.
        evidence: what the answer was made of; `None` as the answer.
    """

    need: Need
    answer: Answer | None
    suggestions: tuple[Suggestion, ...]
    ask_back: AskBack | None
    timings_ms: Mapping[str, float] = field(compare=False)
    meaning: Vector | None = field(default=None, compare=False, repr=False)
    evidence: Evidence | None = field(default=None, compare=False, repr=False)
