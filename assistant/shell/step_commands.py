"""``voz steps``: the procedures that are found in a source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.shell.ask_commands import AsJson, print_json, print_lines
from assistant.shell.source_commands import curating, reads

if TYPE_CHECKING:
    from assistant.steps.models import Procedure, Quote, Step


def steps_command(
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="Its name, as `voz sources list` shows it.")
    ],
    audience: Annotated[
        str | None, typer.Option(metavar="LABEL", help="As an agent of this audience sees it.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """List the procedures found in a source, as its version in force states them.

    Each step with the place where it stands. Exit code 1 if the source has none.
    """
    from assistant.bootstrap import operator
    from assistant.refusals import because
    from assistant.shell.steps import shown
    from assistant.steps.library import Library
    from knowledge.audit.views import View
    from knowledge.errors import NotFound

    with curating(write=False) as (register, viewer):
        who = operator(register.audiences(), audience=audience) if audience else viewer
        shelf = Library(register.document).of(source, who)
        if shelf is None:
            raise NotFound(because("steps-source-not-in-force", source=source))
        reads(register, View(viewer.name, source, shelf.document.version))
    if as_json:
        print_json(shown.listed(shelf))
    else:
        lines = [line for one in shelf.procedures for line in _lines(one)]
        print_lines(lines or [f"no procedure in {source}, version {shelf.document.version}"])
    return 0 if shelf.procedures else 1


def _lines(one: Procedure) -> list[str]:
    place = _place(one.steps[0].quote)
    found = [f"{one.title}  ({one.document}, version {one.version}{place}; {one.form})"]
    found += [f"  ? {condition.quote.text}" for condition in one.conditions]
    for step in one.steps:
        found += _step_lines(step)
    found += [f"  ! {note.quote.text}" for note in one.notes]
    return [*found, ""]


def _step_lines(step: Step) -> list[str]:
    indent = "  " + "   " * step.depth
    text = " ".join(step.quote.text.split())
    due = f"  [{'; '.join(q.text for q in step.deadlines)}]" if step.deadlines else ""
    at = f"  ({step.quote.start}–{step.quote.end}{_place(step.quote)})"
    found = [f"{indent}{step.key}  {text}{due}{at}"]
    found += [f"{indent}   ? {' '.join(c.quote.text.split())}" for c in step.conditions]
    marks = {"warning": "!", "detail": "·"}
    found += [f"{indent}   {marks[n.kind]} {' '.join(n.quote.text.split())}" for n in step.notes]
    return found


def _place(quote: Quote) -> str:
    return f", page {quote.page}" if quote.page is not None else ""
