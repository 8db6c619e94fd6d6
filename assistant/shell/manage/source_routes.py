"""``/v1/sources``: what managers and approvers do with sources and their versions.

Sources are addressed by number: their names have slashes. Every route asks `office` first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse

from assistant.shell.difference_lines import differences_json
from assistant.shell.manage import bodies, shown
from assistant.shell.manage.office import Caller, Office
from assistant.shell.manage.refusals import CONFLICT
from knowledge.curation_checks import Details
from knowledge.curation_rows import SourceInfo
from knowledge.differences.versions import compare_versions
from knowledge.text import fold
from knowledge.validity import ALWAYS, NEVER, Validity

MAX_LISTED = 20_000
_LAST_ID = 2_147_483_647

Number = Annotated[int, Path(ge=1, le=_LAST_ID, description="Number of the source.")]
VersionNumber = Annotated[int, Path(ge=1, le=_LAST_ID, description="Number of the version.")]


def add_source_routes(router: APIRouter, office: Office) -> None:
    """Add the routes that look, and those that change."""
    _add_looking(router, office)
    _add_version_way(router, office)
    _add_source_changes(router, office)


def _add_looking(router: APIRouter, office: Office) -> None:
    @router.get("/sources", response_model=bodies.SourcePage)
    def list_sources(
        request: Request,
        q: Annotated[str, Query(max_length=200, description="Words of name or title.")] = "",
        state: bodies.State | None = None,
        waiting: Annotated[
            bool, Query(description="Only with a draft or a version in review.")
        ] = False,
        audience: Annotated[str | None, Query(description="Only with this label.")] = None,
        kind: str | None = None,
        owner: str | None = None,
        language: str | None = None,
        sort: bodies.SortKey = "name",
        descending: bool = False,
        offset: Annotated[int, Query(ge=0, le=_LAST_ID)] = 0,
        limit: Annotated[int, Query(ge=0, le=MAX_LISTED)] = 100,
    ) -> Any:
        """The sources that whoever asks is responsible for: drafts and retired ones too."""
        caller = office.caller(request, "see_drafts")
        words = fold(q).split()
        wanted = {"state": state, "kind": kind, "owner": owner, "language": language}
        found = [
            one
            for one in caller.sources()
            if all(value is None or getattr(one, key) == value for key, value in wanted.items())
            and (audience is None or audience in one.audience)
            and (not waiting or one.waiting is not None)
            and all(word in fold(f"{one.name} {one.title}") for word in words)
        ]
        found = _sorted(found, sort, descending=descending)
        page = [shown.source(one, caller) for one in found[offset : offset + limit]]
        return _answer({"sources": page, "total": len(found)})

    @router.get("/sources/{number}", response_model=bodies.SourceDetails)
    def show_source(request: Request, number: Number) -> Any:
        """A source with all its versions."""
        caller = office.caller(request, "see_drafts")
        return _answer(shown.details(caller.source(number), caller))

    @router.get("/sources/{number}/versions/{version}", response_model=bodies.Text)
    def show_version(request: Request, number: Number, version: VersionNumber) -> Any:
        """What was read of a version, and how it was cut."""
        caller = office.caller(request, "see_drafts")
        name = caller.source(number).name
        document = office.curation.text(name, version, caller.viewer)
        chunks = office.curation.chunks(name, version, caller.viewer)
        caller.reads(name, version)
        return _answer(shown.text(document, chunks))

    @router.get("/sources/{number}/differences", response_model=bodies.Differences)
    def show_differences(
        request: Request,
        number: Number,
        old: Annotated[
            int | None,
            Query(alias="from", ge=1, le=_LAST_ID, description="Left out: the one in force."),
        ] = None,
        new: Annotated[
            int | None,
            Query(alias="to", ge=1, le=_LAST_ID, description="Left out: the newest, drafts too."),
        ] = None,
        context: Annotated[int, Query(ge=0, le=100, description="Passages around each.")] = 1,
    ) -> Any:
        """What two versions of a source say differently."""
        caller = office.caller(request, "see_drafts")
        name = caller.source(number).name
        found = compare_versions(
            office.curation,
            name,
            caller.viewer,
            old=old,
            new=new,
            today=office.register.today(),
        )
        caller.reads(name, found.new, found.old)
        return _answer(differences_json(found, context=context))


def _add_version_way(router: APIRouter, office: Office) -> None:
    at = "/sources/{number}/versions/{version}"

    @router.post(f"{at}/submit", response_model=bodies.SourceDetails, responses=CONFLICT)
    def submit(request: Request, number: Number, version: VersionNumber) -> Any:
        """Hand a draft in for review."""
        caller = office.caller(request, "edit_source")
        source = caller.source(number, "edit_source")
        office.curation.submit(source.name, version, caller.viewer)
        return _now(caller, number)

    @router.post(f"{at}/send-back", response_model=bodies.SourceDetails, responses=CONFLICT)
    def send_back(
        request: Request, number: Number, version: VersionNumber, given: bodies.Note
    ) -> Any:
        """Give a version in review back to its author, or withdraw it."""
        caller = office.caller(request, "publish", "edit_source")
        source = caller.source(number, "publish", "edit_source")
        note = given.note.strip()
        office.curation.send_back(source.name, version, caller.viewer, note=note)
        return _now(caller, number)

    @router.post(f"{at}/publish", response_model=bodies.SourceDetails, responses=CONFLICT)
    def publish(
        request: Request, number: Number, version: VersionNumber, given: bodies.PublishIn
    ) -> Any:
        """Put a version in force, or restore one; not by its author.

        While golden sets gate, only after they were asked (`check`); one that they stop takes a
        reason, which is kept.
        """
        caller = office.caller(request, "publish")
        source = caller.source(number, "publish")
        office.curation.publish(
            source.name,
            version,
            caller.viewer,
            validity=validity_of(given),
            waiver=given.waiver,
        )
        return _now(caller, number)


def _add_source_changes(router: APIRouter, office: Office) -> None:
    @router.post(
        "/sources/{number}/retire", response_model=bodies.SourceDetails, responses=CONFLICT
    )
    def retire(request: Request, number: Number, given: bodies.RetireIn) -> Any:
        """Leave a source with nothing in force from a day on; what was before stays citable."""
        caller = office.caller(request, "publish")
        source = caller.source(number, "publish")
        office.curation.retire(source.name, caller.viewer, from_day=given.from_day)
        return _now(caller, number)

    @router.post("/sources/{number}/audience", response_model=bodies.SourceDetails)
    def audience(request: Request, number: Number, given: bodies.LabelsIn) -> Any:
        """Say who may see a source; both the old and the new labels must be within reach."""
        caller = office.caller(request, "edit_source")
        source = caller.source(number, "edit_source")
        labels = caller.tree.reduced(given.labels)
        caller.require("edit_source", labels)
        office.curation.set_audience(source.name, labels, caller.viewer)
        return _now(caller, number)

    @router.post("/sources/{number}/restrict", response_model=bodies.SourceDetails)
    def restrict(request: Request, number: Number, given: bodies.RestrictIn) -> Any:
        """Keep a part of a source to fewer people, or within the staff; or lift that."""
        caller = office.caller(request, "edit_source")
        source = caller.source(number, "edit_source")
        office.curation.restrict(
            source.name,
            given.heading,
            caller.viewer,
            audience=given.audience,
            internal=given.internal,
        )
        return _now(caller, number)

    @router.post("/sources/{number}/describe", response_model=bodies.SourceDetails)
    def describe(request: Request, number: Number, given: bodies.DescribeIn) -> Any:
        """Change what is known of a source beside its text."""
        caller = office.caller(request, "edit_source")
        source = caller.source(number, "edit_source")
        office.curation.describe(source.name, _details(given, caller), caller.viewer)
        return _now(caller, number)

    @router.post("/sources/{number}/reviewed", response_model=bodies.SourceDetails)
    def reviewed(request: Request, number: Number) -> Any:
        """Note that somebody looked at a source today and found it right."""
        caller = office.caller(request, "edit_source", "publish")
        source = caller.source(number, "edit_source", "publish")
        office.curation.reviewed(source.name, caller.viewer)
        return _now(caller, number)


def _now(caller: Caller, number: int) -> JSONResponse:
    """The source as it is after a change; the worker may have to look at the indexes."""
    caller.office.wake()
    return _answer(shown.details(caller.source(number), caller))


def _answer(content: Any) -> JSONResponse:
    return JSONResponse(content, headers={"cache-control": "no-store"})


def validity_of(given: bodies.DaysIn) -> Validity | None:
    """The days that are given; `None`: as the version's author asked."""
    if not given.model_fields_set & {"valid_from", "valid_to"}:
        return None
    return Validity(given.valid_from or ALWAYS, given.valid_to or NEVER)


def _details(given: bodies.DescribeIn, caller: Caller) -> Details:
    original = given.translation_of
    return Details(
        title=given.title,
        kind=given.kind,
        owner=given.owner,
        internal=given.internal,
        translation_of=caller.source(original).name if original else _none_of(original),
        tags=given.tags,
        review_days=given.review_days,
    )


def _none_of(number: int | None) -> str | None:
    return "" if number == 0 else None


def _sorted(found: list[SourceInfo], sort: str, *, descending: bool) -> list[SourceInfo]:
    """In the order asked for; those without a value come last, either way."""
    values: dict[str, Callable[[SourceInfo], Any]] = {
        "review_due": SourceInfo.review_due,
        "title": lambda one: fold(one.title),
        "name": lambda one: fold(one.name),
    }
    value = values.get(sort) or (lambda one: getattr(one, sort))
    have = [one for one in found if value(one) is not None]
    have.sort(key=value, reverse=descending)
    return have + [one for one in found if value(one) is None]
