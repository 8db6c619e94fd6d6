"""Promises, complaints and their steps in the register, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    and_,
    func,
    insert,
    or_,
    select,
    update,
)

from knowledge.commitments.commitment_schema import (
    commitment_contacts,
    commitment_steps,
    commitments,
)
from knowledge.commitments.keys import new_key
from knowledge.commitments.models import PENDING, Commitment, Recognised, Step, StepKind
from knowledge.contacts.contact_schema import contact_events, contact_turns, contacts
from knowledge.contacts.models import Turn


def add(connection: Connection, values: Mapping[str, Any], now: str) -> Commitment:
    """Keep a new one under a key that no other has."""
    key = new_key()
    while connection.execute(select(commitments.c.id).where(commitments.c.key == key)).first():
        key = new_key()
    row = {"key": key, "opened_at": now, "changed_at": now, "step_count": 0, **values}
    connection.execute(insert(commitments).values(row))
    return found(connection, commitments.c.key == key)[0]


def change(connection: Connection, number: int, values: Mapping[str, Any], now: str) -> None:
    """Change how one stands; what was done is a step, see `add_step`."""
    one = commitments.c.id == number
    connection.execute(update(commitments).where(one).values({**values, "changed_at": now}))


def add_step(
    connection: Connection,
    commitment: int,
    kind: StepKind,
    by: str,
    now: str,
    *,
    text: str = "",
    account: str | None = None,
    due: date | None = None,
    due_at: str | None = None,
) -> None:
    """Enter what was done about one."""
    counted = (
        update(commitments)
        .where(commitments.c.id == commitment)
        .values(step_count=commitments.c.step_count + 1)
        .returning(commitments.c.step_count)
    )
    connection.execute(
        insert(commitment_steps).values(
            commitment_id=commitment,
            number=connection.execute(counted).scalar_one(),
            kind=kind,
            actor=by,
            at=now,
            text=text or None,
            account=account,
            due=due.isoformat() if due else None,
            due_at=due_at,
        )
    )


def found(
    connection: Connection,
    condition: ColumnElement[bool],
    *,
    limit: int | None = None,
    newest: bool = False,
) -> list[Commitment]:
    """Those that fit: what is due first, what has no day before all; or newest first."""
    order = [commitments.c.id.desc()] if newest else [
        commitments.c.due.is_not(None), commitments.c.due, commitments.c.due_at, commitments.c.id
    ]  # fmt: skip
    query = _selected().where(condition).order_by(*order).limit(limit)
    return [_commitment(row) for row in connection.execute(query).mappings()]


def overdue(today: date, now: str) -> ColumnElement[bool]:
    """The condition that one is still owed and its day or moment is past."""
    columns = commitments.c
    past = or_(
        and_(columns.due_at.is_not(None), columns.due_at < now),
        and_(columns.due_at.is_(None), columns.due < today.isoformat()),
    )
    return and_(columns.state.in_(PENDING), past)


def steps(connection: Connection, numbers: Iterable[int]) -> dict[int, list[Step]]:
    """The steps of several, in order, by their numbers."""
    own = commitment_steps.c
    wanted = sorted(numbers)
    kept: dict[int, list[Step]] = {number: [] for number in wanted}
    for start in range(0, len(wanted), _AT_ONCE):
        query = (
            select(commitment_steps)
            .where(own.commitment_id.in_(wanted[start : start + _AT_ONCE]))
            .order_by(own.commitment_id, own.number)
        )
        for row in connection.execute(query).mappings():
            kept[row["commitment_id"]].append(_step(row))
    return kept


def counts(
    connection: Connection, condition: ColumnElement[bool], late: ColumnElement[bool]
) -> list[tuple[str, str, str, int, int]]:
    """Audience, kind, state, how many there are and how many of them are overdue."""
    columns = commitments.c
    by = (columns.audience, columns.kind, columns.state)
    overdue_count = func.count().filter(late)
    query = select(*by, func.count(), overdue_count).select_from(_WITH_CONTACTS)
    query = query.where(condition).group_by(*by).order_by(*by)
    return [tuple(row) for row in connection.execute(query)]


def erase(connection: Connection, number: int, now: str) -> None:
    """Take the words of one away, and its customer; that it was there and its steps stay."""
    change(connection, number, {"words": None, "reason": None, "customer": None}, now)
    own = commitment_steps.c.commitment_id == number
    connection.execute(update(commitment_steps).where(own).values(text=None))


def forget(connection: Connection, condition: ColumnElement[bool], now: str) -> int:
    """Take the words of those that fit and still have some away; of how many."""
    columns = commitments.c
    left = or_(columns.words.is_not(None), columns.reason.is_not(None))
    gone = found(connection, condition & (left | columns.customer.is_not(None)))
    for one in gone:
        erase(connection, one.number, now)
    return len(gone)


# Contacts


def unheard(connection: Connection, contact: int) -> tuple[int, list[Turn]]:
    """Final turns since promises were looked for last, and the number of their newest event."""
    told, turns = contact_events.c, contact_turns.c
    of_turn = and_(turns.contact_id == told.contact_id, turns.number == told.turn)
    since = heard(connection, contact)
    query = (
        select(told.number.label("event"), *turns)
        .select_from(contact_events.join(contact_turns, of_turn))
        .where(
            told.contact_id == contact,
            told.kind == "turn",
            told.number > since,
        )
        .order_by(told.number)
    )
    rows = connection.execute(query).mappings().all()
    last = rows[-1]["event"] if rows else 0
    return last, [
        Turn(r["number"], r["utterance"], r["speaker"], r["text"], r["final"], r["at"])
        for r in rows
        if r["final"] and r["text"]
    ]


def heard(connection: Connection, contact: int) -> int:
    """Number of the newest event of a turn in which promises were looked for; 0: none yet."""
    own = commitment_contacts.c
    query = select(own.heard).where(own.contact_id == contact)
    return connection.execute(query).scalar() or 0


def with_unheard(connection: Connection, limit: int) -> list[str]:
    """Keys of contacts with turns in which nobody has looked for promises yet, oldest first."""
    told, own = contact_events.c, commitment_contacts.c
    newest = (
        select(told.contact_id, func.max(told.number).label("last"))
        .where(told.kind == "turn")
        .group_by(told.contact_id)
        .subquery()
    )
    query = (
        select(contacts.c.key)
        .join(newest, newest.c.contact_id == contacts.c.id)
        .join(commitment_contacts, own.contact_id == contacts.c.id, isouter=True)
        .where(newest.c.last > func.coalesce(own.heard, 0), contacts.c.erased_at.is_(None))
        .order_by(contacts.c.id)
        .limit(limit)
    )
    return list(connection.execute(query).scalars())


def note_heard(connection: Connection, contact: int, last: int) -> None:
    """Keep how far a contact was looked through."""
    own = commitment_contacts.c.contact_id == contact
    done = connection.execute(update(commitment_contacts).where(own).values(heard=last))
    if not done.rowcount:
        row = {"contact_id": contact, "heard": last}
        connection.execute(insert(commitment_contacts).values(row))


def same(kept: Commitment, new: Recognised) -> bool:
    """Whether a promise that was kept says what was recognised now."""
    return (kept.what, kept.words, kept.due, kept.due_at) == (
        new.what,
        new.words,
        new.due,
        new.due_at,
    )


_AT_ONCE = 500
_WITH_CONTACTS = commitments.outerjoin(contacts, commitments.c.contact_id == contacts.c.id)


def _selected() -> Select[Any]:
    contact = contacts.c.key.label("contact_key")
    holder = contacts.c.audience.label("holder")
    return select(*commitments.c, contact, holder).select_from(_WITH_CONTACTS)


def _commitment(row: RowMapping) -> Commitment:
    return Commitment(
        number=row["id"],
        key=row["key"],
        kind=row["kind"],
        what=row["what"],
        words=row["words"],
        customer=row["customer"],
        contact=row["contact_key"],
        turn=row["turn"],
        audience=row["audience"],
        made_by=row["made_by"],
        responsible=row["responsible"],
        due=date.fromisoformat(row["due"]) if row["due"] else None,
        due_at=row["due_at"],
        state=row["state"],
        reason=row["reason"] or "",
        opened_at=row["opened_at"],
        changed_at=row["changed_at"],
        holder=row["holder"],
    )


def _step(row: RowMapping) -> Step:
    return Step(
        number=row["number"],
        kind=row["kind"],
        by=row["actor"],
        at=row["at"],
        text=row["text"] or "",
        account=row["account"],
        due=date.fromisoformat(row["due"]) if row["due"] else None,
        due_at=row["due_at"],
    )
