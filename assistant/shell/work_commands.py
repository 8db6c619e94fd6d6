"""``voz gaps``, ``feedback``, ``receipts`` and ``changes``: what comes back and becomes work.

Whoever may run these on the machine may do everything; ``--by`` says in whose name, for the audit
trail and for those who are told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from assistant.shell.ask_commands import AsJson, print_json, print_lines, typed, warn
from assistant.shell.source_commands import By

if TYPE_CHECKING:
    from knowledge.models import Language, Viewer
    from knowledge.settings import Settings
    from knowledge.work.work_store import WorkStore

gaps = typer.Typer(help="What is asked and not answered, the worst first.", rich_markup_mode=None)
feedback = typer.Typer(help="What agents say of answers and sources.", rich_markup_mode=None)
receipts = typer.Typer(help="Who must read what by when, and who has.", rich_markup_mode=None)

Row = TypeVar("Row")

Number = Annotated[int, typer.Argument(metavar="NUMBER", help="As it is listed.")]
Account = Annotated[str, typer.Argument(metavar="ACCOUNT", help="Its name.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="The source, as `voz sources list`.")]
AnswerText = Annotated[str, typer.Option("--answer", metavar="TEXT", help="What they are told.")]


@contextmanager
def working(by: str | None) -> Iterator[tuple[WorkStore, Viewer, Language]]:
    """The work of the register, who does it, and the language to speak."""
    from knowledge import settings as settings_module

    settings = settings_module.load()
    with opened(settings, by) as (store, viewer):
        yield store, viewer, settings.language


@contextmanager
def opened(settings: Settings, by: str | None) -> Iterator[tuple[WorkStore, Viewer]]:
    """The work of a register, and who does it."""
    from assistant.bootstrap import operator
    from knowledge.work.work_store import WorkStore

    with closing(WorkStore.open(settings)) as store:
        yield store, operator(store.tree(), name=by)


# Gaps


@gaps.callback(invoke_without_command=True)
def gaps_command(
    context: typer.Context,
    days: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Only questions of the last N days.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="How many at most.")] = 20,
    settled: Annotated[
        bool, typer.Option("--settled", help="Those dismissed and closed as well.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """List what is asked and not answered, the worst first."""
    from assistant.shell import work_lines
    from knowledge.work.gaps import Gaps

    if context.invoked_subcommand is not None:
        return 0
    with working(None) as (store, viewer, language):
        found = Gaps(store).all(viewer, days=days, limit=limit, settled=settled)
    lines_of = partial(work_lines.gap_lines, day_of=store.day_of)
    return list_rows(found, lines_of, language, "no_gaps", as_json=as_json)


@gaps.command("assign")
def assign_gap(number: Number, owner: Account, by: By = None) -> int:
    """Give a gap to an account, which is told."""
    from knowledge.work.gaps import Gaps

    with working(by) as (store, viewer, language):
        Gaps(store).assign(number, owner, viewer)
    return _say(language, "gap_assigned", number=number, owner=owner)


@gaps.command("dismiss")
def dismiss_gap(
    number: Number,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why nothing is to be done.")],
    by: By = None,
) -> int:
    """Put a gap aside until it is asked often again."""
    from knowledge.work.gaps import Gaps

    with working(by) as (store, viewer, language):
        Gaps(store).dismiss(number, typed(reason), viewer)
    return _say(language, "gap_dismissed", number=number)


@gaps.command("close")
def close_gap(number: Number, by: By = None) -> int:
    """Say that sources answer it now."""
    from knowledge.work.gaps import Gaps

    with working(by) as (store, viewer, language):
        Gaps(store).close(number, viewer)
    return _say(language, "gap_closed", number=number)


@gaps.command("reopen")
def reopen_gap(number: Number, by: By = None) -> int:
    """Take back whatever was decided."""
    from knowledge.work.gaps import Gaps

    with working(by) as (store, viewer, language):
        Gaps(store).reopen(number, viewer)
    return _say(language, "gap_reopened", number=number)


@gaps.command("card")
def card_for_gap(
    number: Number,
    answer: Annotated[
        str,
        typer.Option(metavar="TEXT", help="The words to say; without, those of the nearest."),
    ] = "",
    by: By = None,
    as_json: AsJson = False,
) -> int:
    """Propose a card for a gap, as a draft; the question is saved to try it with."""
    from assistant.shell import work_lines
    from assistant.shell.gap_cards import write_card
    from knowledge import settings as settings_module
    from knowledge.encoders.embedding import SentenceTransformerEmbedder
    from knowledge.register import Register
    from knowledge.work.gaps import Gaps

    settings = settings_module.load()
    with opened(settings, by) as (store, viewer):
        Gaps(store).check_decider(number, viewer)  # before the model is loaded
        embedder = SentenceTransformerEmbedder.open(settings, warn)
        with Register.open(settings, write=True) as register:
            draft = write_card(
                number,
                viewer,
                register=register,
                store=store,
                embedder=embedder,
                settings=settings,
                answer=typed(answer),
            )
    if as_json:
        print_json(work_lines.as_json(draft))
        return 0
    return _say(settings.language, "gap_drafted", name=draft.name, number=number)


# Feedback


@feedback.callback(invoke_without_command=True)
def feedback_command(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="What is settled as well.")] = False,
    owner: Annotated[
        str | None, typer.Option(metavar="ACCOUNT", help="Only what this account is to handle.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """List what agents report, oldest first."""
    from assistant.shell import work_lines
    from knowledge.work.feedback import OPEN, Feedback
    from knowledge.work.feedback_rows import STATES

    if context.invoked_subcommand is not None:
        return 0
    with working(None) as (store, viewer, language):
        tasks = Feedback(store).tasks(viewer, states=STATES if everything else OPEN)
    found = [task for task in tasks if owner is None or task.owner == owner]
    lines_of = partial(work_lines.task_lines, day_of=store.day_of)
    return list_rows(found, lines_of, language, "no_feedback", as_json=as_json)


@feedback.command("give")
def give_feedback(
    name: Name,
    kind: Annotated[str, typer.Option(metavar="KIND", help="useful, wrong, outdated or missing.")],
    version: Annotated[int | None, typer.Option(min=1, metavar="N", help="Of the source.")] = None,
    comment: Annotated[str, typer.Option(metavar="TEXT", help="In your words.")] = "",
    by: By = None,
) -> int:
    """Report something of a source to whoever keeps it."""
    from typing import cast

    from knowledge.work.feedback import Feedback, Kind, Remark

    remark = Remark(cast("Kind", kind), typed(comment), source=name, version=version)
    with working(by) as (store, viewer, language):
        number = Feedback(store).give(remark, viewer)
    return _say(language, "feedback_given", number=number)


@feedback.command("assign")
def assign_feedback(number: Number, owner: Account, by: By = None) -> int:
    """Give it to an account, which is told."""
    from knowledge.work.feedback import Feedback

    with working(by) as (store, viewer, language):
        Feedback(store).assign(number, owner, viewer)
    return _say(language, "feedback_taken", number=number, owner=owner)


@feedback.command("take")
def take_feedback(number: Number, by: By = None) -> int:
    """Begin to work on it."""
    from knowledge.work.feedback import Feedback

    with working(by) as (store, viewer, language):
        Feedback(store).take(number, viewer)
        owner = viewer.name
    return _say(language, "feedback_taken", number=number, owner=owner)


@feedback.command("resolve")
def resolve_feedback(
    number: Number,
    answer: AnswerText,
    version: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="The version in which it is right.")
    ] = None,
    by: By = None,
) -> int:
    """Say that it is right now; who reported it is told."""
    from knowledge.work.feedback import Feedback

    with working(by) as (store, viewer, language):
        Feedback(store).resolve(number, typed(answer), viewer, fixed_in=version)
    return _say(language, "feedback_settled", number=number)


@feedback.command("decline")
def decline_feedback(number: Number, answer: AnswerText, by: By = None) -> int:
    """Say why nothing changes; who reported it is told."""
    from knowledge.work.feedback import Feedback

    with working(by) as (store, viewer, language):
        Feedback(store).decline(number, typed(answer), viewer)
    return _say(language, "feedback_settled", number=number)


@feedback.command("suspects")
def suspects_command(
    days: Annotated[int, typer.Option(min=1, metavar="N", help="Of the last N days.")] = 90,
    as_json: AsJson = False,
) -> int:
    """List sources that many answers cite and agents call wrong, worst first."""
    from assistant.shell import work_lines
    from knowledge.work.feedback import Feedback

    with working(None) as (store, viewer, language):
        found = Feedback(store).suspects(viewer, days=days)
    return list_rows(found, work_lines.suspect_lines, language, "no_suspects", as_json=as_json)


# Receipts and changes


@receipts.callback(invoke_without_command=True)
def receipts_command(context: typer.Context, as_json: AsJson = False) -> int:
    """List what must be read, who has read it and who has not, by audience."""
    from assistant.shell import work_lines
    from knowledge.identity.roster import roster
    from knowledge.work.receipts import Receipts

    if context.invoked_subcommand is not None:
        return 0
    with working(None) as (store, viewer, language):
        found = Receipts(store).readings(viewer, roster(store, viewer))
    return list_rows(found, work_lines.reading_lines, language, "no_readings", as_json=as_json)


@receipts.command("require")
def require_reading(
    name: Name,
    version: Annotated[int, typer.Argument(metavar="VERSION", min=1, help="Its number.")],
    due: Annotated[str, typer.Option(metavar="DAY", help="Last day for it, as 2026-12-31.")],
    audience: Annotated[
        list[str], typer.Option(metavar="LABEL", help="Who must read it; may be given again.")
    ],
    by: By = None,
) -> int:
    """Ask people to read a version by a day."""
    from knowledge.validity import day_of
    from knowledge.work.receipts import Receipts

    day = day_of(due)
    with working(by) as (store, viewer, language):
        number = Receipts(store).require(name, version, audience, day, viewer)
    return _say(language, "reading_required", number=number, due=day)


@receipts.command("withdraw")
def withdraw_reading(number: Number, by: By = None) -> int:
    """No longer ask for it."""
    from knowledge.work.receipts import Receipts

    with working(by) as (store, viewer, language):
        Receipts(store).withdraw(number, viewer)
    return _say(language, "reading_withdrawn", number=number)


def changes_command(
    since: Annotated[
        str, typer.Option(metavar="WHEN", help="A past moment: 2026-11-22, 2026-11-22T14:30.")
    ],
    audience: Annotated[
        str | None, typer.Option(metavar="LABEL", help="As an agent of this audience sees it.")
    ] = None,
    soon: Annotated[int, typer.Option(min=0, metavar="N", help="Days to look ahead.")] = 14,
    as_json: AsJson = False,
) -> int:
    """Tell what is in force now that was not at a moment, and what soon will be."""
    from assistant.bootstrap import operator
    from assistant.shell import work_lines
    from knowledge.validity import moment_of
    from knowledge.work.changes import changes_since

    with working(None) as (store, _, language):
        viewer = operator(store.tree(), audience=audience)
        at = moment_of(since, store.time_zone)
        found = changes_since(store, viewer, at, soon_days=soon)
    return list_rows(found, work_lines.change_lines, language, "no_changes", as_json=as_json)


def list_rows(
    rows: Sequence[Row],
    lines_of: Callable[[Row, Language], list[str]],
    language: Language,
    nothing: str,
    *,
    as_json: bool,
) -> int:
    """Print rows as JSON or as lines.

    Args:
        rows: frozen rows of one kind.
        lines_of: what a terminal shows of one.
        language: of the lines.
        nothing: key of the text that is shown where there are none.
        as_json: print JSON.
    """
    from assistant.shell import work_lines
    from assistant.shell.work_texts import tell

    if as_json:
        print_json(work_lines.as_json(rows))
    else:
        lines = [line for row in rows for line in lines_of(row, language)]
        print_lines(lines or [tell(language, nothing)])
    return 0


def _say(language: Language, key: str, **values: object) -> int:
    from assistant.shell.work_texts import tell

    print_lines([tell(language, key, **values)])
    return 0
