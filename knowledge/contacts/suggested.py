"""What is suggested in contacts, and what their agents do with it.

A contact has one event of what is suggested now, from which it goes on after a restart, and one of
each thing that was done with it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, update

from knowledge import source_rows
from knowledge.audit import Event, append
from knowledge.contacts import contact_rows as rows
from knowledge.contacts.contact_doors import fed, seen
from knowledge.contacts.contact_schema import contact_events, contacts
from knowledge.contacts.models import AUDIENCES, KEPT, Act, Contact, ContactEvent
from knowledge.errors import NotFound, WrongState
from knowledge.identity.access import ContactReach
from knowledge.refusals import because
from knowledge.work.work_store import WorkStore

Body = Mapping[str, Any]

MAX_ACTS = 1_000
"""Of one contact; a contact of an hour has some hundred."""
MAX_SENT_ACTS = 50
CITED = ("document", "title", "version", "quote")
"""What is kept of a source with the first act on a suggestion, which may soon be replaced."""


@dataclass(frozen=True)
class Change:
    """What becomes of what is suggested.

    Attributes:
        body: of the event.
        told: whether whoever follows the contact is told; else it is kept and no more.
        cited: names and versions of sources that are shown now, for the audit trail; `None`: it
            is not about what is shown.
    """

    body: Body
    told: bool = True
    cited: Sequence[tuple[str, int]] | None = None


class Suggested:
    """The suggestions in the contacts of one register."""

    def __init__(self, store: WorkStore) -> None:
        self._store = store

    def now(self, key: str, reach: ContactReach) -> tuple[Contact, Body]:
        """A contact and what is suggested in it.

        Empty before anything was, and where they may not read the sources.

        Raises:
            NotFound: there is none that they may see.
        """
        with self._store.read() as connection:
            contact = seen(connection, key, reach)
            body = _body(connection, contact.number)
        return contact, body if reach.told.issuperset(body.get(AUDIENCES, ())) else {}

    def change(
        self,
        key: str,
        reach: ContactReach,
        decide: Callable[[Body], Change | None],
        *acts: Act,
    ) -> bool:
        """Change what is suggested, as one step; whether whoever follows it is told.

        Args:
            key: of the contact.
            reach: of its agent, or of who brings it in.
            decide: what becomes of what is suggested now; `None`: nothing.
            acts: what was done; kept if anything was decided.

        Raises:
            NotFound: there is no contact that they may see, or `decide` says so.
            AccessRefused: it is not theirs to change.
            WrongState: it has ended, or too much was done in it.
        """
        with self._store.change() as connection:
            contact = self._locked(connection, key, reach)
            if contact.state != "open":
                raise WrongState(because("contact-ended", key=key))
            before = _body(connection, contact.number)
            change = decide(before)
            if change is None:
                return False
            now = self._store.now()
            if not change.told:
                _amend(connection, contact.number, change.body)
                return False
            done = _acts(connection, contact) if acts else []
            for act in acts:
                cited = _cited(act, done, before, change.body)
                _add_act(connection, contact, act, _audiences(change.body, reach), cited, now)
            rows.replace_event(connection, contact.number, "suggestions", change.body, now)
            if change.cited is not None:
                numbers = ((source_rows.source_id(connection, n), v) for n, v in change.cited)
                versions = tuple(f"{source}@{v}" for source, v in numbers if source is not None)
                told = Event(reach.name, "answer.shown", f"contact:{key}", {"versions": versions})
                append(connection, told)
        return True

    def act(self, key: str, acts: Sequence[Act], reach: ContactReach) -> int:
        """Keep what the agent did with suggestions of the contact; how many are new.

        That something was shown is kept once.

        Raises:
            NotFound: there is no contact that they may see, or no such suggestion in it.
            AccessRefused: it is not theirs.
            WrongState: too much was done in it.
        """
        with self._store.database.write() as connection:
            contact = self._locked(connection, key, reach)
            before = _acts(connection, contact)
            done = [(e.body["act"], e.body.get("suggestion")) for e in before]
            body = _body(connection, contact.number)
            known = {one["key"] for one in body.get("suggestions", ())} | {s for _, s in done}
            added = 0
            for act in acts:
                if act.suggestion not in known:
                    raise NotFound(because("suggestion-unknown", key=key))
                if act.kind == "shown" and ("shown", act.suggestion) in done:
                    continue
                cited = _cited(act, before, body)
                labels = _audiences(body, reach)
                _add_act(connection, contact, act, labels, cited, self._store.now())
                done.append((act.kind, act.suggestion))
                added += 1
        return added

    def acts(self, key: str, reach: ContactReach) -> list[ContactEvent]:
        """What was done with suggestions, in order, as far as they may read their sources.

        Raises:
            NotFound: there is no contact that they may see.
        """
        with self._store.read() as connection:
            contact = seen(connection, key, reach)
            done = _acts(connection, contact)
        return [one for one in done if reach.told.issuperset(one.audiences)]

    def _locked(self, connection: Connection, key: str, reach: ContactReach) -> Contact:
        """The contact as it is once nobody else is changing it."""
        mine = contacts.c.key == key
        connection.execute(update(contacts).where(mine).values(last_event=contacts.c.last_event))
        return fed(connection, key, reach)


def _audiences(body: Body, reach: ContactReach) -> list[str]:
    return list(body.get(AUDIENCES) or sorted(reach.told))


def _body(connection: Connection, contact: int) -> Body:
    told = contact_events.c
    mine = (told.contact_id == contact) & (told.kind == "suggestions")
    body = connection.execute(select(told.body).where(mine)).scalar_one_or_none()
    return json.loads(body) if body else {}


def _amend(connection: Connection, contact: int, body: Body) -> None:
    told = contact_events.c
    mine = (told.contact_id == contact) & (told.kind == "suggestions")
    kept = json.dumps(body, ensure_ascii=False)
    connection.execute(update(contact_events).where(mine).values(body=kept))


def _acts(connection: Connection, contact: Contact) -> list[ContactEvent]:
    told = contact_events.c
    mine = (told.contact_id == contact.number) & (told.kind == "act")
    query = select(told.number, told.at, told.body).where(mine).order_by(told.number)
    done = connection.execute(query)
    return [ContactEvent(n, "act", at, None, json.loads(body)) for n, at, body in done if body]


def _cited(act: Act, done: Sequence[ContactEvent], *bodies: Body) -> list[Body]:
    """The sources of a suggestion that nothing was done with before."""
    if not act.suggestion or any(e.body.get("suggestion") == act.suggestion for e in done):
        return []
    for one in (one for body in bodies for one in body.get("suggestions", ())):
        if one["key"] == act.suggestion:
            return [{name: c[name] for name in CITED} for c in one["statement"]["citations"]]
    return []


def _add_act(
    connection: Connection,
    contact: Contact,
    act: Act,
    audiences: list[str],
    cited: list[Body],
    now: str,
) -> None:
    told = contact_events.c
    mine = (told.contact_id == contact.number) & (told.kind == "act")
    count = connection.execute(select(func.count()).where(mine)).scalar_one()
    if count >= MAX_ACTS:
        raise WrongState(because("contact-acts-full", key=contact.key, limit=MAX_ACTS))
    body: dict[str, Any] = {"act": act.kind, AUDIENCES: audiences}
    if act.suggestion:
        body["suggestion"] = act.suggestion
    if cited:
        body[KEPT] = {"cited": cited}
    rows.add_event(connection, contact.number, "act", now, body=body)
