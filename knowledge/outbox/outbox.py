"""Messages for another program: put in, taken out one at a time, tried again, given up.

Several processes may send from one register: a message that is being sent is leased, so that it
is sent by one of them, and again by any once the lease is over and nobody noted what came of it.
At least once, then, and always under the same name.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select, true

from knowledge.audit import Event, append
from knowledge.errors import NotFound, WrongState
from knowledge.identity import account_rows
from knowledge.outbox import outbox_rows as rows
from knowledge.outbox.outbox_rows import Message, State
from knowledge.outbox.outbox_schema import outbox
from knowledge.refusals import because
from knowledge.validity import moment
from knowledge.work import notice_rows
from knowledge.work.work_store import WorkStore

LEASE = timedelta(seconds=60)
"""Longer than one attempt may take."""
GIVEN_UP_AFTER = timedelta(days=1)
FIRST_DELAY_S, GROWTH, LONGEST_DELAY_S = 5.0, 3.0, 2 * 3600.0
"""5 s, 15 s, 45 s, ... at most two hours: a day has some 18 attempts."""
JITTER = 0.25
"""Share of a delay by which it is longer or shorter, so that messages spread after an outage."""
SENDER = "voz"
"""Who the audit trail says it was when a message is given up."""
MAX_LISTED = 500


class Outbox:
    """The messages of one register.

    Args:
        store: where they are kept.
        chance: from 0 to 1, for `JITTER`.
    """

    def __init__(self, store: WorkStore, chance: Callable[[], float] = random.random) -> None:
        self._store = store
        self._chance = chance

    def all(self, state: State | None = None, limit: int = 100) -> list[Message]:
        """Messages, newest first."""
        wanted = outbox.c.state == state if state is not None else true()
        with self._store.read() as connection:
            return rows.found(connection, wanted, limit=min(limit, MAX_LISTED))

    def counts(self) -> dict[str, int]:
        """How many messages wait and how many were given up, where there are any."""
        query = (
            select(outbox.c.state, func.count().label("number"))
            .where(outbox.c.state.in_(("waiting", "failed")))
            .group_by(outbox.c.state)
        )
        with self._store.read() as connection:
            return {row.state: row.number for row in connection.execute(query)}

    def take(self) -> Message | None:
        """The message to send now, leased; `None`: none is due."""
        now = self._store.clock()
        with self._store.read() as connection:  # most of the time there is none: write nothing
            if rows.due(connection, moment(now)) is None:
                return None
        with self._store.database.write() as connection:
            message = rows.due(connection, moment(now))
            if message is not None:
                until = moment(now + LEASE)
                tried = message.attempts + 1
                rows.change(connection, message.number, due_at=until, attempts=tried)
        return message

    def sent(self, message: Message) -> None:
        """Note that a message was taken; its words are let go."""
        with self._store.database.write() as connection:
            done = {"state": "sent", "done_at": self._store.now(), "body": None, "trouble": None}
            rows.change(connection, message.number, **done)

    def failed(
        self, message: Message, trouble: str, *, wait_s: float = 0.0, for_good: bool = False
    ) -> bool:
        """Note that a message was not taken; whether it was given up.

        Args:
            message: as it was taken out.
            trouble: what went wrong, a word and a number.
            wait_s: seconds that the receiver asked to be left alone.
            for_good: whether the receiver wants no more.
        """
        now = self._store.clock()
        delay_s = max(wait_s, self._delay_s(message.attempts))
        due = now + timedelta(seconds=min(delay_s, LONGEST_DELAY_S * (1 + JITTER)))
        began = datetime.fromisoformat(message.began_at)
        if not for_good and due < began + GIVEN_UP_AFTER:
            with self._store.database.write() as connection:
                rows.change(connection, message.number, due_at=moment(due), trouble=trouble)
            return False
        with self._store.change() as connection:
            over = {"state": "failed", "trouble": trouble, "done_at": moment(now)}
            rows.change(connection, message.number, **over)
            _tell_administrators(connection, moment(now))
            append(connection, Event(SENDER, "webhook.failed", f"message:{message.message}"))
        return True

    def retry(self, message: str | None, by: str) -> int:
        """Send what was given up once more, for another day; how many that are.

        Args:
            message: name of the one; `None`: all that were given up.
            by: in whose name.

        Raises:
            NotFound: there is none of that name.
            WrongState: it was not given up, or its words are gone.
        """
        with self._store.change() as connection:
            if message is None:
                failed = rows.found(connection, outbox.c.state == "failed", limit=None)
                wanted = [one for one in failed if one.body is not None]
            else:
                wanted = rows.found(connection, outbox.c.message == message)
                _check_given_up(wanted, message)
            now = self._store.now()
            for one in wanted:
                again = {"state": "waiting", "began_at": now, "due_at": now, "attempts": 0}
                rows.change(connection, one.number, done_at=None, **again)
                append(connection, Event(by, "webhook.retried", f"message:{one.message}"))
        return len(wanted)

    def _delay_s(self, attempts: int) -> float:
        """Seconds until the next attempt, after so many before the one that failed."""
        plain = min(FIRST_DELAY_S * GROWTH ** min(attempts, 30), LONGEST_DELAY_S)
        return plain * (1 + JITTER * (2 * self._chance() - 1))


def _check_given_up(found: list[Message], message: str) -> None:
    if not found:
        raise NotFound(because("message-unknown", message=message))
    if found[0].state != "failed" or found[0].body is None:
        raise WrongState(because("message-not-failed", message=message))


def _tell_administrators(connection: Connection, now: str) -> None:
    for account in account_rows.everybody(connection):
        if not account.disabled and any(grant.role == "admin" for grant in account.grants):
            notice_rows.add(connection, account.name, "webhook_failed", now)
