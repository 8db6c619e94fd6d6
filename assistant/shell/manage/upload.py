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
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response

from assistant.shell.manage import bodies, shown
from assistant.shell.manage.names import Taken, checked_name, free_name
from assistant.shell.manage.office import Caller, Office
from assistant.shell.manage.refusals import CONFLICT, Problem, problem
from knowledge.audience import audience_key
from knowledge.curation_checks import checked_note
from knowledge.errors import SettingsError
from knowledge.jobs import NewJob
from knowledge.models import EVERYONE
from knowledge.validity import ALWAYS, NEVER, Validity, day_of

_FIELDS = frozenset({"file", "source", "name", "audience", "note", "valid_from", "valid_to"})

TOO_LARGE: dict[int | str, dict[str, Any]] = {
    413: {"model": Problem, "description": "Larger than `VOZ_MAX_UPLOAD_MB`."}
}

_FORM: dict[str, Any] = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {"type": "string", "format": "binary"},
        "source": {"type": "integer", "description": "The source that it is a version of."},
        "name": {"type": "string", "description": "Of a new source; else the file's."},
        "audience": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Labels of who may see a new source; left out: all staff.",
        },
        "note": {"type": "string", "description": "What is new in it."},
        "valid_from": {"type": "string", "format": "date"},
        "valid_to": {
            "type": "string",
            "format": "date",
            "description": "First day no longer in force.",
        },
    },
}


def add_upload_route(router: APIRouter, office: Office) -> None:
    """Add the route."""
    described = {"requestBody": {"content": {"multipart/form-data": {"schema": _FORM}}}}

    @router.post(
        "/sources",
        status_code=202,
        response_model=bodies.JobOut,
        responses=CONFLICT | TOO_LARGE,
        openapi_extra=described,
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
    try:
        file = _file(form, office.settings.max_upload_mb)
        new = _wanted(caller, form, file.filename or "")
    except Taken as taken:
        line = f"there is a source {taken.source.name!r}: upload it as a version of that"
        return problem(409, line, source=taken.source.id)
    job = office.jobs.add(new, file.file)
    office.wake()
    return JSONResponse(shown.job(job), 202, {"cache-control": "no-store"})


def _file(form: FormData, max_mb: int) -> UploadFile:
    unknown = sorted(set(form) - _FIELDS)
    if unknown:
        raise SettingsError(f"{unknown[0]!r} is no field: use {', '.join(sorted(_FIELDS))}")
    file = form.get("file")
    if not isinstance(file, UploadFile):
        raise SettingsError("file: a file was expected, as multipart/form-data")
    if not file.size:
        raise SettingsError(f"{file.filename or 'the file'} is empty: choose another one")
    if file.size > max_mb * 1024 * 1024:
        raise HTTPException(413, f"{file.filename} is larger than {max_mb} MiB: divide it")
    return file


def _wanted(caller: Caller, form: FormData, filename: str) -> NewJob:
    """What the worker is to do, once it is sure that whoever asks may."""
    given = _text(form, "name") or filename
    name = checked_name(given)
    known = _text(form, "source")
    source = caller.source(_number(known), "edit_source") if known else None
    audience = source.audience if source else _audience(caller, form)
    if source is None:
        name = free_name(caller, name)
    first, end = _day(form, "valid_from"), _day(form, "valid_to")
    Validity(day_of(first) if first else ALWAYS, day_of(end) if end else NEVER)
    wanted = {
        "file_name": PurePosixPath(checked_name(filename)).name,
        "name": source.name if source else name,
        "new": source is None,
        "note": checked_note(_text(form, "note")),
        "valid_from": first,
        "valid_to": end,
    }
    return NewJob("upload", caller.name, name, audience_key(audience), wanted)


def _audience(caller: Caller, form: FormData) -> frozenset[str]:
    given = [str(label) for label in form.getlist("audience") if label] or [EVERYONE]
    labels = caller.tree.reduced(given)
    caller.require("edit_source", labels)
    return labels


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise SettingsError(f"source: {text[:20]!r} is no number of a source")
    return int(text)


def _day(form: FormData, name: str) -> str | None:
    text = _text(form, name)
    return day_of(text).isoformat() if text else None


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""
