"""``POST /v1/ask``: the same answers as the page, for programs. Described in /v1/openapi.json.

Programs show an API key; the page's own session is as good.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from fastapi import Depends, FastAPI
from fastapi.responses import JSONResponse
from fastapi.security import APIKeyCookie, HTTPBearer
from pydantic import BaseModel, ConfigDict, Field

from assistant.cases.given import case_of
from assistant.models import Role, Turn
from assistant.shell.access import COOKIE, Access
from assistant.shell.answer_json import answer_json
from assistant.shell.manage.refusals import PROBLEMS
from assistant.voice.models import CHANNELS, Channel
from knowledge.models import Viewer

if TYPE_CHECKING:
    from assistant.pipeline import Assistant
    from assistant.shell.case_answers import CaseAnswers
    from assistant.shell.voicing import Voice
    from assistant.voice.phrasing import Phrased

logger = logging.getLogger(__name__)

MAX_TURNS = 100
MAX_TURN_CHARS = 8_000
MAX_CASE_KEYS = 30


SECURITY = [
    Depends(HTTPBearer(scheme_name="key", description="An API key.", auto_error=False)),
    Depends(
        APIKeyCookie(
            name=COOKIE, scheme_name="session", description="Of the page.", auto_error=False
        )
    ),
]
"""For the description alone: `gate.Gate` has looked at both before a route is reached."""


REFUSALS: dict[int | str, dict[str, Any]] = {code: PROBLEMS[code] for code in (401, 403, 422, 503)}
"""Of every route for programs, for the description."""


class TurnIn(BaseModel):
    """Something said or asked earlier in the conversation."""

    model_config = ConfigDict(extra="forbid")

    role: Role
    text: str = Field(max_length=MAX_TURN_CHARS)


class AskIn(BaseModel):
    """A question with the conversation before it, oldest first."""

    model_config = ConfigDict(extra="forbid")

    question: str
    on: date | None = Field(default=None, description="The day asked about; today without one.")
    history: list[TurnIn] = Field(default=[], max_length=MAX_TURNS)
    case: dict[str, str] | None = Field(
        default=None,
        max_length=MAX_CASE_KEYS,
        description="What is known of the customer's case, for the deadlines in the answer: days "
        "by what happened (delivered: 2026-11-16), and channel: web, phone or shop.",
    )
    channels: list[Channel] = Field(
        default=[],
        max_length=len(CHANNELS),
        description="Give the answer in the company's voice too, as it is said or written on each "
        "of these; `voice` stays empty where no voice guide is in force.",
    )


def add_api(
    app: FastAPI,
    assistant: Assistant,
    access: Access,
    case_answers: CaseAnswers,
    voice: Voice | None,
) -> None:
    """Add the routes to the application; every call asks as whoever makes the request."""
    asking = Depends(access.viewer_for("ask"))

    @app.post("/v1/ask", response_class=JSONResponse, dependencies=SECURITY, responses=REFUSALS)
    def ask(asked: AskIn, viewer: Viewer = asking) -> Any:
        """Answer a question: statements with citations, or the nearest sources."""
        history = [Turn(turn.role, turn.text) for turn in asked.history]
        viewer = replace(viewer, on=asked.on)
        if asked.case is None:
            answer = assistant.ask(asked.question, viewer, history)
        else:
            case = case_of(asked.case)
            answer = case_answers.ask(assistant, asked.question, viewer, history, case)
        voiced: list[Phrased] = []
        for channel in asked.channels if voice else ():
            found = voice and voice.phrase(answer, viewer, channel, opening=not asked.history)
            voiced += [found] if found else []
        content = answer_json(answer, voiced)
        return JSONResponse(content, headers={"cache-control": "no-store"})
