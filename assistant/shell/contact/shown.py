"""Contacts, turns and events as JSON, see `assistant.shell.contact.bodies`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from knowledge.contacts.models import APART, AUDIENCES, KEPT, Added, Contact, ContactEvent, Turn

PRIVATE = frozenset({AUDIENCES, KEPT})
"""In bodies of events, what is told to nobody."""


def contact(one: Contact) -> dict[str, Any]:
    """A contact; its number is the register's own affair."""
    fields = asdict(one)
    del fields["number"]
    return fields


def turn(one: Turn) -> dict[str, Any]:
    """A turn with what it was before."""
    return asdict(one) | {"earlier": list(one.earlier)}


def added(some: list[Added]) -> dict[str, Any]:
    """What became of the turns that were sent."""
    return {"acknowledged": [asdict(one) for one in some]}


def act(one: ContactEvent) -> dict[str, Any]:
    """What was done with a suggestion."""
    return {"at": one.at, "act": one.body["act"], "suggestion": one.body.get("suggestion")}


def event(one: ContactEvent) -> dict[str, Any]:
    """An event."""
    body = {name: said for name, said in one.body.items() if name not in PRIVATE}
    return {
        "event": one.number,
        "kind": one.kind,
        "at": one.at,
        "turn": turn(one.turn) if one.turn is not None else None,
        "body": {} if one.kind in APART else body,
    }
