"""Needs written down beside the hearing: no suggestion waits for it, nor fails with it.

What may be lost, and how that is told, says `knowledge.database.write_behind`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from knowledge.database.write_behind import CAPACITY, WriteBehind
from knowledge.themes import need_rows
from knowledge.themes.need_rows import NeedHeard
from knowledge.work.topics import Topics
from knowledge.work.work_store import WorkStore


class NeedLog:
    """Writes down what customers needed, each under the topic of questions that mean the same.

    Args:
        store: where; it stays open.
        capacity: needs that may wait to be written.
    """

    def __init__(self, store: WorkStore, *, capacity: int = CAPACITY) -> None:
        self._store = store
        self._topics = Topics()
        self._behind = WriteBehind(self._write, "needs of contacts", capacity=capacity)

    def heard(self, need: NeedHeard) -> None:
        """Note what a customer needed; returns at once, whatever happens to it."""
        self._behind.put((need, self._store.clock()))

    def close(self, timeout_s: float = 5.0) -> None:
        """Write what waits, if that takes no longer than the time given, and stop."""
        self._behind.close(timeout_s)

    def _write(self, batch: Sequence[tuple[NeedHeard, datetime]]) -> None:
        try:
            with self._store.database.write() as connection:
                self._topics.follow(connection)
                for need, at in batch:
                    contact = need_rows.open_contact(connection, need.contact)
                    if contact is None:
                        continue  # erased meanwhile
                    topic = None
                    if need.meaning is not None:
                        topic = self._topics.assign(connection, need.meaning)
                    day = self._store.day_of(at)
                    need_rows.put(connection, need, contact, topic, at=at, day=day)
        except BaseException:
            self._topics = Topics()  # what it took in was not committed
            raise
