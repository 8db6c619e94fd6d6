"""``/v1/contacts/{key}/steps`` and ``/v1/procedures``: guided steps, read and ticked.

What somebody may not see answers as what is not there.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.responses import JSONResponse

from assistant.cases.given import case_of, pairs
from assistant.shell.api import SECURITY
from assistant.shell.contact.answers import Key
from assistant.shell.contact.room import Room
from assistant.shell.manage.office import Caller, Office
from assistant.shell.manage.refusals import CONFLICT, PROBLEMS
from assistant.shell.steps import bodies
from assistant.shell.steps.following import Following
from assistant.shell.steps.guide import Guide, Who
from knowledge.identity.access import Action

READING: tuple[Action, ...] = ("hold_contacts", "see_contacts")
MAX_CASE = 20

CaseGiven = Annotated[
    list[str],
    Query(max_length=MAX_CASE, description="Of the customer's case, as delivered=2026-11-16."),
]
SourceGiven = Annotated[
    str, Query(min_length=1, max_length=bodies.MAX_NAME_CHARS, description="Name of the source.")
]


def add_step_api(app: FastAPI, office: Office, room: Room, following: Following) -> None:
    """Add the routes; every call sees as whoever makes the request."""
    router = APIRouter(dependencies=SECURITY, responses=PROBLEMS)
    guide = following.guide
    _add_reading(router, office, room, guide)
    _add_choosing(router, office, room, following)
    _add_marking(router, office, room, following)
    app.include_router(router)


def _add_reading(router: APIRouter, office: Office, room: Room, guide: Guide) -> None:
    @router.get("/v1/procedures", response_model=bodies.ProcedureList)
    def list_procedures(request: Request, source: SourceGiven) -> Any:
        """The procedures of a source, as its version in force states them."""
        caller = office.caller(request, "read_source")
        return _answer(guide.listed(source, caller.viewer))

    @router.get("/v1/contacts/{key}/steps", response_model=bodies.StepsOut)
    def show_steps(request: Request, key: Key, case: CaseGiven = []) -> Any:  # noqa: B006
        """How far a contact is in a procedure, and which ones may help now."""
        caller = office.caller(request, *READING)
        who = _who(caller, room)
        shown = guide.show(key, who, case_of(pairs(case)) if case else None)
        room.seen(guide.contacts.get(key, who.reach), caller.principal)
        return _answer(shown)


def _add_choosing(router: APIRouter, office: Office, room: Room, following: Following) -> None:
    guide = following.guide

    @router.post("/v1/contacts/{key}/steps", response_model=bodies.StepsOut, responses=CONFLICT)
    def choose_procedure(request: Request, key: Key, given: bodies.ChooseIn) -> Any:
        """Begin with a procedure; what was said already is ticked a moment later."""
        who = _who(office.caller(request, "hold_contacts"), room)
        guide.choose(key, who, given.source, given.procedure)
        room.hub.tell(key)
        following.said(key, room.hub.tell)
        return _answer(guide.show(key, who))

    @router.delete("/v1/contacts/{key}/steps", response_model=bodies.StepsOut, responses=CONFLICT)
    def close_procedure(request: Request, key: Key) -> Any:
        """Put the procedure away; it is not offered again in this contact."""
        who = _who(office.caller(request, "hold_contacts"), room)
        guide.close(key, who)
        room.hub.tell(key)
        return _answer(guide.show(key, who))


def _add_marking(router: APIRouter, office: Office, room: Room, following: Following) -> None:
    guide = following.guide

    @router.post(
        "/v1/contacts/{key}/steps/ticks", response_model=bodies.StepsOut, responses=CONFLICT
    )
    def tick_step(request: Request, key: Key, given: bodies.TickIn) -> Any:
        """Tick or untick a step; what is heard later does not change it."""
        who = _who(office.caller(request, "hold_contacts"), room)
        guide.tick(key, who, given.step, done=given.done)
        room.hub.tell(key)
        return _answer(guide.show(key, who))

    @router.post(
        "/v1/contacts/{key}/steps/answers", response_model=bodies.StepsOut, responses=CONFLICT
    )
    def answer_condition(request: Request, key: Key, given: bodies.AnswerIn) -> Any:
        """Say whether a condition holds; steps that do not apply then say why."""
        who = _who(office.caller(request, "hold_contacts"), room)
        guide.answer(key, who, given.condition, given.holds)
        room.hub.tell(key)
        following.said(key, room.hub.tell)  # what was said may do a step that applies only now
        return _answer(guide.show(key, who))

    @router.post(
        "/v1/contacts/{key}/steps/position", response_model=bodies.StepsOut, responses=CONFLICT
    )
    def stand_at_step(request: Request, key: Key, given: bodies.PositionIn) -> Any:
        """Be at a step."""
        who = _who(office.caller(request, "hold_contacts"), room)
        guide.stand(key, who, given.step)
        room.hub.tell(key)
        return _answer(guide.show(key, who))


def _who(caller: Caller, room: Room) -> Who:
    return Who(room.reach(caller.principal), caller.viewer)


def _answer(content: Any) -> JSONResponse:
    return JSONResponse(content, 200, {"cache-control": "no-store"})
