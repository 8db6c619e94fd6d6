"""What the routes of contacts have in common."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path
from fastapi.responses import JSONResponse

from knowledge.identity.access import Action

READING: tuple[Action, ...] = ("hold_contacts", "feed_contacts", "see_contacts")
WRITING: tuple[Action, ...] = ("hold_contacts", "feed_contacts")

Key = Annotated[str, Path(max_length=64, description="As it was told when it was opened.")]


def answer(content: Any, status: int = 200) -> JSONResponse:
    """JSON that nobody stores."""
    return JSONResponse(content, status, {"cache-control": "no-store"})
