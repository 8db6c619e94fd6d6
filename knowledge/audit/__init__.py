"""The audit trail: who saw, changed, approved or exported what, and when.

Entries are only ever added, each with the hash of the one before it (`knowledge.audit.rows`): of a
change in its own transaction, of what is read beside the reading (`knowledge.audit.views`). How
far the trail went is also written to a file beside the register (`knowledge.audit.head`), and
`verify` compares both (`knowledge.audit.check`).

Without a key that is kept elsewhere, whoever can write both the table and the head file can write
another history; the head that `verify` prints, or the log has, is what to keep elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from knowledge.audit import head as audit_head
from knowledge.audit.check import AuditReport, Damage, verify
from knowledge.audit.event import ACTIONS, Action, Event, local_actor
from knowledge.audit.rows import GENESIS, Entry, Head, append, events, latest

if TYPE_CHECKING:
    from knowledge.database.connection import Database

__all__ = [
    "ACTIONS",
    "GENESIS",
    "Action",
    "AuditReport",
    "Damage",
    "Entry",
    "Event",
    "Head",
    "append",
    "audited",
    "events",
    "latest",
    "local_actor",
    "verify",
]


@contextmanager
def audited(database: Database, head_path: Path) -> Iterator[Connection]:
    """A write transaction for a change and its entries; then the head file is brought up to date.

    ::

        with audited(database, settings.audit_head_path) as connection:
            ...                                # the change
            append(connection, Event("ana", "source.published", "source:12"))

    Args:
        database: the register, for writing.
        head_path: the head file.

    Raises:
        StorageFull: nothing is stored, neither the change nor its entry.
        RegisterLocked: another process is writing for too long.
    """
    with database.write() as connection:
        audit_head.begin(connection, head_path)
        yield connection
    audit_head.keep(database, head_path)
