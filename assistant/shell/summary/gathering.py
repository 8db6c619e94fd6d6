"""What a summary is made from, as whoever asks may see it: turns, suggestions, passages found."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.pipeline import Assistant
from assistant.summary.models import Promise, Records, Said, Source, Summary
from assistant.summary.quotes import quotes_of
from assistant.summary.said import statements_of, support
from assistant.summary.summarize import summarized
from knowledge.contacts.contacts import Contacts
from knowledge.contacts.models import ContactEvent
from knowledge.contacts.transfers import Transfers
from knowledge.errors import KnowledgeBaseError
from knowledge.identity.access import ContactReach
from knowledge.models import Language, Viewer

logger = logging.getLogger(__name__)

Find = Callable[[str, Viewer], Sequence[Source]]
"""The passages nearest to what an agent said, for a viewer."""
Promises = Callable[[str, ContactReach], Sequence[Promise]]
"""What was promised in a contact, as somebody may see it."""

MAX_LOOKED_FOR = 20
"""Statements of one contact that passages are looked for, each some tens of milliseconds."""
_NEAREST = 4
_MAX_EVENTS = 10_000


@dataclass(frozen=True)
class Gatherer:
    """Makes the summary that is proposed.

    Attributes:
        contacts: where they are read.
        transfers: how they changed hands.
        find: looks for passages; `None`: only suggested ones count.
        promises: looks for promises; `None`: there is no record of any.
        country: whose telephone numbers are dialled without a prefix.
    """

    contacts: Contacts
    transfers: Transfers
    find: Find | None = None
    promises: Promises | None = None
    country: str = "ES"

    def turns(self, key: str, reach: ContactReach) -> list[Said]:
        """What was said, as far as it is final and still kept.

        Raises:
            NotFound: there is no contact that they may see.
        """
        turns = self.contacts.turns(key, reach)
        return [Said(one.number, one.speaker, one.text) for one in turns if one.final and one.text]

    def proposed(
        self, key: str, reach: ContactReach, viewer: Viewer, language: Language
    ) -> Summary:
        """The summary of a contact as it stands.

        Raises:
            NotFound: there is no contact that they may see.
        """
        turns = self.turns(key, reach)
        events = self._events(key, reach)
        shown = list(suggested(events))
        records = Records(
            sources=[*shown, *self._found(turns, shown, viewer)],
            promises=self.promises(key, reach) if self.promises else (),
            escalated=_waits_for_company(events),
            transferred=any(one.state == "accepted" for one in self.transfers.of(key, reach)),
        )
        return summarized(turns, records, language, self.country)

    def _events(self, key: str, reach: ContactReach) -> list[ContactEvent]:
        _, events = self.contacts.events(key, reach, limit=_MAX_EVENTS)
        return [one for one in events if reach.told.issuperset(one.audiences)]

    def _found(
        self, turns: Sequence[Said], shown: Sequence[Source], viewer: Viewer
    ) -> list[Source]:
        """Passages that say what the agent said without having been shown it."""
        if self.find is None:
            return []
        said = [q for one in turns if one.speaker == "agent" for q in quotes_of(one, self.country)]
        found = []
        wanted = [one for one in statements_of(said) if support(one.text, shown) is None]
        for statement in wanted[:MAX_LOOKED_FOR]:
            try:
                near = self.find(statement.text, viewer)
            except KnowledgeBaseError as error:
                logger.warning("passages cannot be looked for: %s", type(error).__name__)
                break
            source = support(statement.text, near)
            if source is not None and source not in found:
                found.append(source)
        return found


def finder(assistant: Assistant) -> Find:
    """Looks for passages with the assistant's own search."""

    def find(statement: str, viewer: Viewer) -> list[Source]:
        nearest = assistant.search(statement, viewer, top_k=_NEAREST).chunks
        found = [one.stored for one in nearest]
        return [
            Source(one.chunk.document, one.title, one.version, one.chunk.text, shown=False)
            for one in found
        ]

    return find


def suggested(events: Sequence[ContactEvent]) -> Iterator[Source]:
    """The passages that were suggested, by what the stream tells."""
    for event in events:
        for one in event.body.get("suggestions", ()) if event.kind == "suggestions" else ():
            for cited in one["statement"]["citations"]:
                yield _source(cited)


def _source(cited: Mapping[str, Any]) -> Source:
    return Source(cited["document"], cited["title"], cited["version"], cited["quote"])


def _waits_for_company(events: Sequence[ContactEvent]) -> bool:
    """Whether the company was asked in the contact, by what the stream tells last of it."""
    kinds: list[tuple[str, Mapping[str, Any]]] = [(event.kind, event.body) for event in events]
    asked = [body for kind, body in kinds if kind == "escalation"]
    return bool(asked) and asked[-1].get("state") != "answered"
