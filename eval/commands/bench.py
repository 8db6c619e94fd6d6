"""``voz eval bench``: public sets, beside published figures and the pipeline in twenty lines."""

from __future__ import annotations

from typing import Annotated

import typer

from eval.commands.opening import AsJson, Data, echo_json, folder_of, work_on
from eval.halves import Half


def bench_command(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Benchmark; without it all are listed.")
    ] = None,
    data: Data = None,
    half: Annotated[Half, typer.Option(help="Half of the questions.")] = "report",
    limit: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="At most so many questions of each slice."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Measure a public set beside published figures and a pipeline of twenty lines."""
    from eval.benchmarks.catalogue import BENCHMARKS
    from eval.benchmarks.run import run
    from eval.commands import tables
    from eval.work import entry

    if name is None:
        benchmarks = list(BENCHMARKS.values())
        if as_json:
            echo_json(tables.listed_json(benchmarks))
        else:
            tables.print_list(benchmarks)
        return 0
    benchmark = entry("benchmark", BENCHMARKS, name)
    data = folder_of(benchmark.name, benchmark.files, data)
    result = run(benchmark, work_on(data, half=half, limit=limit))
    if as_json:
        echo_json(tables.as_json(result))
    else:
        tables.print_result(result)
    return 0
