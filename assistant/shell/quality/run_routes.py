"""``/v1/evaluations/runs``: golden sets asked in the background, looked at, compared, reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse
from starlette.responses import Response

from assistant.refusals import because
from assistant.shell.manage.office import Caller
from assistant.shell.manage.refusals import CONFLICT
from assistant.shell.quality import bodies, shown
from assistant.shell.quality.room import QualityRoom
from assistant.shell.telling import language_asked
from knowledge.errors import NotFound, SettingsError
from knowledge.jobs import Job, NewJob
from knowledge.models import Language
from knowledge.validity import today

if TYPE_CHECKING:
    from eval.report.models import Failure, Report

Run = Annotated[str, Path(max_length=bodies.MAX_RUN_CHARS, description="Its id.")]
Name = Annotated[str, Path(max_length=60, description="Of the golden set.")]
Case = Annotated[str, Path(max_length=100, description="Id of the case.")]
Against = Annotated[
    str | None, Query(max_length=bodies.MAX_RUN_CHARS, description="The run in force.")
]
Shown = Annotated[Language | None, Query(description="Shown first; else as Accept-Language asks.")]


def add_run_routes(router: APIRouter, room: QualityRoom) -> None:
    """Add the routes."""
    _add_running(router, room)
    _add_looking(router, room)
    _add_pictures(router, room)


def _add_running(router: APIRouter, room: QualityRoom) -> None:
    @router.get("/runs", response_model=bodies.RunList)
    def list_runs(request: Request) -> Any:
        """Runs of the audiences that one evaluates for, newest first."""
        return _answer({"runs": _runs(room, room.caller(request), language_asked(request))})

    @router.post("/runs", status_code=202, response_model=bodies.RunOut, responses=CONFLICT)
    def begin(request: Request, given: bodies.RunIn) -> Any:
        """Ask a golden set; the answer is the run, which is asked in the background."""
        from eval.golden.reading import read_golden
        from eval.refusals import because as eval_because
        from eval.respelling.kinds import SAMPLE
        from eval.runs.opening import new_id
        from eval.runs.running import holding

        caller = room.caller(request)
        version, content = room.sets.content(given.set, caller.reach("evaluate"), given.version)
        golden, faults = read_golden(content.encode())
        if golden is None:
            raise SettingsError(
                eval_because("golden-faults", name=given.set, first=faults[0], more=0)
            )
        room.check_cases(golden, caller)
        holding(golden, given.on or today(room.office.settings.time_zone))
        wanted = {
            "run": new_id(),
            "set": version.name,
            "version": version.number,
            "on": given.on.isoformat() if given.on else None,
            "respelt": SAMPLE if given.robustness else 0,
        }
        title = f"{version.name} v{version.number}"
        new = NewJob("evaluation", caller.name, title, version.audience, wanted)
        job = room.office.jobs.add(new)
        room.office.wake()
        return _answer(shown.waiting(job, language_asked(request)), 202)

    @router.post("/runs/{run}/cancel", response_model=bodies.RunOut, responses=CONFLICT)
    def cancel(request: Request, run: Run) -> Any:
        """Stop asking; what is answered is kept, and the run can go on later."""
        caller = room.caller(request)
        room.office.jobs.cancel(_job(room, caller, run).id)
        room.office.wake()
        return _answer(_run(room, caller, run, language_asked(request)))

    @router.post("/runs/{run}/resume", response_model=bodies.RunOut, responses=CONFLICT)
    def resume(request: Request, run: Run) -> Any:
        """Go on with a run that was stopped or failed, if nothing it asks has changed."""
        caller = room.caller(request)
        room.office.jobs.again(_job(room, caller, run).id)
        room.office.wake()
        return _answer(_run(room, caller, run, language_asked(request)))


def _add_looking(router: APIRouter, room: QualityRoom) -> None:
    @router.get("/runs/{run}", response_model=bodies.RunDetails, responses=CONFLICT)
    def show(request: Request, run: Run, against: Against = None) -> Any:
        """What a run came to, its failing cases first; against another, what became of it."""
        caller, language = room.caller(request), language_asked(request)
        report = room.report(run, caller, against)
        return _answer(_run(room, caller, run, language) | shown.details(report, language))

    @router.get("/runs/{run}/state", response_model=bodies.RunOut)
    def state(request: Request, run: Run) -> Any:
        """How far a run is."""
        return _answer(_run(room, room.caller(request), run, language_asked(request)))

    @router.get("/runs/{run}/cases/{case:path}", response_model=bodies.CaseDetails)
    def show_case(request: Request, run: Run, case: Case, against: Against = None) -> Any:
        """A case with what was expected, what was done, and why it fails."""
        caller, language = room.caller(request), language_asked(request)
        report = room.report(run, caller, against)
        found = _failure(report, case)
        asked = {one.case.id: one for one in report.asked}.get(case)
        golden = next(one for one in report.cases if one.id == case)
        before = {one.case.id: one for one in report.asked_before}.get(case)
        scores = [(one.measure, one.value) for one in report.run.scored if one.case == case]
        names = found.measures if found else ("missing",)
        return _answer(shown.case_details(golden, asked, before, names, scores, language))

    @router.post("/runs/{run}/decision", response_model=bodies.DecisionOut, responses=CONFLICT)
    def decide(request: Request, run: Run, given: bodies.AgainstIn) -> Any:
        """What the gate says of a run against another; kept with the run."""
        caller, language = room.caller(request), language_asked(request)
        compared = room.report(run, caller, given.against).compared
        assert compared is not None
        found = compared.decision
        room.log.decided(run, given.against, found.verdict, found.policy, caller.name)
        return _answer(shown.decision(found, language))


def _add_pictures(router: APIRouter, room: QualityRoom) -> None:
    """What a report shows, as the markup that it has there."""

    @router.get("/runs/{run}/plots", response_class=Response)
    def plots(request: Request, run: Run, against: Against = None, language: Shown = None) -> Any:
        """Measures with their intervals, measures by slice, confidence and times, as HTML."""
        from eval.report.sections.confidence import confidence
        from eval.report.sections.gated import gated
        from eval.report.sections.operations import operations
        from eval.report.sections.slices import slices
        from eval.report.words import Words

        report = room.report(run, room.caller(request), against)
        w = Words(language or language_asked(request))
        return _html("".join(draw(w, report) for draw in (gated, slices, confidence, operations)))

    @router.get("/sets/{name}/trend", response_class=Response)
    def set_trend(request: Request, name: Name, language: Shown = None) -> Any:
        """The gated measures of the last runs of a set, with their intervals, as HTML."""
        from eval.report.trend import trend
        from eval.report.words import Words

        found = room.trend(name, room.caller(request))
        return _html(trend(Words(language or language_asked(request)), found))

    @router.get("/runs/{run}/card/{case:path}", response_class=Response)
    def case_card(
        request: Request, run: Run, case: Case, against: Against = None, language: Shown = None
    ) -> Any:
        """A case as the report shows it, as HTML."""
        from eval.report.sections.failures import card
        from eval.report.words import Words

        report = room.report(run, room.caller(request), against)
        found = _failure(report, case)
        if found is None:
            raise NotFound(because("case-unasked", case=case, run=run))
        return _html(card(Words(language or language_asked(request)), found))

    @router.get("/runs/{run}/report", response_class=Response)
    def download(
        request: Request, run: Run, against: Against = None, language: Shown = None
    ) -> Any:
        """The report as one HTML file, which needs no network and runs nothing."""
        from eval.report.page import page

        report = room.report(run, room.caller(request), against)
        content = page(report, language or language_asked(request))
        return _html(content, {"content-disposition": f'attachment; filename="{run}.html"'})


def _runs(room: QualityRoom, caller: Caller, language: Language) -> list[dict[str, Any]]:
    jobs = room.jobs(caller)
    logged = room.log.all(caller.reach("evaluate"))
    known = {one.run for one in logged}
    new = [shown.waiting(job, language) for run, job in jobs.items() if run not in known]
    return new[::-1] + [shown.run(one, jobs.get(one.run), language) for one in logged]


def _run(room: QualityRoom, caller: Caller, run: str, language: Language) -> dict[str, Any]:
    job = room.jobs(caller).get(run)
    try:
        return shown.run(room.run(run, caller), job, language)
    except NotFound:
        if job is None:
            raise
        return shown.waiting(job, language)


def _job(room: QualityRoom, caller: Caller, run: str) -> Job:
    job = room.jobs(caller).get(run)
    if job is None:
        raise NotFound(because("run-not-of-page", run=run))
    return job


def _failure(report: Report, case: str) -> Failure | None:
    """A case of a report, whether it fails or passes; `None`: it was not asked.

    Raises:
        NotFound: the run has no such case.
    """
    from eval.report.models import Failure

    failing = next((one for one in report.failures if one.asked.case.id == case), None)
    if failing is not None:
        return failing
    if case not in {one.id for one in report.cases}:
        raise NotFound(because("case-unknown", case=case, run=report.run.id))
    asked = next((one for one in report.asked if one.case.id == case), None)
    if asked is None:
        return None
    before = next((one for one in report.asked_before if one.case.id == case), None)
    return Failure(asked, (), "style", before, newly=False)


def _html(content: str, headers: dict[str, str] | None = None) -> Response:
    kept = {"cache-control": "no-store", **(headers or {})}
    return Response(content, headers=kept, media_type="text/html")


def _answer(content: Any, status: int = 200) -> JSONResponse:
    return JSONResponse(content, status, {"cache-control": "no-store"})
