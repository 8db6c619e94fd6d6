"""``/v1/contacts/{key}/transfer``: a contact offered to somebody else, taken or declined."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Path, Request
from fastapi.responses import JSONResponse

from assistant.shell.api import SECURITY
from assistant.shell.contact import bodies as contact_bodies
from assistant.shell.contact import shown
from assistant.shell.contact.room import Room
from assistant.shell.manage.office import Office
from assistant.shell.manage.refusals import CONFLICT, PROBLEMS
from assistant.shell.summary import bodies
from knowledge.contacts.models import Transfer
from knowledge.contacts.transfers import Transfers
from knowledge.identity.access import Action

READING: tuple[Action, ...] = ("hold_contacts", "feed_contacts", "see_contacts")
GIVING: tuple[Action, ...] = ("hold_contacts", "feed_contacts")

Key = Annotated[str, Path(max_length=64, description="Of the contact.")]


def add_transfer_routes(
    router: APIRouter, office: Office, room: Room, transfers: Transfers
) -> None:
    """Add the routes."""
    _add_giving(router, office, room, transfers)
    _add_taking(router, office, room, transfers)


def _add_giving(router: APIRouter, office: Office, room: Room, transfers: Transfers) -> None:
    @router.get("/{key}/transfer", response_model=bodies.TransferList)
    def list_transfers(request: Request, key: Key) -> Any:
        """How a contact went from one to the next."""
        principal = office.caller(request, *READING).principal
        found = transfers.of(key, room.reach(principal))
        return _answer({"transfers": [_shown(one) for one in found]})

    @router.get("/{key}/transfer/targets", response_model=bodies.Targets)
    def list_targets(request: Request, key: Key) -> Any:
        """Who a contact may be given to by choosing."""
        principal = office.caller(request, *GIVING).principal
        agents, audiences = transfers.targets(key, room.reach(principal))
        listed = [{"label": one.label, "title": one.title} for one in audiences]
        return _answer({"agents": agents, "audiences": listed})

    @router.post(
        "/{key}/transfer", status_code=201, response_model=bodies.TransferOut, responses=CONFLICT
    )
    def offer_contact(request: Request, key: Key, given: bodies.TransferIn) -> Any:
        """Offer a contact to an account, or to whoever of an audience takes it first."""
        principal = office.caller(request, *GIVING).principal
        made = transfers.offer(
            key,
            room.reach(principal),
            agent=given.agent,
            audience=given.audience,
            note=given.note,
        )
        room.hub.tell(key)
        return _answer(_shown(made), 201)

    @router.post("/{key}/withdraw", response_model=bodies.TransferOut, responses=CONFLICT)
    def withdraw_contact(request: Request, key: Key) -> Any:
        """Take an offer back."""
        principal = office.caller(request, *GIVING).principal
        done = transfers.withdraw(key, room.reach(principal))
        room.hub.tell(key)
        return _answer(_shown(done))


def _add_taking(router: APIRouter, office: Office, room: Room, transfers: Transfers) -> None:
    @router.post("/{key}/accept", response_model=contact_bodies.ContactOut, responses=CONFLICT)
    def accept_contact(request: Request, key: Key) -> Any:
        """Take a contact that is offered: it is theirs from now on, with all that was said."""
        principal = office.caller(request, "hold_contacts").principal
        contact = transfers.accept(key, room.reach(principal))
        room.hub.tell(key)
        if room.hearing is not None:  # what helped the one before is looked at anew
            room.hearing.heard(key, room.hub.tell)
        return _answer(shown.contact(contact))

    @router.post("/{key}/decline", response_model=bodies.TransferOut, responses=CONFLICT)
    def decline_contact(request: Request, key: Key, given: bodies.DeclineIn) -> Any:
        """Not take a contact that is offered by name."""
        principal = office.caller(request, "hold_contacts").principal
        done = transfers.decline(key, room.reach(principal), given.reason)
        room.hub.tell(key)
        return _answer(_shown(done))


def add_offered_route(app: FastAPI, office: Office, room: Room, transfers: Transfers) -> None:
    """Add the list of what is offered, over all contacts."""

    @app.get(
        "/v1/transfers",
        response_model=bodies.TransferList,
        dependencies=SECURITY,
        responses=PROBLEMS,
    )
    def list_offered(request: Request) -> Any:
        """The contacts that wait for whoever asks to take them."""
        principal = office.caller(request, "hold_contacts").principal
        found = transfers.offered(room.reach(principal))
        return _answer({"transfers": [_shown(one) for one in found]})


def _shown(transfer: Transfer) -> dict[str, Any]:
    fields = asdict(transfer)
    del fields["number"]
    return fields


def _answer(content: Any, status: int = 200) -> JSONResponse:
    return JSONResponse(content, status, {"cache-control": "no-store"})
