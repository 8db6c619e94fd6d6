"""What a summary is made from, as whoever asks may see it: turns, suggestions, passages found."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.pipeline import Assistant
from assistant.summary.models import USES, Mark, Promise, Records, Said, Source, Summary, Used
from assistant.summary.quotes import quotes_of
from assistant.summary.said import statements_of, support
from assistant.summary.summarize import summarized
from knowledge.commitments.commitment_lists import CommitmentLists
from knowledge.commitments.models import Commitment
from knowledge.contacts.contacts import Contacts
from knowledge.contacts.models import KEPT, ContactEvent
from knowledge.contacts.transfers import Transfers
from knowledge.errors import KnowledgeBaseError
from knowledge.identity.access import ContactReach
from knowledge.models import Language, Viewer

logger = logging.getLogger(__name__)

Find = Callable[[str, Viewer], Sequence[Source]]
"""The passages nearest to what an agent said, for a viewer."""

MAX_LOOKED_FOR = 20
"""Statements of one contact that passages are looked for, each some tens of milliseconds."""
WAITING = frozenset({"waiting", "taken"})
"""States of a question to the company that nobody has answered yet."""
_NEAREST = 4
_MAX_EVENTS = 10_000


@dataclass(frozen=True)
class Gatherer:
    """Makes the summary that is proposed.

    Attributes:
        contacts: where they are read.
        transfers: how they changed hands.
        commitments: where promises and complaints are.
        find: looks for passages; `None`: only suggested ones count.
        country: whose telephone numbers are dialled without a prefix.
    """

    contacts: Contacts
    transfers: Transfers
    commitments: CommitmentLists
    find: Find | None = None
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
            promises=[*map(recorded, self.commitments.of_contact(key, reach))],
            used=used(events),
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


def suggested(events: Iterable[ContactEvent]) -> Iterator[Source]:
    """The passages that were suggested, by what the stream tells and what was done with them."""
    for _, cited in _cited(events):
        yield Source(cited["document"], cited["title"], cited["version"], cited["quote"])


def used(events: Sequence[ContactEvent]) -> dict[tuple[str, int], tuple[Used, ...]]:
    """What the agent did with sources, by document and version; not that they were shown."""
    versions: dict[str, set[tuple[str, int]]] = {}
    for key, cited in _cited(events):
        versions.setdefault(key, set()).add((cited["document"], cited["version"]))
    done: dict[tuple[str, int], set[str]] = {}
    for event in events:
        if event.kind == "act" and event.body.get("act") in USES:
            for version in versions.get(event.body.get("suggestion", ""), ()):
                done.setdefault(version, set()).add(event.body["act"])
    return {version: tuple(u for u in USES if u in some) for version, some in done.items()}


def _cited(events: Iterable[ContactEvent]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Keys of suggestions, each with a passage that it quotes.

    What is suggested now, and what was when something was done with it first.
    """
    for event in events:
        if event.kind == "suggestions":
            for one in event.body.get("suggestions", ()):
                for cited in one["statement"]["citations"]:
                    yield one["key"], cited
        elif event.kind == "act":
            for cited in event.body.get(KEPT, {}).get("cited", ()):
                yield event.body["suggestion"], cited


def recorded(one: Commitment) -> Promise:
    """A promise or complaint as a summary tells of it."""
    marks: list[Mark] = ["complaint"] if one.kind == "complaint" else []
    if one.state != "open" and one.state != "discarded":
        marks.append(one.state)
    due = one.due.isoformat() if one.due else None
    return Promise(one.words or "", one.turn, due, one.key, tuple(marks))


def _waits_for_company(events: Iterable[ContactEvent]) -> bool:
    """Whether the company was asked in the contact and somebody there still has the question."""
    state = {e.body.get("key"): e.body.get("state") for e in events if e.kind == "escalation"}
    return not WAITING.isdisjoint(state.values())
