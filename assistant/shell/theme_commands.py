"""``voz themes`` and ``voz report``: what customers ask and complain about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.shell.ask_commands import AsJson, print_json, print_lines
from assistant.shell.work_commands import opened

if TYPE_CHECKING:
    from assistant.shell.themes.room import Room
    from assistant.shell.themes.sight import Sight
    from assistant.themes.models import Theme, Themes
    from knowledge.models import Language

DEFAULT_DAYS = 28

Speaks = Annotated[
    str | None, typer.Option("--language", metavar="LANGUAGE", help="es or en; else VOZ_LANGUAGE.")
]


@contextmanager
def _counting(spoken: str | None) -> Iterator[tuple[Room, Sight, Language]]:
    """What is counted, all of it, and the language to speak."""
    from assistant.shell.themes.knowing import known_of
    from assistant.shell.themes.room import Room
    from assistant.shell.themes.sight import sight_of
    from knowledge import settings as settings_module
    from knowledge.identity.access import LOCAL

    settings = settings_module.load()
    language = _language(spoken) or settings.language
    with opened(settings, None) as (store, viewer):
        yield Room(store, known_of(store)), sight_of(LOCAL, viewer, viewer, store.tree()), language


def _language(spoken: str | None) -> Language | None:
    if spoken is None:
        return None
    known: tuple[Language, ...] = ("es", "en")
    for language in known:
        if spoken == language:
            return language
    raise typer.BadParameter(f"--language is es or en, not {spoken!r}")


def themes_command(
    days: Annotated[
        int, typer.Option(min=1, max=366, metavar="N", help="Of the last N days.")
    ] = DEFAULT_DAYS,
    last: Annotated[
        str | None, typer.Option(metavar="DAY", help="Up to that day; else today.")
    ] = None,
    audience: Annotated[
        str | None, typer.Option(metavar="LABEL", help="Only its contacts and questions.")
    ] = None,
    product: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only where it was cited or named.")
    ] = None,
    complained: Annotated[
        bool, typer.Option("--complaints", help="Only contacts of which there is a complaint.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, max=500, metavar="N", help="How many at most.")] = 20,
    language: Speaks = None,
    as_json: AsJson = False,
) -> int:
    """List what customers ask most; ▲ marks what is rising."""
    from assistant.shell.themes import shown
    from assistant.shell.themes.room import period_of
    from assistant.shell.themes.scoping import Filters

    with _counting(language) as (room, sight, spoken):
        period = period_of(_day(last) or room.store.today(), days)
        filters = Filters(audience, None, product, complained)
        found = room.themes(sight, period, spoken, filters, limit=limit)
    if as_json:
        print_json(shown.themes(found))
    else:
        print_lines(_lines(found, spoken))
    return 0


def report_command(
    month: Annotated[str, typer.Argument(metavar="MONTH", help="As 2026-11.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where the HTML is written.")],
    language: Speaks = None,
) -> int:
    """Write the month as one HTML file, for people who never open the program."""
    from assistant.shell.themes.report import make_report
    from assistant.shell.themes.report_texts import tell
    from knowledge.errors import SettingsError

    with _counting(language) as (room, sight, spoken):
        page = make_report(room, sight, month, spoken)
    try:
        out.write_text(page, "utf-8")
    except OSError as error:
        raise SettingsError(
            f"{out} cannot be written ({error.strerror}): give a file in a folder that you may "
            "write to"
        ) from error
    print_lines([tell(spoken, "report_made", month=month, path=out)])
    return 0


def _day(text: str | None) -> date | None:
    from knowledge.validity import day_of

    return day_of(text) if text is not None else None


def _lines(found: Themes, language: Language) -> list[str]:
    from assistant.shell.printable import printable
    from assistant.shell.themes.report_texts import tell

    if not found.total:
        return [tell(language, "themes_none")]
    first, last = found.period.first, found.period.last
    lines = [tell(language, "themes_head", first=first, last=last, total=found.total)]
    for one in found.themes:
        mark = "▲" if one.rise else " "
        name = printable(_name(one, found, language))
        lines.append(tell(language, "themes_line", total=one.total, mark=mark, name=name))
        counts = {
            "contacts": one.contacts,
            "questions": one.questions,
            "before": one.before,
            "missed": one.missed,
        }
        lines.append(tell(language, "themes_facts", **counts))
    return lines


def _name(one: Theme, found: Themes, language: Language) -> str:
    from assistant.shell.themes.report_texts import tell

    if one.name is not None:
        return one.name.text
    if one.sources:
        return tell(language, "no_name", title=found.sources[one.sources[0][0]].title)
    return tell(language, "no_name_at_all")
