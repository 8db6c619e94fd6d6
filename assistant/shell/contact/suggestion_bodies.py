"""What the routes of suggestions take and give, as OpenAPI describes it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from assistant.shell.api import MAX_CASE_KEYS
from assistant.shell.manage.bodies import Strict
from knowledge.contacts.models import Act, ActKind
from knowledge.contacts.suggested import MAX_SENT_ACTS
from knowledge.work.feedback import Kind

MAX_KEY_CHARS = 1_100
"""Of a suggestion: name of a document, version and hash."""
_KEY = Field(max_length=MAX_KEY_CHARS, description="As the event of suggestions tells it.")


class PinIn(Strict):
    """Whether a suggestion stays."""

    suggestion: str = _KEY
    pinned: bool = True


class DismissIn(Strict):
    """A suggestion that goes."""

    suggestion: str = _KEY


class ListeningIn(Strict):
    """Whether the conversation is listened to."""

    listening: bool


class ActIn(Strict):
    """Something done with a suggestion."""

    act: Literal["shown", "opened", "copied", "edited", "used"]
    suggestion: str = _KEY

    def made(self) -> Act:
        """The act."""
        return Act(self.act, self.suggestion)


class ActsIn(Strict):
    """What was done, in order."""

    acts: list[ActIn] = Field(min_length=1, max_length=MAX_SENT_ACTS)


class ActOut(Strict):
    """Something that was done."""

    at: datetime
    act: ActKind
    suggestion: str | None


class ActList(Strict):
    """What was done, in order."""

    acts: list[ActOut]


class Kept(Strict):
    """How many were new."""

    kept: int


class CaseIn(Strict):
    """What is known of the customer's case; it is not kept."""

    case: dict[str, str] = Field({}, max_length=MAX_CASE_KEYS, description="As for `/v1/ask`.")


class FollowUp(Strict):
    """A sentence or step that comes next in the source."""

    text: str
    start: int
    end: int
    internal: bool


class VoiceOut(Strict):
    """A suggestion in the company's voice; null where its own words are said."""

    say: str | None
    write: str | None


class DetailOut(Strict):
    """What belongs to a suggestion beside its words."""

    suggestion: str
    follow_ups: list[FollowUp]
    facts: list[dict[str, Any]] = Field(description="As `case_facts` in answer-format.md.")
    then: dict[str, Any] | None = Field(
        description="Where another version was in force on the day that counts: `on`, its "
        "`statement` and the `facts` under it."
    )
    voice: VoiceOut | None = Field(
        None,
        description="How it is said, and written on the contact's channel; null without a "
        "voice guide in force.",
    )
    another_day: str | None = Field(
        None, description="A day on which the source was not in force, and nothing else answers."
    )


class DetailList(Strict):
    """Of each suggestion that is shown."""

    details: list[DetailOut]


class RemarkIn(Strict):
    """What the agent says of a suggestion."""

    suggestion: str = _KEY
    kind: Kind
    comment: str = Field("", max_length=2_000)


class Done(Strict):
    """It is done, and on the stream."""

    done: bool = True
