"""Transfers of contacts in the register's tables, within the caller's transaction."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, insert, select, update

from knowledge.audit import Event, append
from knowledge.contacts import contact_rows
from knowledge.contacts.contact_schema import contact_transfers, contacts
from knowledge.contacts.models import Contact, Transfer, TransferState


def found(connection: Connection, condition: ColumnElement[bool]) -> list[Transfer]:
    """Transfers that fit, newest first."""
    query = (
        select(contact_transfers, contacts.c.key, contacts.c.channel)
        .join_from(contact_transfers, contacts, contact_transfers.c.contact_id == contacts.c.id)
        .where(condition)
        .order_by(contact_transfers.c.id.desc())
    )
    return [_transfer(row) for row in connection.execute(query).mappings()]


def latest(connection: Connection, contact: int) -> Transfer | None:
    """The newest transfer of a contact; `None`: it was never offered to anybody."""
    every = found(connection, contact_transfers.c.contact_id == contact)
    return every[0] if every else None


def offer(
    connection: Connection,
    contact: Contact,
    by: str,
    to_agent: str | None,
    to_audience: str,
    note: str,
    now: str,
) -> Transfer:
    """Offer a contact to somebody, and tell so on its stream."""
    values = {
        "contact_id": contact.number,
        "state": "offered",
        "offered_by": by,
        "from_agent": contact.agent,
        "from_audience": contact.audience,
        "to_agent": to_agent,
        "to_audience": to_audience,
        "note": note or None,
        "offered_at": now,
    }
    connection.execute(insert(contact_transfers).values(values))
    return _told(connection, contact, now)


def decide(
    connection: Connection,
    contact: Contact,
    transfer: Transfer,
    state: TransferState,
    by: str,
    now: str,
    *,
    reason: str = "",
) -> Transfer:
    """Let an open offer end, and tell so on the contact's stream; accepted, it changes hands."""
    values = {"state": state, "decided_by": by, "reason": reason or None, "decided_at": now}
    if state == "accepted":
        new = {"agent": by, "audience": transfer.to_audience}
        connection.execute(update(contacts).where(contacts.c.id == contact.number).values(new))
    one = contact_transfers.c.id == transfer.number
    connection.execute(update(contact_transfers).where(one).values(values))
    return _told(connection, contact, now)


def end(connection: Connection, contact: Contact, by: str, now: str) -> None:
    """Withdraw the open offer, if there is one, of a contact that ends."""
    transfer = latest(connection, contact.number)
    if transfer is not None and transfer.state == "offered":
        decide(connection, contact, transfer, "withdrawn", by, now)
        append(connection, Event(by, "contact.offer_withdrawn", f"contact:{contact.key}"))


def opened_as(connection: Connection, contact: Contact) -> tuple[str | None, str]:
    """The agent and the audience that a contact was opened with, whoever holds it now."""
    moved = contact_transfers.c
    taken = (moved.contact_id == contact.number) & (moved.state == "accepted")
    changes = found(connection, taken)
    if not changes:
        return contact.agent, contact.audience
    return changes[-1].from_agent, changes[-1].from_audience


def body(transfer: Transfer) -> dict[str, Any]:
    """What the event of a step says."""
    taker = transfer.decided_by if transfer.state == "accepted" else None
    return {
        "state": transfer.state,
        "from": {"agent": transfer.from_agent, "audience": transfer.from_audience},
        "to": {"agent": taker or transfer.to_agent, "audience": transfer.to_audience},
        "by": transfer.decided_by or transfer.offered_by,
        "note": transfer.note,
        "reason": transfer.reason,
    }


def _told(connection: Connection, contact: Contact, now: str) -> Transfer:
    transfer = found(connection, contact_transfers.c.contact_id == contact.number)[0]
    contact_rows.add_event(connection, contact.number, "transfer", now, body=body(transfer))
    return transfer


def _transfer(row: RowMapping) -> Transfer:
    return Transfer(
        row["id"],
        row["key"],
        row["channel"],
        row["state"],
        row["offered_by"],
        row["from_agent"],
        row["from_audience"],
        row["to_agent"],
        row["to_audience"],
        row["note"],
        row["decided_by"],
        row["reason"],
        row["offered_at"],
        row["decided_at"],
    )
