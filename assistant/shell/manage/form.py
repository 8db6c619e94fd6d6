"""What forms with a file say, checked."""

from __future__ import annotations

from typing import Any

from fastapi import HTTPException
from starlette.datastructures import FormData, UploadFile

from assistant.refusals import because
from assistant.shell.manage.office import Caller
from knowledge.errors import SettingsError
from knowledge.models import EVERYONE
from knowledge.validity import ALWAYS, NEVER, Validity, day_of

FILING: dict[str, Any] = {
    "audience": {
        "type": "array",
        "items": {"type": "string"},
        "description": "Labels of who may see new sources; left out: all staff.",
    },
    "note": {"type": "string", "description": "What is new."},
    "valid_from": {"type": "string", "format": "date"},
    "valid_to": {
        "type": "string",
        "format": "date",
        "description": "First day no longer in force.",
    },
}
"""Fields that say how what comes in is filed, as OpenAPI describes them."""


def form_schema(*required: str, **fields: Any) -> dict[str, Any]:
    """What a route says of its form: these fields and those of `FILING`."""
    schema = {"type": "object", "properties": {**fields, **FILING}, "required": list(required)}
    return {"requestBody": {"content": {"multipart/form-data": {"schema": schema}}}}


def checked_fields(form: FormData, known: frozenset[str]) -> None:
    """See to it that a form has no other fields.

    Raises:
        SettingsError: it has.
    """
    unknown = sorted(set(form) - known)
    if unknown:
        raise SettingsError(
            because("form-unknown-field", name=unknown[0], known=tuple(sorted(known)))
        )


def file_of(form: FormData, max_mb: int) -> UploadFile:
    """The file of a form.

    Raises:
        SettingsError: there is none, or it is empty.
        HTTPException: it is too large.
    """
    file = form.get("file")
    if not isinstance(file, UploadFile):
        raise SettingsError(because("form-no-file"))
    if not file.size:
        raise SettingsError(because("form-file-empty", name=file.filename or because("the-file")))
    if file.size > max_mb * 1024 * 1024:
        raise HTTPException(
            413, because("form-file-large", name=file.filename or because("the-file"), limit=max_mb)
        )
    return file


def audience_of(caller: Caller, form: FormData) -> frozenset[str]:
    """Who may see what is new: the labels given, else all staff.

    Raises:
        SettingsError: one of them is no audience.
        AccessRefused: whoever asks does not edit sources of them.
    """
    given = [str(label) for label in form.getlist("audience") if label] or [EVERYONE]
    labels = caller.tree.reduced(given)
    caller.require("edit_source", labels)
    return labels


def days_of(form: FormData) -> dict[str, str | None]:
    """``valid_from`` and ``valid_to``, as ISO dates.

    Raises:
        SettingsError: one is no day, or they are in the wrong order.
    """
    days = {name: _day(form, name) for name in ("valid_from", "valid_to")}
    first, end = days["valid_from"], days["valid_to"]
    Validity(day_of(first) if first else ALWAYS, day_of(end) if end else NEVER)
    return days


def text_of(form: FormData, name: str) -> str:
    """A field of text; empty where there is none."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def _day(form: FormData, name: str) -> str | None:
    text = text_of(form, name)
    return day_of(text).isoformat() if text else None
