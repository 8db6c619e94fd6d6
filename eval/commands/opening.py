"""What commands of evaluations share: options, the model, and lines for people."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from eval.halves import Half
    from eval.work import Work
    from knowledge.ports import Embedder

Data = Annotated[
    Path | None,
    typer.Option("--data", exists=True, file_okay=False, metavar="DIR", help="Folder of the sets."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]


def folder_of(name: str, files: Sequence[str], data: Path | None) -> Path:
    """The folder of the sets that `name` reads files of, which have to be there.

    Raises:
        typer.BadParameter: no folder is given, and some files are read.
        SettingsError: the folder lacks some of them.
    """
    from eval.work import there

    if data is None and files:
        raise typer.BadParameter(f"--data DIR is missing: the folder with {', '.join(files)}")
    there(name, files, data or Path())
    return data or Path()


def work_on(
    data: Path | None, *, half: Half = "report", limit: int | None = None, telling: bool = False
) -> Work:
    """What an evaluation is run with; its model is loaded when it is first needed, and once.

    Args:
        data: folder of the sets, where any are read.
        half: of the cases.
        limit: at most so many of each slice.
        telling: whether what is listed beside the scores is printed, on standard error.
    """
    from eval.work import Work
    from knowledge import settings as settings_module

    settings = settings_module.load()

    @cache
    def open_model() -> Embedder:
        from knowledge.encoders.embedding import SentenceTransformerEmbedder

        return SentenceTransformerEmbedder.open(settings, progress)

    tell = progress if telling else lambda line: None
    return Work(data or Path(), settings, open_model, half, limit, progress, tell)


def progress(line: str) -> None:
    """Tell what goes on, beside what is printed."""
    typer.echo(line, err=True)


def echo_json(value: object, *, indent: int | None = 2) -> None:
    """Print a value of JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=indent))
