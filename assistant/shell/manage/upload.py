"""``POST /v1/sources``: a file becomes a draft. Kept, then read by the worker.

Who may is decided before the body is read. A name that belongs to a source which whoever asks must
not know of is answered like any other: the new source just gets another name.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

import anyio.to_thread
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.datastructures import FormData
from starlette.responses import Response

from assistant.refusals import because
from assistant.shell.manage import bodies, shown
from assistant.shell.manage.form import (
    FILING,
    audience_of,
    checked_fields,
    days_of,
    file_of,
    form_schema,
    text_of,
)
from assistant.shell.manage.names import checked_name, free_name
from assistant.shell.manage.office import Caller, Office
from assistant.shell.manage.refusals import CONFLICT, Problem
from knowledge.audience import audience_key
from knowledge.curation_checks import checked_note
from knowledge.errors import SettingsError
from knowledge.jobs import NewJob

_FIELDS = frozenset({"file", "source", "name", *FILING})

TOO_LARGE: dict[int | str, dict[str, Any]] = {
    413: {"model": Problem, "description": "Larger than `VOZ_MAX_UPLOAD_MB`."}
}

_FORM = form_schema(
    "file",
    file={"type": "string", "format": "binary"},
    source={"type": "integer", "description": "The source that it is a version of."},
    name={"type": "string", "description": "Of a new source; else the file's."},
)


def add_upload_route(router: APIRouter, office: Office) -> None:
    """Add the route."""

    @router.post(
        "/sources",
        status_code=202,
        response_model=bodies.JobOut,
        responses=CONFLICT | TOO_LARGE,
        openapi_extra=_FORM,
    )
    async def upload(request: Request) -> Response:
        """Bring a file in as a draft: of a new source, or as a version of one.

        It is read, cut and embedded in the background; the answer is the job. 409, with the number
        of the source, where one of that name is there already: name it as ``source``.
        """
        caller = await anyio.to_thread.run_sync(office.caller, request, "edit_source")
        async with request.form(max_files=1, max_fields=60) as form:
            return await anyio.to_thread.run_sync(_take, caller, form)


def _take(caller: Caller, form: FormData) -> Response:
    office = caller.office
    checked_fields(form, _FIELDS)
    file = file_of(form, office.settings.max_upload_mb)
    new = _wanted(caller, form, file.filename or "")
    job = office.jobs.add(new, file.file)
    office.wake()
    return JSONResponse(shown.job(job), 202, {"cache-control": "no-store"})


def _wanted(caller: Caller, form: FormData, filename: str) -> NewJob:
    """What the worker is to do, once it is sure that whoever asks may."""
    given = text_of(form, "name") or filename
    name = checked_name(given)
    known = text_of(form, "source")
    source = caller.source(_number(known), "edit_source") if known else None
    audience = source.audience if source else audience_of(caller, form)
    if source is None:
        name = free_name(caller, name)
    wanted = {
        "file_name": PurePosixPath(checked_name(filename)).name,
        "name": source.name if source else name,
        "new": source is None,
        "note": checked_note(text_of(form, "note")),
        **days_of(form),
    }
    return NewJob("upload", caller.name, name, audience_key(audience), wanted)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise SettingsError(because("form-no-number", text=text[:20]))
    return int(text)
