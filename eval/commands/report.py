"""``voz eval report``: a run, alone or against another, as HTML, Markdown and JUnit XML."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eval.commands.runs import PolicyOption, policy_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from eval.report.models import Report
    from knowledge.models import Language


class Shown(StrEnum):
    """Language that is shown first."""

    ES = "es"
    EN = "en"


def report_command(
    run_id: Annotated[str, typer.Argument(metavar="RUN", help="Run that is reported on.")],
    against: Annotated[
        str | None, typer.Option("--against", metavar="RUN", help="Run of what is in force.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="The report as one HTML file.")
    ] = None,
    markdown: Annotated[
        Path | None,
        typer.Option("--markdown", metavar="FILE", help="A summary for pull requests."),
    ] = None,
    junit: Annotated[
        Path | None, typer.Option("--junit", metavar="FILE", help="JUnit XML, a test a case.")
    ] = None,
    language: Annotated[
        Shown, typer.Option("--language", help="Shown first; of the other files the only one.")
    ] = Shown.ES,
    policy: PolicyOption = None,
) -> int:
    """What a run says, in one file: verdict, failing cases with their evidence, plots."""
    from eval.report.making import report_of
    from eval.runs.folder import RunFolder
    from eval.runs.opening import runs_folder
    from knowledge import settings as settings_module
    from knowledge.validity import today

    files = ((out, "html"), (markdown, "md"), (junit, "xml"))
    written = [(path, kind) for path, kind in files if path is not None]
    if not written:
        raise typer.BadParameter("give --out FILE, --markdown FILE or --junit FILE")
    settings = settings_module.load()
    root = runs_folder(settings)
    report = report_of(
        RunFolder.open(root, run_id),
        against=RunFolder.open(root, against) if against else None,
        policy=policy_of(policy) if policy else None,
        today=today(settings.time_zone),
    )
    for path, kind in written:
        _write(path, _writers()[kind](report, language.value))
    paths = ", ".join(str(path) for path, _ in written)
    typer.echo(f"report of {report.run.id} in {paths}")
    return 0


def _writers() -> dict[str, Callable[[Report, Language], str]]:
    from eval.report.junit import junit
    from eval.report.markdown import markdown
    from eval.report.page import page

    return {"html": page, "md": markdown, "xml": junit}


def _write(path: Path, content: str) -> None:
    from eval.refusals import because
    from knowledge.errors import SettingsError

    try:
        path.write_text(content, "utf-8")
    except OSError as error:
        raise SettingsError(
            because("run-unwritable", path=path, why=error.strerror or "")
        ) from error
