"""How often signing in may fail before it has to wait: by name and by address.

A few failures are free, then each waits twice as long as the one before, up to a limit. Rows are
kept in the register, so that a restart forgives nothing. Called before and after the password is
looked at; names and addresses are kept as hashes only.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from knowledge.errors import TooManyTries
from knowledge.identity.accounts_schema import sign_in_failures
from knowledge.times import stamp


@dataclass(frozen=True)
class Limit:
    """How failures of one name or one address are answered.

    Attributes:
        free: failures without a wait.
        first_wait_s: seconds to wait after the first that is not free; then doubling.
        longest_wait_s: no wait is longer.
        forget_s: seconds without a failure after which all are forgotten.
    """

    free: int
    first_wait_s: int
    longest_wait_s: int
    forget_s: int

    def wait_s(self, failures: int) -> int:
        """Seconds to wait after so many failures in a row.

        >>> [NAME.wait_s(n) for n in (4, 5, 6, 7, 99)]
        [0, 30, 60, 120, 900]
        """
        if failures < self.free:
            return 0
        doublings = min(failures - self.free, 32)
        return min(self.first_wait_s << doublings, self.longest_wait_s)


NAME = Limit(free=5, first_wait_s=30, longest_wait_s=900, forget_s=3600)
"""At most 10 tries reach a password within 15 minutes."""

ADDRESS = Limit(free=20, first_wait_s=10, longest_wait_s=300, forget_s=900)
"""At most 30 within 5 minutes. Wider than for a name: a whole centre may share one address."""


def subject_of(kind: str, value: str) -> str:
    """The row of a name or an address; the value cannot be read back from it."""
    return hashlib.sha256(f"{kind}:{value}".encode("utf-8", "surrogatepass")).hexdigest()


def check(connection: Connection, subject: str, now: datetime) -> None:
    """Let a try pass.

    Raises:
        TooManyTries: it has to wait.
    """
    columns = sign_in_failures.c
    blocked = connection.scalar(
        select(columns.blocked_until).where(columns.subject == subject).with_for_update()
    )
    left = (datetime.fromisoformat(blocked) - now).total_seconds() if blocked else 0
    if left > 0:
        raise TooManyTries(int(left) + 1)


def count(connection: Connection, subject: str, limit: Limit, now: datetime) -> None:
    """Add one failure, and the wait that follows from it."""
    columns = sign_in_failures.c
    forgotten = stamp(now - timedelta(seconds=limit.forget_s))
    row = connection.execute(
        select(columns.failures, columns.last_at)
        .where(columns.subject == subject)
        .with_for_update()
    ).one_or_none()
    failures = 1 if row is None or row.last_at < forgotten else row.failures + 1
    values = {
        "failures": failures,
        "last_at": stamp(now),
        "blocked_until": stamp(now + timedelta(seconds=limit.wait_s(failures))),
    }
    if row is None:
        try:
            with connection.begin_nested():
                connection.execute(insert(sign_in_failures).values(subject=subject, **values))
        except IntegrityError:  # another server counted the first failure at the same moment
            count(connection, subject, limit, now)
        return
    connection.execute(update(sign_in_failures).where(columns.subject == subject).values(**values))


def forget(connection: Connection, subject: str, now: datetime) -> None:
    """Forget the failures of one name or address, and all that are old."""
    columns = sign_in_failures.c
    old = stamp(now - timedelta(seconds=max(NAME.forget_s, ADDRESS.forget_s)))
    connection.execute(
        delete(sign_in_failures).where((columns.subject == subject) | (columns.last_at < old))
    )
