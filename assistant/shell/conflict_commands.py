"""``voz sources duplicates`` and ``contradictions``: what is said twice, or in two ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.shell.ask_commands import AsJson, print_json, print_lines
from assistant.shell.work_commands import opened

if TYPE_CHECKING:
    from knowledge.models import Language, Viewer
    from knowledge.work.work_store import WorkStore

AsAudience = Annotated[
    str | None,
    typer.Option("--audience", metavar="LABEL", help="Only what an agent of this audience sees."),
]
Limit = Annotated[int, typer.Option(min=1, metavar="N", help="How many at most.")]


def add_to(sources: typer.Typer) -> None:
    """Hook both into the group ``voz sources``."""
    sources.command("duplicates")(duplicates_command)
    sources.command("contradictions")(contradictions_command)


def duplicates_command(
    audience: AsAudience = None, limit: Limit = 100, as_json: AsJson = False
) -> int:
    """List sources in force, and passages of them, that nearly repeat another.

    Translations that are linked as such are left out.
    """
    from assistant.shell import conflict_lines
    from knowledge.conflicts.duplicates import duplicates

    with _looking("duplicates", audience) as (store, viewer, language, told):
        found = duplicates(store, viewer, progress=told)
    if as_json:
        print_json([conflict_lines.duplicate_json(one) for one in found[:limit]])
        return 0
    lines = [
        line for one in found[:limit] for line in conflict_lines.duplicate_lines(one, language)
    ]
    _print(lines, language, "no_duplicates", len(found) - limit)
    return 0


def contradictions_command(
    audience: AsAudience = None,
    score: Annotated[
        float | None,
        typer.Option(min=0.0, max=1.0, metavar="SCORE", help="Least score that is shown, 0 to 1."),
    ] = None,
    limit: Limit = 100,
    as_json: AsJson = False,
) -> int:
    """List sentences in force that say different things of one thing, the surest first.

    Other numbers, dates, deadlines or obligations, in one language or across the two.
    """
    from assistant.shell import conflict_lines
    from knowledge.conflicts.contradictions import REPORTED_FROM
    from knowledge.conflicts.published import published_contradictions

    least = REPORTED_FROM if score is None else score
    with _looking("contradictions", audience) as (store, viewer, language, told):
        found = published_contradictions(store, viewer, reported_from=least, progress=told)
    if as_json:
        print_json([conflict_lines.contradiction_json(one) for one in found[:limit]])
        return 0
    lines = [
        line for one in found[:limit] for line in conflict_lines.contradiction_lines(one, language)
    ]
    _print(lines, language, "no_contradictions", len(found) - limit)
    return 0


@contextmanager
def _looking(
    what: str, audience: str | None
) -> Iterator[tuple[WorkStore, Viewer, Language, Callable[[str, int, int], None]]]:
    """The register's work, who looks, their language, and whom to tell how far it is."""
    from assistant.bootstrap import operator
    from ingest.report import stage_progress_bar
    from knowledge import settings as settings_module

    settings = settings_module.load()
    with opened(settings, None) as (store, viewer), stage_progress_bar(what) as told:
        if audience is not None:
            viewer = operator(store.tree(), audience=audience)
        yield store, viewer, settings.language, told


def _print(lines: list[str], language: Language, nothing: str, left: int) -> None:
    from assistant.shell.work_texts import tell

    if left > 0:
        lines = [*lines, tell(language, "more_found", count=left)]
    print_lines(lines or [tell(language, nothing)])
