"""``/v1/work``, ``/v1/gaps``, ``/v1/feedback``, ``/v1/stale``, ``/v1/receipts`` and ``/v1/series``.

What comes back from agents and becomes work, for those who answer for whom it comes from. What is
not theirs answers as what is not there.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse

from assistant.shell.manage import shown
from assistant.shell.manage import work_bodies as bodies
from assistant.shell.manage.bodies import JobOut
from assistant.shell.manage.conflicts import last_count
from assistant.shell.manage.desk import DECIDING, Desk
from assistant.shell.manage.office import Caller, Office
from assistant.shell.manage.refusals import CONFLICT
from knowledge.audience import audience_key
from knowledge.identity.access import Action
from knowledge.identity.roster import roster
from knowledge.jobs import SEARCHES, Kind, NewJob
from knowledge.work import work_series
from knowledge.work.feedback import Feedback
from knowledge.work.gaps import Gaps
from knowledge.work.receipts import Receipts
from knowledge.work.work_store import WorkStore

_LAST_ID = 2_147_483_647
MAX_DAYS = 366
Number = Annotated[int, Path(ge=1, le=_LAST_ID, description="As it is listed.")]


def add_work_routes(router: APIRouter, office: Office, store: WorkStore) -> None:
    """Add the routes of every list."""
    _add_counts(router, office, store)
    _add_gaps(router, office, store)
    _add_feedback(router, office, store)
    _add_readings(router, office, store)
    _add_looking(router, office, store)


def _desk(office: Office, store: WorkStore, request: Request, *actions: Action) -> Desk:
    return Desk(office.caller(request, *actions), store)


def _add_counts(router: APIRouter, office: Office, store: WorkStore) -> None:
    @router.get("/work", response_model=bodies.WorkCounts)
    def count(request: Request) -> Any:
        """How much there is to do in each list, and who may be given it."""
        desk = _desk(office, store, request, "see_feedback", "see_drafts")
        sees = desk.caller.may_anywhere("see_feedback")
        manages = desk.caller.may_anywhere("see_drafts")
        searched = {kind: _last_search(desk.caller, kind) for kind in SEARCHES}
        return _answer(
            {
                "gaps": Gaps(store).count_open(desk.sees) if sees else None,
                "feedback": len(Feedback(store).tasks(desk.sees)) if sees else None,
                "stale": len({one["source"] for one in desk.stale()}) if manages else None,
                "receipts": desk.readings_missing() if sees else None,
                "keepers": desk.keepers(),
                **searched,
            }
        )


def _last_search(caller: Caller, kind: Kind) -> Any:
    """Of those who may mend what it finds; nobody's search is begun here."""
    if not any(caller.may_anywhere(action) for action in DECIDING):
        return None
    return last_count(kind, caller.office.register, caller.viewer)


def _add_gaps(router: APIRouter, office: Office, store: WorkStore) -> None:
    @router.get("/gaps", response_model=bodies.GapList)
    def list_gaps(
        request: Request,
        days: Annotated[int | None, Query(ge=1, le=36_500, description="Of the last days.")] = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
        settled: Annotated[bool, Query(description="Those dismissed and closed too.")] = False,
    ) -> Any:
        """What is asked and not answered, the worst first."""
        desk = _desk(office, store, request, "see_feedback")
        return _answer({"gaps": desk.gaps(days=days, limit=limit, settled=settled)})

    @router.post("/gaps/{number}/assign", response_model=bodies.GapOut)
    def assign_gap(request: Request, number: Number, given: bodies.OwnerIn) -> Any:
        """Give a gap to an account that answers for who asked it; it is told."""
        desk = _desk(office, store, request, *DECIDING)
        owner = desk.check_keeper(given.owner, desk.gap_audience(number))
        Gaps(store).assign(number, owner, desk.decides)
        return _answer(desk.gap(number))

    @router.post("/gaps/{number}/dismiss", response_model=bodies.GapOut)
    def dismiss_gap(request: Request, number: Number, given: bodies.ReasonIn) -> Any:
        """Put a gap aside until it is asked often again."""
        desk = _desk(office, store, request, *DECIDING)
        Gaps(store).dismiss(number, given.reason, desk.decides)
        return _answer(desk.gap(number))

    @router.post("/gaps/{number}/close", response_model=bodies.GapOut)
    def close_gap(request: Request, number: Number) -> Any:
        """Say that sources answer it now."""
        desk = _desk(office, store, request, *DECIDING)
        Gaps(store).close(number, desk.decides)
        return _answer(desk.gap(number))

    @router.post("/gaps/{number}/reopen", response_model=bodies.GapOut)
    def reopen_gap(request: Request, number: Number) -> Any:
        """Take back whatever was decided."""
        desk = _desk(office, store, request, *DECIDING)
        Gaps(store).reopen(number, desk.decides)
        return _answer(desk.gap(number))

    @router.post("/gaps/{number}/card", status_code=202, response_model=JobOut)
    def write_card(request: Request, number: Number, given: bodies.GapCardIn) -> Any:
        """Write a card for a gap, as a draft; the answer is the job."""
        desk = _desk(office, store, request, "edit_source")
        audience = desk.gap_audience(number)
        desk.caller.require("edit_source", [audience])
        wanted = {
            "gap": number,
            "answer": given.answer.strip(),
            "labels": sorted(desk.decides.audiences),
        }
        title = desk.gap(number)["question"][:200]
        new = NewJob("gap_card", desk.caller.name, title, audience_key([audience]), wanted)
        job = office.jobs.add(new)
        office.wake()
        return _answer(shown.job(job), 202)


def _add_feedback(router: APIRouter, office: Office, store: WorkStore) -> None:
    at = "/feedback/{number}"

    @router.get("/feedback", response_model=bodies.FeedbackList)
    def list_feedback(
        request: Request,
        settled: Annotated[bool, Query(description="What is settled as well.")] = False,
        mine: Annotated[bool, Query(description="Only what is for whoever asks.")] = False,
    ) -> Any:
        """What agents report of answers and sources, oldest first."""
        desk = _desk(office, store, request, "see_feedback")
        return _answer({"feedback": desk.tasks(settled=settled, own=mine)})

    @router.post(f"{at}/take", response_model=bodies.FeedbackOut, responses=CONFLICT)
    def take(request: Request, number: Number) -> Any:
        """Begin to work on it."""
        desk = _desk(office, store, request, *DECIDING)
        Feedback(store).take(number, desk.decides)
        return _answer(desk.task(number))

    @router.post(f"{at}/assign", response_model=bodies.FeedbackOut, responses=CONFLICT)
    def assign(request: Request, number: Number, given: bodies.OwnerIn) -> Any:
        """Give it to an account that handles feedback; it is told."""
        desk = _desk(office, store, request, *DECIDING)
        desk.task(number)
        owner = desk.check_keeper(given.owner, None)
        Feedback(store).assign(number, owner, desk.decides)
        return _answer(desk.task(number))

    @router.post(f"{at}/resolve", response_model=bodies.FeedbackOut, responses=CONFLICT)
    def resolve(request: Request, number: Number, given: bodies.ResolveIn) -> Any:
        """Say that it is right now; who reported it is told."""
        desk = _desk(office, store, request, *DECIDING)
        fixed = given.fixed_in
        Feedback(store).resolve(number, given.answer, desk.decides, fixed_in=fixed)
        return _answer(desk.task(number))

    @router.post(f"{at}/decline", response_model=bodies.FeedbackOut, responses=CONFLICT)
    def decline(request: Request, number: Number, given: bodies.AnswerIn) -> Any:
        """Say why nothing changes; who reported it is told."""
        desk = _desk(office, store, request, *DECIDING)
        Feedback(store).decline(number, given.answer, desk.decides)
        return _answer(desk.task(number))


def _add_readings(router: APIRouter, office: Office, store: WorkStore) -> None:
    @router.get("/receipts", response_model=bodies.ReadingList)
    def list_readings(request: Request) -> Any:
        """Who has read what is required and who has not, soonest due first, by circle."""
        desk = _desk(office, store, request, "see_feedback")
        return _answer({"readings": desk.readings()})

    @router.get("/receipts/pending", response_model=bodies.PendingList)
    def list_pending(
        request: Request, account: Annotated[str, Query(max_length=200, description="Whose.")]
    ) -> Any:
        """What an account must still read."""
        desk = _desk(office, store, request, "see_feedback")
        return _answer({"pending": desk.pending(account)})

    @router.post("/receipts", status_code=201, response_model=bodies.ReadingList)
    def require_reading(request: Request, given: bodies.RequireIn) -> Any:
        """Ask people to read a published version by a day."""
        desk = _desk(office, store, request, *DECIDING)
        name = desk.caller.source(given.source, *DECIDING).name
        Receipts(store).require(name, given.version, given.labels, given.due, desk.decides)
        return _answer({"readings": desk.readings()}, 201)

    @router.post("/receipts/{number}/withdraw", response_model=bodies.ReadingList)
    def withdraw_reading(request: Request, number: Number) -> Any:
        """No longer ask for it; who has read it stays on record."""
        desk = _desk(office, store, request, *DECIDING)
        Receipts(store).withdraw(number, desk.decides)
        return _answer({"readings": desk.readings()})


def _add_looking(router: APIRouter, office: Office, store: WorkStore) -> None:
    @router.get("/stale", response_model=bodies.StaleList)
    def list_stale(request: Request) -> Any:
        """Sources that may say what is no longer right, and why."""
        return _answer({"stale": _desk(office, store, request, "see_drafts").stale()})

    @router.get("/series", response_model=bodies.Series)
    def series(
        request: Request,
        days: Annotated[int, Query(ge=2, le=MAX_DAYS, description="Up to today.")] = 90,
    ) -> Any:
        """Questions, coverage and what was left to do, day by day."""
        desk = _desk(office, store, request, "see_feedback")
        return _answer({"days": _series(desk, days)})


def _series(desk: Desk, days: int) -> list[dict[str, Any]]:
    store, viewer, last = desk.store, desk.sees, desk.store.today()
    first = last - timedelta(days=days - 1)
    people = roster(store, viewer)
    return [
        {
            "day": asked.day.isoformat(),
            "asked": asked.asked,
            "answered": asked.answered,
            "partly": asked.partly,
            "not_found": asked.not_found,
            "coverage": round(asked.answered / asked.asked, 4) if asked.asked else None,
            "gaps_open": gaps.count,
            "feedback_open": remarks.count,
            "receipts_outstanding": readings.count,
        }
        for asked, gaps, remarks, readings in zip(
            work_series.questions_per_day(store, viewer, first, last),
            work_series.gaps_open(store, viewer, first, last),
            work_series.feedback_open(store, viewer, first, last),
            work_series.receipts_outstanding(store, viewer, people, first, last),
            strict=True,
        )
    ]


def _answer(content: Any, status: int = 200) -> JSONResponse:
    return JSONResponse(content, status, {"cache-control": "no-store"})
