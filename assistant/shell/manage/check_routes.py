"""``/v1/sources/…/check``: what the gate says of a version before it is published."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from assistant.refusals import because
from assistant.shell.manage import bodies, shown
from assistant.shell.manage.check_bodies import ChecksOut
from assistant.shell.manage.office import Caller, Office
from assistant.shell.manage.refusals import CONFLICT
from assistant.shell.manage.source_routes import Number, VersionNumber
from assistant.shell.telling import language_asked
from knowledge.audience import audience_key
from knowledge.curation_rows import SourceInfo
from knowledge.differences.words import Mark, changed_words
from knowledge.errors import WrongState
from knowledge.evaluations.golden_sets import GoldenSets
from knowledge.evaluations.publication_checks import PublicationChecks
from knowledge.evaluations.publication_rows import Checked
from knowledge.jobs import Job, NewJob
from knowledge.models import EVERYONE, Language
from knowledge.validity import ALWAYS, NEVER, Validity
from knowledge.work.work_store import WorkStore

_WAITING = ("queued", "running")
_LOOKED_AT = 50

Json = dict[str, Any]


def add_check_routes(router: APIRouter, office: Office, store: WorkStore) -> None:
    """Add the routes."""
    at = "/sources/{number}/versions/{version}/check"

    @router.get(at, response_model=ChecksOut)
    def show(request: Request, number: Number, version: VersionNumber) -> Any:
        """What the golden sets that gate say of a version, and how far its check is."""
        caller = office.caller(request, "publish")
        source = caller.source(number, "publish")
        return _answer(_checks(caller, store, source, version, language_asked(request)))

    @router.post(at, status_code=202, response_model=ChecksOut, responses=CONFLICT)
    def check(
        request: Request, number: Number, version: VersionNumber, given: bodies.DaysIn
    ) -> Any:
        """Ask the golden sets that gate what a version would change; in the background."""
        caller = office.caller(request, "publish")
        source = caller.source(number, "publish")
        PublicationChecks(store).of(source.name, version, caller.viewer)
        if not GoldenSets(store).gating():
            raise WrongState(because("nothing-gates"))
        job = _last(office, source, version)
        if job is None or job.state not in _WAITING:
            office.jobs.add(_new(caller, source, version, given))
            office.wake()
        return _answer(_checks(caller, store, source, version, language_asked(request)), 202)


def _new(caller: Caller, source: SourceInfo, version: int, given: bodies.DaysIn) -> NewJob:
    Validity(given.valid_from or ALWAYS, given.valid_to or NEVER)
    days = given.model_dump(mode="json", include={"valid_from", "valid_to"})
    wanted = {
        "name": source.name,
        "source": source.id,
        "version": version,
        "audiences": sorted(caller.viewer.audiences),
        "days": bool(given.model_fields_set),
        **days,
    }
    key = audience_key(source.audience)
    return NewJob("publication_check", caller.name, source.title[:200], key, wanted)


def _last(office: Office, source: SourceInfo, version: int) -> Job | None:
    """The check of a version that was asked for last."""
    wanted = (source.id, version)
    for job in office.jobs.of_kind("publication_check", _LOOKED_AT):
        if (job.wanted["source"], job.wanted["version"]) == wanted:
            return job
    return None


def _checks(
    caller: Caller, store: WorkStore, source: SourceInfo, version: int, language: Language
) -> Json:
    gating = {one.name: one.number for one in GoldenSets(store).gating()}
    kept = PublicationChecks(store).of(source.name, version, caller.viewer)
    told = [_check(one, gating, caller, language) for one in kept]
    newest = {one["golden"]: one for one in told if one["newest"]}
    asked = newest.keys() == gating.keys()
    job = _last(caller.office, source, version)
    return {
        "gates": sorted(gating),
        "ready": asked and all(one["lets_through"] for one in newest.values()),
        "stopped": asked and not all(one["lets_through"] for one in newest.values()),
        "checks": told,
        "job": shown.job(job, language) if job else None,
    }


def _check(one: Checked, gating: dict[str, int], caller: Caller, language: Language) -> Json:
    """What a gate said; of the cases those that whoever asks may see."""
    from eval.report.titles import title

    evidence = one.evidence
    flips = [
        flip
        for flip in evidence["flips"]
        if flip.get("audience", EVERYONE) in caller.viewer.audiences
    ]
    return {
        "golden": one.golden,
        "number": one.number,
        "newest": gating.get(one.golden) == one.number,
        "verdict": one.verdict,
        "lets_through": one.lets_through,
        "says": one.says[language],
        "cases": evidence["cases"],
        "asked": evidence["asked"],
        "findings": [
            {
                "stage": finding["stage"],
                "weight": finding["weight"],
                "says": finding[language],
                "cases": finding["cases"],
            }
            for finding in evidence["findings"]
        ],
        "flips": [
            {key: flip[key] for key in ("case", "question", "flip", "critical")}
            | {"measures": [title(name, language) for name in flip["measures"]]}
            | _side_by_side(flip)
            for flip in flips
        ],
        "checked_by": one.checked_by,
        "checked_at": one.checked_at,
        "waived_by": one.waived_by,
        "waiver": one.waiver,
    }


def _side_by_side(flip: Json) -> Json:
    """Both answers, statement by statement, with the words that only one of them has."""
    spoken: Language = flip.get("lang", "es")
    sides: Json = {"before": [], "after": []}
    for old, new in zip_longest(flip["before"], flip["after"]):
        gone: Sequence[Mark] = ()
        come: Sequence[Mark] = ()
        if old and new:
            gone, come = changed_words(
                old["text"], new["text"], old_language=spoken, new_language=spoken
            )
        for side, said, marks in (("before", old, gone), ("after", new, come)):
            if said:
                places = [[mark.start, mark.end] for mark in marks]
                sides[side].append({**said, "marks": places})
    return sides


def _answer(content: Any, status: int = 200) -> JSONResponse:
    return JSONResponse(content, status, {"cache-control": "no-store"})
