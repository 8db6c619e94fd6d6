"""What became of contacts and of what was promised in them, in the register's tables.

Outcomes of saved summaries, questions to the company, promises and complaints: what measures are
counted from, within the caller's transaction. Contacts are named by the register's numbers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from knowledge.commitments.commitment_schema import commitment_steps, commitments
from knowledge.commitments.models import OUTCOMES, Kind, State
from knowledge.contacts.contact_schema import contact_events, contacts
from knowledge.escalations.escalation_schema import escalations
from knowledge.themes.measure_rows import opened_within


@dataclass(frozen=True)
class Owed:
    """A promise or complaint that was due, without its words.

    Attributes:
        due: the last day, at the company.
        state: how it stands.
        settled_at: when it was settled; `None`: it is not.
    """

    due: date
    state: State
    settled_at: datetime | None


def owed(
    connection: Connection, kind: Kind, first: date, last: date, labels: frozenset[str]
) -> list[Owed]:
    """Promises or complaints of some audiences that were due in some days, oldest first.

    What turned out to be none is left out.
    """
    columns, steps = commitments.c, commitment_steps.c
    settled = (
        select(steps.commitment_id, func.max(steps.at).label("at"))
        .where(steps.kind.in_(OUTCOMES))
        .group_by(steps.commitment_id)
        .subquery()
    )
    query = (
        select(columns.due, columns.state, settled.c.at)
        .outerjoin(settled, settled.c.commitment_id == columns.id)
        .where(
            columns.kind == kind,
            columns.state != "discarded",
            columns.due.between(first.isoformat(), last.isoformat()),
            columns.audience.in_(sorted(labels)),
        )
        .order_by(columns.due, columns.id)
    )
    return [
        Owed(date.fromisoformat(due), state, datetime.fromisoformat(at) if at else None)
        for due, state, at in connection.execute(query)
    ]


def outcomes(
    connection: Connection, first: date, last: date, labels: frozenset[str], time_zone: str
) -> dict[int, str]:
    """How contacts that were opened in some days ended, as their newest summary says.

    Those without a saved summary, or whose words are gone, are left out.
    """
    told = contact_events.c
    query = (
        select(told.contact_id, told.body)
        .join(contacts, told.contact_id == contacts.c.id)
        .where(
            *opened_within(first, last, labels, time_zone),
            told.kind == "summary",
            told.body.is_not(None),
        )
        .order_by(told.contact_id, told.number)
    )
    return {
        contact: json.loads(body)["summary"]["outcome"]
        for contact, body in connection.execute(query)
    }


def escalated(
    connection: Connection, first: date, last: date, labels: frozenset[str], time_zone: str
) -> frozenset[int]:
    """Contacts that were opened in some days and in which the company was asked.

    A question that was taken back does not count.
    """
    query = (
        select(escalations.c.contact_id)
        .join(contacts, escalations.c.contact_id == contacts.c.id)
        .where(*opened_within(first, last, labels, time_zone), escalations.c.state != "withdrawn")
        .distinct()
    )
    return frozenset(connection.execute(query).scalars())
