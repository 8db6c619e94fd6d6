"""A contact given to somebody else: offered, then accepted, declined or withdrawn.

The contact stays the same one, so everything that belongs to it goes along: turns, suggestions,
what was promised and asked, its reference. Sources are shown to whoever holds it by what they may
read themselves. Until somebody accepts, they see who offers it and the note, not the conversation.
"""

from __future__ import annotations

from sqlalchemy import Connection, and_, or_

from knowledge import audience_rows
from knowledge.audience import Audience, AudienceTree
from knowledge.audit import Event, append
from knowledge.audit.event import Action
from knowledge.contacts import contact_rows, transfer_rows
from knowledge.contacts.contact_checks import checked_note
from knowledge.contacts.contact_doors import fed, seen
from knowledge.contacts.contact_schema import contact_transfers, contacts
from knowledge.contacts.holders import audience_of, held_by, holders
from knowledge.contacts.models import Contact, Transfer
from knowledge.errors import NotFound, SettingsError, WrongState
from knowledge.identity import account_rows
from knowledge.identity.access import ContactReach
from knowledge.refusals import because
from knowledge.work import notice_rows
from knowledge.work.work_store import WorkStore


class Transfers:
    """The transfers of one register's contacts."""

    def __init__(self, store: WorkStore) -> None:
        self._store = store

    def offer(
        self,
        key: str,
        reach: ContactReach,
        *,
        agent: str | None = None,
        audience: str | None = None,
        note: str = "",
    ) -> Transfer:
        """Offer a contact to an account, or to whoever of an audience takes it first.

        Args:
            key: of the contact.
            reach: of its agent, or of the program that opened it.
            agent: account to give it to; `None`: any of the audience.
            audience: whose it becomes; `None`: it stays with the one it has if that agent holds
                such contacts, else the narrowest of that agent.
            note: what to tell whoever takes it.

        Raises:
            NotFound: there is no contact that they may see.
            AccessRefused: it is not theirs to give.
            SettingsError: nobody is named, or nobody there may hold it, or the note is too long.
            WrongState: it has ended, or is offered to somebody already.
        """
        note = checked_note(note)
        with self._store.change() as connection:
            contact = fed(connection, key, reach)
            _check_free(connection, contact)
            tree = audience_rows.tree(connection)
            to_agent, to_audience = _receiver(connection, contact, agent, audience, tree)
            now = self._store.now()
            made = transfer_rows.offer(
                connection, contact, reach.name, to_agent, to_audience, note, now
            )
            if to_agent is not None:
                notice_rows.add(connection, to_agent, "contact_offered", now, contact=key)
            _enter(connection, reach.name, "contact.offered", key)
        return made

    def accept(self, key: str, reach: ContactReach) -> Contact:
        """Take a contact that is offered; whoever took it may say so again.

        Raises:
            NotFound: none of that key is or was offered to them.
            WrongState: somebody else took it, or it is not offered any more.
        """
        with self._store.change() as connection:
            transfer = _offered_to(connection, key, reach)
            contact = contact_rows.found(connection, contacts.c.key == key)[0]
            if transfer.state == "accepted" and transfer.decided_by == reach.name:
                return contact
            if transfer.state != "offered":
                raise WrongState(because("transfer-over", key=key))
            now = self._store.now()
            transfer_rows.decide(connection, contact, transfer, "accepted", reach.name, now)
            if transfer.from_agent is not None:
                _tell(connection, transfer.from_agent, "contact_taken_over", now, key)
            _enter(connection, reach.name, "contact.taken_over", key)
            return contact_rows.found(connection, contacts.c.key == key)[0]

    def decline(self, key: str, reach: ContactReach, reason: str = "") -> Transfer:
        """Not take a contact that is offered by name; it stays where it is.

        Raises:
            NotFound: none of that key is or was offered to them.
            SettingsError: it is offered to an audience, where others may take it, or the reason
                is too long.
            WrongState: it is not offered any more.
        """
        reason = checked_note(reason)
        with self._store.change() as connection:
            transfer = _offered_to(connection, key, reach)
            if transfer.state != "offered":
                raise WrongState(because("transfer-over", key=key))
            if transfer.to_agent is None:
                raise SettingsError(because("transfer-for-many", audience=transfer.to_audience))
            contact = contact_rows.found(connection, contacts.c.key == key)[0]
            now = self._store.now()
            done = transfer_rows.decide(
                connection, contact, transfer, "declined", reach.name, now, reason=reason
            )
            if transfer.from_agent is not None:
                _tell(connection, transfer.from_agent, "contact_declined", now, key)
            _enter(connection, reach.name, "contact.offer_declined", key)
        return done

    def withdraw(self, key: str, reach: ContactReach) -> Transfer:
        """Take an offer back.

        Raises:
            NotFound: there is no contact that they may see.
            AccessRefused: it is not theirs.
            WrongState: it is not offered to anybody.
        """
        with self._store.change() as connection:
            contact = fed(connection, key, reach)
            transfer = transfer_rows.latest(connection, contact.number)
            if transfer is None or transfer.state != "offered":
                raise WrongState(because("transfer-none", key=key))
            done = transfer_rows.decide(
                connection, contact, transfer, "withdrawn", reach.name, self._store.now()
            )
            _enter(connection, reach.name, "contact.offer_withdrawn", key)
        return done

    def offered(self, reach: ContactReach) -> list[Transfer]:
        """The contacts that wait for them to take, newest first."""
        moved = contact_transfers.c
        for_all = and_(moved.to_agent.is_(None), moved.from_agent.is_distinct_from(reach.name))
        wanted = and_(
            moved.state == "offered",
            moved.to_audience.in_(sorted(reach.held)),
            or_(moved.to_agent == reach.name, for_all),
        )
        with self._store.read() as connection:
            return transfer_rows.found(connection, wanted)

    def of(self, key: str, reach: ContactReach) -> list[Transfer]:
        """How a contact went from one to the next, newest first.

        Raises:
            NotFound: there is none that they may see.
        """
        with self._store.read() as connection:
            contact = seen(connection, key, reach)
            own = contact_transfers.c.contact_id == contact.number
            return transfer_rows.found(connection, own)

    def targets(self, key: str, reach: ContactReach) -> tuple[list[str], list[Audience]]:
        """Who a contact may be offered to by choosing: colleagues by name, and every audience.

        Names of people elsewhere are not given out; whoever knows one may type it.

        Raises:
            NotFound: there is no contact that they may see.
            AccessRefused: it is not theirs to give.
        """
        with self._store.read() as connection:
            contact = fed(connection, key, reach)
            tree = audience_rows.tree(connection)
            names = holders(connection, contact.audience, tree)
            return [name for name in names if name != contact.agent], list(tree.audiences.values())


def _check_free(connection: Connection, contact: Contact) -> None:
    if contact.state != "open":
        raise WrongState(because("contact-ended", key=contact.key))
    transfer = transfer_rows.latest(connection, contact.number)
    if transfer is not None and transfer.state == "offered":
        raise WrongState(because("transfer-open", key=contact.key))


def _receiver(
    connection: Connection,
    contact: Contact,
    agent: str | None,
    audience: str | None,
    tree: AudienceTree,
) -> tuple[str | None, str]:
    """Who gets a contact, and whose it becomes."""
    if agent is None and audience is None:
        raise SettingsError(because("transfer-whom"))
    if agent is None:
        others = set(holders(connection, audience or "", tree)) - {contact.agent}
        if audience is None or audience not in tree.audiences or not others:
            raise SettingsError(because("transfer-nobody-there", audience=audience))
        return None, audience
    name = account_rows.folded_name(agent)
    if name == contact.agent:
        raise SettingsError(because("transfer-same", agent=name))
    held = held_by(connection, name, tree) & tree.audiences.keys()
    if not held or (audience is not None and audience not in held):
        raise SettingsError(because("transfer-nobody", agent=name))
    if audience is None:
        stays = contact.audience in held
        audience = contact.audience if stays else audience_of(held, tree)
    return name, audience or ""


def _offered_to(connection: Connection, key: str, reach: ContactReach) -> Transfer:
    """The newest transfer of a contact, if it is or was for them.

    What is not for them answers as a contact that is not there.
    """
    found = contact_rows.found(connection, contacts.c.key == key)
    transfer = transfer_rows.latest(connection, found[0].number) if found else None
    if transfer is not None and transfer.to_audience in reach.held:
        for_all = transfer.to_agent is None and transfer.from_agent != reach.name
        if for_all or transfer.to_agent == reach.name:
            return transfer
    raise NotFound(because("contact-unknown", key=key))


def _tell(
    connection: Connection, account: str, kind: notice_rows.NoticeKind, now: str, key: str
) -> None:
    notice_rows.add(connection, account, kind, now, contact=key)


def _enter(connection: Connection, by: str, action: Action, key: str) -> None:
    append(connection, Event(by, action, f"contact:{key}"))
