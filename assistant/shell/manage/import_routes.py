"""``POST /v1/imports``: a ZIP archive, or an address, becomes as many drafts as it has documents.

Kept, then taken apart by the worker (`assistant.shell.manage.importing`), which asks for an upload
of each document: so each has its own progress and its own line when it cannot be read.
"""

from __future__ import annotations

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
from assistant.shell.manage.office import Caller, Office
from assistant.shell.manage.refusals import CONFLICT
from assistant.shell.manage.upload import TOO_LARGE
from knowledge.audience import audience_key
from knowledge.curation_checks import checked_note
from knowledge.errors import SettingsError
from knowledge.identity.access import Grant
from knowledge.jobs import NewJob

_FIELDS = frozenset({"file", "url", *FILING})

_FORM = form_schema(
    file={"type": "string", "format": "binary", "description": "A ZIP archive."},
    url={
        "type": "string",
        "description": "Instead of a file: a page, a document or a sitemap, on one of the hosts of "
        "`VOZ_URL_HOSTS`.",
    },
)


def add_import_route(router: APIRouter, office: Office) -> None:
    """Add the route."""

    @router.post(
        "/imports",
        status_code=202,
        response_model=bodies.JobOut,
        responses=CONFLICT | TOO_LARGE,
        openapi_extra=_FORM,
    )
    async def bring_in(request: Request) -> Response:
        """Bring in every document of a ZIP archive, or of an address, as a draft.

        A document called like a source that whoever asks edits becomes its next version. The
        answer is the job; its ``result`` tells the jobs of the documents, and what was refused.
        """
        caller = await anyio.to_thread.run_sync(office.caller, request, "edit_source")
        async with request.form(max_files=1, max_fields=60) as form:
            return await anyio.to_thread.run_sync(_take, caller, form)


def _take(caller: Caller, form: FormData) -> Response:
    office = caller.office
    checked_fields(form, _FIELDS)
    url = text_of(form, "url")
    file = None if url else file_of(form, office.settings.max_upload_mb)
    if file is not None and not (file.filename or "").lower().endswith(".zip"):
        raise SettingsError(because("no-archive", name=file.filename or because("the-file")))
    if url:
        _check(url, office)
    audience = audience_of(caller, form)
    wanted = {
        "url": url,
        "from_file": file is not None,
        "note": checked_note(text_of(form, "note")),
        **days_of(form),
        "grants": _texts(caller.principal.grants),
        "within": None if caller.principal.within is None else _texts(caller.principal.within),
    }
    title = (url or (file.filename if file else None) or "")[:400]
    new = NewJob("import", caller.name, title, audience_key(audience), wanted)
    job = office.jobs.add(new, file.file if file else None)
    office.wake()
    return JSONResponse(shown.job(job), 202, {"cache-control": "no-store"})


def _check(url: str, office: Office) -> None:
    """See to it that the address may be asked at all.

    Raises:
        SettingsError: importing from the web is off.
        DocumentRefused: it is no address, or of a host that is not named.
    """
    from ingest.urls import allowed, parse_url

    allowed(office.settings).check(parse_url(url))


def _texts(grants: frozenset[Grant]) -> list[str]:
    return sorted(map(str, grants))
