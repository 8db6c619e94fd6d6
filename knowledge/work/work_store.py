"""Where the managers' work is kept: the register's database, its clock, and how long words stay.

Its changes are short transactions that wait for one another, so no writer's lock is held: documents
can be taken in and questions answered meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Self

from sqlalchemy import Connection

from knowledge import audience_rows
from knowledge.audience import AudienceTree
from knowledge.audit import audited
from knowledge.database.connection import Database
from knowledge.register import Register
from knowledge.settings import Settings
from knowledge.times import utc_now
from knowledge.validity import day_at, moment, zone


@dataclass(frozen=True)
class WorkStore:
    """What the work lists share.

    Attributes:
        database: the register's.
        time_zone: where the company's days begin.
        audit_head: the audit trail's head file.
        question_days: days for which the words of a question are kept; 0: not at all.
        feedback_days: days for which those of closed feedback are kept; 0: none after it is closed.
        contact_days: days for which those of contacts are kept.
        escalation_minutes: after which a question to the company goes on to the next person.
        clock: the time now, UTC.
    """

    database: Database
    time_zone: str
    audit_head: Path
    question_days: int
    feedback_days: int
    contact_days: int
    escalation_minutes: float
    clock: Callable[[], datetime] = field(default=utc_now, compare=False)

    @classmethod
    def open(cls, settings: Settings, clock: Callable[[], datetime] = utc_now) -> Self:
        """The work of a data folder that has a register.

        Raises:
            RegisterError: there is no register, or it cannot be opened or brought up to date.
        """
        Register.open(settings).close()  # brings an older schema up to date
        return cls(
            Database(settings.register_address, write=False),
            settings.time_zone,
            settings.audit_head_path,
            settings.question_days,
            settings.feedback_days,
            settings.contact_days,
            settings.escalation_minutes,
            clock,
        )

    def close(self) -> None:
        """Close the connections."""
        self.database.close()

    def read(self) -> AbstractContextManager[Connection]:
        """A transaction that sees one committed state."""
        return self.database.read()

    @contextmanager
    def change(self) -> Iterator[Connection]:
        """A write transaction for a change and its entries in the audit trail."""
        with audited(self.database, self.audit_head) as connection:
            yield connection

    def tree(self) -> AudienceTree:
        """All audiences."""
        with self.read() as connection:
            return audience_rows.tree(connection)

    def now(self) -> str:
        """This moment, as the register keeps it."""
        return moment(self.clock())

    def here(self) -> datetime:
        """This moment by the company's clock."""
        return self.clock().astimezone(zone(self.time_zone))

    def today(self) -> date:
        """The day it is at the company."""
        return self.here().date()

    def day_of(self, at: datetime) -> date:
        """The day that a moment is at the company."""
        return day_at(at, self.time_zone)

    def before(self, days: int) -> str:
        """The moment so many days ago, as the register keeps it."""
        return moment(self.clock() - timedelta(days=days))
