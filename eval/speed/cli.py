"""``voz bench``: measure speed, beside references measured in the same run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from knowledge.settings import Settings

app = typer.Typer(help="Measure speed on this machine.", rich_markup_mode=None)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]
Repetitions = Annotated[
    int | None, typer.Option(min=1, metavar="N", help="How often each thing is measured.")
]


@app.command("retrieval")
def retrieval_command(
    chunks: Annotated[
        int | None, typer.Option(min=1000, metavar="N", help="Chunks that are searched.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Time from a question to its first statement over many chunks."""
    from eval.speed.retrieval import CHUNKS, bench_retrieval

    measured = bench_retrieval(_settings(), chunks=chunks or CHUNKS, progress=_progress)
    return _show(measured, as_json=as_json)


@app.command("ingest")
def ingest_command(repetitions: Repetitions = None, as_json: AsJson = False) -> int:
    """Chunks embedded per second, beside the wheel's own engine and the processor's limit."""
    from eval.speed.ingest import bench_ingest

    given: dict[str, Any] = {"repetitions": repetitions} if repetitions else {}
    return _show(bench_ingest(_settings(), **given, progress=_progress), as_json=as_json)


@app.command("startup")
def startup_command(repetitions: Repetitions = None, as_json: AsJson = False) -> int:
    """Seconds until commands answer and the page is served."""
    from eval.speed.startup import bench_startup

    given: dict[str, Any] = {"repetitions": repetitions} if repetitions else {}
    return _show(bench_startup(_settings(), **given, progress=_progress), as_json=as_json)


@app.command("contacts")
def contacts_command(
    contacts: Annotated[
        int | None, typer.Option(min=1, max=200, metavar="N", help="Contacts at once.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Time from what a customer says to what is suggested, beside a contact alone."""
    from eval.speed.contacts import CONTACTS, bench_contacts

    measured = bench_contacts(_settings(), contacts=contacts or CONTACTS, progress=_progress)
    return _show(measured, as_json=as_json)


@app.command("hanging")
def hanging_command(
    questions: Annotated[
        int | None, typer.Option(min=5, max=200, metavar="N", help="Questions to each page.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Time to the quotations on the page while the chat model hangs, beside a page without one."""
    from eval.speed.hanging import QUESTIONS, bench_hanging

    measured = bench_hanging(_settings(), questions=questions or QUESTIONS, progress=_progress)
    return _show(measured, as_json=as_json)


@app.command("contradictions")
def contradictions_command(
    sentences: Annotated[
        int | None, typer.Option(min=1000, metavar="N", help="Sentences that are compared.")
    ] = None,
    documents: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, metavar="DIR", help="What is copied."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Seconds to look for contradictions among many sentences of varied copies."""
    from eval.speed.contradictions import SENTENCES, bench_contradictions

    given: dict[str, Any] = {"documents": documents} if documents else {}
    measured = bench_contradictions(
        _settings(), sentences=sentences or SENTENCES, **given, progress=_progress
    )
    return _show(measured, as_json=as_json)


@app.command("duplicates")
def duplicates_command(
    sources: Annotated[
        int | None, typer.Option(min=10, metavar="N", help="Sources that are compared.")
    ] = None,
    documents: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, metavar="DIR", help="What is copied."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Seconds to look for near-copies among many sources, varied copies of documents."""
    from eval.speed.duplicates import SOURCES, bench_duplicates

    given: dict[str, Any] = {"documents": documents} if documents else {}
    measured = bench_duplicates(
        _settings(), sources=sources or SOURCES, **given, progress=_progress
    )
    return _show(measured, as_json=as_json)


@app.command("themes")
def themes_command(
    contacts: Annotated[
        int | None, typer.Option(min=100, metavar="N", help="Contacts that are counted.")
    ] = None,
    repetitions: Repetitions = None,
    as_json: AsJson = False,
) -> int:
    """Milliseconds until what customers ask is counted over many contacts."""
    from eval.speed.themes import CONTACTS, bench_themes

    given: dict[str, Any] = {"repetitions": repetitions} if repetitions else {}
    measured = bench_themes(_settings(), count=contacts or CONTACTS, **given, progress=_progress)
    return _show(measured, as_json=as_json)


def _settings() -> Settings:
    from knowledge import settings as settings_module

    return settings_module.load()


def _progress(line: str) -> None:
    typer.echo(line, err=True)


def _show(measured: dict[str, Any], *, as_json: bool) -> int:
    if as_json:
        typer.echo(json.dumps(measured, ensure_ascii=False, indent=2))
        return 0
    width = max(map(len, measured), default=0)
    for name, value in measured.items():
        for line in _lines(name, value, width):
            typer.echo(line)
    return 0


def _lines(name: str, value: object, width: int) -> list[str]:
    """A value on a line of its own; of a list of rounds only how many there were."""
    if isinstance(value, dict):
        inner = max(map(len, value), default=0)
        return [name, *(f"  {key:<{inner}}  {_short(item)}" for key, item in value.items())]
    return [f"{name:<{width}}  {_short(value)}"]


def _short(value: object) -> str:
    if isinstance(value, list):
        return f"{len(value)} values, see --json"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)
