"""Contacts, turns and events in the register's tables, within the caller's transaction."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    delete,
    insert,
    select,
    update,
)

from knowledge.contacts.contact_checks import MAX_TURNS
from knowledge.contacts.contact_schema import (
    contact_events,
    contact_transfers,
    contact_turns,
    contacts,
    earlier_turns,
)
from knowledge.contacts.models import (
    Added,
    Contact,
    ContactEvent,
    EventKind,
    NewContact,
    NewTurn,
    State,
    Turn,
    outcome_of,
)
from knowledge.errors import WrongState
from knowledge.escalations.escalation_schema import escalations
from knowledge.outbox import outbox_rows
from knowledge.refusals import because
from knowledge.reviews import review_rows
from knowledge.themes import need_rows
from knowledge.validity import moment
from knowledge.work.topics import drop_unspoken

_KEY_BYTES = 12


def add(connection: Connection, new: NewContact, made_by: str, audience: str, now: str) -> Contact:
    """Open a contact."""
    key = secrets.token_hex(_KEY_BYTES)
    connection.execute(
        insert(contacts).values(
            key=key,
            channel=new.channel,
            reference=new.reference,
            made_by=made_by,
            agent=new.agent,
            audience=audience,
            state="open",
            opened_at=now,
            changed_at=now,
            turn_count=0,
            last_event=0,
        )
    )
    return found(connection, contacts.c.key == key)[0]


def found(
    connection: Connection, condition: ColumnElement[bool], *, limit: int | None = 1
) -> list[Contact]:
    """Contacts that fit, newest first."""
    query = select(contacts).where(condition).order_by(contacts.c.id.desc()).limit(limit)
    return [_contact(row) for row in connection.execute(query).mappings()]


def put_turn(connection: Connection, contact: Contact, new: NewTurn, now: str) -> Added:
    """Add a turn, replace or correct it, or leave it; what became of it.

    Args:
        connection: in a write transaction.
        contact: as it was when the transaction began; only its limits and state are read.
        new: checked.
        now: this moment.

    Raises:
        WrongState: the contact has ended, or is full, and this would change it.
    """
    row = _turn_row(connection, contact.number, new.utterance)
    kept = _turn(row) if row is not None else None
    before = _said_before(connection, row["id"]) if row is not None else frozenset()
    outcome = outcome_of(kept, before, new)
    if row is not None and outcome == "known":
        event = _event_of_turn(connection, contact.number, row["number"])
        return Added(new.utterance, row["number"], outcome, event)
    if contact.state != "open":
        raise WrongState(because("contact-ended", key=contact.key))
    if row is None:
        number = _add_turn(connection, contact, new, now)
    else:
        number = row["number"]
        _change_turn(connection, row, new, now, corrected=outcome == "corrected")
    forget_event = (contact_events.c.contact_id == contact.number) & (
        contact_events.c.turn == number
    )
    connection.execute(delete(contact_events).where(forget_event))
    event = add_event(connection, contact.number, "turn", now, turn=number)
    return Added(new.utterance, number, outcome, event)


def add_event(
    connection: Connection,
    contact: int,
    kind: EventKind,
    now: str,
    *,
    turn: int | None = None,
    body: Mapping[str, Any] | None = None,
) -> int:
    """Tell whoever follows the contact of something; the event's number."""
    counted = (
        update(contacts)
        .where(contacts.c.id == contact)
        .values(last_event=contacts.c.last_event + 1, changed_at=now)
        .returning(contacts.c.last_event)
    )
    number: int = connection.execute(counted).scalar_one()
    connection.execute(
        insert(contact_events).values(
            contact_id=contact,
            number=number,
            kind=kind,
            turn=turn,
            body=json.dumps(body, ensure_ascii=False) if body else None,
            at=now,
        )
    )
    return number


def replace_event(
    connection: Connection, contact: int, kind: EventKind, body: Mapping[str, Any], now: str
) -> int:
    """Tell what takes the place of what was told of this kind before; the event's number."""
    told = contact_events.c
    before = (told.contact_id == contact) & (told.kind == kind)
    connection.execute(delete(contact_events).where(before))
    return add_event(connection, contact, kind, now, body=body)


def turns(connection: Connection, contact: int, *, after: int, limit: int) -> list[Turn]:
    """The turns that follow one, in order, with what they were before."""
    query = (
        select(contact_turns)
        .where(contact_turns.c.contact_id == contact, contact_turns.c.number > after)
        .order_by(contact_turns.c.number)
        .limit(limit)
    )
    rows = connection.execute(query).mappings().all()
    return _with_earlier(connection, rows)


def events(connection: Connection, contact: int, *, after: int, limit: int) -> list[ContactEvent]:
    """The events that follow one, in order; of a turn, as it is now."""
    of_turn = (contact_turns.c.contact_id == contact_events.c.contact_id) & (
        contact_turns.c.number == contact_events.c.turn
    )
    told = contact_events.c
    query = (
        select(told.number.label("event"), told.kind, told.body, told.at.label("told_at"))
        .add_columns(*contact_turns.c)
        .select_from(contact_events.outerjoin(contact_turns, of_turn))
        .where(told.contact_id == contact, told.number > after)
        .order_by(told.number)
        .limit(limit)
    )
    rows = connection.execute(query).mappings().all()
    of_turns = [row for row in rows if row["id"] is not None]
    known = {turn.number: turn for turn in _with_earlier(connection, of_turns)}
    return [
        ContactEvent(
            row["event"],
            row["kind"],
            row["told_at"],
            known[row["number"]] if row["id"] is not None else None,
            json.loads(row["body"]) if row["body"] else {},
        )
        for row in rows
    ]


def end(connection: Connection, contact: int, now: str) -> None:
    """Let a contact be over."""
    ended: State = "ended"
    values = {"state": ended, "ended_at": now}
    connection.execute(update(contacts).where(contacts.c.id == contact).values(values))
    add_event(connection, contact, "ended", now)


def forget(connection: Connection, numbers: Iterable[int], now: str) -> None:
    """Take the words of contacts away, whose they were, and what their makers call them."""
    for number in numbers:
        own = contact_turns.c.contact_id == number
        ids = select(contact_turns.c.id).where(own)
        connection.execute(delete(earlier_turns).where(earlier_turns.c.turn_id.in_(ids)))
        connection.execute(update(contact_turns).where(own).values(text=None, utterance=None))
        asked = escalations.c.contact_id == number
        words = {"question": None, "need": None, "answer": None}
        connection.execute(update(escalations).where(asked).values(words))
        told = contact_events.c.contact_id == number
        connection.execute(update(contact_events).where(told).values(body=None))
        _forget_transfers(connection, number, now)
        outbox_rows.forget(connection, number, now)
        one = contacts.c.id == number
        connection.execute(
            update(contacts)
            .where(one)
            .values(reference=None, agent=None, customer=None, state="ended", erased_at=now)
        )
        still_open = one & contacts.c.ended_at.is_(None)
        connection.execute(update(contacts).where(still_open).values(ended_at=now))
        need_rows.forget(connection, number)
        review_rows.forget(connection, number)
    drop_unspoken(connection)


def _forget_transfers(connection: Connection, contact: int, now: str) -> None:
    own = contact_transfers.c.contact_id == contact
    still_open = own & (contact_transfers.c.state == "offered")
    over = {"state": "withdrawn", "decided_at": now}
    connection.execute(update(contact_transfers).where(still_open).values(over))
    names = ("offered_by", "from_agent", "to_agent", "note", "decided_by", "reason")
    values = dict.fromkeys(names)
    connection.execute(update(contact_transfers).where(own).values(values))


def _add_turn(connection: Connection, contact: Contact, new: NewTurn, now: str) -> int:
    counted = (
        update(contacts)
        .where(contacts.c.id == contact.number)
        .values(turn_count=contacts.c.turn_count + 1)
        .returning(contacts.c.turn_count)
    )
    number: int = connection.execute(counted).scalar_one()
    if number > MAX_TURNS:
        raise WrongState(because("contact-full", key=contact.key, limit=MAX_TURNS))
    connection.execute(
        insert(contact_turns).values(
            contact_id=contact.number,
            number=number,
            utterance=new.utterance,
            speaker=new.speaker,
            text=new.text,
            final=new.final,
            at=moment(new.at) if new.at is not None else now,
            changed_at=now,
        )
    )
    return number


def _change_turn(
    connection: Connection, row: RowMapping, new: NewTurn, now: str, *, corrected: bool
) -> None:
    if corrected:
        was = {"speaker": row["speaker"], "text": row["text"], "until": now}
        connection.execute(insert(earlier_turns).values(turn_id=row["id"], **was))
    values = {"speaker": new.speaker, "text": new.text, "final": new.final, "changed_at": now}
    connection.execute(update(contact_turns).where(contact_turns.c.id == row["id"]).values(values))


def _turn_row(connection: Connection, contact: int, utterance: str) -> RowMapping | None:
    own = (contact_turns.c.contact_id == contact) & (contact_turns.c.utterance == utterance)
    return connection.execute(select(contact_turns).where(own)).mappings().one_or_none()


def _event_of_turn(connection: Connection, contact: int, turn: int) -> int:
    told = contact_events.c
    query = select(told.number).where(told.contact_id == contact, told.turn == turn)
    number: int = connection.execute(query).scalar_one()
    return number


def _said_before(connection: Connection, turn: int) -> frozenset[tuple[str, str]]:
    was = earlier_turns.c
    rows = connection.execute(select(was.speaker, was.text).where(was.turn_id == turn))
    return frozenset((speaker, text) for speaker, text in rows)


def _with_earlier(connection: Connection, rows: Iterable[RowMapping]) -> list[Turn]:
    rows = list(rows)
    was = earlier_turns.c
    ids = [row["id"] for row in rows]
    query = select(was.turn_id, was.text).where(was.turn_id.in_(ids)).order_by(was.id)
    earlier: dict[int, list[str]] = {}
    for turn, text in connection.execute(query) if ids else ():
        earlier.setdefault(turn, []).append(text)
    return [replace(_turn(row), earlier=tuple(earlier.get(row["id"], ()))) for row in rows]


def _turn(row: RowMapping) -> Turn:
    return Turn(
        row["number"], row["utterance"], row["speaker"], row["text"], row["final"], row["at"]
    )


def _contact(row: RowMapping) -> Contact:
    return Contact(
        row["id"],
        row["key"],
        row["channel"],
        row["reference"],
        row["made_by"],
        row["agent"],
        row["audience"],
        row["state"],
        row["opened_at"],
        row["changed_at"],
        row["ended_at"],
        row["erased_at"],
        row["turn_count"],
        row["last_event"],
        row["customer"],
    )
