"""A question goes to the next person, and whoever asked is told: within one transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, select

from knowledge import audience_rows
from knowledge.audit import Event, append
from knowledge.contacts import contact_rows
from knowledge.contacts.contact_schema import contacts
from knowledge.escalations import escalation_rows as rows
from knowledge.escalations import topic_rows
from knowledge.escalations.escalation_schema import escalations
from knowledge.escalations.models import CLOCK, Escalation, StepKind
from knowledge.escalations.on_duty import next_on
from knowledge.work import notice_rows
from knowledge.work.work_store import WorkStore

TOLD: frozenset[StepKind] = frozenset(
    {"asked", "sent", "seen", "taken", "passed", "moved", "answered", "withdrawn", "expired"}
)
"""Steps that whoever asked hears of."""


def one(connection: Connection, number: int) -> Escalation:
    """A question by its number, as it is within the transaction."""
    return rows.found(connection, escalations.c.id == number)[0]


def next_person(connection: Connection, asked: Escalation, store: WorkStore) -> str | None:
    """Who is asked next; `None`: nobody is left."""
    left_out = {asked.asked_by, *asked.sent_to}
    return _next(connection, asked.topic, asked.audience, left_out, store)


def first_person(
    connection: Connection, topic: int, audience: str, asker: str, store: WorkStore
) -> str | None:
    """Who would be asked first about a topic; `None`: nobody is on duty."""
    return _next(connection, topic, audience, {asker}, store)


def _next(
    connection: Connection, topic: int, audience: str, left_out: Collection[str], store: WorkStore
) -> str | None:
    tree = audience_rows.tree(connection)

    def able(account: str) -> bool:
        theirs = topic_rows.reader(connection, account, tree)
        reaches = theirs is not None and audience in theirs.reach.answered
        return reaches and not topic_rows.is_off(connection, account)

    now = store.here()
    return next_on(topic_rows.duties_of(connection, topic), now, left_out, able)


def send_on(connection: Connection, asked: Escalation, by: str, store: WorkStore) -> None:
    """Send a question to the next person; where nobody is left, it expires.

    Args:
        connection: in a write transaction.
        asked: the question, as it is now.
        by: who sends it; `CLOCK`: time does.
        store: the register's work, for the time and the hours of duty.
    """
    to = next_person(connection, asked, store)
    if to is not None:
        send_to(connection, asked, to, by, store)
        return
    values = {"state": "expired", "receiver": None}
    rows.step(connection, asked.number, "expired", by, store.now(), values=values)
    append(connection, Event(CLOCK, "escalation.expired", f"escalation:{asked.key}"))


def send_to(connection: Connection, asked: Escalation, to: str, by: str, store: WorkStore) -> None:
    """Send a question to somebody."""
    values = {"state": "waiting", "receiver": to}
    rows.step(connection, asked.number, "sent", by, store.now(), to=to, values=values)


def tell(connection: Connection, number: int, store: WorkStore) -> Escalation:
    """Tell whoever asked how it stands: on the contact while it goes on, else in their inbox.

    Returns:
        The question as it is now.
    """
    asked = one(connection, number)
    contact = _open_contact(connection, asked)
    if contact is not None:
        contact_rows.add_event(connection, contact, "escalation", store.now(), body=told(asked))
    elif asked.state == "answered":
        _notice(connection, asked, "escalation_answered", store)
    elif asked.state == "expired":
        _notice(connection, asked, "escalation_nobody", store)
    return asked


def _notice(
    connection: Connection, asked: Escalation, kind: notice_rows.NoticeKind, store: WorkStore
) -> None:
    notice_rows.add(connection, asked.asked_by, kind, store.now(), escalation=asked.number)


def _open_contact(connection: Connection, asked: Escalation) -> int | None:
    if asked.contact is None:
        return None
    query = select(contacts.c.id).where(contacts.c.key == asked.contact, contacts.c.state == "open")
    number: int | None = connection.execute(query).scalar_one_or_none()
    return number


def told(asked: Escalation) -> Mapping[str, Any]:
    """What whoever asked is told: where it stands, who has it, and the answer.

    The answer is a person's word, which no source is cited for: so it has the person's name, role
    and time, and stands apart from citations.
    """
    return {
        "key": asked.key,
        "state": asked.state,
        "topic": {"number": asked.topic, "name": asked.topic_name},
        "question": asked.question,
        "receiver": _name(asked, asked.receiver),
        "asked_at": asked.asked_at,
        "answer": answer_of(asked),
        "card": asked.card,
        "steps": [
            {
                "kind": step.kind,
                "by": _name(asked, None if step.by == CLOCK else step.by),
                "to": _name(asked, step.to),
                "at": step.at,
            }
            for step in asked.steps
            if step.kind in TOLD
        ],
    }


def answer_of(asked: Escalation) -> Mapping[str, Any] | None:
    """The answer as a person's word; `None`: there is none, or its words are gone."""
    if asked.answer is None:
        return None
    return {
        "by": "person",
        "text": asked.answer,
        "name": _name(asked, asked.answered_by),
        "role": asked.answered_role,
        "at": asked.answered_at,
    }


def _name(asked: Escalation, account: str | None) -> str | None:
    return None if account is None else asked.people.get(account, account)
