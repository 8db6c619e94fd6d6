"""Messages in the register's tables, within the caller's transaction."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, RowMapping, insert, select, update

from knowledge.outbox.outbox_schema import outbox

State = Literal["waiting", "sent", "failed", "cancelled"]
_MESSAGE_BYTES = 16


@dataclass(frozen=True)
class Message:
    """Something to be told to another program; times are ISO 8601 in UTC.

    Attributes:
        number: the register's number for it.
        message: its name, the same however often it is sent.
        kind: type of the event.
        state: whether it waits, was taken, was given up, or its words are gone.
        body: JSON text; `None` once it was taken or its words are gone.
        made_by: whoever had it sent.
        made_at: when.
        began_at: from when the time until it is given up counts.
        due_at: when it is sent next.
        attempts: how often it was sent.
        trouble: what went wrong last; `None`: nothing.
        done_at: when it was taken or given up.
    """

    number: int
    message: str
    kind: str
    state: State
    body: str | None
    made_by: str
    made_at: str
    began_at: str
    due_at: str
    attempts: int
    trouble: str | None
    done_at: str | None


def add(
    connection: Connection, kind: str, body: str, by: str, now: str, contact: int | None
) -> Message:
    """Have something sent, from this moment on."""
    message = f"msg_{secrets.token_hex(_MESSAGE_BYTES)}"
    values = {
        "message": message,
        "kind": kind,
        "contact_id": contact,
        "body": body,
        "made_by": by,
        "state": "waiting",
        "made_at": now,
        "began_at": now,
        "due_at": now,
        "attempts": 0,
    }
    connection.execute(insert(outbox).values(values))
    return found(connection, outbox.c.message == message)[0]


def found(
    connection: Connection, condition: ColumnElement[bool], *, limit: int | None = 1
) -> list[Message]:
    """Messages that fit, newest first."""
    query = select(outbox).where(condition).order_by(outbox.c.id.desc()).limit(limit)
    return [_message(row) for row in connection.execute(query).mappings()]


def due(connection: Connection, now: str) -> Message | None:
    """The message that has been due for longest."""
    query = (
        select(outbox)
        .where(outbox.c.state == "waiting", outbox.c.due_at <= now)
        .order_by(outbox.c.due_at, outbox.c.id)
        .limit(1)
    )
    row = connection.execute(query).mappings().one_or_none()
    return _message(row) if row is not None else None


def change(connection: Connection, number: int, **values: Any) -> None:
    """Note something of a message."""
    connection.execute(update(outbox).where(outbox.c.id == number).values(values))


def forget(connection: Connection, contact: int, now: str) -> None:
    """Take the words of a contact out of its messages; what was not sent is sent no more."""
    own = outbox.c.contact_id == contact
    waiting = own & (outbox.c.state == "waiting")
    over = {"state": "cancelled", "done_at": now}
    connection.execute(update(outbox).where(waiting).values(over))
    connection.execute(update(outbox).where(own).values(body=None))


def _message(row: RowMapping) -> Message:
    return Message(
        row["id"],
        row["message"],
        row["kind"],
        row["state"],
        row["body"],
        row["made_by"],
        row["made_at"],
        row["began_at"],
        row["due_at"],
        row["attempts"],
        row["trouble"],
        row["done_at"],
    )
