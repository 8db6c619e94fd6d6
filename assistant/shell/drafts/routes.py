"""``POST /v1/drafts/check``: what to look at in a draft before it is sent; nothing is kept."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from assistant.cases.given import case_of
from assistant.drafting.models import Kind
from assistant.shell.access import Access, visitor_of
from assistant.shell.api import MAX_CASE_KEYS, REFUSALS, SECURITY
from assistant.shell.contact.room import Room
from assistant.shell.drafts.desk import MAX_ABOUT_CHARS, MAX_DRAFT_CHARS, Asked, DraftDesk
from assistant.shell.drafts.shown import check_json
from assistant.shell.drafts.talk import CHANNELS, LAST_SAID, MAX_SAID
from assistant.shell.manage.refusals import PROBLEMS
from assistant.shell.telling import language_asked
from assistant.voice.models import Channel
from knowledge.models import Language
from knowledge.privacy.models import Known

MAX_KNOWN = 50
MAX_KNOWN_CHARS = 300


class DraftIn(BaseModel):
    """What an agent is about to send, with what is known around it."""

    model_config = ConfigDict(extra="forbid")

    draft: str = Field(max_length=MAX_DRAFT_CHARS)
    channel: Channel | None = Field(default=None, description="On which it goes out.")
    language: Language | None = Field(default=None, description="Of the draft; found without one.")
    about: str = Field(
        default="", max_length=MAX_ABOUT_CHARS, description="What the customer wrote or asked."
    )
    known: list[str] = Field(
        default=[],
        max_length=MAX_KNOWN,
        description="What is known of the customer (name, address, order numbers): may be said.",
    )
    case: dict[str, str] | None = Field(
        default=None,
        max_length=MAX_CASE_KEYS,
        description="Days of the customer's case, as in /v1/ask: delivered: 2026-11-16.",
    )
    contact: str | None = Field(
        default=None,
        max_length=64,
        description="Key of the contact it is written in: its channel and what its customer said.",
    )


class PlaceOut(BaseModel):
    """The rule or sentence that a finding rests on."""

    document: str
    title: str
    version: int
    page: int | None
    row: int | None
    heading: str
    quote: str
    start: int
    end: int
    language: Language
    valid_from: str | None
    valid_to: str | None


class FindingOut(BaseModel):
    """Something to look at before the draft is sent."""

    kind: Kind
    cause: str = Field(description="Why, for programs.")
    start: int = Field(description="In characters of the draft (Unicode code points).")
    end: int = Field(description="After it; equal to start for what is missing.")
    text: str
    reason: str = Field(description="In English, or in Spanish where Accept-Language asks for it.")
    mend: str | None = Field(description="To put in its place; null where nobody can tell.")
    source: PlaceOut | None


class CheckOut(BaseModel):
    """What was found in a draft, in its order, what is missing last."""

    language: Language = Field(description="Of the draft.")
    findings: list[FindingOut]
    timings_ms: dict[str, float]


def add_draft_api(app: FastAPI, desk: DraftDesk, access: Access, room: Room | None) -> None:
    """Add the route.

    Args:
        app: to which.
        desk: checks drafts.
        access: what somebody may do.
        room: contacts, for drafts that are written in one; `None`: there are none.
    """

    @app.post(
        "/v1/drafts/check",
        response_model=CheckOut,
        dependencies=SECURITY,
        responses=REFUSALS | {404: PROBLEMS[404]},
    )
    def check_draft(request: Request, given: DraftIn) -> Any:
        """Check a draft: spelling, voice, promises, facts, internal content, personal data.

        Nothing of it is stored or logged.
        """
        principal = visitor_of(request).principal
        viewer = access.viewer(principal, "ask")
        tongue = language_asked(request)
        asked = _asked(given, tongue)
        if given.contact is not None and room is not None:
            reach = room.reach(principal)
            contact = room.contacts.get(given.contact, reach)
            turns = room.contacts.turns(given.contact, reach)
            said = [t.text for t in turns if t.speaker == "customer" and t.text][-MAX_SAID:]
            asked = Asked(
                asked.draft,
                tongue,
                asked.language,
                asked.channel or CHANNELS[contact.channel],
                asked.about or "\n".join(said[-LAST_SAID:]),
                asked.known,
                (*asked.facts, *said),
            )
        check = desk.check(asked, viewer)
        content = check_json(check, given.draft, tongue)
        return JSONResponse(content, headers={"cache-control": "no-store"})


def _asked(given: DraftIn, tongue: Language) -> Asked:
    known = tuple(one[:MAX_KNOWN_CHARS] for one in given.known)
    case = case_of(given.case or {})
    facts = tuple(f"{event} {when.day.isoformat()}" for event, when in case.dates.items())
    return Asked(
        given.draft,
        tongue,
        given.language,
        given.channel,
        given.about,
        Known(known, known, known, known),
        facts,
    )
