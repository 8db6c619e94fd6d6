"""``voz sources stale`` and ``preview``, and ``voz questions``: before sources are changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.shell.ask_commands import AsJson, print_json, print_lines, typed, warn
from assistant.shell.source_commands import By, From, To
from assistant.shell.work_commands import Name, Number, list_rows, opened, working

if TYPE_CHECKING:
    from assistant.preview import Preview, Previewer, Probe
    from knowledge.models import Viewer
    from knowledge.validity import Validity
    from knowledge.work.work_store import WorkStore

questions = typer.Typer(
    help="Questions to try changes with, and letting go of what was asked.", rich_markup_mode=None
)


def add_to(sources: typer.Typer) -> None:
    """Hook what is about sources into the group ``voz sources``."""
    sources.command("stale")(stale_command)
    sources.command("preview")(preview_command)
    sources.command("check")(check_command)


def stale_command(
    expires: Annotated[
        int, typer.Option(min=1, metavar="DAYS", help="Days ahead to look for an end.")
    ] = 30,
    uncited: Annotated[
        int, typer.Option(min=1, metavar="DAYS", help="Days over which citations are counted.")
    ] = 90,
    as_json: AsJson = False,
) -> int:
    """List sources that may be stale, why, and what to do about it."""
    from assistant.shell import work_lines
    from assistant.shell.work_texts import tell
    from knowledge.work.stale_sources import stale_sources

    with working(None) as (store, viewer, language):
        found = stale_sources(store, viewer, expires_days=expires, uncited_days=uncited)
    if as_json:
        print_json([work_lines.finding_json(one) for one in found])
    else:
        lines = [line for one in found for line in work_lines.stale_lines(one, language)]
        print_lines(lines or [tell(language, "no_stale")])
    return 0


def preview_command(
    context: typer.Context,
    name: Name,
    version: Annotated[
        int | None,
        typer.Argument(metavar="VERSION", min=1, help="Its number; without, the one that waits."),
    ] = None,
    retire: Annotated[
        bool, typer.Option("--retire", help="Show what retiring the source would do instead.")
    ] = False,
    first: From = None,
    end: To = None,
    asked: Annotated[
        int, typer.Option(min=0, metavar="N", help="Of those asked most, how many are tried.")
    ] = 50,
    everything: Annotated[
        bool, typer.Option("--all", help="Show the answers that stay the same as well.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Show what publishing a version would make of answers, without publishing it.

    The saved questions and those asked most are answered for its first day, before and after.
    """
    from assistant.bootstrap import open_previewer
    from assistant.shell import work_lines
    from assistant.shell.work_texts import tell
    from knowledge import settings as settings_module

    if retire and version is not None:
        raise typer.BadParameter("give either a VERSION or --retire", ctx=context)
    settings = settings_module.load()
    with opened(settings, None) as (store, viewer):
        probes = _probes(store, viewer, asked)
        if not retire:
            version = version or _waiting(store, viewer, name)
    if not probes:
        print_lines([tell(settings.language, "no_probes")])
        return 0
    with open_previewer(settings, warn) as previewer:
        preview = _previewed(previewer, name, version, viewer, probes, (first, end))
    if as_json:
        print_json(work_lines.preview_json(preview))
    else:
        print_lines(work_lines.preview_lines(preview, settings.language, everything=everything))
    return 0


def check_command(
    name: Name,
    version: Annotated[
        int | None,
        typer.Argument(metavar="VERSION", min=1, help="Its number; without, the one that waits."),
    ] = None,
    first: From = None,
    end: To = None,
    by: By = None,
    as_json: AsJson = False,
) -> int:
    """May a version be published? Asks the golden sets that gate; exit code 0, 3, 4 or 5."""
    from assistant.bootstrap import open_previewer_parts
    from eval.commands.run_lines import decision_json
    from eval.commands.runs import EXIT_VERDICTS
    from eval.gate.desk import PublicationDesk
    from eval.gate.policy import bundled
    from knowledge import settings as settings_module

    settings = settings_module.load()
    with opened(settings, by) as (store, viewer):
        version = version or _waiting(store, viewer, name)
        with open_previewer_parts(settings, warn) as (previewer, embedder):
            desk = PublicationDesk(store, previewer, embedder, bundled())
            found = desk.check(name, version, viewer, validity=_validity(previewer, first, end))
    if as_json:
        print_json([{"golden": one.name, **decision_json(said)} for one, said, _ in found])
    else:
        for one, decision, evidence in found:
            asked = len(evidence.cases) - len(evidence.reused)
            told = decision.sentence.told(settings.language)
            lines = [f"{decision.verdict.upper()}  {one.name} v{one.number}  {told}"]
            lines += [
                f"  {f.weight:<12}  {f.says.told(settings.language)}" for f in decision.findings
            ]
            print_lines([*lines, f"  {len(evidence.cases)} cases, {asked} asked twice"])
    return max(EXIT_VERDICTS[decision.verdict] for _, decision, _ in found)


def _validity(previewer: Previewer, first: str | None, end: str | None) -> Validity | None:
    from knowledge.validity import NEVER, Validity, day_of

    if first is None and end is None:
        return None
    start = day_of(first) if first else previewer.today()
    return Validity(start, day_of(end) if end else NEVER)


def _probes(store: WorkStore, viewer: Viewer, asked: int) -> list[Probe]:
    from assistant.preview import probes_of
    from knowledge.work.questions import Questions
    from knowledge.work.saved_questions import SavedQuestions

    days = store.question_days or 1
    most = Questions(store).most_asked(viewer, days=days, limit=asked) if asked else []
    return probes_of(SavedQuestions(store).all(viewer), most)


def _waiting(store: WorkStore, viewer: Viewer, name: str) -> int:
    """Number of the version that is a draft or in review.

    Raises:
        SettingsError: there is no such source, or none waits.
    """
    from knowledge import curation_rows
    from knowledge.curation_checks import seen
    from knowledge.errors import SettingsError

    with store.read() as connection:
        source = seen(connection, name, viewer)
        every = curation_rows.version_infos(connection, source["id"])
    waiting = [one.number for one in every if one.state in ("draft", "in_review")]
    if not waiting:
        raise SettingsError(f"no version of {name!r} waits to be published: say which one to try")
    return waiting[0]


def _previewed(
    previewer: Previewer,
    name: str,
    version: int | None,
    viewer: Viewer,
    probes: list[Probe],
    days: tuple[str | None, str | None],
) -> Preview:
    from knowledge.validity import day_of

    first, end = days
    if version is None:
        from_day = day_of(first) if first else None
        return previewer.retiring(name, viewer, probes, from_day=from_day)
    validity = _validity(previewer, first, end)
    return previewer.publishing(name, version, viewer, probes, validity=validity)


@questions.callback(invoke_without_command=True)
def questions_command(context: typer.Context, as_json: AsJson = False) -> int:
    """List the questions that are saved to try changes with."""
    from assistant.shell import work_lines
    from knowledge.work.saved_questions import SavedQuestions

    if context.invoked_subcommand is not None:
        return 0
    with working(None) as (store, viewer, language):
        found = SavedQuestions(store).all(viewer)
    return list_rows(found, work_lines.saved_lines, language, "no_saved", as_json=as_json)


@questions.command("add")
def add_question(
    text: Annotated[str, typer.Argument(metavar="QUESTION", help="As agents ask it.")],
    audience: Annotated[
        str, typer.Option(metavar="LABEL", help="Whose agents to ask it as.")
    ] = "staff",
    expect: Annotated[
        str | None, typer.Option(metavar="NAME", help="The source that should be cited.")
    ] = None,
    by: By = None,
) -> int:
    """Save a question to try changes with."""
    from assistant.shell.work_texts import tell
    from knowledge.work.saved_questions import SavedQuestions

    with working(by) as (store, viewer, language):
        saved = SavedQuestions(store)
        number = saved.add(typed(text), viewer, audience=audience, expected=expect)
    print_lines([tell(language, "question_saved", number=number)])
    return 0


@questions.command("remove")
def remove_question(number: Number, by: By = None) -> int:
    """Keep a saved question no longer."""
    from assistant.shell.work_texts import tell
    from knowledge.work.saved_questions import SavedQuestions

    with working(by) as (store, viewer, language):
        SavedQuestions(store).remove(number, viewer)
    print_lines([tell(language, "question_removed", number=number)])
    return 0


@questions.command("erase")
def erase_words(
    containing: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Of what was asked with this in it.")
    ] = None,
    account: Annotated[
        str | None, typer.Option(metavar="ACCOUNT", help="Of what this account asked.")
    ] = None,
    by: By = None,
) -> int:
    """Erase the words of questions and feedback; the numbers stay."""
    from assistant.shell.work_texts import tell
    from knowledge.work.questions import Questions

    with working(by) as (store, viewer, language):
        text = typed(containing) if containing is not None else None
        count = Questions(store).erase(viewer, containing=text, account=account)
    print_lines([tell(language, "erased", count=count)])
    return 0
