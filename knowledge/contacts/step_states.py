"""Which procedure a contact is in, and how far: one event of the contact that takes its own place.

What is kept are names of sources and steps and numbers of turns, no words; with the contact it goes
on after a restart, is handed over, and is let go of. Whoever follows the contact is told only that
it is different: what of the sources they may see is found out when they ask.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias

from sqlalchemy import Connection, select

from knowledge import source_rows
from knowledge.audit import Event, append
from knowledge.contacts import contact_rows as rows
from knowledge.contacts.contact_schema import contact_events, contacts
from knowledge.contacts.models import Contact
from knowledge.errors import AccessRefused, NotFound, WrongState
from knowledge.identity.access import ContactReach
from knowledge.refusals import because
from knowledge.work.work_store import WorkStore

Kept: TypeAlias = Mapping[str, Any]
Done = Literal["steps.chosen", "steps.closed"]


class StepStates:
    """What is kept of steps in the contacts of one register."""

    def __init__(self, store: WorkStore) -> None:
        self._store = store

    def get(self, key: str, reach: ContactReach) -> tuple[Contact, Kept]:
        """A contact, and what is kept; empty before anything was.

        Raises:
            NotFound: there is no contact that they may see.
        """
        with self._store.read() as connection:
            contact = _seen(connection, key, reach)
            return contact, _kept(connection, contact.number)

    def change(
        self,
        key: str,
        reach: ContactReach,
        make: Callable[[Kept], Kept],
        *,
        done: Done | None = None,
        source: tuple[str, int] | None = None,
    ) -> bool:
        """Keep something else from now on; whether it is different.

        Args:
            key: of the contact.
            reach: of its agent.
            make: what is kept after what was; called within the transaction.
            done: what the audit trail says was done; `None`: nothing that it tells.
            source: name and version of the source that it was done with.

        Raises:
            NotFound: there is no contact that they may see.
            AccessRefused: it is not theirs.
            WrongState: it has ended.
        """
        begin = self._store.change if done else self._store.database.write
        with begin() as connection:
            contact = _seen(connection, key, reach)
            if not reach.feeds(contact.made_by, contact.agent, contact.audience):
                raise AccessRefused(because("contact-not-fed", name=reach.name, key=key))
            if contact.state != "open":
                raise WrongState(because("contact-ended", key=key))
            before = _kept(connection, contact.number)
            after = make(before)
            if after == before:
                return False
            rows.replace_event(connection, contact.number, "steps", after, self._store.now())
            if done is not None:
                versions = _versions(connection, source)
                details = {"versions": versions} if versions else {}
                append(connection, Event(reach.name, done, f"contact:{key}", details))
        return True


def _seen(connection: Connection, key: str, reach: ContactReach) -> Contact:
    for contact in rows.found(connection, contacts.c.key == key):
        if reach.sees(contact.made_by, contact.agent, contact.audience):
            return contact
    raise NotFound(because("contact-unknown", key=key))


def _kept(connection: Connection, contact: int) -> Kept:
    told = contact_events.c
    query = (
        select(told.body)
        .where(told.contact_id == contact, told.kind == "steps")
        .order_by(told.number.desc())
        .limit(1)
    )
    body = connection.execute(query).scalar_one_or_none()
    kept: Kept = json.loads(body) if body else {}
    return kept


def _versions(connection: Connection, source: tuple[str, int] | None) -> tuple[str, ...]:
    if source is None:
        return ()
    number = source_rows.source_id(connection, source[0])
    return (f"{number}@{source[1]}",) if number is not None else ()
