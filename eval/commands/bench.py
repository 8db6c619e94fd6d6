"""``voz eval bench``: public sets, beside published figures and the pipeline in twenty tables."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from knowledge.errors import SettingsError

if TYPE_CHECKING:
    from eval.benchmarks.models import Benchmark, Result


class Half(StrEnum):
    """Half of the development data: what is learned from, and what is reported on."""

    FIT = "fit"
    REPORT = "report"
    ALL = "all"


def bench_command(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Benchmark; without it all are listed.")
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(
            "--data", exists=True, file_okay=False, metavar="DIR", help="Folder of the sets."
        ),
    ] = None,
    half: Annotated[Half, typer.Option(help="Half of the questions.")] = Half.REPORT,
    limit: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="At most so many questions of each slice."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")] = False,
) -> int:
    """Measure a public set beside published figures and a pipeline of twenty lines."""
    from eval.benchmarks.catalogue import BENCHMARKS, named
    from eval.commands import tables

    if name is None:
        benchmarks = list(BENCHMARKS.values())
        if as_json:
            _echo(tables.listed_json(benchmarks))
        else:
            tables.print_list(benchmarks)
        return 0
    benchmark = named(name)
    result = _result(benchmark, data, half, limit)
    if as_json:
        _echo(tables.as_json(result))
    else:
        tables.print_result(result)
    return 0


def _result(benchmark: Benchmark, data: Path | None, half: Half, limit: int | None) -> Result:
    from eval.benchmarks.models import Work
    from eval.benchmarks.run import run, there
    from knowledge import settings as settings_module
    from knowledge.encoders.embedding import SentenceTransformerEmbedder

    if data is None and benchmark.files:
        raise SettingsError(f"--data DIR is missing: the folder with {', '.join(benchmark.files)}")
    data = data or Path()
    there(benchmark, data)
    settings = settings_module.load()
    embedder = SentenceTransformerEmbedder.open(settings, _progress)
    return run(benchmark, Work(data, embedder, settings, half.value, limit, _progress))


def _progress(line: str) -> None:
    typer.echo(line, err=True)


def _echo(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
