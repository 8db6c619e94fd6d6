"""Questions written down beside the answering: it never waits for this, nor fails with it.

Each is entered in the audit trail too: who was shown an answer, and from which versions.

What is heard goes into a bounded queue; a thread writes it, many at a time. So a process that is
killed loses what it heard in its last second, and when the disk is full or the register busy for
long, questions are not written down; a WARNING says how many. No question's words get into the log.
"""

from __future__ import annotations

import logging
import queue
import threading
import time

from sqlalchemy import Connection

from knowledge.audit import Event, append
from knowledge.audit.event import MAX_LIST_ITEMS
from knowledge.errors import RegisterError, RegisterLocked
from knowledge.work import question_rows
from knowledge.work.question_rows import Asked
from knowledge.work.questions import Questions
from knowledge.work.topics import Topics
from knowledge.work.work_store import WorkStore

logger = logging.getLogger(__name__)

CAPACITY = 2_000
"""Questions that may wait; at 50 a second, those of 40 seconds."""
GATHER_S = 0.5
BATCH = 200
FIRST_PURGE_S = 60
"""After the start, so that a command that asks one question does not purge."""
PURGE_EVERY_S = 6 * 3600
_ATTEMPTS = 3
_RETRY_AFTER_S = 2.0


class QuestionLog:
    """Writes questions down in the background, and lets go of those whose time is over.

    Args:
        store: where; closed with the log.
        capacity: questions that may wait to be written.
    """

    def __init__(self, store: WorkStore, *, capacity: int = CAPACITY) -> None:
        self._store = store
        self._waiting: queue.Queue[Asked | None] = queue.Queue(capacity)
        self._topics = Topics()
        self._lost = 0
        self._purge_at = time.monotonic() + FIRST_PURGE_S
        self._thread = threading.Thread(target=self._run, name="question-log", daemon=True)
        self._thread.start()

    def heard(self, asked: Asked) -> None:
        """Note a question that was answered; returns at once, whatever happens to it."""
        try:
            self._waiting.put_nowait(asked)
        except queue.Full:
            self._lost += 1

    def close(self, timeout_s: float = 5.0) -> None:
        """Write what waits, if that takes no longer than the time given, and stop."""
        try:
            self._waiting.put(None, timeout=timeout_s)
            self._thread.join(timeout_s)
        except queue.Full:
            self._lost += self._waiting.qsize()
        if self._thread.is_alive():
            logger.warning("questions are still being written down; the last ones may be lost")
            return
        self._store.close()

    def _run(self) -> None:
        closing = False
        while not closing:
            batch, closing = self._gather()
            if batch:
                self._write(batch)
            if time.monotonic() >= self._purge_at:
                self._purge_at = time.monotonic() + PURGE_EVERY_S
                self._purge()
            self._tell_lost()

    def _gather(self) -> tuple[list[Asked], bool]:
        """What waits, a little later than its first; and whether that was the last."""
        batch: list[Asked] = []
        until = self._purge_at
        while len(batch) < BATCH:
            try:
                asked = self._waiting.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                break
            if asked is None:
                return batch, True
            if not batch:
                until = time.monotonic() + GATHER_S
            batch.append(asked)
        return batch, False

    def _write(self, batch: list[Asked]) -> None:
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                self._add(batch)
            except RegisterLocked:
                if attempt < _ATTEMPTS:
                    time.sleep(_RETRY_AFTER_S)
                    continue
                logger.warning("the register is busy", exc_info=True)
            except RegisterError:
                logger.warning("questions cannot be written down", exc_info=True)
            except Exception:
                logger.exception("questions cannot be written down")
            else:
                return
            break
        self._lost += len(batch)
        self._topics = Topics()  # what it took in was not committed

    def _add(self, batch: list[Asked]) -> None:
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
        except Exception:
            logger.exception("questions whose time is over could not be let go")

    def _tell_lost(self) -> None:
        lost, self._lost = self._lost, 0
        if lost:
            logger.warning("%d questions were not written down", lost)


def _shown(account: str, question: int, connection: Connection) -> Event:
    """The entry of the audit trail: who was shown an answer, from which versions."""
    versions = question_rows.cited_versions(connection, question)[:MAX_LIST_ITEMS]
    return Event(account, "answer.shown", f"question:{question}", {"versions": tuple(versions)})
