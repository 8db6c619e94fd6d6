"""``/v1/commitments``: what is owed to customers: promises and complaints, and every step of each.

What somebody may not see answers as what is not there.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, FastAPI, Path, Query, Request
from fastapi.responses import JSONResponse, Response

from assistant.shell.api import SECURITY
from assistant.shell.commitments import bodies, shown
from assistant.shell.commitments.desk import CommitmentDesk
from assistant.shell.contact.room import Room
from assistant.shell.manage.office import Office
from assistant.shell.manage.refusals import CONFLICT, PROBLEMS
from knowledge.commitments.commitment_lists import MAX_LISTED, Wanted
from knowledge.commitments.models import Commitment, Kind, State
from knowledge.identity.access import Action

READING: tuple[Action, ...] = ("hold_contacts", "see_contacts", "feed_contacts")
ACTING: tuple[Action, ...] = ("hold_contacts",)

Key = Annotated[str, Path(max_length=40, description="As the customer quotes it.")]
Flag = Annotated[bool, Query()]


def add_commitment_api(app: FastAPI, office: Office, desk: CommitmentDesk, room: Room) -> None:
    """Add the routes.

    Args:
        app: the application.
        office: who makes a request.
        desk: where promises and complaints are.
        room: wakes whoever follows a contact in which one is changed.
    """
    router = APIRouter(prefix="/v1/commitments", dependencies=SECURITY, responses=PROBLEMS)
    _add_lists(router, office, desk)
    _add_opening(router, office, desk, room)
    _add_one(router, office, desk)
    _add_steps(router, office, desk, room)
    app.include_router(router)


def _wanted(
    customer: Annotated[str | None, Query(max_length=200)] = None,
    state: State | None = None,
    kind: Kind | None = None,
    pending: Flag = False,
    overdue: Flag = False,
    mine: Flag = False,
    contact: Annotated[str | None, Query(max_length=64)] = None,
) -> Wanted:
    return Wanted(customer, state, kind, pending, overdue, mine, contact)


Which = Annotated[Wanted, Depends(_wanted)]


def _add_lists(router: APIRouter, office: Office, desk: CommitmentDesk) -> None:
    @router.get("", response_model=bodies.CommitmentList)
    def list_commitments(
        request: Request, wanted: Which, limit: Annotated[int, Query(ge=1, le=MAX_LISTED)] = 100
    ) -> Any:
        """Those that one may see whole: of a customer, a state, a contact, overdue, one's own."""
        reach = desk.reach(office.caller(request, *READING).principal)
        return _listed(desk.commitments.all(wanted, reach, limit=limit))

    @router.get("/owed", response_model=bodies.CommitmentList)
    def list_owed(request: Request, customer: Annotated[str, Query(max_length=200)]) -> Any:
        """What a customer is still owed by anybody; of other contractors, what, due and state."""
        reach = desk.reach(office.caller(request, *ACTING).principal)
        return _listed(desk.commitments.of_customer(customer, reach))

    @router.get("/counts", response_model=bodies.CountList)
    def count_commitments(request: Request) -> Any:
        """How many there are of each kind and state, by audience, and how many are overdue."""
        reach = desk.reach(office.caller(request, *READING).principal)
        names = ("audience", "kind", "state", "count", "overdue")
        counted = desk.commitments.counts(reach)
        return _answer({"counts": [dict(zip(names, row, strict=True)) for row in counted]})

    csv: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {}}}}

    @router.get("/export", response_model=bodies.TrailList, responses=csv)
    def export_commitments(
        request: Request,
        wanted: Which,
        form: Annotated[Literal["json", "csv"], Query(alias="format")] = "json",
    ) -> Any:
        """Everything with every step, as JSON or CSV; it is entered in the audit trail."""
        reach = desk.reach(office.caller(request, "export").principal)
        trails = desk.commitments.export(wanted, reach)
        if form == "csv":
            headers = {
                "cache-control": "no-store",
                "content-disposition": 'attachment; filename="commitments.csv"',
            }
            return Response(shown.trails_csv(trails), headers=headers, media_type="text/csv")
        return _answer({"commitments": [shown.trail(one, steps) for one, steps in trails]})


def _add_opening(router: APIRouter, office: Office, desk: CommitmentDesk, room: Room) -> None:
    @router.post("", status_code=201, response_model=bodies.CommitmentOut)
    def open_commitment(request: Request, given: bodies.CommitmentIn) -> Any:
        """Open a promise or a complaint."""
        reach = desk.reach(office.caller(request, *ACTING).principal)
        made = desk.open(given.made(), reach)
        return _told(made, room, 201)

    @router.post("/recognise", response_model=bodies.PromiseList)
    def recognise_promises(request: Request, given: bodies.DraftIn) -> Any:
        """What a draft promises, and by when; nothing is kept of it."""
        office.caller(request, *ACTING)
        found = desk.promised(given.text, given.at)
        return _answer({"promises": [shown.promise(one) for one in found]})


def _add_one(router: APIRouter, office: Office, desk: CommitmentDesk) -> None:
    @router.get("/{key}", response_model=bodies.TrailOut)
    def show_commitment(request: Request, key: Key) -> Any:
        """One with all that was done about it."""
        reach = desk.reach(office.caller(request, *READING).principal)
        one = desk.commitments.get(key, reach)
        return _answer(shown.trail(one, desk.commitments.steps(key, reach)))


def _add_steps(router: APIRouter, office: Office, desk: CommitmentDesk, room: Room) -> None:
    kept = desk.commitments

    @router.post("/{key}/confirm", response_model=bodies.CommitmentOut, responses=CONFLICT)
    def confirm(request: Request, key: Key, given: bodies.ConfirmIn) -> Any:
        """Say that what was recognised is a promise; with a day where none was said."""
        reach = desk.reach(office.caller(request, *ACTING).principal)
        return _told(kept.confirm(key, reach, due=given.due), room)

    @router.post("/{key}/discard", response_model=bodies.CommitmentOut, responses=CONFLICT)
    def discard(request: Request, key: Key, given: bodies.DiscardIn) -> Any:
        """Say that what was recognised is no promise."""
        reach = desk.reach(office.caller(request, *ACTING).principal)
        return _told(kept.discard(key, reach, reason=given.reason), room)

    @router.post("/{key}/assign", response_model=bodies.CommitmentOut, responses=CONFLICT)
    def assign(request: Request, key: Key, given: bodies.AssignIn) -> Any:
        """Give it to an account, which is told."""
        reach = desk.reach(office.caller(request, *ACTING).principal)
        return _told(kept.assign(key, given.account, reach), room)

    @router.post("/{key}/note", response_model=bodies.CommitmentOut)
    def note(request: Request, key: Key, given: bodies.NoteIn) -> Any:
        """Enter something that was done or said about it."""
        reach = desk.reach(office.caller(request, *ACTING).principal)
        return _told(kept.note(key, given.text, reach), room)

    @router.post("/{key}/move", response_model=bodies.CommitmentOut, responses=CONFLICT)
    def move(request: Request, key: Key, given: bodies.MoveIn) -> Any:
        """Set another day, and say why."""
        reach = desk.reach(office.caller(request, *ACTING).principal)
        return _told(kept.move(key, given.due, given.reason, reach), room)

    @router.post("/{key}/close", response_model=bodies.CommitmentOut, responses=CONFLICT)
    def close(request: Request, key: Key, given: bodies.CloseIn) -> Any:
        """Say what became of it: kept, broken, or closed otherwise."""
        reach = desk.reach(office.caller(request, *ACTING).principal)
        return _told(kept.close(key, given.outcome, reach, reason=given.reason), room)


def _listed(found: list[Commitment]) -> JSONResponse:
    return _answer({"commitments": [shown.commitment(one) for one in found]})


def _told(one: Commitment, room: Room, status: int = 200) -> JSONResponse:
    """What became of one; whoever follows its contact hears that there is news."""
    if one.contact is not None:
        room.hub.tell(one.contact)
    return _answer(shown.commitment(one), status)


def _answer(content: Any, status: int = 200) -> JSONResponse:
    return JSONResponse(content, status, {"cache-control": "no-store"})
