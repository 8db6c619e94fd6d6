"""``POST /v1/ask``: the same answers as the page, for programs. Described in /v1/openapi.json."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from assistant.models import Role, Turn
from assistant.shell.answer_json import answer_json
from knowledge.errors import KnowledgeBaseError, SettingsError
from knowledge.models import Viewer

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

logger = logging.getLogger(__name__)

MAX_TURNS = 100
MAX_TURN_CHARS = 8_000


class TurnIn(BaseModel):
    """Something said or asked earlier in the conversation."""

    model_config = ConfigDict(extra="forbid")

    role: Role
    text: str = Field(max_length=MAX_TURN_CHARS)


class AskIn(BaseModel):
    """A question with the conversation before it, oldest first."""

    model_config = ConfigDict(extra="forbid")

    question: str
    history: list[TurnIn] = Field(default=[], max_length=MAX_TURNS)


def add_api(app: FastAPI, assistant: Assistant, viewer: Viewer) -> None:
    """Add the routes to the application; every call asks as ``viewer``."""

    @app.post("/v1/ask", response_class=JSONResponse)
    def ask(asked: AskIn) -> Any:
        """Answer a question: statements with citations, or the nearest sources."""
        history = [Turn(turn.role, turn.text) for turn in asked.history]
        try:
            answer = assistant.ask(asked.question, viewer, history)
        except SettingsError as error:
            return JSONResponse({"error": str(error)}, status_code=422)
        except KnowledgeBaseError as error:
            logger.exception("a question could not be answered")
            return JSONResponse({"error": str(error)}, status_code=503)
        return JSONResponse(answer_json(answer), headers={"cache-control": "no-store"})
