"""Whose contact it is, by the reference of the customer system, and their contacts before it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import or_, select, update

from knowledge.audit.views import customer_id
from knowledge.commitments.commitment_schema import commitments
from knowledge.contacts.contact_doors import fed, seen
from knowledge.contacts.contact_schema import contact_events, contacts
from knowledge.contacts.models import KEPT, Channel, Contact
from knowledge.errors import WrongState
from knowledge.identity.access import ContactReach
from knowledge.refusals import because
from knowledge.work.work_store import WorkStore

MAX_EARLIER = 50


@dataclass(frozen=True)
class Earlier:
    """A contact of the same customer before.

    Attributes:
        opened_at: when it began, ISO 8601 in UTC.
        channel: where it took place.
        needs: what the customer needed, in their words, folded.
    """

    opened_at: str
    channel: Channel
    needs: tuple[str, ...]


class CustomerLinks:
    """The customers of the contacts of one register: references alone, never what is known of them.

    A reference that is no plain code, such as a mail address, is kept as its hash.
    """

    def __init__(self, store: WorkStore) -> None:
        self._store = store

    def link(self, key: str, customer: str | None, reach: ContactReach) -> Contact:
        """Say whose contact it is, and what was promised in it; `None`: it is not known any more.

        What was opened for another customer stays theirs.

        Raises:
            NotFound: there is no contact that they may see.
            AccessRefused: it is not theirs.
            WrongState: its words are gone.
        """
        with self._store.database.write() as connection:
            contact = fed(connection, key, reach)
            if contact.erased_at is not None:
                raise WrongState(because("contact-ended", key=key))
            reference = customer_id(customer) if customer is not None else None
            mine = contacts.c.id == contact.number
            connection.execute(update(contacts).where(mine).values(customer=reference))
            theirs = commitments.c.customer
            owed = (commitments.c.contact_id == contact.number) & or_(
                theirs.is_(None), theirs == contact.customer
            )
            connection.execute(update(commitments).where(owed).values(customer=reference))
            return fed(connection, key, reach)

    def needs(self, key: str, reach: ContactReach) -> tuple[str, ...]:
        """What the customer needs in a contact, oldest first.

        Raises:
            NotFound: there is no contact that they may see.
        """
        with self._store.read() as connection:
            contact = seen(connection, key, reach)
            told = contact_events.c
            mine = (told.contact_id == contact.number) & (told.kind == "suggestions")
            body = connection.execute(select(told.body).where(mine)).scalar_one_or_none()
        return _needs(body)

    def earlier(self, key: str, customer: str, reach: ContactReach) -> list[Earlier]:
        """Contacts of a customer before this one, newest first, whoever was their agent.

        Those alone of the audiences for which they hold contacts themselves.

        Args:
            key: of this contact.
            customer: as the customer system calls them.
            reach: of whoever asks.

        Raises:
            NotFound: there is no contact that they may see.
        """
        mine = contacts.c
        with self._store.read() as connection:
            contact = seen(connection, key, reach)
            told = contact_events.c
            suggested = (told.contact_id == mine.id) & (told.kind == "suggestions")
            query = (
                select(mine.opened_at, mine.channel, told.body)
                .select_from(contacts.outerjoin(contact_events, suggested))
                .where(
                    mine.customer == customer_id(customer),
                    mine.id < contact.number,
                    mine.audience.in_(sorted(reach.held | reach.seen)),
                )
                .order_by(mine.id.desc())
                .limit(MAX_EARLIER)
            )
            found = connection.execute(query).all()
        return [Earlier(opened_at, channel, _needs(body)) for opened_at, channel, body in found]


def _needs(body: str | None) -> tuple[str, ...]:
    return tuple(json.loads(body).get(KEPT, {}).get("needs", ())) if body else ()
