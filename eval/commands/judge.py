"""``voz eval judge``: may the chat model that judges answers gate?"""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from eval.judge.admission import Admission
    from eval.judge.record import Examined

judge_app = typer.Typer(
    help="A chat model as a judge of answers.", rich_markup_mode=None, no_args_is_help=True
)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]
EXIT_REFUSED = 3


@judge_app.command("admit")
def admit_command(as_json: AsJson = False) -> int:
    """Examine the judge with what people labelled; exit code 3: it may not gate everywhere.

    It has to agree with the labels in each language, and with itself when asked again.
    """
    from eval.commands.runs import progress_bar
    from eval.judge.admission import calls, examine
    from eval.judge.chat import judge_of
    from eval.judge.labelled import digest, labelled
    from eval.judge.record import keep, record_path
    from knowledge import settings as voz

    settings, found = voz.load(), labelled()
    with closing(judge_of(settings)) as judge:
        typer.echo(f"{judge.id} is asked {calls(found)} times", err=True)
        admissions = examine(judge, found, progress_bar())
        examined = keep(record_path(settings), judge.id, digest(found), admissions)
    if as_json:
        typer.echo(json.dumps(_json(examined), ensure_ascii=False, indent=2))
    else:
        _print([examined])
    return 0 if all(one.admitted for one in admissions) else EXIT_REFUSED


@judge_app.command("list")
def list_command(as_json: AsJson = False) -> int:
    """Which judges were examined, and how did they do?"""
    from eval.judge.record import all_examined, record_path
    from knowledge import settings

    found = all_examined(record_path(settings.load()))
    if as_json:
        typer.echo(json.dumps([_json(one) for one in found], ensure_ascii=False, indent=2))
    elif not found:
        typer.echo("no judge was examined: `voz eval judge admit` does", err=True)
    else:
        _print(found)
    return 0


def _json(examined: Examined) -> dict[str, Any]:
    from dataclasses import asdict

    content = asdict(examined)
    for row, one in zip(content["admissions"], examined.admissions, strict=True):
        row |= {"agreement": one.agreement, "admitted": one.admitted}
    return content


def _print(found: list[Examined]) -> None:
    from eval.commands.run_lines import print_table

    rows = [
        [one.at[:16].replace("T", " "), one.judge, *_cells(each)]
        for one in found
        for each in one.admissions
    ]
    names = [
        "at",
        "judge",
        "measure",
        "language",
        "agrees",
        "95 %",
        "with itself",
        "n",
        "unread",
        "may gate",
    ]
    print_table(names, rows)


def _cells(one: Admission) -> list[str]:
    from eval.measures.judged import JUDGED

    return [
        JUDGED[one.kind].name,
        one.language,
        f"{one.agreement:.3f}",
        f"{one.low:.3f} – {one.high:.3f}",
        f"{one.self_agreement:.3f}",
        str(one.n),
        str(one.unread),
        "yes" if one.admitted else "no",
    ]
