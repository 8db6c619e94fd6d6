"""``/v1/contradictions`` and ``/v1/duplicates``: looked for in the background, then listed."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from assistant.shell.manage import bodies, shown
from assistant.shell.manage.conflict_bodies import ContradictionList, DuplicateList
from assistant.shell.manage.conflicts import search, seen_now
from assistant.shell.manage.office import Caller, Office
from assistant.shell.telling import language_asked
from assistant.shell.work_texts import tell
from knowledge.jobs import Kind

_WAITING = ("queued", "running")


def add_conflict_routes(router: APIRouter, office: Office) -> None:
    """Add the routes."""

    @router.get("/contradictions", response_model=ContradictionList)
    def list_contradictions(request: Request) -> Any:
        """What one's last search found, as far as it is still in force and one may see it."""
        return _listed(office, request, "contradictions")

    @router.post("/contradictions", status_code=202, response_model=bodies.JobOut)
    def look_for_contradictions(request: Request) -> Any:
        """Look for sentences in force that contradict each other; the answer is the job."""
        return _begun(office, request, "contradictions")

    @router.get("/duplicates", response_model=DuplicateList)
    def list_duplicates(request: Request) -> Any:
        """What one's last search found, as far as it is still in force and one may see it."""
        return _listed(office, request, "duplicates")

    @router.post("/duplicates", status_code=202, response_model=bodies.JobOut)
    def look_for_duplicates(request: Request) -> Any:
        """Look for sources and passages in force that nearly repeat another; the job."""
        return _begun(office, request, "duplicates")


def _caller(office: Office, request: Request) -> Caller:
    return office.caller(request, "edit_source", "publish")


def _listed(office: Office, request: Request, kind: Kind) -> JSONResponse:
    caller = _caller(office, request)
    job = office.jobs.newest(kind, caller.name)
    done = office.jobs.newest(kind, caller.name, "done")
    findings = seen_now(done, office.register, caller.viewer) if done else []
    return _answer(
        {"job": shown.job(job, language_asked(request)) if job else None, "findings": findings}
    )


def _begun(office: Office, request: Request, kind: Kind) -> JSONResponse:
    """The job that looks; one that waits or runs already, if there is one."""
    caller = _caller(office, request)
    job = office.jobs.newest(kind, caller.name)
    if job is None or job.state not in _WAITING:
        title = tell(office.settings.language, f"job_{kind}")
        job = office.jobs.add(search(kind, caller.viewer, title))
        office.wake()
    return _answer(shown.job(job), 202)


def _answer(content: Any, status: int = 200) -> JSONResponse:
    return JSONResponse(content, status, {"cache-control": "no-store"})
