"""``voz eval check``, ``import``, ``sets``, ``export``, ``guard``: golden sets."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from eval.golden.reading import GoldenSet
    from knowledge.refusals.reason import Reason
    from knowledge.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]
GoldenFile = Annotated[Path, typer.Argument(metavar="FILE", help="JSON lines, CSV or XLSX.")]
Layout = Annotated[
    str | None,
    typer.Option("--layout", metavar="LAYOUT", help="beir, squad, or a labelled set's name."),
]
MOST_FAULTS = 50


def add_commands(app: typer.Typer) -> None:
    """Registers the commands of this module."""
    for name, command in (
        ("check", check_command),
        ("import", import_command),
        ("sets", sets_command),
        ("export", export_command),
        ("guard", guard_command),
    ):
        app.command(name)(command)


def check_command(
    path: GoldenFile,
    layout: Layout = None,
    as_json: AsJson = False,
) -> int:
    """Is a golden set well written? Every mistake with its line and field."""
    golden, faults = _loaded(path, layout)
    if as_json:
        found = {"cases": len(golden.cases) if golden else 0, "faults": [str(f) for f in faults]}
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _tell_faults(faults)
        if golden is not None and not faults:
            typer.echo(f"{len(golden.cases)} cases, no mistakes")
    return 1 if faults else 0


def import_command(
    path: GoldenFile,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="Name of the set.")],
    audience: Annotated[
        str, typer.Option("--audience", metavar="LABEL", help="Whose evaluations it is for.")
    ] = "staff",
    layout: Layout = None,
    as_json: AsJson = False,
) -> int:
    """Bring a golden set into the register, as a new version where there is one."""
    from eval.golden.reading import written
    from knowledge.audit import local_actor
    from knowledge.evaluations.golden_sets import GoldenSets
    from knowledge.work.work_store import WorkStore

    golden, faults = _loaded(path, layout)
    if golden is None or faults:
        _tell_faults(faults)
        return 1
    with closing(WorkStore.open(_settings())) as store:
        saved = GoldenSets(store).save(
            name, written(golden), golden.sha256, len(golden.cases), local_actor(), audience
        )
    if as_json:
        typer.echo(json.dumps(asdict(saved), ensure_ascii=False, indent=2))
    else:
        typer.echo(f"{saved.name} version {saved.number}, {saved.cases} cases")
    return 0


def sets_command(as_json: AsJson = False) -> int:
    """Which golden sets are in the register?"""
    from eval.commands.run_lines import print_table
    from knowledge.evaluations.golden_sets import GoldenSets
    from knowledge.models import EVERYONE
    from knowledge.work.work_store import WorkStore

    with closing(WorkStore.open(_settings())) as store:
        found = GoldenSets(store).all(store.tree().below(EVERYONE))
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
    elif not found:
        typer.echo("no golden sets yet: `voz eval import FILE --name NAME` brings one in", err=True)
    else:
        names = ("name", "audience", "gates", "number", "cases", "made_by", "made_at")
        print_table(names, [[str(getattr(one, n)) for n in names] for one in found])
    return 0


def export_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of a golden set.")],
    version: Annotated[
        int | None,
        typer.Option("--version", min=1, metavar="N", help="Version; the newest if none."),
    ] = None,
) -> int:
    """Print a golden set of the register as JSON lines."""
    from knowledge.evaluations.golden_sets import GoldenSets
    from knowledge.models import EVERYONE
    from knowledge.work.work_store import WorkStore

    with closing(WorkStore.open(_settings())) as store:
        reach = store.tree().below(EVERYONE)
        _, content = GoldenSets(store).content(name, reach, version)
    typer.echo(content, nl=False)
    return 0


def guard_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of a golden set.")],
    off: Annotated[bool, typer.Option("--off", help="No longer.")] = False,
) -> int:
    """Have versions of sources pass a golden set before they are published."""
    from knowledge.audit import local_actor
    from knowledge.evaluations.golden_sets import GoldenSets
    from knowledge.models import EVERYONE
    from knowledge.work.work_store import WorkStore

    with closing(WorkStore.open(_settings())) as store:
        reach = store.tree().below(EVERYONE)
        GoldenSets(store).gate(name, local_actor(), reach, on=not off)
    typer.echo(f"{name} gates publications" if not off else f"{name} no longer gates publications")
    return 0


def _loaded(path: Path, layout: str | None) -> tuple[GoldenSet | None, list[Reason]]:
    """The set, or its mistakes; personal data in it is one."""
    from eval.golden.layouts import converted
    from eval.golden.loading import load_golden, personal

    golden, faults = converted(layout, path) if layout else load_golden(path)
    if golden is not None and not layout:
        faults = personal(golden)
    return golden, faults


def _tell_faults(faults: list[Reason]) -> None:
    for fault in faults[:MOST_FAULTS]:
        typer.echo(fault, err=True)
    if len(faults) > MOST_FAULTS:
        typer.echo(f"and {len(faults) - MOST_FAULTS} more", err=True)


def _settings() -> Settings:
    from knowledge import settings

    return settings.load()
