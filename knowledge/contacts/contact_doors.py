"""Which contacts somebody may see and change, as conditions on the register's tables.

What `ContactReach` says of a contact as it is; and, since contacts are handed over, of what it was:
a program goes on adding to a contact that it opened, whoever holds it now, or turns of a call that
goes on would be lost; whoever held one keeps reading it while it stays with the same audience,
where colleagues ask back, and no longer once it is another company's conversation.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, and_, false, or_, select

from knowledge.contacts import contact_rows as rows
from knowledge.contacts.contact_schema import contact_transfers, contacts
from knowledge.contacts.models import Contact
from knowledge.errors import AccessRefused, NotFound
from knowledge.identity.access import ContactReach
from knowledge.refusals import because


def feeding(reach: ContactReach) -> ColumnElement[bool]:
    """The contacts that they may add to and end."""
    columns, moved = contacts.c, contact_transfers.c
    held_there = select(moved.contact_id).where(
        moved.state == "accepted", moved.from_audience.in_(sorted(reach.fed))
    )
    brought_in = columns.audience.in_(sorted(reach.fed)) | columns.id.in_(held_there)
    return or_(
        false(),
        and_(columns.made_by == reach.name, brought_in),
        and_(columns.agent == reach.name, columns.audience.in_(sorted(reach.held))),
    )


def within(reach: ContactReach) -> ColumnElement[bool]:
    """The contacts that they may read."""
    columns, moved = contacts.c, contact_transfers.c
    held_before = select(moved.contact_id).where(
        moved.state == "accepted",
        moved.from_agent == reach.name,
        moved.from_audience == columns.audience,
        moved.contact_id == columns.id,
    )
    return or_(
        feeding(reach),
        columns.audience.in_(sorted(reach.seen)),
        and_(columns.audience.in_(sorted(reach.held)), held_before.exists()),
    )


def seen(connection: Connection, key: str, reach: ContactReach) -> Contact:
    """A contact that they may read.

    Raises:
        NotFound: there is none.
    """
    found = rows.found(connection, (contacts.c.key == key) & within(reach))
    if not found:
        raise NotFound(because("contact-unknown", key=key))
    return found[0]


def fed(connection: Connection, key: str, reach: ContactReach) -> Contact:
    """A contact that they may add to.

    Raises:
        NotFound: there is none that they may see.
        AccessRefused: it is not theirs to change.
    """
    contact = seen(connection, key, reach)
    if not rows.found(connection, (contacts.c.key == key) & feeding(reach)):
        raise AccessRefused(because("contact-not-fed", name=reach.name, key=key))
    return contact
