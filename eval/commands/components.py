"""``voz eval NAME``: one command for each component, made from the catalogue; all of them at once.

Nothing of a component is loaded until its command runs.
"""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

import typer

from eval.commands.opening import AsJson, Data, echo_json, folder_of, progress, work_on
from eval.components.catalogue import COMPONENTS
from eval.components.models import Component, Listing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from eval.scores import Score
    from eval.work import Work


def add_commands(app: typer.Typer) -> None:
    """Registers a command for each component, and those about all of them."""
    for component in COMPONENTS.values():
        app.command(component.name, help=component.question)(command_of(component))
    app.command("components")(list_command)
    app.command("all")(all_command)


def command_of(component: Component) -> Callable[..., int]:
    """The command of a component: its options are what it declares."""

    def command(**given: Any) -> int:
        return _run(component, given)

    command.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=of)
            for name, (of, default) in _options(component).items()
        ]
    )
    return command


def list_command(as_json: AsJson = False) -> int:
    """Which parts of the assistant are measured by themselves, and with what?"""
    from eval.commands.run_lines import print_table

    if as_json:
        echo_json([_declared(one) for one in COMPONENTS.values()])
        return 0
    rows = [[one.name, one.question, ", ".join(_sets(one)) or "-"] for one in COMPONENTS.values()]
    print_table(("name", "question", "sets"), rows)
    return 0


def all_command(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME", help="Components; without any, all.")
    ] = None,
    data: Data = None,
    kept: Annotated[
        Path | None,
        typer.Option(
            "--json",
            dir_okay=False,
            metavar="FILE",
            help="Write the results to a file; what it has of the same code is kept.",
        ),
    ] = None,
) -> int:
    """Measure the components one after the other, on half report."""
    from eval.components.running import measure_all
    from eval.work import entry

    chosen = [entry("component", COMPONENTS, name) for name in names or COMPONENTS]
    failed = []
    for result in measure_all(chosen, work_on(data), kept):
        if result.error is None:
            print_scores(result.scores)
        else:
            failed.append(result.component)
            progress(f"{result.component} could not be measured: {result.error}")
    if failed:
        progress(f"not measured: {', '.join(failed)}")
    return 1 if failed else 0


def print_scores(scores: Iterable[Score]) -> None:
    """A table for each set, as soon as it is done."""
    from rich.console import Console

    from eval.commands.tables import score_table

    for name, of_set in itertools.groupby(scores, key=lambda score: score.set):
        Console().print(score_table(name, list(of_set)))


def _options(component: Component) -> dict[str, tuple[Any, Any]]:
    """Annotation and default of each option, by the name it is handed over by."""
    options: dict[str, tuple[Any, Any]] = {}
    if component.files or component.learns_from or component.data_unused:
        options["data"] = Data, None
    if component.halves:
        half = typer.Option("report", "--half", help="Half of the cases.")
        options["half"] = cast("Any", Literal)[component.halves], half
    if component.limit:
        help_ = f"At most so many {component.limit.of}."
        limit = Annotated[int | None, typer.Option(min=1, metavar="N", help=help_)]
        options["limit"] = limit, component.limit.default
    if component.learns:
        flag = typer.Option("--learn", help="Learn the weights on half fit.")
        options["learn"] = Annotated[bool, flag], False
    for listing in component.listings:
        options[_key(listing)] = _listing_option(listing)
    options["as_json"] = AsJson, False
    return options


def _listing_option(listing: Listing) -> tuple[Any, Any]:
    if listing.counted:
        counted = typer.Option(listing.option, min=1, metavar="N", help=listing.about)
        return Annotated[int | None, counted], None
    return Annotated[bool, typer.Option(listing.option, help=listing.about)], False


def _key(listing: Listing) -> str:
    return f"show_{listing.option.removeprefix('--')}"


def _run(component: Component, given: Mapping[str, Any]) -> int:
    """Learn, list or measure, whichever the options say."""
    from eval.components.running import scores

    asked = [one for one in component.listings if given[_key(one)]]
    instead = [one for one in asked if one.function]
    ways = [*(["--learn"] if given.get("learn") else []), *(one.option for one in instead)]
    if len(ways) > 1:
        raise typer.BadParameter(f"give one of {' and '.join(ways)}")
    files = (*component.files, *(component.learns_from if given.get("learn") else ()))
    data = folder_of(component.name, files, given.get("data"))
    work = work_on(
        data,
        half=given.get("half", "report"),
        limit=given.get("limit"),
        telling=any(one.function is None for one in asked),
    )
    if given.get("learn"):
        echo_json(component.learn(work))
    elif instead:
        _list(component, instead[0], work, given[_key(instead[0])])
    elif given["as_json"]:
        echo_json([asdict(one) for one in scores(component, work)])
    else:
        print_scores(scores(component, work))
    return 0


def _list(component: Component, listing: Listing, work: Work, given: int | bool) -> None:
    """As one value of JSON where it is said how many, else line by line, as it comes."""
    if listing.counted:
        echo_json(list(component.listed(listing, replace(work, limit=given))))
        return
    for row in component.listed(listing, work):
        echo_json(row, indent=None)


def _sets(component: Component) -> list[str]:
    """Folders of the public sets that measuring reads."""
    return list(dict.fromkeys(name.partition("/")[0] for name in component.files))


def _declared(component: Component) -> dict[str, Any]:
    return {
        "name": component.name,
        "question": component.question,
        "files": list(component.files),
        "halves": list(component.halves),
        "learns": component.learns is not None,
        "lists": [one.option for one in component.listings],
    }
