"""``voz eval make`` and ``propose``: draft cases for a person to go through."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from eval.making.models import Left, Made


class From(StrEnum):
    """What draft cases are made of."""

    SAVED = "saved"
    FEEDBACK = "feedback"
    ESCALATIONS = "escalations"


Out = Annotated[Path, typer.Option("--out", metavar="FILE", help="JSON lines; a new file.")]
_LEFT: dict[Left, str] = {
    "words_gone": "whose words are no longer kept",
    "said_twice": "that ask the same as another",
    "declined": "that were found to be right",
    "there_already": "that are there already",
    "too_long": "that are too long for a case",
}


def add_commands(app: typer.Typer) -> None:
    """Registers the commands of this module."""
    app.command("make")(make_command)
    app.command("propose")(propose_command)


def make_command(
    origin: Annotated[From, typer.Option("--from", help="What to make them of.")],
    out: Out,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help="First day of what is taken.")
    ] = None,
) -> int:
    """Draft cases from saved questions, feedback of agents, or questions to the company.

    A draft is no case: `voz eval check` refuses it until a person has looked it over.
    """
    from assistant.bootstrap import operator
    from eval.making.making import make
    from knowledge import settings
    from knowledge.identity.access import LOCAL, escalation_reach
    from knowledge.work.work_store import WorkStore

    day = day_of(since, "--since")
    with closing(WorkStore.open(settings.load())) as store:
        tree = store.tree()
        made = make(store, origin.value, operator(tree), escalation_reach(LOCAL, tree), since=day)
    _keep(made, out)
    return 0


def propose_command(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE…", help="Names of sources that are in force.")
    ],
    out: Out,
    most: Annotated[
        int, typer.Option("--most", min=1, max=500, metavar="N", help="Of each source.")
    ] = 20,
    word: Annotated[
        bool, typer.Option("--word", help="Have the chat model word the questions.")
    ] = False,
) -> int:
    """Draft cases of the figures, dates, periods and obligations that sources state.

    A draft is no case: `voz eval check` refuses it until a person has looked it over.
    """
    from assistant.bootstrap import operator
    from eval.making.proposing import propose_from
    from knowledge import settings
    from knowledge.register import Register

    with Register.open(settings.load()) as register:
        viewer = operator(register.audiences())
        made = propose_from(register, sources, viewer, most=most)
    _keep(_worded(made) if word else made, out)
    return 0


def _worded(made: Made) -> Made:
    """The drafts with their questions in the chat model's words, where those can be used.

    Raises:
        SettingsError: there is no chat model.
    """
    from dataclasses import replace

    from assistant.chat.opening import chat_model_of
    from eval.clients.chat import ChatCalls
    from eval.making.rewording import reworded
    from eval.refusals import because
    from knowledge import settings
    from knowledge.errors import SettingsError

    model = chat_model_of(settings.load())
    if model is None:
        raise SettingsError(because("drafts-no-model"))
    with closing(ChatCalls.of(model)) as calls:
        drafts = tuple(reworded(draft, calls.said) for draft in made.drafts)
    taken = sum(new != old for new, old in zip(drafts, made.drafts, strict=True))
    typer.echo(f"{taken} of {len(drafts)} questions worded by the chat model", err=True)
    return replace(made, drafts=drafts)


def day_of(text: str | None, option: str) -> date | None:
    """A day as it was typed.

    Raises:
        BadParameter: it is none.
    """
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{option} {text!r} is no day: write 2026-03-31") from error


def _keep(made: Made, out: Path) -> None:
    """Writes the drafts into a new file, and tells what was made and what was not."""
    from eval.golden.drafts import written_drafts
    from eval.refusals import because
    from knowledge.errors import SettingsError

    for why, count in made.left_out.items():
        typer.echo(f"left out: {count} {_LEFT[why]}", err=True)
    if not made.drafts:
        typer.echo("no drafts: nothing that a case could be made of", err=True)
        return
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(written_drafts(made.drafts))
    except FileExistsError as error:
        raise SettingsError(because("drafts-there", path=out)) from error
    except OSError as error:
        said = error.strerror or type(error).__name__
        raise SettingsError(because("drafts-unwritable", path=out, why=said)) from error
    undecided = sum(not draft.decided for draft in made.drafts)
    typer.echo(f"{len(made.drafts)} drafts in {out}, {undecided} to be decided")
