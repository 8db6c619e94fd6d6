"""Who may see and change which promise or complaint; what may not be seen is not there."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import ColumnElement, Connection

from knowledge.audience import AudienceTree
from knowledge.audit import Action, Event
from knowledge.commitments import commitment_rows as rows
from knowledge.commitments.commitment_schema import commitments
from knowledge.commitments.keys import read_key
from knowledge.commitments.models import PENDING, Commitment, NewCommitment
from knowledge.commitments.reach import CommitmentReach
from knowledge.contacts import contact_rows
from knowledge.contacts.contact_schema import contacts
from knowledge.contacts.models import Contact
from knowledge.errors import AccessRefused, NotFound, SettingsError, WrongState
from knowledge.refusals import because


def entry(by: str, action: Action, one: Commitment) -> Event:
    """What the audit trail says of a change: the key, never the words."""
    return Event(by, action, f"commitment:{one.key}")


def within(reach: CommitmentReach) -> ColumnElement[bool]:
    """The condition that somebody is told all of one."""
    labels = sorted(reach.whole)
    return commitments.c.audience.in_(labels) | contacts.c.audience.in_(labels)


def seen(connection: Connection, key: str, reach: CommitmentReach) -> Commitment:
    """One that somebody may see whole, by its key as typed.

    Raises:
        SettingsError: that is no key.
        NotFound: there is none that they may see.
    """
    read = read_key(key)
    for one in rows.found(connection, commitments.c.key == read):
        if one.audiences & reach.whole:
            return one
    raise NotFound(because("commitment-unknown", key=read))


def acted(connection: Connection, key: str, reach: CommitmentReach) -> Commitment:
    """One that somebody may act on.

    Raises:
        NotFound: there is none that they may see.
        AccessRefused: they only see it.
    """
    one = seen(connection, key, reach)
    if not one.audiences & reach.acting:
        raise AccessRefused(because("commitment-not-yours", name=reach.name, key=one.key))
    return one


def pending(connection: Connection, key: str, reach: CommitmentReach) -> Commitment:
    """One that somebody may act on and that is still owed.

    Raises:
        NotFound: there is none that they may see.
        AccessRefused: they only see it.
        WrongState: it is settled.
    """
    one = acted(connection, key, reach)
    if one.state not in PENDING:
        raise WrongState(because("commitment-settled", key=one.key))
    return one


def in_part(one: Commitment) -> Commitment:
    """What others are told: what it is, by when, how it stands, and the key to ask for it."""
    return replace(
        one,
        words=None,
        contact=None,
        turn=None,
        made_by=None,
        responsible=None,
        reason="",
        whole=False,
    )


def contact_of(connection: Connection, key: str) -> Contact:
    """A contact, whoever may see it.

    Raises:
        NotFound: there is none.
    """
    for contact in contact_rows.found(connection, contacts.c.key == key):
        return contact
    raise NotFound(because("contact-unknown", key=key))


def audience_for(
    new: NewCommitment, contact: Contact | None, reach: CommitmentReach, tree: AudienceTree
) -> str:
    """Whose a new one is: the contact's, the one named, or where whoever opens it stands.

    Raises:
        NotFound: the contact is none of theirs.
        AccessRefused: they may open none for it.
        SettingsError: it has to be named.
    """
    if contact is not None and contact.audience not in reach.whole:
        raise NotFound(because("contact-unknown", key=contact.key))
    audience = contact.audience if contact is not None else new.audience
    if audience is None:
        known = reach.acting & tree.audiences.keys()
        tops = sorted(label for label in known if not (tree.above(label) - {label}) & known)
        if len(tops) != 1:
            raise SettingsError(because("commitment-audience-needed", known=tuple(tops)))
        return tops[0]
    if audience not in reach.acting:
        raise AccessRefused(
            because("commitment-not-opened", name=reach.name, audience=audience[:40])
        )
    return audience
