"""``/v1/evaluations``: described in ``/v1/openapi.json`` like everything else for programs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse, Response

from assistant.refusals import because
from assistant.shell.answer_json import answer_json
from assistant.shell.api import SECURITY
from assistant.shell.manage.office import Office
from assistant.shell.manage.refusals import PROBLEMS
from assistant.shell.quality import bodies
from assistant.shell.quality.draft_routes import add_draft_routes
from assistant.shell.quality.room import QualityRoom
from assistant.shell.quality.run_routes import add_run_routes
from assistant.shell.quality.set_routes import add_set_routes
from knowledge.errors import NotFound
from knowledge.models import Viewer
from knowledge.validity import moment_of
from knowledge.work.work_store import WorkStore

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

STYLE_PATH = "/voz/quality/report.css"


def add_quality_api(app: FastAPI, office: Office, store: WorkStore, assistant: Assistant) -> None:
    """Add the routes to the application."""
    room = QualityRoom(office, store)
    router = APIRouter(prefix="/v1/evaluations", dependencies=SECURITY, responses=PROBLEMS)
    add_set_routes(router, room)
    add_draft_routes(router, room)
    add_run_routes(router, room)
    _add_told(router, office, assistant)
    app.include_router(router)
    app.add_api_route(STYLE_PATH, _style, methods=["GET"], include_in_schema=False)


def _add_told(router: APIRouter, office: Office, assistant: Assistant) -> None:
    @router.post("/told", response_class=JSONResponse)
    def told(request: Request, given: bodies.ToldIn) -> Any:
        """What an agent of an audience was told at a past moment, by the register as it was."""
        caller = office.caller(request, "ask_as_told")
        tree = caller.tree
        seen = tree.above(given.audience) if given.audience in tree.audiences else frozenset()
        if not seen or not seen <= caller.viewer.audiences:
            raise NotFound(because("audience-unseen", audience=given.audience))
        at = moment_of(given.at, office.settings.time_zone)
        viewer = Viewer(caller.name, seen)
        answer = assistant.ask(given.question, replace(viewer, on=at.date(), told=at))
        return JSONResponse(answer_json(answer), headers={"cache-control": "no-store"})


def _style() -> Response:
    """The style of reports, for what is shown of one within the page."""
    from eval.report.style import STYLE

    content = STYLE.replace(":root", ":host")
    return Response(content, media_type="text/css", headers={"cache-control": "no-cache"})
