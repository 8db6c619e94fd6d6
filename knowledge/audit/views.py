"""Who read which version of a source, and saw which customer: entered beside the reading.

The reading never waits for it.

One view is one entry, however much is fetched for it: pictures of its pages, the same text once
more, another passage of it. So who comes back to a version within `SAME_VIEW_S` is still at it.
What may be lost, and how that is told, says `knowledge.database.write_behind`.
"""

from __future__ import annotations

import hashlib
import logging
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from knowledge import source_rows
from knowledge.audit import Event, append, audited
from knowledge.audit.event import MAX_LIST_ITEMS, Detail
from knowledge.database.connection import Database
from knowledge.database.write_behind import CAPACITY, WriteBehind

logger = logging.getLogger(__name__)

SAME_VIEW_S = 600
"""Seconds from an entry within which the same account's looks at the same version are that view."""
_REMEMBERED = 10_000
"""Views of the last `SAME_VIEW_S` that are known again."""


@dataclass(frozen=True)
class View:
    """Somebody reading a version.

    Attributes:
        account: whose.
        source: its name; the entry has the number instead.
        version: number of the version.
        compared: number of the version it was compared with; `None`: with none.
    """

    account: str
    source: str
    version: int
    compared: int | None = None


@dataclass(frozen=True)
class CustomerView:
    """Somebody seeing a customer.

    Attributes:
        account: whose.
        customer: what the company's system knows the customer by.
    """

    account: str
    customer: str


@dataclass(frozen=True)
class CustomerSearch:
    """Somebody seeing the customers that a search found.

    Attributes:
        account: whose.
        by: the kind of what was looked for, as in ``phone``; not what it was.
        customers: as in `CustomerView`.
    """

    account: str
    by: str
    customers: tuple[str, ...]


Seen = View | CustomerView | CustomerSearch

_PLAIN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def customer_id(key: str) -> str:
    """What a customer is called in the trail: their key, or its hash where it is no plain id.

    >>> customer_id("C-1007"), customer_id("ana@example.com")[:15]
    ('C-1007', 'sha256-8e43ca37')
    """
    if _PLAIN_ID.fullmatch(key):
        return key
    return f"sha256-{hashlib.sha256(key.encode()).hexdigest()[:32]}"


def enter(connection: Connection, seen: Seen) -> bool:
    """Enter a view in the trail, within a write transaction; whether its object is still there."""
    if isinstance(seen, View):
        return _enter_source(connection, seen)
    if isinstance(seen, CustomerView):
        number = customer_id(seen.customer)
        append(connection, Event(seen.account, "customer.viewed", f"customer:{number}"))
        return True
    found = tuple(map(customer_id, seen.customers[:MAX_LIST_ITEMS]))
    details: dict[str, Detail] = {"customers": found}
    append(connection, Event(seen.account, "customer.searched", f"search:{seen.by}", details))
    return True


def _enter_source(connection: Connection, view: View) -> bool:
    number = source_rows.source_id(connection, view.source)
    if number is None:
        return False
    details: dict[str, Detail] = {"version": view.version}
    if view.compared is not None:
        details["compared"] = view.compared
    append(connection, Event(view.account, "source.viewed", f"source:{number}", details))
    return True


class ViewLog:
    """Enters views in the audit trail in the background. Threads may share it.

    Args:
        database: the register's.
        head_path: the audit trail's head file.
        capacity: views that may wait to be entered.
        clock: seconds, only ever growing.
    """

    def __init__(
        self,
        database: Database,
        head_path: Path,
        *,
        capacity: int = CAPACITY,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._head_path = head_path
        self._clock = clock
        self._since: OrderedDict[Seen, float] = OrderedDict()
        self._lock = threading.Lock()
        self._behind = WriteBehind(self._write, "views", capacity=capacity)

    def seen(self, view: Seen) -> None:
        """Note that somebody reads or sees something; returns at once, whatever happens to it."""
        if self._begins(view) and not self._behind.put(view):
            with self._lock:  # not entered: the next look is
                self._since.pop(view, None)

    def close(self, timeout_s: float = 5.0) -> None:
        """Enter what waits, if that takes no longer than the time given, and stop."""
        self._behind.close(timeout_s)

    def _begins(self, view: Seen) -> bool:
        """Whether this is a view of its own, and not one that goes on."""
        now = self._clock()
        with self._lock:
            began = self._since.get(view)
            if began is not None and now - began < SAME_VIEW_S:
                return False
            self._since[view] = now
            self._since.move_to_end(view)
            while len(self._since) > _REMEMBERED:
                self._since.popitem(last=False)
        return True

    def _write(self, batch: Sequence[Seen]) -> None:
        with audited(self._database, self._head_path) as connection:
            gone = sum(not enter(connection, view) for view in batch)
        if gone:
            logger.warning("%d views are of sources that were deleted meanwhile", gone)
