"""``/v1/contacts/{key}/customer``: who is calling, found in what they say, and what for."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import Field

from assistant.customers.mentions import mentions
from assistant.customers.models import Sought
from assistant.shell.contact.answers import READING, WRITING, Key, answer
from assistant.shell.contact.repeats import Repeats, told_needs
from assistant.shell.contact.room import Room
from assistant.shell.customers.bodies import FoundOut, found_json
from assistant.shell.customers.desk import CustomerDesk
from assistant.shell.manage.bodies import Strict
from assistant.shell.manage.office import Office
from knowledge.identity.access import ContactReach
from knowledge.validity import now

MAX_CUSTOMER_CHARS = 200


class WhoOut(Strict):
    """Who the customer may be, by what was said."""

    said: str = Field(description="Mark of what they could be found by; empty: nothing was said.")
    found: FoundOut | None = Field(description="null: nothing new was said.")
    orders: list[str] = Field(description="Order numbers that were said, the last one first.")
    linked: str | None = Field(description="Reference of the customer that the contact is of.")


class LinkIn(Strict):
    """Whose contact it is."""

    customer: str | None = Field(
        max_length=MAX_CUSTOMER_CHARS, description="Their key in the customer system; null: nobody."
    )


class LinkOut(Strict):
    """Whose contact it is."""

    linked: str | None


class RepeatOut(Strict):
    """A contact of before in which they needed the same."""

    on: date
    channel: str
    score: float = Field(description="Cosine of the two needs, up to 1.")


class RepeatList(Strict):
    """What they come back for."""

    count: int = Field(description="Which time this is; 1: the first.")
    days: int = Field(description="Since the first of them.")
    repeats: list[RepeatOut]


def add_customer_routes(
    router: APIRouter, office: Office, room: Room, desk: CustomerDesk, repeats: Repeats
) -> None:
    """Add the routes, for whoever may see customers and the contact."""
    _add_finding(router, office, room, desk)
    _add_linking(router, office, room, desk)
    _add_repeats(router, office, room, desk, repeats)


def _add_finding(router: APIRouter, office: Office, room: Room, desk: CustomerDesk) -> None:
    @router.get("/{key}/customer", response_model=WhoOut)
    def find_customer(
        request: Request,
        key: Key,
        said: Annotated[
            str, Query(max_length=64, description="As it was told last: then nothing is looked up.")
        ] = "",
    ) -> Any:
        """Who the customer may be, by telephones, mails and order numbers of the conversation."""
        principal = office.caller(request, *READING).principal
        desk.require(principal)
        reach = room.reach(principal)
        contact = room.contacts.get(key, reach)
        wanted = _said(room, key, reach, desk.customers.country)
        mark = hashlib.sha256(repr(wanted).encode()).hexdigest()[:16] if wanted else ""
        found = None
        if wanted and mark != said:
            found = found_json(desk.find(principal, *wanted), desk.customers.kinds)
        orders = [one.value for one in wanted if one.kind == "order"]
        return answer({"said": mark, "found": found, "orders": orders, "linked": contact.customer})


def _add_linking(router: APIRouter, office: Office, room: Room, desk: CustomerDesk) -> None:
    @router.post("/{key}/customer", response_model=LinkOut)
    def link_customer(request: Request, key: Key, given: LinkIn) -> Any:
        """Say whose contact it is: their reference alone is kept."""
        principal = office.caller(request, *WRITING).principal
        desk.require(principal)
        contact = room.contacts.links.link(key, given.customer, room.reach(principal))
        return answer({"linked": contact.customer})


def _add_repeats(
    router: APIRouter, office: Office, room: Room, desk: CustomerDesk, repeats: Repeats
) -> None:
    @router.get("/{key}/repeats", response_model=RepeatList)
    def list_repeats(
        request: Request,
        key: Key,
        customer: Annotated[str, Query(min_length=1, max_length=MAX_CUSTOMER_CHARS)],
    ) -> Any:
        """How often the customer has come for the same, by what they need."""
        caller = office.caller(request, *READING)
        look = desk.customer(caller.principal, customer)
        reach = room.reach(caller.principal)
        said = [t.text for t in room.contacts.turns(key, reach) if t.speaker == "customer"]
        needs = told_needs([*filter(None, said), *room.contacts.links.needs(key, reach)])
        ours = room.contacts.links.earlier(key, customer, reach)
        told = look.customer.contacts if look.customer else ()
        at = now(office.settings.time_zone)
        found = repeats.of(needs, told, ours, caller.viewer, at)
        days = (at.date() - found[0].on).days if found else 0
        return answer(
            {
                "count": len(found) + 1,
                "days": days,
                "repeats": [vars(one) | {"on": one.on.isoformat()} for one in found],
            }
        )


def _said(room: Room, key: str, reach: ContactReach, country: str) -> tuple[Sought, ...]:
    """What the customer could be found by, what was said last first."""
    turns = room.contacts.turns(key, reach)
    text = "\n".join(turn.text for turn in turns if turn.final and turn.text)
    return tuple(one.sought for one in reversed(mentions(text, country)))
