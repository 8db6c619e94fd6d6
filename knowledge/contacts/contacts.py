"""Contacts with customers: opened, added to, followed and let go of.

Everything that is done takes a `ContactReach`, which `knowledge.identity.access` makes. A contact
that somebody may not see answers as one that is not there.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, and_

from knowledge import audience_rows
from knowledge.audit import Event, append
from knowledge.audit.views import ContactView, enter
from knowledge.commitments import commitment_rows
from knowledge.commitments.commitment_schema import commitments
from knowledge.commitments.models import PENDING
from knowledge.contacts import contact_rows as rows
from knowledge.contacts import transfer_rows
from knowledge.contacts.contact_checks import MAX_TURNS, checked_contact, checked_turns
from knowledge.contacts.contact_doors import fed, seen, within
from knowledge.contacts.contact_schema import contacts
from knowledge.contacts.customer_links import CustomerLinks
from knowledge.contacts.holders import audience_of, held_by, person
from knowledge.contacts.models import Added, Contact, ContactEvent, NewContact, NewTurn, State, Turn
from knowledge.contacts.suggested import Suggested
from knowledge.errors import AccessRefused, SettingsError, WrongState
from knowledge.identity import account_rows
from knowledge.identity.access import ContactReach, Principal
from knowledge.refusals import because
from knowledge.work.work_store import WorkStore

PURGER = "voz"
"""Who the audit trail says it was when words are let go because their time is over."""
MAX_LISTED = 500


class Contacts:
    """The contacts of one register.

    Attributes:
        suggested: what is suggested in them.
        links: whose they are.
    """

    def __init__(self, store: WorkStore) -> None:
        self._store = store
        self.suggested = Suggested(store)
        self.links = CustomerLinks(store)

    def open(self, new: NewContact, reach: ContactReach) -> tuple[Contact, bool]:
        """Open a contact, unless its maker has one of that reference; and whether it is new.

        Raises:
            SettingsError: the reference cannot be used, the audience has to be named, or there is
                no such agent for it.
            AccessRefused: they may open no such contact.
            WrongState: there is one of that reference that is about something else.
        """
        new = checked_contact(new)
        agent = account_rows.folded_name(new.agent) if new.agent != reach.name else new.agent
        new = NewContact(new.channel, new.reference, agent, new.audience)
        mine = (contacts.c.made_by == reach.name) & (contacts.c.reference == new.reference)
        with self._store.read() as connection:
            known = rows.found(connection, mine)
            if known:
                return _the_same(connection, known[0], new, reach), False
        with self._store.change() as connection:
            known = rows.found(connection, mine)  # two at the same moment
            if known:
                return _the_same(connection, known[0], new, reach), False
            audience = _audience_for(connection, new, reach)
            made = rows.add(connection, new, reach.name, audience, self._store.now())
            append(connection, Event(reach.name, "contact.opened", f"contact:{made.key}"))
        return made, True

    def get(self, key: str, reach: ContactReach) -> Contact:
        """A contact.

        Raises:
            NotFound: there is none that they may see.
        """
        with self._store.read() as connection:
            return seen(connection, key, reach)

    def all(
        self,
        reach: ContactReach,
        *,
        state: State | None = None,
        own: bool = False,
        limit: int = 100,
    ) -> list[Contact]:
        """Contacts that they may see, newest first.

        Args:
            reach: whose list it is.
            state: only those that go on, or that have ended.
            own: only those of which they are the agent.
            limit: at most so many, up to `MAX_LISTED`.
        """
        wanted: list[ColumnElement[bool]] = [within(reach)]
        if state is not None:
            wanted.append(contacts.c.state == state)
        if own:
            wanted.append(contacts.c.agent == reach.name)
        with self._store.read() as connection:
            return rows.found(connection, and_(*wanted), limit=min(limit, MAX_LISTED))

    def turns(
        self, key: str, reach: ContactReach, *, after: int = 0, limit: int = MAX_TURNS
    ) -> list[Turn]:
        """The turns of a contact that follow one, in order.

        Raises:
            NotFound: there is none that they may see.
        """
        with self._store.read() as connection:
            contact = seen(connection, key, reach)
            return rows.turns(connection, contact.number, after=after, limit=limit)

    def add(self, key: str, new: Sequence[NewTurn], reach: ContactReach) -> list[Added]:
        """Add turns, all or none; they are on disk when this returns.

        Raises:
            SettingsError: a turn cannot be kept.
            NotFound: there is no contact that they may see.
            AccessRefused: it is not theirs to add to.
            WrongState: it has ended or is full; what was there already is known all the same.
        """
        checked = checked_turns(new)
        with self._store.database.write() as connection:
            contact = fed(connection, key, reach)
            now = self._store.now()
            return [rows.put_turn(connection, contact, turn, now) for turn in checked]

    def end(self, key: str, reach: ContactReach) -> Contact:
        """Let a contact be over; once more changes nothing.

        Raises:
            NotFound: there is none that they may see.
            AccessRefused: it is not theirs to end.
        """
        with self._store.read() as connection:
            contact = fed(connection, key, reach)
        if contact.state == "ended":
            return contact
        with self._store.change() as connection:
            contact = fed(connection, key, reach)
            if contact.state == "open":
                transfer_rows.end(connection, contact, reach.name, self._store.now())
                rows.end(connection, contact.number, self._store.now())
                append(connection, Event(reach.name, "contact.ended", f"contact:{key}"))
            return fed(connection, key, reach)

    def events(
        self, key: str, reach: ContactReach, *, after: int = 0, limit: int = 100
    ) -> tuple[Contact, list[ContactEvent]]:
        """A contact, and what happened in it after an event, in order.

        Raises:
            NotFound: there is none that they may see.
            SettingsError: there was no such event.
        """
        with self._store.read() as connection:
            contact = seen(connection, key, reach)
            if after > contact.last_event:
                raise SettingsError(
                    because("contact-no-event", after=after, last=contact.last_event)
                )
            return contact, rows.events(connection, contact.number, after=after, limit=limit)

    def agent(self, key: str) -> Principal | None:
        """Who the agent of an open contact is now; `None`: nobody who may be signed in."""
        with self._store.read() as connection:
            found = rows.found(connection, (contacts.c.key == key) & (contacts.c.state == "open"))
            return person(connection, found[0].agent) if found and found[0].agent else None

    def viewed(self, key: str, by: str) -> None:
        """Enter in the audit trail that somebody reads a contact; see `ContactView`."""
        with self._store.change() as connection:
            enter(connection, ContactView(by, key))

    # Letting go

    def purge(self) -> int:
        """Let go of the words whose time is over; how many contacts had some.

        What was promised in a contact keeps its words while it is owed, and as long again once it
        is settled.
        """
        store = self._store
        before = store.before(store.contact_days)
        over = contacts.c.erased_at.is_(None) & (contacts.c.changed_at < before)
        settled = and_(
            contacts.c.erased_at.is_not(None),
            commitments.c.state.not_in(PENDING),
            commitments.c.changed_at < before,
            commitments.c.words.is_not(None),
        )
        with store.read() as connection:
            promised = commitment_rows.found(connection, settled, limit=1)
            if not promised and not rows.found(connection, over):
                return 0
        with store.change() as connection:
            numbers = [one.number for one in rows.found(connection, over, limit=None)]
            rows.forget(connection, numbers, store.now())
            gone = commitment_rows.forget(connection, settled, store.now())
            details = {"contacts": len(numbers), "commitments": gone}
            append(connection, Event(PURGER, "data.expired", "contact:all", details))
        return len(numbers)

    def erase(self, key: str, reach: ContactReach, by: str) -> None:
        """Erase the words of a contact now, and of what was promised in it; it ends, if it goes on.

        Args:
            key: of the contact.
            reach: of whoever does it; seeing everybody's contacts of its audience is needed.
            by: in whose name.

        Raises:
            NotFound: there is none that they may see.
            AccessRefused: it is not theirs to erase.
        """
        with self._store.change() as connection:
            contact = seen(connection, key, reach)
            if contact.audience not in reach.seen:
                raise AccessRefused(because("contact-not-fed", name=reach.name, key=key))
            now = self._store.now()
            rows.forget(connection, [contact.number], now)
            commitment_rows.forget(connection, commitments.c.contact_id == contact.number, now)
            append(connection, Event(by, "contact.erased", f"contact:{key}"))


def _the_same(
    connection: Connection, known: Contact, new: NewContact, reach: ContactReach
) -> Contact:
    """The contact that a reference stands for, if it is still theirs and began the same."""
    if not rows.found(connection, (contacts.c.key == known.key) & within(reach)):
        raise AccessRefused(because("contact-not-opened", name=reach.name))
    agent, audience = transfer_rows.opened_as(connection, known)
    given = (new.channel, new.agent, new.audience or audience)
    if given != (known.channel, agent, audience):
        raise WrongState(because("contact-differs", reference=new.reference, key=known.key))
    return known


def _audience_for(connection: Connection, new: NewContact, reach: ContactReach) -> str:
    """The audience of a new contact: one that its agent holds contacts of.

    Raises:
        AccessRefused: whoever opens it may not, for that audience.
        SettingsError: it has to be named, or there is no such agent for it.
    """
    tree = audience_rows.tree(connection)
    own = new.agent == reach.name
    held = reach.held if own else held_by(connection, new.agent, tree)
    allowed = held if own else held & reach.fed
    if not own and not reach.fed:
        raise AccessRefused(because("contact-not-opened", name=reach.name))
    if new.audience is None:
        audience = audience_of(allowed, tree) or ""
    elif not reach.opens(new.agent, new.audience):
        raise AccessRefused(because("contact-not-opened", name=reach.name))
    else:
        audience = new.audience
    if audience not in allowed & tree.audiences.keys():
        raise SettingsError(because("contact-agent-unknown", agent=new.agent))
    return audience
