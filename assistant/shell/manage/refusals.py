"""Whatever a route raises -> a status and one line of JSON, in the language asked for."""

from __future__ import annotations

import json
import logging
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from assistant.shell.manage.field_reasons import reason_of
from assistant.shell.manage.names import Taken
from assistant.shell.telling import language_asked, told
from knowledge.errors import (
    AccessRefused,
    DocumentRefused,
    KnowledgeBaseError,
    NotAllowed,
    NotFound,
    RegisterLocked,
    SettingsError,
    WrongState,
)
from knowledge.refusals.reason import Reason

logger = logging.getLogger(__name__)

_STATUS: tuple[tuple[type[KnowledgeBaseError], int], ...] = (
    (NotFound, 404),
    (SettingsError, 422),
    (DocumentRefused, 422),
    (WrongState, 409),
    (NotAllowed, 403),
    (AccessRefused, 403),
)
"""The first that fits; whatever else the register or the model says is 503."""

_RETRY_S = 2


class Problem(BaseModel):
    """Why something was not done, in one line."""

    error: str = Field(description="In English, or in Spanish where Accept-Language asks for it.")
    code: str | None = Field(None, description="The same in every language: for programs.")


PROBLEMS: dict[int | str, dict[str, Any]] = {
    401: {"model": Problem, "description": "Nobody who is known here."},
    403: {"model": Problem, "description": "Not for this account."},
    404: {"model": Problem, "description": "There is none, or none for this account."},
    422: {"model": Problem, "description": "A value cannot be used."},
    503: {"model": Problem, "description": "The register cannot be used just now: try again."},
}
CONFLICT: dict[int | str, dict[str, Any]] = {
    409: {"model": Problem, "description": "Its state does not allow this."}
}


def add_refusals(app: FastAPI) -> None:
    """Let every route of the application answer what it raises in one line."""
    app.add_exception_handler(KnowledgeBaseError, _refused)
    app.add_exception_handler(RequestValidationError, _unusable)
    app.add_exception_handler(HTTPException, _stopped)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, KnowledgeBaseError)
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 503)
    if status == 503:
        logger.error("%s %s: %s", request.method, request.url.path, error, exc_info=error)
    headers = {"retry-after": str(_RETRY_S)} if isinstance(error, RegisterLocked) else {}
    more: dict[str, object] = {}
    if isinstance(error, DocumentRefused):
        more["code"] = error.code
    elif error.reason is not None:
        more["code"] = error.reason.code
    if isinstance(error, Taken):
        more["source"] = error.source.id
    return problem(status, told(error, language_asked(request)), headers, **more)


async def _unusable(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return refused(request, 422, reason_of(error.errors()[0]))


async def _stopped(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if isinstance(error.detail, Reason):
        return refused(request, error.status_code, error.detail, headers)
    return problem(error.status_code, str(error.detail), headers)


def refused(
    connection: HTTPConnection, status: int, reason: Reason, headers: dict[str, str] | None = None
) -> Response:
    """A reason, in the language that is asked for."""
    line = reason.told(language_asked(connection))
    return problem(status, line, headers, code=reason.code)


def problem(
    status: int, line: str, headers: dict[str, str] | None = None, **more: object
) -> Response:
    """One line of JSON that says why."""
    body = json.dumps({"error": " ".join(line.split()), **more}, ensure_ascii=False) + "\n"
    headers = {"cache-control": "no-store", **(headers or {})}
    return Response(body, status, headers, media_type="application/json")
