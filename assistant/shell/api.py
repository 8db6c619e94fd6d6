"""``POST /v1/ask``: the same answers as the page, for programs. Described in /v1/openapi.json.

Programs show an API key; the page's own session is as good.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from fastapi import Depends, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from fastapi.security import APIKeyCookie, HTTPBearer
from pydantic import BaseModel, ConfigDict, Field

from assistant.cases.given import case_of
from assistant.models import Role, Turn
from assistant.refusals import because
from assistant.shell.access import COOKIE, Access
from assistant.shell.answer_json import answer_json
from assistant.shell.composing import Composition, ask_composing, with_composed
from assistant.shell.manage.refusals import PROBLEMS
from assistant.voice.models import CHANNELS, Channel
from knowledge.errors import SettingsError
from knowledge.models import Viewer

if TYPE_CHECKING:
    from assistant.chat.composer import ChatComposer
    from assistant.models import Answer
    from assistant.pipeline import Assistant
    from assistant.shell.case_answers import CaseAnswers
    from assistant.shell.voicing import Voice
    from assistant.voice.phrasing import Phrased

logger = logging.getLogger(__name__)

MAX_TURNS = 100
MAX_TURN_CHARS = 8_000
MAX_CASE_KEYS = 30
STILL_THERE_S = 0.5
"""How often it is looked whether somebody still waits for what is composed."""


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
    compose: bool = Field(
        default=False,
        description="Wait for what a chat model composes (`composed`), at most "
        "VOZ_CHAT_TIMEOUT_S; without one, and where nothing is composed, it is null at once. Not "
        "with a case, whose answers are quotations.",
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
    composer: ChatComposer | None = None,
) -> None:
    """Add the routes to the application; every call asks as whoever makes the request."""
    asking = Depends(access.viewer_for("ask"))

    def answered(asked: AskIn, viewer: Viewer) -> tuple[Answer, Composition | None]:
        history = [Turn(turn.role, turn.text) for turn in asked.history]
        viewer = replace(viewer, on=asked.on)
        if asked.case is not None:
            return _of_case(asked, asked.case, viewer, history), None
        used = composer if asked.compose else None
        return ask_composing(assistant, used, asked.question, viewer, history, voice)

    def _of_case(
        asked: AskIn, given: dict[str, str], viewer: Viewer, history: Sequence[Turn]
    ) -> Answer:
        if asked.compose:
            raise SettingsError(because("compose-case"))
        return case_answers.ask(assistant, asked.question, viewer, history, case_of(given))

    def content_of(asked: AskIn, viewer: Viewer, answer: Answer) -> Any:
        viewer = replace(viewer, on=asked.on)
        voiced: list[Phrased] = []
        for channel in asked.channels if voice else ():
            found = voice and voice.phrase(answer, viewer, channel, opening=not asked.history)
            voiced += [found] if found else []
        return answer_json(answer, voiced)

    @app.post("/v1/ask", response_class=JSONResponse, dependencies=SECURITY, responses=REFUSALS)
    async def ask(request: Request, asked: AskIn, viewer: Viewer = asking) -> Any:
        """Answer a question: statements with citations, or the nearest sources."""
        answer, composition = await run_in_threadpool(answered, asked, viewer)
        if composition is not None:  # waited for in the loop: it takes no thread
            await composed_or_gone(request, composition)
            if composition.cancelled():  # nobody is there any more
                composition = None
        answer = with_composed(answer, composition)
        content = await run_in_threadpool(content_of, asked, viewer, answer)
        return JSONResponse(content, headers={"cache-control": "no-store"})


async def composed_or_gone(request: Request, composition: Composition) -> None:
    """Until it is composed; given up at the model once whoever asked has left."""
    composed = asyncio.wrap_future(composition)
    try:
        while not (await asyncio.wait({composed}, timeout=STILL_THERE_S))[0]:
            if await request.is_disconnected():
                composition.cancel()
                return
    except asyncio.CancelledError:
        composition.cancel()
        raise
