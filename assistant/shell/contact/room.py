"""What the routes and the stream of contacts share: the store, who asks, and who listens."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import HTTPConnection

from assistant.refusals import because
from assistant.shell.access import Access, Visitor
from assistant.shell.commitments.watching import Watching
from assistant.shell.contact import shown
from assistant.shell.contact.bodies import TurnIn, TurnsIn
from assistant.shell.contact.hearing import Hearing
from assistant.shell.contact.hub import Hub
from assistant.shell.contact.transcript import read_transcript
from knowledge.audit.views import ContactView, ViewLog
from knowledge.contacts.contact_checks import MAX_SENT_TURNS
from knowledge.contacts.contacts import Contacts
from knowledge.contacts.models import Contact, ContactEvent
from knowledge.errors import AccessRefused
from knowledge.identity.access import ContactReach, Principal, contact_reach

EVENTS_AT_ONCE = 100


def of_agent(name: str) -> str:
    """What the hub knows the list of somebody's contacts by; no contact has such a key."""
    return f"list of {name}"


@dataclass(frozen=True)
class Room:
    """The services behind the routes of contacts.

    Attributes:
        contacts: where they are kept.
        access: who makes a request.
        views: enters in the audit trail who reads a contact; `None` enters nothing.
        hub: who follows one in this process.
        hearing: finds what to say to what customers say; `None`: nothing is suggested.
        watching: looks for promises in what is said; `None`: nobody does here.
    """

    contacts: Contacts
    access: Access
    views: ViewLog | None
    hub: Hub = field(default_factory=Hub)
    hearing: Hearing | None = None
    watching: Watching | None = None

    def reach(self, principal: Principal) -> ContactReach:
        """What somebody may do with contacts, as audiences are now."""
        return contact_reach(principal, self.access.tree())

    def still(self, connection: HTTPConnection) -> Visitor:
        """Who a connection that stays open is from now.

        Raises:
            AccessRefused: nobody any more.
        """
        visitor = self.access.still(connection)
        if visitor is None:
            raise AccessRefused(because("session-ended"))
        return visitor

    def add(self, key: str, given: TurnsIn, principal: Principal) -> dict[str, Any]:
        """Add turns to a contact and wake whoever follows it; what is on disk now."""
        done = self.contacts.add(key, given.made(), self.reach(principal))
        changed = {one.utterance for one in done if one.outcome != "known"}
        if changed:
            self.hub.tell(key)
        said = [t for t in given.turns if t.utterance in changed and t.final]
        if self.hearing is not None and any(turn.speaker == "customer" for turn in said):
            self.hearing.heard(key, self.hub.tell)
        elif self.hearing is not None and self.hearing.steps is not None and said:
            self.hearing.steps.said(key, self.hub.tell)
        if self.watching is not None and said:
            self.watching.said(key, self.hub.tell)
        return shown.added(done)

    def add_transcript(self, key: str, text: str, principal: Principal) -> dict[str, Any]:
        """Add the turns of a written conversation.

        Raises:
            SettingsError: it cannot be read; nothing of it was added.
        """
        mark = hashlib.sha256(text.encode()).hexdigest()[:12]
        said = [
            TurnIn(
                utterance=f"pasted-{mark}-{number}",
                speaker=line.speaker,
                text=line.text,
                final=True,
                at=None,
            )
            for number, line in enumerate(read_transcript(text), start=1)
        ]
        done = [
            self.add(key, TurnsIn(turns=said[first : first + MAX_SENT_TURNS]), principal)
            for first in range(0, len(said), MAX_SENT_TURNS)
        ]
        return {"acknowledged": [one for part in done for one in part["acknowledged"]]}

    def opened(self, contact: Contact) -> None:
        """Tell its agent, who may follow the list of their contacts."""
        if contact.agent is not None:
            self.hub.tell(of_agent(contact.agent))

    def end(self, key: str, principal: Principal) -> Contact:
        """Let a contact be over, for whoever follows it too."""
        contact = self.contacts.end(key, self.reach(principal))
        if self.hearing is not None:
            self.hearing.over(key)
        self.hub.tell(key)
        self.opened(contact)
        return contact

    def news(
        self, key: str, after: int, principal: Principal
    ) -> tuple[Contact, list[ContactEvent]]:
        """A contact, and at most `EVENTS_AT_ONCE` events after one.

        What is suggested is told to whoever may read all that the agent may read, and to the
        program that brought the contact in.
        """
        reach = self.reach(principal)
        contact, events = self.contacts.events(key, reach, after=after, limit=EVENTS_AT_ONCE)
        return contact, [one for one in events if reach.told.issuperset(one.audiences)]

    def seen(self, contact: Contact, principal: Principal) -> None:
        """Have it entered that somebody reads a contact that they did not bring in."""
        if self.views is not None and principal.name != contact.made_by:
            self.views.seen(ContactView(principal.name, contact.key))
