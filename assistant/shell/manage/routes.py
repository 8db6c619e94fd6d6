"""The managers' REST API, put together: described in ``/v1/openapi.json`` like the agents'."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI

from assistant.shell.api import SECURITY
from assistant.shell.manage.check_routes import add_check_routes
from assistant.shell.manage.conflict_routes import add_conflict_routes
from assistant.shell.manage.import_routes import add_import_route
from assistant.shell.manage.job_routes import add_job_routes
from assistant.shell.manage.office import Office
from assistant.shell.manage.people_routes import add_people_routes
from assistant.shell.manage.refusals import PROBLEMS
from assistant.shell.manage.source_routes import add_source_routes
from assistant.shell.manage.upload import add_upload_route
from assistant.shell.manage.work_routes import add_work_routes
from assistant.shell.themes.routes import add_theme_routes
from assistant.shell.voice.routes import add_voice_routes


def add_manage_api(app: FastAPI, office: Office) -> None:
    """Add the routes to the application."""
    router = APIRouter(prefix="/v1", dependencies=SECURITY, responses=PROBLEMS)
    add_source_routes(router, office)
    add_upload_route(router, office)
    add_import_route(router, office)
    add_people_routes(router, office)
    add_job_routes(router, office)
    if office.work is not None:
        add_work_routes(router, office, office.work)
        add_check_routes(router, office, office.work)
        add_theme_routes(router, office, office.work)
    add_conflict_routes(router, office)
    add_voice_routes(router, office)
    app.include_router(router)
