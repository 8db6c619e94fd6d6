"""``/v1/contacts/{key}/suggestions``: pinned, dismissed, used; and what belongs to each."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from assistant.shell.contact import shown
from assistant.shell.contact import suggestion_bodies as bodies
from assistant.shell.contact.answers import READING, WRITING, Key, answer
from assistant.shell.contact.room import Room
from assistant.shell.contact.suggesting import Details, Suggesting, remark_on
from assistant.shell.manage.office import Office
from assistant.shell.manage.refusals import CONFLICT
from assistant.shell.telling import language_asked
from knowledge.work.feedback import Feedback
from knowledge.work.work_store import WorkStore

AT = "/{key}/suggestions"


def add_suggestion_routes(
    router: APIRouter, office: Office, room: Room, details: Details | None
) -> None:
    """Add the routes; what belongs to suggestions only where there is an assistant to ask."""
    _add_changing(router, office, room)
    _add_acts(router, office, room)
    if office.work is not None:
        _add_feedback(router, office, room, office.work)
    if details is not None:
        _add_details(router, office, room, details)


def _add_changing(router: APIRouter, office: Office, room: Room) -> None:
    suggesting = Suggesting(room.contacts.suggested)

    @router.post(f"{AT}/pin", response_model=bodies.Done, responses=CONFLICT)
    def pin(request: Request, key: Key, given: bodies.PinIn) -> Any:
        """Keep a suggestion where it is, or let it be replaced again."""
        reach = room.reach(office.caller(request, *WRITING).principal)
        suggesting.pin(key, given.suggestion, reach, pinned=given.pinned)
        room.hub.tell(key)
        return answer({"done": True})

    @router.post(f"{AT}/dismiss", response_model=bodies.Done, responses=CONFLICT)
    def dismiss(request: Request, key: Key, given: bodies.DismissIn) -> Any:
        """Take a suggestion away; it does not come back while the customer needs the same."""
        reach = room.reach(office.caller(request, *WRITING).principal)
        suggesting.dismiss(key, given.suggestion, reach)
        room.hub.tell(key)
        return answer({"done": True})

    @router.post(f"{AT}/listening", response_model=bodies.Done, responses=CONFLICT)
    def listen(request: Request, key: Key, given: bodies.ListeningIn) -> Any:
        """Listen, or stop: what is pinned stays, the rest goes with the switching off."""
        reach = room.reach(office.caller(request, *WRITING).principal)
        suggesting.switch(key, reach, listening=given.listening)
        room.hub.tell(key)
        if room.hearing is not None:
            if given.listening:
                room.hearing.heard(key, room.hub.tell)
            else:
                room.hearing.over(key)
        return answer({"done": True})


def _add_acts(router: APIRouter, office: Office, room: Room) -> None:
    @router.post(f"{AT}/acts", response_model=bodies.Kept, responses=CONFLICT)
    def act(request: Request, key: Key, given: bodies.ActsIn) -> Any:
        """Keep what was done with suggestions; that one was shown is kept once."""
        reach = room.reach(office.caller(request, *WRITING).principal)
        acts = [one.made() for one in given.acts]
        kept = room.contacts.suggested.act(key, acts, reach)
        if kept:
            room.hub.tell(key)
        return answer({"kept": kept})

    @router.get(f"{AT}/acts", response_model=bodies.ActList)
    def list_acts(request: Request, key: Key) -> Any:
        """What was done with suggestions, and when."""
        principal = office.caller(request, *READING).principal
        contact = room.contacts.get(key, room.reach(principal))
        acts = room.contacts.suggested.acts(key, room.reach(principal))
        room.seen(contact, principal)
        return answer({"acts": [shown.act(one) for one in acts]})


def _add_feedback(router: APIRouter, office: Office, room: Room, work: WorkStore) -> None:
    @router.post(f"{AT}/feedback", response_model=bodies.Done, responses=CONFLICT)
    def feedback(request: Request, key: Key, given: bodies.RemarkIn) -> Any:
        """Say whether a suggestion helps; it reaches whoever keeps the source."""
        caller = office.caller(request, "give_feedback")
        _, body = room.contacts.suggested.now(key, room.reach(caller.principal))
        remark = remark_on(body, given.suggestion, given.kind, given.comment, key)
        Feedback(work).give(remark, caller.viewer)
        return answer({"done": True})


def _add_details(router: APIRouter, office: Office, room: Room, details: Details) -> None:
    @router.post(f"{AT}/details", response_model=bodies.DetailList)
    def show_details(request: Request, key: Key, given: bodies.CaseIn) -> Any:
        """Next steps and deadlines of what is suggested; the case is used and not kept."""
        caller = office.caller(request, "hold_contacts", "see_contacts")
        reach = room.reach(caller.principal)
        channel = room.contacts.get(key, reach).channel
        _, body = room.contacts.suggested.now(key, reach)
        language = language_asked(request)
        of_each = details.of(body, given.case, caller.viewer, language, channel)
        return answer({"details": of_each})
