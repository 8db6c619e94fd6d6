"""``/v1/escalations``: questions to the company, their queue, topics and people on duty.

What somebody may not see answers as what is not there. What is acknowledged is on disk.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Path, Query, Request
from fastapi.responses import JSONResponse

from assistant.shell.api import SECURITY
from assistant.shell.escalations import bodies
from assistant.shell.escalations.cards import write_card
from assistant.shell.escalations.desk import EscalationDesk, Seeing
from assistant.shell.escalations.stream import add_queue_stream
from assistant.shell.manage.bodies import JobOut
from assistant.shell.manage.office import Office
from assistant.shell.manage.refusals import CONFLICT, PROBLEMS
from assistant.shell.manage.shown import job as job_json
from knowledge.errors import AccessRefused
from knowledge.escalations.escalations import MAX_LISTED
from knowledge.escalations.models import State, StepKind, Topic
from knowledge.identity.access import Action
from knowledge.refusals import because

ASKING: tuple[Action, ...] = ("hold_contacts",)
ANSWERING: tuple[Action, ...] = ("answer_escalations",)
READING: tuple[Action, ...] = ("hold_contacts", "answer_escalations", "see_feedback")
KEEPING: tuple[Action, ...] = ("edit_source", "publish")

Key = Annotated[str, Path(max_length=64, description="As it was told when it was asked.")]
Number = Annotated[int, Path(ge=1, le=2_147_483_647, description="Of the topic.")]


def add_escalation_api(app: FastAPI, office: Office, desk: EscalationDesk) -> None:
    """Add the routes and the live queue."""
    router = APIRouter(prefix="/v1/escalations", dependencies=SECURITY, responses=PROBLEMS)
    room = _Room(office, desk)
    _add_topics(router, room)
    _add_queue(router, room)
    _add_asking(router, room)
    _add_answering(router, room)
    app.include_router(router)
    add_queue_stream(app, desk)


class _Room:
    """Who makes a request, and the desk that they stand at."""

    def __init__(self, office: Office, desk: EscalationDesk) -> None:
        self.office = office
        self.desk = desk

    def seeing(self, request: Request, *actions: Action) -> Seeing:
        """How whoever makes a request sees questions.

        Raises:
            AccessRefused: they may do none of the actions for anybody.
        """
        return self.desk.seeing(self.office.caller(request, *actions).principal)

    def noted(self, key: str, kind: StepKind, seeing: Seeing) -> dict[str, Any]:
        """Keep that somebody read, used or saw a question; how they see it."""
        return self.desk.changed(self.desk.kept.note(key, kind, seeing.reach), seeing)


def _add_asking(router: APIRouter, room: _Room) -> None:
    desk = room.desk

    @router.get("", response_model=bodies.EscalationList)
    def list_escalations(
        request: Request,
        state: Annotated[State | None, Query(description="Only those.")] = None,
        mine: Annotated[bool, Query(description="Only what one asked oneself.")] = False,
        contact: Annotated[
            str | None, Query(max_length=64, description="Only those of a contact.")
        ] = None,
        limit: Annotated[int, Query(ge=1, le=MAX_LISTED)] = 100,
    ) -> Any:
        """Questions that one may see, newest first."""
        seeing = room.seeing(request, *READING)
        found = desk.kept.all(seeing.reach, state=state, own=mine, contact=contact, limit=limit)
        return _answer({"escalations": [desk.shown(one, seeing) for one in found]})

    @router.post("/preview", response_model=bodies.Preview)
    def preview(request: Request, given: bodies.AskIn) -> Any:
        """What would be sent, and to whom; nothing is."""
        return _answer(desk.preview(given, room.seeing(request, *ASKING)))

    @router.post("", status_code=201, response_model=bodies.EscalationOut, responses=CONFLICT)
    def ask(request: Request, given: bodies.AskIn) -> Any:
        """Ask the people on duty; without any left, the answer says so at once."""
        return _answer(desk.ask(given, room.seeing(request, *ASKING)), 201)

    @router.get("/{key}", response_model=bodies.EscalationOut)
    def show(request: Request, key: Key) -> Any:
        """A question, with every step."""
        seeing = room.seeing(request, *READING)
        return _answer(desk.shown(desk.kept.get(key, seeing.reach), seeing))

    @router.post("/{key}/withdraw", response_model=bodies.EscalationOut, responses=CONFLICT)
    def withdraw(request: Request, key: Key) -> Any:
        """Take a question of one's own back."""
        seeing = room.seeing(request, *ASKING)
        return _answer(desk.changed(desk.kept.withdraw(key, seeing.reach), seeing))

    @router.post("/{key}/topic", response_model=bodies.EscalationOut, responses=CONFLICT)
    def move(request: Request, key: Key, given: bodies.TopicChoiceIn) -> Any:
        """Ask those who are on duty for another topic."""
        seeing = room.seeing(request, *ASKING)
        return _answer(desk.changed(desk.kept.move(key, given.topic, seeing.reach), seeing))

    @router.post("/{key}/read", response_model=bodies.EscalationOut, responses=CONFLICT)
    def read(request: Request, key: Key) -> Any:
        """Keep that one has read the answer."""
        return _answer(room.noted(key, "read", room.seeing(request, *ASKING)))

    @router.post("/{key}/used", response_model=bodies.EscalationOut, responses=CONFLICT)
    def used(request: Request, key: Key) -> Any:
        """Keep that one used the answer."""
        return _answer(room.noted(key, "used", room.seeing(request, *ASKING)))


def _add_answering(router: APIRouter, room: _Room) -> None:
    desk = room.desk

    @router.post("/{key}/take", response_model=bodies.EscalationOut, responses=CONFLICT)
    def take(request: Request, key: Key) -> Any:
        """Say that one answers it; of two at the same moment, one does."""
        seeing = room.seeing(request, *ANSWERING)
        return _answer(desk.changed(desk.kept.take(key, seeing.reach), seeing))

    @router.post("/{key}/seen", response_model=bodies.EscalationOut)
    def seen(request: Request, key: Key) -> Any:
        """Keep that one, on duty, has seen the question."""
        return _answer(room.noted(key, "seen", room.seeing(request, *ANSWERING)))

    @router.post("/{key}/pass", response_model=bodies.EscalationOut, responses=CONFLICT)
    def pass_on(request: Request, key: Key, given: bodies.PassIn) -> Any:
        """Let somebody else answer it."""
        seeing = room.seeing(request, *ANSWERING)
        return _answer(desk.changed(desk.kept.pass_on(key, seeing.reach, given.to), seeing))

    @router.post("/{key}/answer", response_model=bodies.EscalationOut, responses=CONFLICT)
    def answer(request: Request, key: Key, given: bodies.TextIn) -> Any:
        """Answer it; whoever asked is told at once."""
        principal = room.office.caller(request, *ANSWERING).principal
        return _answer(desk.answer(key, given.text, principal))

    @router.post("/{key}/card", status_code=202, response_model=JobOut, responses=CONFLICT)
    def card(request: Request, key: Key) -> Any:
        """Make a draft card of the answer, by whoever answered; the answer is the job."""
        caller = room.office.caller(request, "answer_escalations", "edit_source")
        return _answer(job_json(write_card(desk, caller, key)), 202)


def _add_queue(router: APIRouter, room: _Room) -> None:
    desk = room.desk

    @router.get("/queue", response_model=bodies.EscalationList)
    def queue(request: Request) -> Any:
        """What waits for an answer of oneself, oldest first; as a WebSocket, as it changes."""
        principal = room.office.caller(request, *ANSWERING).principal
        return _answer({"escalations": desk.queue(principal)})

    @router.get("/duty", response_model=bodies.DutyOut)
    def duty(request: Request) -> Any:
        """How it is with one's own duty."""
        return _answer(vars(desk.topics.duty(room.seeing(request, *ANSWERING).reach)))

    @router.post("/duty", response_model=bodies.DutyOut)
    def switch(request: Request, given: bodies.SwitchIn) -> Any:
        """Be on duty, or not."""
        seeing = room.seeing(request, *ANSWERING)
        return _answer(vars(desk.topics.switch(seeing.reach, on=given.on)))

    @router.get("/people", response_model=bodies.PersonList)
    def people(request: Request, audience: Annotated[str, Query(max_length=64)]) -> Any:
        """Those who may answer questions of an audience."""
        reach = room.seeing(request, *ANSWERING, *KEEPING).reach
        if audience not in reach.answered | reach.managed:
            raise AccessRefused(because("escalation-not-for", name=reach.name, audience=audience))
        found = desk.kept.people(audience)
        return _answer({"people": [{"account": a, "name": n} for a, n in found.items()]})


def _add_topics(router: APIRouter, room: _Room) -> None:
    topics = room.desk.topics

    @router.get("/topics", response_model=bodies.TopicList)
    def list_topics(request: Request) -> Any:
        """What one may ask about, answers for or keeps."""
        reach = room.seeing(request, *READING, *KEEPING).reach
        return _answer({"topics": [_topic(one) for one in topics.all(reach)]})

    @router.post("/topics", status_code=201, response_model=bodies.TopicOut)
    def add_topic(request: Request, given: bodies.TopicIn) -> Any:
        """Let the company be asked about something."""
        reach = room.seeing(request, *KEEPING).reach
        return _answer(_topic(topics.add(given.made(), reach)), 201)

    @router.patch("/topics/{number}", response_model=bodies.TopicOut)
    def change_topic(request: Request, number: Number, given: bodies.TopicIn) -> Any:
        """Let a topic, and who is on duty for it, be another."""
        reach = room.seeing(request, *KEEPING).reach
        return _answer(_topic(topics.change(number, given.made(), reach)))

    @router.delete("/topics/{number}", response_model=bodies.TopicList)
    def remove_topic(request: Request, number: Number) -> Any:
        """Let nobody be asked about it any more."""
        reach = room.seeing(request, *KEEPING).reach
        topics.remove(number, reach)
        return _answer({"topics": [_topic(one) for one in topics.all(reach)]})


def _topic(topic: Topic) -> dict[str, Any]:
    return {
        **vars(topic),
        "words": list(topic.words),
        "sources": list(topic.sources),
        "duties": [vars(duty) for duty in topic.duties],
    }


def _answer(content: Any, status: int = 200) -> JSONResponse:
    return JSONResponse(content, status, {"cache-control": "no-store"})
