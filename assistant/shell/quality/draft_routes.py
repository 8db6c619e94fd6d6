"""``/v1/evaluations/drafts``: cases proposed, and those that a person accepts put into a set.

Nothing is kept of drafts: the page holds them while somebody goes through them.
"""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse
from starlette.responses import Response

from assistant.refusals import because
from assistant.shell.manage.office import Caller
from assistant.shell.quality import bodies, shown
from assistant.shell.quality.room import QualityRoom
from assistant.shell.quality.set_routes import faults_answer
from assistant.shell.telling import language_asked
from knowledge.errors import NotFound, SettingsError
from knowledge.evaluations.golden_sets import GoldenVersion
from knowledge.identity.access import escalation_reach
from knowledge.models import EVERYONE
from knowledge.validity import today

Name = Annotated[str, Path(max_length=60, description="Of the golden set.")]


def add_draft_routes(router: APIRouter, room: QualityRoom) -> None:
    """Add the routes."""

    @router.post("/drafts", response_model=bodies.DraftList)
    def make_drafts(request: Request, given: bodies.DraftsIn) -> Any:
        """Draft cases of saved questions, feedback, questions to the company or sources."""
        from eval.golden.reading import read_golden

        caller = room.caller(request)
        known: list[str] = []
        if given.set is not None:
            _, content = room.sets.content(given.set, caller.reach("evaluate"))
            golden, _ = read_golden(content.encode())
            known = [case.id for case in golden.cases] if golden else []
        made = _made(room, caller, given, known)
        kept = [draft for draft in made.drafts if room.asks_as(draft.audience, caller)]
        return _answer(
            {
                "drafts": [{"case": one.row(), "decided": one.decided} for one in kept],
                "left_out": dict(made.left_out),
            }
        )

    @router.post(
        "/sets/{name}/cases",
        status_code=201,
        response_model=bodies.SetOut,
        responses={422: {"model": bodies.SetFaults}},
    )
    def add_cases(request: Request, name: Name, given: bodies.CasesIn) -> Response:
        """Accepted drafts as a new version of a set, behind its cases, or as a new set.

        422 tells every mistake with its line and field; the lines are those of the whole set.
        """
        from eval.golden.loading import personal
        from eval.golden.reading import written
        from eval.making.accepting import accepted

        caller = room.caller(request)
        before, rows = _before(room, caller, name)
        audience = before.audience if before else given.audience or EVERYONE
        caller.require("evaluate", [audience])
        day = today(room.office.settings.time_zone)
        golden, faults = accepted(given.cases, rows, caller.name, day)
        if golden is not None:
            faults = personal(golden)
        if golden is None or faults:
            return faults_answer(faults, language_asked(request))
        room.check_cases(golden, caller)
        count = len(golden.cases)
        saved = room.sets.save(name, written(golden), golden.sha256, count, caller.name, audience)
        return _answer(shown.golden_set(saved), 201)


def _made(room: QualityRoom, caller: Caller, given: bodies.DraftsIn, known: list[str]) -> Any:
    from eval.making.making import make
    from eval.making.proposing import propose_from

    if given.origin == "documents":
        if not given.sources:
            raise SettingsError(because("drafts-no-source"))
        register = room.office.register
        return propose_from(register, given.sources, caller.viewer, most=given.most, known=known)
    seen = caller.viewer if given.origin == "saved" else caller.answering("see_feedback")
    reach = escalation_reach(caller.principal, caller.tree)
    return make(room.store, given.origin, seen, reach, since=given.since, known=known)


def _before(
    room: QualityRoom, caller: Caller, name: str
) -> tuple[GoldenVersion | None, list[dict[str, Any]]]:
    """The newest version of a set and its cases as they are written; nothing where it is new."""
    try:
        version, content = room.sets.content(name, caller.reach("evaluate"))
    except NotFound:  # one of others answers where it is saved: that it is theirs
        return None, []
    return version, [json.loads(line) for line in content.splitlines() if line.strip()]


def _answer(content: Any, status: int = 200) -> JSONResponse:
    return JSONResponse(content, status, {"cache-control": "no-store"})
