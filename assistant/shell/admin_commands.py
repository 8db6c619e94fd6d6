"""``voz serve``, ``status``, ``settings`` and ``rebuild``: for whoever runs the installation."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.shell.ask_commands import AsJson, print_json, warn

if TYPE_CHECKING:
    from knowledge.settings import Settings


def serve_command(
    host: Annotated[str | None, typer.Option(help="Address to listen on; VOZ_HOST.")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port, 0 for a free one; VOZ_PORT.")
    ] = None,
) -> int:
    """Serve the agents' page until Ctrl+C."""
    from assistant.shell.serve import serve
    from knowledge import settings as settings_module

    return serve(settings_module.load(host=host, port=port), lambda line: print(line, flush=True))


def status_command(as_json: AsJson = False) -> int:
    """Tell what is stored and how the indexes are."""
    from assistant.shell.status import read_status, status_lines
    from knowledge import settings as settings_module

    status = read_status(settings_module.load())
    if as_json:
        print_json(status)
    else:
        typer.echo("\n".join(status_lines(status)))
    warn(status["degraded"])
    return 0


def settings_command(as_json: AsJson = False) -> int:
    """List every setting, its value and meaning."""
    from knowledge import settings as settings_module
    from knowledge.errors import SettingsError

    problem: SettingsError | None = None
    try:
        settings = settings_module.load()
    except SettingsError as error:  # the list helps most when a variable is wrong
        problem, settings = error, settings_module.Settings.model_construct()
    rows = _settings_rows(settings)
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            typer.echo(f"{row['variable']}={row['value'] if row['value'] is not None else ''}")
            typer.echo(f"    {row['setting']}: {row['meaning']}")
    if problem:
        raise problem
    return 0


def rebuild_command(
    re_embed: Annotated[
        bool,
        typer.Option("--re-embed", help="First compute every vector anew, with the model set now."),
    ] = False,
) -> int:
    """Build all indexes anew from the register.

    Searching goes on meanwhile, with what there was before.
    """
    from ingest.report import index_progress_bar
    from knowledge import settings as settings_module
    from knowledge.register import Register
    from knowledge.search import generations

    settings = settings_module.load()
    started = time.monotonic()
    with Register.open(settings) as register:
        if re_embed:
            _reembed(settings)
        with index_progress_bar() as on_progress:
            generation = generations.build(register, settings, on_progress)
    seconds = time.monotonic() - started
    typer.echo(f"indexes of {generation.manifest.chunks} chunks built in {seconds:.1f} s")
    return 0


def _reembed(settings: Settings) -> None:
    from ingest.report import index_progress_bar
    from knowledge.encoders.embedding import SentenceTransformerEmbedder
    from knowledge.register import Register
    from knowledge.search.reembed import reembed

    with Register.open(settings, write=True) as register:
        embedder = SentenceTransformerEmbedder.open(settings, warn)
        with index_progress_bar() as on_progress:
            embedded = reembed(
                register, embedder, lambda done, total: on_progress("vectors", done, total)
            )
    typer.echo(f"{embedded} chunks embedded with {embedder.fingerprint}")


def _settings_rows(settings: Settings) -> list[dict[str, str | None]]:
    """Values as text; those of secrets are masked by their own type, pydantic's ``SecretStr``."""
    from knowledge.settings import variable

    values = {name: getattr(settings, name) for name in type(settings).model_fields}
    return [
        {
            "setting": name,
            "variable": variable(name),
            "value": None if values[name] is None else str(values[name]),
            "meaning": field.description,
        }
        for name, field in type(settings).model_fields.items()
    ]
