"""``/v1/cards`` and ``/v1/jobs``: approved wording as a draft, and what is being worked on."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse

from assistant.refusals import because
from assistant.shell.manage import bodies, shown
from assistant.shell.manage.names import free_name
from assistant.shell.manage.office import Caller, Office
from assistant.shell.manage.refusals import CONFLICT
from assistant.shell.telling import language_asked
from knowledge.audience import audience_key
from knowledge.cards import Card, card_document
from knowledge.curation_rows import SourceInfo
from knowledge.errors import NotFound
from knowledge.jobs import NewJob
from knowledge.models import CARD
from knowledge.validity import ALWAYS, NEVER, Validity

_MAX_JOBS = 200
Number = Annotated[int, Path(ge=1, le=2_147_483_647, description="Number of the job.")]


def add_job_routes(router: APIRouter, office: Office) -> None:
    """Add the routes."""
    _add_cards(router, office)
    _add_jobs(router, office)


def _add_cards(router: APIRouter, office: Office) -> None:
    @router.post("/cards", status_code=202, response_model=bodies.JobOut, responses=CONFLICT)
    def add_card(request: Request, given: bodies.CardIn) -> Any:
        """Write a card, or a new version of one, as a draft; the answer is the job."""
        caller = office.caller(request, "edit_source")
        source = _card(caller, given.source) if given.source else None
        audience = source.audience if source else caller.tree.reduced(given.audience)
        caller.require("edit_source", audience)
        Validity(given.valid_from or ALWAYS, given.valid_to or NEVER)
        card = Card(
            question=given.question,
            answer=given.answer,
            language=given.language,
            variants=tuple(given.variants),
            conditions=given.conditions,
            audience=tuple(sorted(audience)),
        )
        name = card_document(card, source.name if source else None)[0].name
        if source is None:
            name = free_name(caller, name)
        wanted = given.model_dump(mode="json", exclude={"audience", "source"})
        wanted |= {"name": name, "audience": sorted(audience)}
        new = NewJob("card", caller.name, given.question[:200], audience_key(audience), wanted)
        job = office.jobs.add(new)
        office.wake()
        return _answer(shown.job(job), 202)


def _add_jobs(router: APIRouter, office: Office) -> None:
    @router.get("/jobs", response_model=bodies.JobList)
    def list_jobs(request: Request, limit: Annotated[int, Query(ge=1, le=_MAX_JOBS)] = 50) -> Any:
        """The latest jobs: one's own, and those for audiences that one edits sources of."""
        caller = office.caller(request, "edit_source", "publish")
        every = office.jobs.latest(_MAX_JOBS)
        language = language_asked(request)
        seen = [shown.job(one, language) for one in every if caller.sees_job(one)]
        return _answer({"jobs": seen[:limit]})

    @router.get("/jobs/{number}", response_model=bodies.JobOut)
    def show_job(request: Request, number: Number) -> Any:
        """How far a job is, and what came of it."""
        caller = office.caller(request, "edit_source", "publish")
        return _answer(shown.job(caller.job(number), language_asked(request)))

    @router.post("/jobs/{number}/again", response_model=bodies.JobOut, responses=CONFLICT)
    def again(request: Request, number: Number) -> Any:
        """Run a job that failed or was interrupted once more."""
        caller = office.caller(request, "edit_source")
        job = office.jobs.again(caller.job(number).id)
        office.wake()
        return _answer(shown.job(job))


def _card(caller: Caller, number: int) -> SourceInfo:
    source = caller.source(number, "edit_source")
    if source.media_type != CARD:
        raise NotFound(because("card-unknown", number=number))
    return source


def _answer(content: Any, status: int = 200) -> JSONResponse:
    return JSONResponse(content, status, {"cache-control": "no-store"})
