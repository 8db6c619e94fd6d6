"""``voz ingest``: parse the arguments, run the pipeline, bring the indexes up to date, report."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from ingest.report import IngestReport
    from ingest.sources import Refused, SourceFile
    from knowledge.models import Filing
    from knowledge.register import Register
    from knowledge.settings import Settings

HELP = """Put files, folders, ZIP archives and web pages into the knowledge base.

What is stored already is not read again; an edited file re-embeds only what changed. A document
that is no longer in its folder stays in the knowledge base. Stopped at any point, the same command
goes on from there.

An address (https://…) is a page, a document or a sitemap, which stands for the pages it lists. Only
hosts named in VOZ_URL_HOSTS are asked, and only where their robots.txt lets programs read; without
that setting nothing is fetched. Sites inside a private network are never asked.

Exit codes: 0 everything is stored; 1 nothing usable was found, or an error stopped it; 2 wrong
usage; 3 some files were refused, the others are stored; 130 interrupted.
"""


INTERRUPTED = "interrupted: what was done is kept; run the same command again to go on from here"


def ingest_command(
    given: Annotated[
        list[str],
        typer.Argument(metavar="PATH-OR-URL...", help="Files, folders, ZIPs, https:// addresses."),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the report as JSON on standard output.")
    ] = False,
    audience: Annotated[
        list[str] | None,
        typer.Option(metavar="LABEL", help="Who may see them; else as before, or all staff."),
    ] = None,
    first: Annotated[
        str | None,
        typer.Option("--from", metavar="DAY", help="First day in force; else today, or always."),
    ] = None,
    end: Annotated[
        str | None, typer.Option("--to", metavar="DAY", help="First day no longer in force.")
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Wait for `voz sources publish`.")] = False,
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="The source that one file is a version of.")
    ] = None,
    note: Annotated[str, typer.Option(help="What is new in it.")] = "",
    by: Annotated[
        str | None, typer.Option(metavar="ACCOUNT", help="In whose name; else the system's user.")
    ] = None,
) -> None:
    """Run an ingest and exit with the report's code."""
    from ingest.report import EXIT_INTERRUPTED, print_report

    filing = _filing(audience, first, end, draft=draft, name=name, note=note, by=by)
    try:
        report = _run(given, filing)
    except KeyboardInterrupt:
        typer.echo(INTERRUPTED, err=True)
        raise typer.Exit(EXIT_INTERRUPTED) from None
    if as_json:
        typer.echo(report.to_json())
    else:
        print_report(report)
    if report.interrupted:
        typer.echo(INTERRUPTED, err=True)
    raise typer.Exit(report.exit_code)


def _filing(
    audience: list[str] | None,
    first: str | None,
    end: str | None,
    *,
    draft: bool,
    name: str | None,
    note: str,
    by: str | None,
) -> Filing:
    from knowledge.audience import audience_key
    from knowledge.audit import local_actor
    from knowledge.models import Filing
    from knowledge.validity import day_of

    return Filing(
        author=by or local_actor(),
        audience=audience_key(audience) if audience else None,
        name=name,
        draft=draft,
        valid_from=day_of(first) if first else None,
        valid_to=day_of(end) if end else None,
        note=note,
    )


def _run(given: list[str], filing: Filing) -> IngestReport:
    from ingest import sources
    from ingest.urls import looks_like_url
    from knowledge import settings as settings_module
    from knowledge.register import Register

    settings = settings_module.load()
    urls = [item for item in given if looks_like_url(item)]
    paths = [Path(item) for item in given if not looks_like_url(item)]
    sources.expand(paths)  # a mistyped path is told before a data folder is made
    with _fetched(urls, settings) as pages, Register.open(settings, write=True) as register:
        _check(filing, register, paths, pages)
        report = _ingest(paths, pages, register, settings, filing)
        if not report.interrupted:
            register.prune()
            _refresh_indexes(register, settings)
    return report


@contextmanager
def _fetched(urls: list[str], settings: Settings) -> Iterator[Sequence[SourceFile | Refused]]:
    """The pages at the addresses; with none, nothing of the web is loaded or needed."""
    if not urls:
        yield ()
        return
    from ingest.fetch import Limits
    from ingest.report import fetch_progress_bar
    from ingest.urls import allowed
    from ingest.web import fetched_pages

    limits = Limits(allowed(settings))
    with ExitStack() as stack:
        with fetch_progress_bar() as on_fetch:
            pages = stack.enter_context(fetched_pages(urls, limits, on_fetch=on_fetch))
        yield pages


def _ingest(
    paths: list[Path],
    pages: Sequence[SourceFile | Refused],
    register: Register,
    settings: Settings,
    filing: Filing,
) -> IngestReport:
    from ingest.pipeline import carry_out
    from ingest.report import progress_bar
    from ingest.survey import survey

    plan = survey(paths, register, skip=settings.data_dir, fetched=pages, filing=filing)
    if not plan.todo:
        return plan.report()
    # Only now: loading the model takes seconds.
    from knowledge.encoders.embedding import SentenceTransformerEmbedder

    embedder = SentenceTransformerEmbedder.open(settings, lambda line: typer.echo(line, err=True))
    with progress_bar() as on_progress, _stop_on_interrupt() as should_stop:
        return carry_out(
            plan, register, embedder, settings, on_progress, should_stop, filing=filing
        )


def _check(
    filing: Filing,
    register: Register,
    paths: Sequence[Path],
    pages: Sequence[SourceFile | Refused],
) -> None:
    """Tell before anything is read what every file would be refused for."""
    from knowledge.audience import labels_of
    from knowledge.errors import SettingsError

    if filing.audience is not None:
        register.audiences().reduced(labels_of(filing.audience))
    if filing.name is not None and (len(paths) + len(pages) != 1 or any(p.is_dir() for p in paths)):
        raise SettingsError(f"--name {filing.name!r} is for one file: give one, or leave it out")


def _refresh_indexes(register: Register, settings: Settings) -> None:
    """Build the indexes if they are far behind; without them answers are right, only slower."""
    from ingest.report import index_progress_bar
    from knowledge.errors import KnowledgeBaseError
    from knowledge.search import generations
    from knowledge.search.freshness import needs_build

    try:
        if needs_build(register, settings):
            with index_progress_bar() as on_progress:
                generations.build(register, settings, on_progress)
    except KnowledgeBaseError as error:
        typer.echo(
            f"the documents are stored, but their indexes were not built: {error}; "
            "run `voz rebuild`",
            err=True,
        )


@contextmanager
def _stop_on_interrupt() -> Iterator[Callable[[], bool]]:
    """Ctrl-C asks to stop after the step at hand; the second one stops at once."""
    asked = False

    def ask(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        asked = True
        signal.signal(signal.SIGINT, before)
        typer.echo("stopping after this step; press Ctrl-C again to stop at once", err=True)

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)
