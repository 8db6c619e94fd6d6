"""Whether somebody may see or change a contact; one that they may not see is not there for them."""

from __future__ import annotations

from sqlalchemy import Connection

from knowledge.contacts import contact_rows as rows
from knowledge.contacts.contact_schema import contacts
from knowledge.contacts.models import Contact
from knowledge.errors import AccessRefused, NotFound
from knowledge.identity.access import ContactReach
from knowledge.refusals import because


def seen(connection: Connection, key: str, reach: ContactReach) -> Contact:
    """A contact that they may see.

    Raises:
        NotFound: there is none.
    """
    for contact in rows.found(connection, contacts.c.key == key):
        if reach.sees(contact.made_by, contact.agent, contact.audience):
            return contact
    raise NotFound(because("contact-unknown", key=key))


def fed(connection: Connection, key: str, reach: ContactReach) -> Contact:
    """A contact that they may change.

    Raises:
        NotFound: there is none that they may see.
        AccessRefused: it is not theirs to change.
    """
    contact = seen(connection, key, reach)
    if not reach.feeds(contact.made_by, contact.agent, contact.audience):
        raise AccessRefused(because("contact-not-fed", name=reach.name, key=key))
    return contact
