"""Summaries of contacts: every version that was saved, and the sending of the newest.

Each version is an event of its contact, so it is followed, kept and let go of with the rest. What
is in one is made and read by `assistant.summary`; here it is a JSON value.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, select

from knowledge.audit import Event, append
from knowledge.contacts import contact_rows
from knowledge.contacts.contact_doors import fed, seen
from knowledge.contacts.contact_schema import contact_events
from knowledge.contacts.models import AUDIENCES, Contact
from knowledge.errors import NotFound, WrongState
from knowledge.identity.access import ContactReach
from knowledge.outbox import outbox_rows
from knowledge.outbox.outbox_rows import Message
from knowledge.refusals import because
from knowledge.work.work_store import WorkStore

KIND = "contact.summary"
"""Type of the message that a summary is sent as."""

Origin = Literal["proposed", "edited"]


@dataclass(frozen=True)
class Version:
    """A summary that was saved.

    Attributes:
        number: from 1.
        origin: as it was proposed, or edited.
        by: account that saved it.
        at: when, ISO 8601 in UTC.
        summary: what it says.
    """

    number: int
    origin: Origin
    by: str
    at: str
    summary: Mapping[str, Any]


@dataclass(frozen=True)
class Saved:
    """What is kept of a contact's summaries.

    Attributes:
        last: number of the newest version; 0: none was saved.
        versions: those that may be read, oldest first: not those with sources that may not be.
    """

    last: int
    versions: tuple[Version, ...]


class Summaries:
    """The summaries of one register's contacts."""

    def __init__(self, store: WorkStore) -> None:
        self._store = store

    def saved(self, key: str, reach: ContactReach) -> Saved:
        """What was saved.

        Raises:
            NotFound: there is no contact that they may see.
        """
        with self._store.read() as connection:
            contact = seen(connection, key, reach)
            return _saved(connection, contact.number, reach)

    def save(
        self,
        key: str,
        reach: ContactReach,
        proposed: Mapping[str, Any],
        edited: Mapping[str, Any],
        *,
        base: int,
        audiences: Collection[str],
    ) -> Version:
        """Save a summary as a new version; the first time, what was proposed is kept before it.

        Args:
            key: of the contact; it may have ended.
            reach: of its agent.
            proposed: as it would be without them.
            edited: as they want it.
            base: number of the version that they edited; 0: none.
            audiences: labels of whom it holds sources.

        Raises:
            NotFound: there is no contact that they may see.
            AccessRefused: it is not theirs.
            WrongState: somebody saved another version meanwhile, or its words are gone.
        """
        with self._store.change() as connection:
            contact = fed(connection, key, reach)
            if contact.erased_at is not None:
                raise WrongState(because("summary-words-gone", key=key))
            last = _saved(connection, contact.number, reach).last
            if last != base:
                raise WrongState(because("summary-changed", key=key, version=last))
            same = edited == proposed
            if last == 0 and not same:
                self._add(connection, contact, 1, "proposed", reach.name, proposed, audiences)
                last = 1
            origin: Origin = "proposed" if same else "edited"
            number = last + 1
            made = self._add(connection, contact, number, origin, reach.name, edited, audiences)
            append(connection, Event(reach.name, "summary.saved", f"contact:{key}"))
        return made

    def send(self, key: str, reach: ContactReach, version: int, body: str) -> Message:
        """Have a saved summary sent to the company's other program.

        Args:
            key: of the contact.
            reach: of its agent.
            version: number of the newest version, which the body is made of.
            body: JSON text of the message.

        Raises:
            NotFound: there is no contact that they may see, or no summary of it.
            AccessRefused: it is not theirs.
            WrongState: somebody saved another version meanwhile, or its words are gone.
        """
        with self._store.change() as connection:
            contact = fed(connection, key, reach)
            if contact.erased_at is not None:
                raise WrongState(because("summary-words-gone", key=key))
            last = _saved(connection, contact.number, reach).last
            if last == 0:
                raise NotFound(because("summary-none", key=key))
            if last != version:
                raise WrongState(because("summary-changed", key=key, version=last))
            now = self._store.now()
            message = outbox_rows.add(connection, KIND, body, reach.name, now, contact.number)
            append(connection, Event(reach.name, "summary.queued", f"contact:{key}"))
        return message

    def _add(
        self,
        connection: Connection,
        contact: Contact,
        number: int,
        origin: Origin,
        by: str,
        summary: Mapping[str, Any],
        audiences: Collection[str],
    ) -> Version:
        now = self._store.now()
        body = {
            "version": number,
            "origin": origin,
            "by": by,
            "summary": summary,
            AUDIENCES: sorted(audiences),
        }
        contact_rows.add_event(connection, contact.number, "summary", now, body=body)
        return Version(number, origin, by, now, summary)


def _saved(connection: Connection, contact: int, reach: ContactReach) -> Saved:
    told = contact_events.c
    query = (
        select(told.body, told.at)
        .where(told.contact_id == contact, told.kind == "summary", told.body.is_not(None))
        .order_by(told.number)
    )
    every = [(json.loads(body), at) for body, at in connection.execute(query)]
    versions = tuple(
        Version(body["version"], body["origin"], body["by"], at, body["summary"])
        for body, at in every
        if reach.told.issuperset(body.get(AUDIENCES, ()))
    )
    return Saved(every[-1][0]["version"] if every else 0, versions)
