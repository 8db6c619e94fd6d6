"""``/v1/contacts``: conversations with customers, brought in turn by turn and followed.

What somebody may not see answers as what is not there. Turns that are acknowledged are on disk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, FastAPI, Query, Request

from assistant.shell.api import SECURITY
from assistant.shell.case_answers import CaseAnswers
from assistant.shell.commitments.desk import CommitmentDesk
from assistant.shell.commitments.routes import add_commitment_api
from assistant.shell.commitments.watching import Watching
from assistant.shell.contact import bodies, shown
from assistant.shell.contact.answers import READING, WRITING, Key, answer
from assistant.shell.contact.customer_routes import add_customer_routes
from assistant.shell.contact.hearing import Hearing
from assistant.shell.contact.hub import Hub
from assistant.shell.contact.list_stream import add_list_stream
from assistant.shell.contact.reading import add_passage
from assistant.shell.contact.repeats import Repeats
from assistant.shell.contact.room import Room
from assistant.shell.contact.stream import add_stream
from assistant.shell.contact.suggesting import Details
from assistant.shell.contact.suggestion_routes import add_suggestion_routes
from assistant.shell.customers.desk import CustomerDesk
from assistant.shell.manage.office import Office
from assistant.shell.manage.refusals import CONFLICT, PROBLEMS
from knowledge.contacts.contacts import MAX_LISTED, Contacts
from knowledge.contacts.models import State

if TYPE_CHECKING:
    from assistant.pipeline import Assistant
    from assistant.shell.voicing import Voice

After = Annotated[int, Query(ge=0, le=2_147_483_647, description="What comes after this one.")]


@dataclass(frozen=True)
class Support:
    """What helps in a contact beside listening to it.

    Attributes:
        assistant: has the documents.
        cases: computes deadlines.
        desk: finds customers.
        voice: says what is suggested in the company's voice; `None`: nothing does.
    """

    assistant: Assistant
    cases: CaseAnswers
    desk: CustomerDesk
    voice: Voice | None = None


def add_contact_api(
    app: FastAPI,
    office: Office,
    hearing: Hearing | None = None,
    support: Support | None = None,
    watching: Watching | None = None,
    hub: Hub | None = None,
) -> Room | None:
    """Add the routes and the stream, where there is a register to keep contacts in.

    Args:
        app: to which.
        office: who asks, and where contacts are kept.
        hearing: finds what to say; `None`: nothing is suggested.
        support: what else helps; `None`: nothing does.
        watching: looks for promises; `None` finds none.
        hub: wakes those who follow a contact, for whoever else adds to it; `None`: its own.

    Returns:
        What they share; `None`: there are none.

    Raises:
        SettingsError: the holidays that are set cannot be used.
    """
    if office.work is None:
        return None
    contacts = Contacts(office.work)
    room = Room(contacts, office.access, office.views, hub or Hub(), hearing, watching)
    router = APIRouter(prefix="/v1/contacts", dependencies=SECURITY, responses=PROBLEMS)
    _add_opening(router, office, room)
    _add_reading(router, office, room)
    details = Details(support.assistant, support.cases, support.voice) if support else None
    add_suggestion_routes(router, office, room, details)
    if support is not None:
        add_customer_routes(router, office, room, support.desk, Repeats(support.assistant))
        add_passage(app, support.assistant, office)
    app.include_router(router)
    add_stream(app, room)
    add_list_stream(app, room)
    classifier = support.assistant.classifier if support else None
    desk = CommitmentDesk(office.work, office.settings, office.access.tree, classifier)
    add_commitment_api(app, office, desk, room)
    return room


def _add_opening(router: APIRouter, office: Office, room: Room) -> None:
    opened: dict[int | str, dict[str, Any]] = {
        200: {"model": bodies.ContactOut, "description": "It was open already."}
    }

    @router.post("", status_code=201, response_model=bodies.ContactOut, responses=CONFLICT | opened)
    def open_contact(request: Request, given: bodies.ContactIn) -> Any:
        """Open a contact; of the same reference once more, it is the same contact."""
        caller = office.caller(request, *WRITING)
        reach = room.reach(caller.principal)
        contact, new = room.contacts.open(given.made(caller.name), reach)
        if new:
            room.opened(contact)
        return answer(shown.contact(contact), 201 if new else 200)

    @router.post("/{key}/turns", response_model=bodies.AddedList, responses=CONFLICT)
    def add_turns(request: Request, key: Key, given: bodies.TurnsIn) -> Any:
        """Add what was said; what is acknowledged is on disk, and sent again changes nothing."""
        return answer(room.add(key, given, office.caller(request, *WRITING).principal))

    @router.post("/{key}/transcript", response_model=bodies.AddedList, responses=CONFLICT)
    def add_transcript(request: Request, key: Key, given: bodies.TranscriptIn) -> Any:
        """Add a whole written conversation."""
        principal = office.caller(request, *WRITING).principal
        return answer(room.add_transcript(key, given.text, principal))

    @router.post("/{key}/end", response_model=bodies.ContactOut)
    def end_contact(request: Request, key: Key) -> Any:
        """Let a contact be over; it takes no more turns."""
        return answer(shown.contact(room.end(key, office.caller(request, *WRITING).principal)))


def _add_reading(router: APIRouter, office: Office, room: Room) -> None:
    @router.get("", response_model=bodies.ContactList)
    def list_contacts(
        request: Request,
        state: Annotated[State | None, Query(description="Only those.")] = None,
        mine: Annotated[bool, Query(description="Only those of whoever asks.")] = False,
        limit: Annotated[int, Query(ge=1, le=MAX_LISTED)] = 100,
    ) -> Any:
        """Contacts that one may see, newest first."""
        reach = room.reach(office.caller(request, *READING).principal)
        found = room.contacts.all(reach, state=state, own=mine, limit=limit)
        return answer({"contacts": [shown.contact(one) for one in found]})

    @router.get("/{key}", response_model=bodies.Conversation)
    def show_contact(
        request: Request,
        key: Key,
        after: After = 0,
        limit: Annotated[int, Query(ge=1, le=500, description="Turns at most.")] = 500,
    ) -> Any:
        """A contact, and its turns after one."""
        principal = office.caller(request, *READING).principal
        reach = room.reach(principal)
        contact = room.contacts.get(key, reach)
        turns = room.contacts.turns(key, reach, after=after, limit=limit)
        room.seen(contact, principal)
        return answer(
            {"contact": shown.contact(contact), "turns": [shown.turn(one) for one in turns]}
        )

    @router.get("/{key}/events", response_model=bodies.EventList)
    def list_events(request: Request, key: Key, after: After = 0) -> Any:
        """What happened after an event, at most 100; as a WebSocket, the same as it happens."""
        principal = office.caller(request, *READING).principal
        contact, events = room.news(key, after, principal)
        room.seen(contact, principal)
        return answer({"state": contact.state, "events": [shown.event(one) for one in events]})
