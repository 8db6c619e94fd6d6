"""``/v1/evaluations/sets``: golden sets brought in, listed, exported, made to gate publications."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import anyio.to_thread
from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse
from starlette.datastructures import FormData
from starlette.responses import Response

from assistant.shell.manage.form import checked_fields, file_of, text_of
from assistant.shell.manage.office import Caller
from assistant.shell.manage.upload import TOO_LARGE
from assistant.shell.quality import bodies, shown
from assistant.shell.quality.room import QualityRoom
from assistant.shell.telling import language_asked
from knowledge.models import EVERYONE, Language
from knowledge.refusals.reason import Reason

MOST_FAULTS = 200

Name = Annotated[str, Path(max_length=60, description="Of the golden set.")]
_SCHEMA = {
    "type": "object",
    "properties": {
        "file": {"type": "string", "format": "binary", "description": "JSON lines, CSV or XLSX."},
        "name": {"type": "string", "description": "Of the set; of one that is there, a version."},
        "audience": {"type": "string", "description": "Whose evaluations it is for."},
    },
    "required": ["file", "name"],
}
_FORM = {"requestBody": {"content": {"multipart/form-data": {"schema": _SCHEMA}}}}


def add_set_routes(router: APIRouter, room: QualityRoom) -> None:
    """Add the routes."""

    @router.get("/sets", response_model=bodies.SetList)
    def list_sets(request: Request) -> Any:
        """The newest version of every golden set, by name."""
        caller = room.caller(request)
        return _answer(_listed(caller, room.sets.all(caller.reach("evaluate"))))

    @router.post(
        "/sets",
        status_code=201,
        response_model=bodies.SetOut,
        responses=TOO_LARGE | {422: {"model": bodies.SetFaults}},
        openapi_extra=_FORM,
    )
    async def import_set(request: Request) -> Response:
        """Bring a set in, or a new version of one; 422 tells every mistake with line and field."""
        caller = await anyio.to_thread.run_sync(room.caller, request)
        async with request.form(max_files=1, max_fields=4) as form:
            content = await anyio.to_thread.run_sync(_file, caller, form)
            return await anyio.to_thread.run_sync(
                _import, room, caller, form, content, language_asked(request)
            )

    @router.get("/sets/{name}", response_model=bodies.SetList)
    def show_set(request: Request, name: Name) -> Any:
        """All versions of a set, the newest first."""
        caller = room.caller(request)
        return _answer(_listed(caller, room.sets.versions(name, caller.reach("evaluate"))))

    @router.get("/sets/{name}/export", response_class=Response)
    def export_set(
        request: Request,
        name: Name,
        version: Annotated[int | None, Query(ge=1, description="Left out: the newest.")] = None,
    ) -> Response:
        """The cases of a version as JSON lines."""
        caller = room.caller(request)
        found, content = room.sets.content(name, caller.reach("evaluate"), version)
        file = f"{found.name}-v{found.number}.jsonl"
        headers = {
            "cache-control": "no-store",
            "content-disposition": f'attachment; filename="{file}"',
        }
        return Response(content, headers=headers, media_type="application/jsonl")

    @router.post("/sets/{name}/gates", response_model=bodies.SetOut)
    def gate(request: Request, name: Name, given: bodies.GatesIn) -> Any:
        """Have versions of sources pass a set before they are published, or no longer.

        That is asked of everybody who publishes, so it takes the right for all staff.
        """
        caller = room.caller(request)
        caller.require("evaluate", [EVERYONE])
        reach = caller.reach("evaluate")
        room.sets.gate(name, caller.name, reach, on=given.on)
        return _answer(shown.golden_set(room.sets.versions(name, reach)[0]))

    @router.delete("/sets/{name}", response_model=bodies.SetList)
    def remove(request: Request, name: Name) -> Any:
        """Take a set out of the lists; its runs and versions stay.

        One that gates publications stays until it does no longer.
        """
        caller = room.caller(request)
        reach = caller.reach("evaluate")
        if room.sets.versions(name, reach)[0].gates:
            caller.require("evaluate", [EVERYONE])
        room.sets.remove(name, caller.name, reach)
        return _answer(_listed(caller, room.sets.all(reach)))


def _file(caller: Caller, form: FormData) -> bytes:
    checked_fields(form, frozenset({"file", "name", "audience"}))
    return file_of(form, caller.office.settings.max_upload_mb).file.read()


def _import(
    room: QualityRoom, caller: Caller, form: FormData, content: bytes, language: Language
) -> Response:
    from eval.golden.loading import parsed, personal
    from eval.golden.reading import written

    file = file_of(form, caller.office.settings.max_upload_mb)
    audience = text_of(form, "audience") or EVERYONE
    caller.require("evaluate", [audience])
    golden, faults = parsed(file.filename or "", content)
    if golden is not None:
        faults = personal(golden)
    if golden is None or faults:
        return faults_answer(faults, language)
    room.check_cases(golden, caller)
    saved = room.sets.save(
        text_of(form, "name"),
        written(golden),
        golden.sha256,
        len(golden.cases),
        caller.name,
        audience,
    )
    return _answer(shown.golden_set(saved), 201)


def faults_answer(faults: Sequence[Reason], language: Language) -> JSONResponse:
    """What is wrong with a set, as `bodies.SetFaults`."""
    lines = [one.told(language) for one in faults[:MOST_FAULTS]]
    found = {"error": lines[0], "faults": lines, "count": len(faults)}
    return JSONResponse(found, 422, {"cache-control": "no-store"})


def _listed(caller: Caller, found: Any) -> dict[str, Any]:
    reach = caller.reach("evaluate") & caller.tree.audiences.keys()
    return {
        "sets": [shown.golden_set(one) for one in found],
        "gates_for_all": caller.may("evaluate", [EVERYONE]),
        "audiences": [
            {"label": label, "title": caller.tree.audiences[label].title}
            for label in sorted(reach, key=lambda label: (label != EVERYONE, label))
        ],
    }


def _answer(content: Any, status: int = 200) -> JSONResponse:
    return JSONResponse(content, status, {"cache-control": "no-store"})
