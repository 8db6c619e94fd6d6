"""What whoever follows a contact is told of its promises and complaints: that the list is new.

The event names keys and no more; the list itself is asked for, by whoever may see it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from knowledge.commitments import commitment_rows as rows
from knowledge.commitments.commitment_schema import commitments
from knowledge.contacts import contact_rows
from knowledge.contacts.contact_schema import contact_events
from knowledge.contacts.models import Contact

MAX_SUGGESTED = 20


def tell(
    connection: Connection,
    contact: Contact,
    now: str,
    suggested: Sequence[Mapping[str, Any]] = (),
    *,
    heard: frozenset[int] = frozenset(),
) -> None:
    """Tell of what came up in a contact, in the place of what was told of it before.

    Args:
        connection: in a write transaction.
        contact: whose words are still kept.
        now: this moment.
        suggested: what could be opened, added to what was suggested before.
        heard: turns that ``suggested`` was found in; what was found in them before is let go.
    """
    if contact.erased_at is not None:
        return
    before = [one for one in _suggested(connection, contact.number) if one["turn"] not in heard]
    found = rows.found(connection, commitments.c.contact_id == contact.number)
    body = {
        "keys": [one.key for one in found],
        "proposed": sum(one.state == "proposed" for one in found),
        "suggested": [*before, *suggested][-MAX_SUGGESTED:],
    }
    contact_rows.replace_event(connection, contact.number, "commitment", body, now)


def _suggested(connection: Connection, contact: int) -> list[dict[str, Any]]:
    told = contact_events.c
    query = select(told.body).where(told.contact_id == contact, told.kind == "commitment")
    body = connection.execute(query).scalar()
    found: list[dict[str, Any]] = json.loads(body)["suggested"] if body else []
    return found
