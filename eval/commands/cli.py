"""``voz eval``: measure answers on labelled sets, each system beside the ones it must beat."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eval.commands import bench, golden, judge, making, report, runs
from eval.commands.bench import Half

if TYPE_CHECKING:
    from eval.scores import Score
    from knowledge.ports import Embedder
    from knowledge.settings import Settings

app = typer.Typer(
    help="Measure answers on labelled sets, and decide whether a change may be published.",
    rich_markup_mode=None,
)
golden.add_commands(app)
making.add_commands(app)
runs.add_commands(app)
app.command("report")(report.report_command)
app.add_typer(judge.judge_app, name="judge")
app.command("bench")(bench.bench_command)


Data = Annotated[
    Path,
    typer.Option("--data", exists=True, file_okay=False, metavar="DIR", help="Folder of the sets."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]
Limit = Annotated[
    int | None, typer.Option(min=1, metavar="N", help="At most so many questions of each set.")
]
HalfOption = Annotated[Half, typer.Option(help="Half of the agents' questions and near ones.")]
LearnOption = Annotated[bool, typer.Option("--learn", help="Learn the weights on half fit.")]


@app.command("voice")
def voice_command(
    data: Data,
    half: HalfOption = Half.REPORT,
    as_json: AsJson = False,
    shown: Annotated[
        bool, typer.Option("--shown", help="List what was said in other words, on standard error.")
    ] = False,
) -> int:
    """How often are answers said in other words, and does any of them change a fact?"""
    from eval.components.voice import evaluate

    tell = _progress if shown else lambda line: None
    with _parts() as (embedder, settings):
        found = evaluate(data, embedder, settings, which=half.value, progress=_progress, tell=tell)
        _show(found, as_json=as_json)
    return 0


@app.command("refusal")
def refusal_command(
    data: Data,
    limit: Annotated[
        int, typer.Option(min=1, metavar="N", help="At most so many questions of each set.")
    ] = 300,
    half: HalfOption = Half.REPORT,
    as_json: AsJson = False,
) -> int:
    """Are questions refused that the sources do not answer, and only those?"""
    from eval.components.refusal import evaluate

    with _parts() as (embedder, settings):
        found = evaluate(
            data, embedder, settings, which=half.value, limit=limit, progress=_progress
        )
        _show(found, as_json=as_json)
    return 0


@app.command("contacts")
def contacts_command(
    data: Data,
    half: HalfOption = Half.REPORT,
    learn: LearnOption = False,
    as_json: AsJson = False,
) -> int:
    """Is it heard in a running call what the customer needs, and is the right source found?"""
    from eval.components.contacts import learning, measuring

    with _parts() as (embedder, settings):
        if learn:
            need, needed_from = learning.learn(data, embedder, settings, _progress)
            typer.echo(json.dumps({"need": need, "needed_from": needed_from}, indent=2))
        else:
            found = measuring.evaluate(
                data, embedder, settings, which=half.value, progress=_progress
            )
            _show(found, as_json=as_json)
    return 0


@app.command("steps")
def steps_command(
    data: Data,
    half: HalfOption = Half.REPORT,
    learn: LearnOption = False,
    as_json: AsJson = False,
) -> int:
    """Are procedures found in sources, and steps ticked when it is said that they are done?"""
    from eval.components import steps

    if half is Half.ALL:
        raise typer.BadParameter("--half is fit or report")
    with _parts() as (embedder, _):
        if learn:
            weights, threshold = steps.learn(embedder)
            typer.echo(json.dumps({"weights": weights, "threshold": threshold}, indent=2))
        else:
            _show(steps.evaluate(data, embedder, half.value, _progress), as_json=as_json)
    return 0


@app.command("composed")
def composed_command(as_json: AsJson = False) -> int:
    """Of what a small model wrote, are unsupported sentences kept back and supported ones shown?"""
    from eval import composed

    with _parts() as (embedder, _):
        _show(composed.evaluate(embedder), as_json=as_json)
    return 0


@app.command("contradictions")
def contradictions_command(
    data: Data,
    half: HalfOption = Half.REPORT,
    listed: Annotated[
        int | None,
        typer.Option(
            "--list", min=1, metavar="N", help="List the N surest in the documents as they are."
        ),
    ] = None,
    learn: LearnOption = False,
    missed: Annotated[
        bool,
        typer.Option("--missed", help="List what is missed on half fit, and its false alarms."),
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Are planted contradictions found in the policies, and harmless look-alikes left alone?"""
    from eval.components.contradictions import learning, measuring

    with _parts() as (embedder, settings):
        if learn:
            weights = learning.learn(data, embedder, settings, _progress)
            typer.echo(json.dumps(weights, indent=2))
        elif missed:
            for wrong in learning.missed(data, embedder, settings, _progress):
                typer.echo(json.dumps(wrong, ensure_ascii=False))
        elif listed:
            found = measuring.surest(data, embedder, settings, listed)
            typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        else:
            scores = measuring.evaluate(
                data, embedder, settings, which=half.value, progress=_progress
            )
            _show(scores, as_json=as_json)
    return 0


@app.command("support")
def support_command(
    data: Data,
    half: HalfOption = Half.REPORT,
    learn: LearnOption = False,
    as_json: AsJson = False,
) -> int:
    """Are changed statements caught, faithful ones let pass, and do people agree?"""
    from eval import support, support_fit

    with _parts() as (embedder, settings):
        if learn:
            weights = support_fit.learn(data, embedder, settings, _progress)
            typer.echo(json.dumps(weights, indent=2))
        else:
            scores = support.evaluate(
                data, embedder, settings, which=half.value, progress=_progress
            )
            _show(scores, as_json=as_json)
    return 0


@app.command("drafts")
def drafts_command(
    half: HalfOption = Half.REPORT,
    failing: Annotated[
        bool, typer.Option("--failing", help="List the drafts with wrong or missed findings.")
    ] = False,
    learn: LearnOption = False,
    as_json: AsJson = False,
) -> int:
    """Is what should not be sent marked in drafts, and is the rest left alone?"""
    from eval import drafts, drafts_fit

    with _parts() as (embedder, settings):
        if learn:
            typer.echo(json.dumps(drafts_fit.learn(embedder, settings, _progress), indent=2))
        elif failing:
            for wrong in drafts.failing(embedder, settings, half.value, _progress):
                typer.echo(json.dumps(wrong, ensure_ascii=False))
        else:
            scores = drafts.evaluate(embedder, settings, half.value, _progress)
            _show(scores, as_json=as_json)
    return 0


@app.command("privacy")
def privacy_command(half: HalfOption = Half.REPORT, as_json: AsJson = False) -> int:
    """Is personal data found in what is typed and said, and are orders and prices left alone?"""
    from eval.components.privacy.measuring import evaluate

    _show(evaluate(half.value), as_json=as_json)
    return 0


@app.command("injections")
def injections_command(
    data: Data,
    limit: Limit = None,
    listed: Annotated[
        bool, typer.Option("--list", help="Print each effect as a line of JSON on stderr.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Do orders in documents, conversations and customers' fields bring anything about?"""
    from eval.components.injections.measuring import evaluate

    def tell(effect: object) -> None:
        if listed:
            typer.echo(json.dumps(vars(effect), ensure_ascii=False), err=True)

    with _parts() as (embedder, settings):
        found = evaluate(data, embedder, settings, limit=limit, progress=_progress, tell=tell)
        _show(found, as_json=as_json)
    return 0


@app.command("fit")
def fit_command(
    data: Data,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where the weights are written.")],
    as_json: AsJson = False,
) -> int:
    """Learn the weights of sentences and of the confidence from the half that is not reported."""
    from eval.fitting.answers import fit

    with _parts() as (embedder, settings), _written(out) as write:
        weights = fit(data, embedder, settings, _progress)
        write(json.dumps(asdict(weights), indent=2) + "\n")
    typer.echo(json.dumps(asdict(weights), indent=2) if as_json else f"weights written to {out}")
    return 0


@contextmanager
def _parts() -> Iterator[tuple[Embedder, Settings]]:
    """The embedder that the settings name, and the settings."""
    from knowledge import settings as settings_module
    from knowledge.encoders.embedding import SentenceTransformerEmbedder

    settings = settings_module.load()
    yield SentenceTransformerEmbedder.open(settings, _progress), settings


@contextmanager
def _written(path: Path) -> Iterator[Callable[[str], object]]:
    """A function that writes the file, which is tried before hours of work, not after."""
    from knowledge.errors import SettingsError

    try:
        with path.open("a", encoding="utf-8"):
            yield lambda text: path.write_text(text, "utf-8")
    except OSError as error:
        raise SettingsError(
            f"--out {path} cannot be written ({error.strerror}); give another path"
        ) from error


def _progress(line: str) -> None:
    typer.echo(line, err=True)


def _show(scores: Iterable[Score], *, as_json: bool) -> None:
    """All scores as one JSON list, or a table per set as soon as the set is done."""
    if as_json:
        rows = [asdict(score) for score in scores]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    from rich.console import Console

    from eval.commands.tables import score_table

    for name, of_set in groupby(scores, key=lambda score: score.set):
        Console().print(score_table(name, list(of_set)))
