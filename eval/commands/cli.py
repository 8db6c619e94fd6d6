"""``voz eval``: measure answers on labelled sets, and decide whether a change may be published."""

from __future__ import annotations

import typer

from eval.commands import components, golden, judge, making, report, runs
from eval.commands.bench import bench_command
from eval.commands.fit import (
    fit_command,
    fit_encoder_command,
    fit_figures_command,
    fit_promises_command,
)

app = typer.Typer(
    help="Measure answers on labelled sets, and decide whether a change may be published.",
    rich_markup_mode=None,
)
golden.add_commands(app)
making.add_commands(app)
runs.add_commands(app)
app.command("report")(report.report_command)
app.add_typer(judge.judge_app, name="judge")
app.command("bench")(bench_command)
components.add_commands(app)
app.command("fit")(fit_command)
app.command("fit-encoder")(fit_encoder_command)
app.command("fit-figures")(fit_figures_command)
app.command("fit-promises")(fit_promises_command)
