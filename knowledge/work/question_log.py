"""Questions written down beside the answering: it never waits for this, nor fails with it.

Each is entered in the audit trail too: who was shown an answer, and from which versions. What may
be lost, and how that is told, says `knowledge.database.write_behind`.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from sqlalchemy import Connection

from knowledge.audit import Event, append
from knowledge.audit.event import MAX_LIST_ITEMS
from knowledge.contacts.contacts import Contacts
from knowledge.database.write_behind import CAPACITY, Chore, WriteBehind
from knowledge.escalations import unanswered
from knowledge.work import question_rows
from knowledge.work.question_rows import Asked
from knowledge.work.questions import Questions
from knowledge.work.topics import Topics
from knowledge.work.work_store import WorkStore

logger = logging.getLogger(__name__)

FIRST_PURGE_S = 60
"""After the start, so that a command that asks one question does not purge."""
PURGE_EVERY_S = 6 * 3600


class QuestionLog:
    """Writes questions down in the background, and lets go of those whose time is over.

    Args:
        store: where; closed with the log.
        capacity: questions that may wait to be written.
    """

    def __init__(self, store: WorkStore, *, capacity: int = CAPACITY) -> None:
        self._store = store
        self._topics = Topics()
        purge = Chore(self._purge, FIRST_PURGE_S, PURGE_EVERY_S)
        self._behind = WriteBehind(self._write, "questions", capacity=capacity, chore=purge)

    def heard(self, asked: Asked) -> None:
        """Note a question that was answered; returns at once, whatever happens to it."""
        self._behind.put(asked)

    def close(self, timeout_s: float = 5.0) -> None:
        """Write what waits, if that takes no longer than the time given, and stop."""
        if self._behind.close(timeout_s):
            self._store.close()

    def _write(self, batch: Sequence[Asked]) -> None:
        try:
            self._add(batch)
        except BaseException:
            self._topics = Topics()  # what it took in was not committed
            raise

    def _add(self, batch: Sequence[Asked]) -> None:
        store = self._store
        words = store.question_days > 0
        with store.change() as connection:
            self._topics.follow(connection)
            for asked in batch:
                topic = None
                if words and asked.meaning is not None:
                    topic = self._topics.assign(connection, asked.meaning)
                day = store.day_of(asked.at)
                number = question_rows.add(connection, asked, day, topic, words=words)
                append(connection, _shown(asked.account, number, connection))

    def _purge(self) -> None:
        try:
            Questions(self._store).purge()
            Contacts(self._store).purge()
            unanswered.purge(self._store)
        except Exception:
            logger.exception("questions and contacts whose time is over could not be let go")


def _shown(account: str, question: int, connection: Connection) -> Event:
    """The entry of the audit trail: who was shown an answer, from which versions."""
    versions = question_rows.cited_versions(connection, question)[:MAX_LIST_ITEMS]
    return Event(account, "answer.shown", f"question:{question}", {"versions": tuple(versions)})
