"""Entries of the audit trail in their table, within the caller's transaction.

Every entry carries the hash of the one before it, so that none can be changed, left out, added or
moved without breaking the chain from there on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, insert, inspect, select

from knowledge.audit.event import Detail, Event
from knowledge.audit.schema import audit
from knowledge.errors import RegisterError
from knowledge.times import utc_now
from knowledge.validity import moment

GENESIS = "0" * 64
"""What the first entry has for the hash of the one before it."""

HASHED = ("at", "actor", "action", "object", "details", "previous")
"""Columns under the hash. ``id`` is not: the chain itself says which place an entry has, and so
an entry that was moved is known as one."""

_POSTGRESQL_LOCK = 0x766F7A_61756469
"""Any number that nothing else locks in this database: ``voz`` ``audi`` in ASCII."""


@dataclass(frozen=True)
class Head:
    """How far the trail went at some moment.

    Attributes:
        count: number of entries.
        hash: hex SHA-256 of the last one; `GENESIS` before the first.
    """

    count: int
    hash: str


@dataclass(frozen=True)
class Entry:
    """An event that was entered.

    Attributes:
        id: its place, from 1.
        at: when it was entered, UTC.
        details: lists come back as lists.
        previous: hash of the entry before; `GENESIS` for the first.
        hash: hex SHA-256 of this one, see `digest`.
    """

    id: int
    at: datetime
    actor: str
    action: str
    object: str
    details: Mapping[str, Detail]
    previous: str
    hash: str


def digest(row: Mapping[str, Any]) -> str | None:
    """The hash that a row must have: hex SHA-256 of its `HASHED` columns as canonical JSON.

    Canonical: keys in order, no spaces, nothing escaped that need not be, UTF-8. ``details`` is
    hashed as the text that is stored. `None` when a column is no text, as no entry ever was.
    """
    values = {name: row[name] for name in HASHED}
    if not all(isinstance(value, str) for value in values.values()):
        return None
    return hashlib.sha256(canonical(values).encode("utf-8", "surrogatepass")).hexdigest()


def canonical(value: Mapping[str, Any]) -> str:
    """The one way to write this as JSON."""
    return json.dumps(dict(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def append(connection: Connection, event: Event, *, now: datetime | None = None) -> Entry:
    """Enter an event after the last entry.

    Call it inside the write transaction of the change that it tells of: both are stored, or
    neither. SQLite's write transactions (``BEGIN IMMEDIATE``) exclude each other; on PostgreSQL a
    lock is held from here to the end of the transaction.

    Args:
        connection: in a write transaction.
        event: who did what to what.
        now: when; `None` means this moment.

    Raises:
        ValueError: ``now`` has no time zone.
    """
    at = now or utc_now()
    entered = moment(at)
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_POSTGRESQL_LOCK)))
    last = head(connection)
    row = {
        "id": last.count + 1,
        "at": entered,
        "actor": event.actor,
        "action": event.action,
        "object": event.object,
        "details": canonical(event.details),
        "previous": last.hash,
    }
    row["hash"] = digest(row)
    connection.execute(insert(audit).values(row))
    return _entry(row)


def exists(connection: Connection) -> bool:
    """Whether there is the table: a register that is only read may be of an earlier version."""
    return inspect(connection).has_table(audit.name)


def head(connection: Connection) -> Head:
    """The last entry's place and hash."""
    last = select(audit.c.id, audit.c.hash).order_by(audit.c.id.desc()).limit(1)
    row = connection.execute(last).one_or_none()
    return Head(*row) if row else Head(0, GENESIS)


def hash_at(connection: Connection, count: int) -> str | None:
    """The hash of the entry at a place; `GENESIS` for 0; `None` when there is no such entry."""
    if count == 0:
        return GENESIS
    found: str | None = connection.execute(
        select(audit.c.hash).where(audit.c.id == count)
    ).scalar_one_or_none()
    return found


def events(
    connection: Connection,
    *,
    after: int = 0,
    limit: int,
    actor: str | None = None,
    action: str | None = None,
    since: datetime | None = None,
) -> list[Entry]:
    """The entries that follow a place, in order.

    Args:
        connection: in any transaction.
        after: place of the last entry already seen; 0 begins at the first.
        limit: at most so many.
        actor: only what this account did.
        action: only this.
        since: only what was entered at this time or later.

    Raises:
        RegisterError: an entry cannot be read; `knowledge.audit.check.verify` tells what it is.
    """
    query = _chosen(actor, action, since).where(audit.c.id > after).order_by(audit.c.id)
    return [_entry(row) for row in connection.execute(query.limit(limit)).mappings()]


def latest(
    connection: Connection,
    *,
    limit: int,
    actor: str | None = None,
    action: str | None = None,
    since: datetime | None = None,
) -> list[Entry]:
    """The last of the entries that `events` would give, in the same order."""
    query = _chosen(actor, action, since).order_by(audit.c.id.desc())
    rows = connection.execute(query.limit(limit)).mappings().all()
    return [_entry(row) for row in reversed(rows)]


def _chosen(actor: str | None, action: str | None, since: datetime | None) -> Select[Any]:
    query = select(audit)
    if actor is not None:
        query = query.where(audit.c.actor == actor)
    if action is not None:
        query = query.where(audit.c.action == action)
    if since is not None:
        query = query.where(audit.c.at >= moment(since))
    return query


def _entry(row: RowMapping | Mapping[str, Any]) -> Entry:
    fields = dict(row)
    try:
        fields["at"] = datetime.fromisoformat(fields["at"])
        fields["details"] = json.loads(fields["details"])
    except (TypeError, ValueError) as error:
        raise RegisterError(
            f"entry {fields['id']} of the audit trail cannot be read ({error}): "
            "run `voz audit verify`"
        ) from error
    return Entry(**fields)
