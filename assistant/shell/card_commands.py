"""``voz cards``: approved wording for a question."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer

from assistant.shell.ask_commands import AsJson, print_json, print_lines, typed, warn
from assistant.shell.source_commands import By, From, To, curating, source_json

cards = typer.Typer(help="Approved wording, given word for word.", rich_markup_mode=None)


@cards.command("add")
def add_command(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="As customers put it.")],
    answer: Annotated[str, typer.Option(metavar="TEXT|-", help='The words; "-" reads them.')],
    variant: Annotated[
        list[str] | None, typer.Option(metavar="QUESTION", help="Another way of asking it.")
    ] = None,
    conditions: Annotated[str, typer.Option(help="When it may be said.")] = "",
    audience: Annotated[
        list[str] | None, typer.Option(metavar="LABEL", help="Who may see it; else all staff.")
    ] = None,
    name: Annotated[
        str | None, typer.Option(help="The card it is a new version of, as `voz cards list`.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="es|en", help="Else as the question is written.")
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Wait for an approver.")] = False,
    first: From = None,
    end: To = None,
    by: By = None,
) -> int:
    """Write a card, or a new version of one."""
    from knowledge import settings as settings_module
    from knowledge.cards import Card, card_document
    from knowledge.encoders.embedding import SentenceTransformerEmbedder
    from knowledge.intake import take_in
    from knowledge.language import question_language
    from knowledge.models import EVERYONE, Filing
    from knowledge.validity import day_of

    words = sys.stdin.read() if answer == "-" else typed(answer)
    spoken = _language(language) or question_language(typed(question), [words])
    card = Card(
        question=typed(question),
        answer=words,
        language=spoken,
        variants=tuple(map(typed, variant or ())),
        conditions=typed(conditions),
        audience=tuple(audience or (EVERYONE,)),
    )
    made = card_document(card, name)
    with curating(by) as (register, viewer):
        filing = Filing(
            author=viewer.name,
            draft=draft,
            valid_from=day_of(first) if first else None,
            valid_to=day_of(end) if end else None,
        )
        embedder = SentenceTransformerEmbedder.open(settings_module.load(), warn)
        outcome = take_in(register, embedder, made, recipe="card", filing=filing)
    typer.echo(f"{made[0].name}: {outcome}{', waits for an approver' if draft else ''}")
    return 0


@cards.command("list")
def list_command(as_json: AsJson = False) -> int:
    """List cards; their versions are those of `voz sources show`."""
    from knowledge.models import CARD

    with curating(write=False) as (register, viewer):
        found = [one for one in register.curation.sources(viewer) if one.media_type == CARD]
    if as_json:
        print_json([source_json(one) for one in found])
    else:
        print_lines([f"{one.name} · {one.title} · {one.state}" for one in found] or ["no cards"])
    return 0


def _language(text: str | None) -> Literal["es", "en"] | None:
    if text == "es":
        return "es"
    if text == "en":
        return "en"
    if text is None:
        return None
    raise typer.BadParameter(f"{text!r} is no language here: es or en")
