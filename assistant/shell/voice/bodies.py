"""What the routes of voice guides take and give, as OpenAPI describes it."""

from __future__ import annotations

from pydantic import Field

from assistant.shell.manage.bodies import Source, State, Strict
from assistant.voice.describing import RuleKind
from assistant.voice.models import Channel, WhyUnread
from knowledge.models import Language

MAX_SENTENCE_CHARS = 2_000
MAX_TEXT_CHARS = 100_000
"""What is read is less, see `assistant.shell.guide_files`; the refusal then says how much."""


class Quoted(Strict):
    """Words of a guide, and where they stand in its text."""

    document: str
    version: int
    quote: str
    start: int
    end: int


class RuleOut(Quoted):
    """A rule as it was read."""

    kind: RuleKind
    kind_text: str = Field(description="The kind in the language of the interface.")
    text: str = Field(description="What it says, in one line.")


class UnreadOut(Quoted):
    """Words that gave no rule."""

    why: WhyUnread
    text: str = Field(description="Why, in the language of the interface.")


class NamedVersion(Strict):
    """A version of a source."""

    name: str
    version: int


class GuideOut(Strict):
    """A guide as it was read."""

    title: str
    language: Language
    documents: list[NamedVersion]
    rules: list[RuleOut]
    unread: list[UnreadOut]


class ManagedGuide(Strict):
    """A guide that whoever asks is responsible for, in its newest version."""

    source: Source
    version: int
    state: State
    guide: GuideOut
    text: str | None = Field(
        description="As it can be edited, Markdown or text; null for other formats, and where "
        "parts of it are for others."
    )


class GuideList(Strict):
    """Guides, and one to start from in each language."""

    guides: list[ManagedGuide]
    examples: dict[Language, str]


class TextIn(Strict):
    """A guide that is being written."""

    text: str = Field(max_length=MAX_TEXT_CHARS)


class TryIn(Strict):
    """A text to try a guide on."""

    sentence: str = Field(min_length=1, max_length=MAX_SENTENCE_CHARS)
    channel: Channel
    text: str | None = Field(
        default=None,
        max_length=MAX_TEXT_CHARS,
        description="The guide that is being written; without it, the guide in force.",
    )
    language: Language | None = Field(
        default=None, description="Of the sentence; left out, the guide's, or it is found out."
    )


class NoticedOut(Strict):
    """What a rule has against the text."""

    start: int
    end: int
    words: str
    rule: RuleOut
    instead: list[str]


class Tried(Strict):
    """The text in the company's voice, and what the rules say of it."""

    text: str
    changed: bool
    fell_back: bool = Field(description="Whether the wording would have said something else.")
    greeting: str | None
    closing: str | None
    noticed: list[NoticedOut]
