"""Answers in the company's voice, at the rim: whose guides, which channel, what time of day."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from assistant.support.check import SupportCheck
from assistant.voice.in_force import Guides
from assistant.voice.phrasing import Phrased, phrased
from assistant.voice.telling import lines_for
from knowledge.errors import KnowledgeBaseError
from knowledge.models import LANGUAGES
from knowledge.search.spelling import dictionary
from knowledge.validity import zone

if TYPE_CHECKING:
    from assistant.models import Answer, Statement
    from assistant.pipeline import Assistant
    from assistant.shell.manage.office import Office
    from assistant.voice.models import Channel, VoiceGuide
    from knowledge.contacts.models import Channel as ContactChannel
    from knowledge.models import Language, Viewer
    from knowledge.settings import Settings

logger = logging.getLogger(__name__)

NO_GUIDE = (
    "no voice guide is in force for this audience: `voz voice example` prints one to start from"
)

_CHANNELS: Mapping[ContactChannel, Channel] = {
    "call": "phone",
    "chat": "chat",
    "mail": "email",
    "social": "social",
}


class Voice:
    """Says answers in the company's voice; threads may share it.

    Args:
        guides: those in force.
        time_zone: of the company, for greetings by the hour.
        check: tells whether a source supports what was made of it.
    """

    def __init__(self, guides: Guides, time_zone: str, check: SupportCheck | None = None) -> None:
        self.guides = guides
        self.check = check or SupportCheck()
        self._zone = zone(time_zone)

    def of(self, viewer: Viewer) -> Mapping[Language, VoiceGuide]:
        """The guides that hold for a viewer, by language; none where they cannot be read."""
        try:
            return {guide.language: guide for guide in self.guides.of(viewer)}
        except KnowledgeBaseError as error:
            logger.warning("answers are not phrased: %s", error)
            return {}

    def phrase(
        self, answer: Answer, viewer: Viewer, channel: Channel, *, opening: bool = False
    ) -> Phrased | None:
        """An answer for a channel; `None` without a guide, or with nothing to say.

        Args:
            answer: its quotations are phrased, and nothing that a chat model made of them.
            viewer: whose guides hold, on the day that they ask about.
            channel: on which the customer is.
            opening: whether it is the first that the customer hears or reads.
        """
        guides = self.of(viewer) if answer.statements else {}
        if not guides:
            return None
        return phrased(
            answer.statements,
            guides,
            channel,
            self.check,
            language=answer.language,
            connected=answer.verdict == "answered",
            opening=opening,
            minute=self.minute(),
        )

    def phrase_one(self, statement: Statement, viewer: Viewer, channel: Channel) -> str | None:
        """One statement for a channel; `None` where it stays in its own words, or is internal."""
        guides = self.of(viewer)
        if not guides or not statement.citations:
            return None
        language = statement.citations[0].language
        found = phrased([statement], guides, channel, self.check, language=language)
        text = found.said[0].text if found.said else None
        return None if text == (statement.focus or statement.text) else text

    def rules(self, viewer: Viewer, language: Language) -> tuple[str, ...]:
        """What a chat model is told of the guide; nothing where there is none in the language."""
        guide = self.of(viewer).get(language)
        return lines_for(guide, None) if guide else ()

    def minute(self) -> int:
        """Minute of the day at the company."""
        now = datetime.now(UTC).astimezone(self._zone)
        return now.hour * 60 + now.minute


def voice_of(assistant: Assistant, settings: Settings) -> Voice:
    """The voice of a command, which reads the guides anew each time."""
    return Voice(Guides(assistant, object), settings.time_zone)


def voice_of_office(office: Office) -> Voice:
    """The voice of the served process, which remembers guides until the register or day changes."""
    register = office.register
    guides = Guides(register, lambda: (register.revision(), register.today()))
    return Voice(guides, office.settings.time_zone)


def channel_of(channel: ContactChannel) -> Channel:
    """The channel of a contact as voice guides name it."""
    return _CHANNELS.get(channel, "chat")


def warm() -> None:
    """Read the word lists that tell verbs apart, which takes a second at their first use."""
    for language in LANGUAGES:
        dictionary(language)
