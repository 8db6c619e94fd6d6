"""``/v1/contacts/{key}/summary``: what is proposed and saved, saving, and sending on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse

from assistant.refusals import because
from assistant.shell.contact.room import Room
from assistant.shell.manage.office import Caller, Office
from assistant.shell.manage.refusals import CONFLICT
from assistant.shell.summary import bodies
from assistant.shell.summary.gathering import Gatherer
from assistant.shell.summary.sent import message_of
from assistant.shell.telling import language_asked
from assistant.summary.models import Summary
from assistant.summary.summarize import checked
from assistant.summary.wording import markdown_of, summary_json, summary_of, text_of
from knowledge.contacts.summaries import Saved, Summaries, Version
from knowledge.errors import WrongState
from knowledge.identity.access import Action, ContactReach
from knowledge.models import Language
from knowledge.times import utc_now

READING: tuple[Action, ...] = ("hold_contacts", "feed_contacts", "see_contacts")
WRITING: tuple[Action, ...] = ("hold_contacts",)

Key = Annotated[str, Path(max_length=64, description="Of the contact.")]
Asked = Annotated[Language | None, Query(description="Of the headings; else as the page's.")]


@dataclass(frozen=True)
class SummaryDesk:
    """What the routes of summaries work with.

    Attributes:
        gatherer: makes what is proposed.
        summaries: where they are saved.
        wake: tells the courier that there is something to send; `None`: there is no receiver.
    """

    gatherer: Gatherer
    summaries: Summaries
    wake: Callable[[], None] | None = None

    def checked(
        self, key: str, caller: Caller, edited: Summary, reach: ContactReach
    ) -> tuple[Summary, Summary]:
        """A summary as somebody edited it, its lines checked; and what would be proposed."""
        turns = self.gatherer.turns(key, reach)
        proposed = self.gatherer.proposed(key, reach, caller.viewer, edited.language)
        known = set(proposed.lines)
        for version in self.summaries.saved(key, reach).versions:
            known |= set(summary_of(version.summary).lines)
        return checked(edited, turns, known, self.gatherer.country), proposed


def add_summary_routes(router: APIRouter, office: Office, room: Room, desk: SummaryDesk) -> None:
    """Add the routes."""

    @router.get("/{key}/summary", response_model=bodies.SummaryOut)
    def show_summary(request: Request, key: Key, language: Asked = None) -> Any:
        """What was saved of a contact, and what would be proposed now."""
        caller = office.caller(request, *READING)
        reach = room.reach(caller.principal)
        contact = room.contacts.get(key, reach)
        proposed = None
        if contact.erased_at is None:
            tongue = language or language_asked(request)
            proposed = desk.gatherer.proposed(key, reach, caller.viewer, tongue)
        saved = desk.summaries.saved(key, reach)
        room.seen(contact, caller.principal)
        return _answer(_shown(proposed, saved, sends=desk.wake is not None))

    @router.post(
        "/{key}/summary", status_code=201, response_model=bodies.SavedOut, responses=CONFLICT
    )
    def save_summary(request: Request, key: Key, given: bodies.SaveIn) -> Any:
        """Save a summary as a new version; lines that are no quote are the agent's own."""
        caller = office.caller(request, *WRITING)
        reach = room.reach(caller.principal)
        edited, proposed = desk.checked(key, caller, given.summary.made(), reach)
        cites = any(line.source for one in (edited, proposed) for line in one.lines)
        version = desk.summaries.save(
            key,
            reach,
            summary_json(proposed),
            summary_json(edited),
            base=given.base,
            audiences=caller.viewer.audiences if cites else (),
        )
        room.hub.tell(key)
        return _answer({"version": asdict(version), **_written(edited)}, 201)

    @router.post("/{key}/summary/text", response_model=bodies.Written)
    def write_summary(request: Request, key: Key, given: bodies.SummaryBody) -> Any:
        """A summary as text to copy, as it would be saved."""
        caller = office.caller(request, *READING)
        reach = room.reach(caller.principal)
        return _answer(_written(desk.checked(key, caller, given.made(), reach)[0]))

    @router.post(
        "/{key}/summary/send", status_code=202, response_model=bodies.SentOut, responses=CONFLICT
    )
    def send_summary(request: Request, key: Key, given: bodies.SendIn) -> Any:
        """Send the newest version on to the company's other program; it is on its way, on disk."""
        caller = office.caller(request, *WRITING)
        if desk.wake is None:
            raise WrongState(because("webhook-none"))
        reach = room.reach(caller.principal)
        contact = room.contacts.get(key, reach)
        version = _numbered(desk.summaries.saved(key, reach), given.version)
        body = message_of(contact, version, utc_now()) if version else ""
        message = desk.summaries.send(key, reach, version.number if version else 0, body)
        desk.wake()
        return _answer({"message": message.message, "state": message.state}, 202)


def _written(summary: Summary) -> dict[str, str]:
    return {"text": text_of(summary), "markdown": markdown_of(summary)}


def _numbered(saved: Saved, number: int) -> Version | None:
    return next((one for one in saved.versions if one.number == number), None)


def _shown(proposed: Summary | None, saved: Saved, *, sends: bool) -> dict[str, Any]:
    newest = summary_of(saved.versions[-1].summary) if saved.versions else proposed
    return {
        "proposed": summary_json(proposed) if proposed else None,
        "last": saved.last,
        "versions": [asdict(one) for one in saved.versions],
        **(_written(newest) if newest else {"text": "", "markdown": ""}),
        "sends": sends,
    }


def _answer(content: Any, status: int = 200) -> JSONResponse:
    return JSONResponse(content, status, {"cache-control": "no-store"})
