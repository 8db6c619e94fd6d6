"""``/v1/themes``, ``/v1/measures`` and ``/v1/reports``: what customers ask and complain about.

For those who see contacts: of their audiences alone. What is not theirs is not counted either.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from assistant.shell.manage.office import Caller, Office
from assistant.shell.telling import language_asked
from assistant.shell.themes import bodies, shown
from assistant.shell.themes.grouping import LISTED
from assistant.shell.themes.knowing import known_of
from assistant.shell.themes.report import make_report
from assistant.shell.themes.room import Room, period_of
from assistant.shell.themes.scoping import Filters
from assistant.shell.themes.sight import Sight, sight_of
from assistant.themes.weeks import MAX_DAYS, Period
from knowledge.models import Language
from knowledge.work.work_store import WorkStore

DEFAULT_DAYS = 28
MAX_LISTED = 500
MAX_PRODUCT_CHARS = 200
_LAST_ID = 2_147_483_647

First = Annotated[date | None, Query(description="First day; else so many `days` to the last.")]
Last = Annotated[date | None, Query(description="Last day, at the company; else today.")]
Days = Annotated[int, Query(ge=1, le=MAX_DAYS, description="Where no first day is given.")]
Audience = Annotated[
    str | None, Query(max_length=64, description="Only its contacts and questions.")
]
Source = Annotated[
    int | None, Query(ge=1, le=_LAST_ID, description="Only where it was cited; its number.")
]
Product = Annotated[
    str | None,
    Query(max_length=MAX_PRODUCT_CHARS, description="Only where it was cited or named."),
]
Complained = Annotated[
    bool, Query(description="Only contacts of which there is a complaint; no questions.")
]
Limit = Annotated[int, Query(ge=1, le=MAX_LISTED, description="Themes at most.")]
Number = Annotated[int, Path(ge=1, le=_LAST_ID, description="As it is listed.")]
Speaks = Annotated[Language | None, Query(description="Of names and report; else Accept-Language.")]


def add_theme_routes(router: APIRouter, office: Office, store: WorkStore) -> None:
    """Add the routes."""
    room = Room(store, known_of(store))
    _add_themes(router, office, room)
    _add_measures(router, office, room)
    _add_report(router, office, room)


def _filters(
    audience: Audience = None,
    source: Source = None,
    product: Product = None,
    complained: Complained = False,
) -> Filters:
    return Filters(audience, source, product, complained)


Filtered = Annotated[Filters, Depends(_filters)]


def sees(caller: Caller) -> Sight:
    """What somebody who makes a request may see."""
    return sight_of(caller.principal, caller.viewer, caller.answering("see_contacts"), caller.tree)


def _add_themes(router: APIRouter, office: Office, room: Room) -> None:
    @router.get("/themes", response_model=bodies.ThemesOut)
    def list_themes(
        request: Request,
        filters: Filtered,
        first: First = None,
        last: Last = None,
        days: Days = DEFAULT_DAYS,
        limit: Limit = LISTED,
        language: Speaks = None,
    ) -> Any:
        """What customers ask most, what is rising, and which sources answer it."""
        sight = sees(office.caller(request, "see_contacts"))
        spoken = language or language_asked(request)
        found = room.themes(sight, _period(room, first, last, days), spoken, filters, limit=limit)
        return _answer(shown.themes(found))

    @router.get("/themes/groups", response_model=bodies.GroupsOut)
    def list_groups(
        request: Request, first: First = None, last: Last = None, days: Days = DEFAULT_DAYS
    ) -> Any:
        """What customers ask by audience, by source and by product."""
        sight = sees(office.caller(request, "see_contacts"))
        return _answer(shown.groups(room.groups(sight, _period(room, first, last, days))))

    @router.get("/themes/export", response_class=Response)
    def export_themes(
        request: Request,
        filters: Filtered,
        first: First = None,
        last: Last = None,
        days: Days = DEFAULT_DAYS,
        limit: Limit = MAX_LISTED,
        language: Speaks = None,
    ) -> Response:
        """The list of themes as CSV, for spreadsheets."""
        caller = office.caller(request, "export")
        sight = sees(office.caller(request, "see_contacts"))
        spoken = language or language_asked(request)
        period = _period(room, first, last, days)
        sight = sight.within(caller.reach("export"))
        text = shown.as_csv(room.themes(sight, period, spoken, filters, limit=limit))
        name = f"themes-{period.first}-{period.last}.csv"
        return Response("\ufeff" + text, 200, _file(name), "text/csv; charset=utf-8")

    @router.get("/themes/{number}", response_model=bodies.BehindOut)
    def show_theme(
        request: Request,
        number: Number,
        filters: Filtered,
        first: First = None,
        last: Last = None,
        days: Days = DEFAULT_DAYS,
        language: Speaks = None,
    ) -> Any:
        """The conversations, questions and sources behind a theme, the latest first."""
        sight = sees(office.caller(request, "see_contacts"))
        spoken = language or language_asked(request)
        period = _period(room, first, last, days)
        found = room.behind(number, sight, period, spoken, filters)
        return _answer(shown.behind(found))


def _add_measures(router: APIRouter, office: Office, room: Room) -> None:
    @router.get("/measures", response_model=bodies.MeasuresOut)
    def show_measures(
        request: Request, first: First = None, last: Last = None, days: Days = DEFAULT_DAYS
    ) -> Any:
        """Resolved, repeated, escalated, promises, complaints, answered; handle time last."""
        sight = sees(office.caller(request, "see_contacts"))
        period = _period(room, first, last, days)
        groups, left_out = room.by_audience(sight, period)
        return _answer(shown.measures(period, room.measures(sight, period), groups, left_out))


def _add_report(router: APIRouter, office: Office, room: Room) -> None:
    @router.get("/reports/{month}", response_class=HTMLResponse)
    def show_report(
        request: Request,
        month: Annotated[str, Path(max_length=20, description="As 2026-11.")],
        language: Speaks = None,
    ) -> HTMLResponse:
        """The month as one HTML file, for people who never open the program."""
        exporting = office.caller(request, "export").reach("export")
        sight = sees(office.caller(request, "see_contacts")).within(exporting)
        spoken = language or language_asked(request)
        page = make_report(room, sight, month, spoken)
        return HTMLResponse(page, headers=_file(f"voz-{month}-{spoken}.html"))


def _period(room: Room, first: date | None, last: date | None, days: int) -> Period:
    end = last or room.store.today()
    return Period(first, end) if first else period_of(end, days)


def _file(name: str) -> dict[str, str]:
    disposition = f'attachment; filename="{name}"'
    return {"cache-control": "no-store", "content-disposition": disposition}


def _answer(content: Any) -> JSONResponse:
    return JSONResponse(content, 200, {"cache-control": "no-store"})
