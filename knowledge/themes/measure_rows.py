"""What measures are counted from, in the register's tables, within the caller's transaction."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Connection, func, select

from knowledge.contacts.contact_schema import contacts
from knowledge.themes.scope import Scope
from knowledge.themes.theme_schema import contact_needs
from knowledge.validity import moment, zone
from knowledge.work.work_schema import questions


@dataclass(frozen=True)
class ContactRow:
    """A contact as measures take it; without its agent, for nobody is measured alone.

    Attributes:
        number: the register's.
        audience: its label.
        opened_at: when it was brought in.
        ended_at: when it ended; `None`: it goes on.
        erased_at: when its words were let go; `None`: they are there.
    """

    number: int
    audience: str
    opened_at: datetime
    ended_at: datetime | None
    erased_at: datetime | None


def opened(
    connection: Connection, first: date, last: date, labels: frozenset[str], time_zone: str
) -> list[ContactRow]:
    """Contacts that were opened in some days, oldest first."""
    columns = contacts.c
    query = (
        select(columns.id, columns.audience, columns.opened_at, columns.ended_at, columns.erased_at)
        .where(*opened_within(first, last, labels, time_zone))
        .order_by(columns.id)
    )
    return [
        ContactRow(number, audience, datetime.fromisoformat(at), _moment(end), _moment(erased))
        for number, audience, at, end, erased in connection.execute(query)
    ]


def customers(
    connection: Connection, first: date, last: date, labels: frozenset[str], time_zone: str
) -> dict[int, str]:
    """Whose contacts they are, by the customer system's reference; where it is not known: not."""
    query = select(contacts.c.id, contacts.c.customer).where(
        *opened_within(first, last, labels, time_zone), contacts.c.customer.is_not(None)
    )
    return {row.id: row.customer for row in connection.execute(query)}


def opened_within(
    first: date, last: date, labels: frozenset[str], time_zone: str
) -> list[ColumnElement[bool]]:
    """Conditions on ``contacts``: opened in some days at the company, of some audiences."""
    here = zone(time_zone)
    began, ended = (
        moment(datetime.combine(day, time(), here)) for day in (first, last + timedelta(days=1))
    )
    columns = contacts.c
    return [
        columns.audience.in_(sorted(labels)),
        columns.opened_at >= began,
        columns.opened_at < ended,
    ]


def verdicts(connection: Connection, scope: Scope) -> dict[str, dict[str, int]]:
    """How needs and questions were answered, by audience label or asker key."""
    found: dict[str, Counter[str]] = {}
    needed = contact_needs.c
    asked = questions.c
    for query in (
        select(needed.audience, needed.verdict, func.count())
        .where(*scope.needs())
        .group_by(needed.audience, needed.verdict),
        select(asked.audience, asked.verdict, func.count())
        .where(*scope.questions())
        .group_by(asked.audience, asked.verdict),
    ):
        for audience, verdict, count in connection.execute(query):
            found.setdefault(audience, Counter())[verdict] += count
    return {audience: dict(counts) for audience, counts in found.items()}


def topics_of(connection: Connection, scope: Scope) -> dict[int, frozenset[int]]:
    """The themes of each contact that has any."""
    query = (
        select(contact_needs.c.contact_id, contact_needs.c.topic_id)
        .where(*scope.needs(), contact_needs.c.topic_id.is_not(None))
        .distinct()
    )
    found: dict[int, set[int]] = {}
    for contact, topic in connection.execute(query):
        found.setdefault(contact, set()).add(topic)
    return {contact: frozenset(some) for contact, some in found.items()}


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text is not None else None
