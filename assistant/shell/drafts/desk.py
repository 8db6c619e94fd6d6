"""Checks drafts for whoever writes, over the sources and voice guides in force for them.

What was checked is remembered by sentence, in memory, for as long as the sources are as they were.
Nothing of a draft is stored or logged.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from assistant.drafting.check import DraftChecker
from assistant.drafting.models import DraftCheck, Setting
from assistant.drafting.sources import DocumentsInForce
from assistant.pipeline import Assistant
from assistant.refusals import because
from assistant.voice.in_force import Guides
from assistant.voice.models import Channel
from knowledge.errors import SettingsError
from knowledge.language import question_language
from knowledge.models import Language, Viewer
from knowledge.privacy.models import Known
from knowledge.privacy.personal import NOBODY
from knowledge.settings import Settings
from knowledge.times import utc_now
from knowledge.validity import zone

MAX_DRAFT_CHARS = 8_000
MAX_ABOUT_CHARS = 4_000
MAX_VIEWERS = 50
"""For whom what was checked is remembered."""


@dataclass(frozen=True)
class Asked:
    """A draft, and what is known around it.

    Attributes:
        draft: as typed.
        tongue: language of the reasons.
        language: of the draft; `None` to find out.
        channel: on which it goes out.
        about: what the customer wrote or asked.
        known: of the customer.
        facts: what is known of their case, in words.
    """

    draft: str
    tongue: Language
    language: Language | None = None
    channel: Channel | None = None
    about: str = ""
    known: Known = NOBODY
    facts: tuple[str, ...] = ()


class DraftDesk:
    """Checks drafts; threads may share it.

    Args:
        assistant: has the documents.
        settings: has the time zone.
        country: whose telephone numbers need no prefix.
        clock: the time now, UTC.
    """

    def __init__(
        self,
        assistant: Assistant,
        settings: Settings,
        country: str = "ES",
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._assistant = assistant
        self._country = country
        self._now = clock
        self._zone = zone(settings.time_zone)
        self._kept: OrderedDict[object, tuple[DocumentsInForce, DraftChecker]] = OrderedDict()
        self._lock = Lock()
        self._guides = Guides(assistant, self._state)

    def check(self, asked: Asked, viewer: Viewer) -> DraftCheck:
        """What to look at in a draft before it is sent.

        Raises:
            SettingsError: it is too long.
        """
        if len(asked.draft) > MAX_DRAFT_CHARS:
            count = len(asked.draft)
            raise SettingsError(because("draft-long", count=count, limit=MAX_DRAFT_CHARS))
        language = asked.language or question_language(asked.draft, [asked.about])
        setting = Setting(
            language,
            asked.tongue,
            asked.channel,
            asked.about[-MAX_ABOUT_CHARS:],
            asked.known,
            asked.facts,
            self._guides.of(viewer),
        )
        return self._checker(viewer).check(asked.draft, setting)

    def _checker(self, viewer: Viewer) -> DraftChecker:
        """What checks for a viewer, until their sources change."""
        snapshot = self._assistant.snapshot(viewer)
        key = (viewer.audiences, viewer.on, viewer.told)
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or kept[0].snapshot is not snapshot:
                sources = DocumentsInForce(self._assistant, viewer)
                with_models = self._assistant.classifier, self._assistant.figures
                kept = sources, DraftChecker(sources, self._country, *with_models)
                self._kept[key] = kept
            self._kept.move_to_end(key)
            while len(self._kept) > MAX_VIEWERS:
                self._kept.popitem(last=False)
        return kept[1]

    def _state(self) -> object:
        day = self._now().astimezone(self._zone).date()
        return self._assistant.snapshot(_EVERYBODY).revision, day


_EVERYBODY = Viewer("drafts", frozenset())
