"""``voz eval check``, ``import``, ``sets``, ``export``, ``guard``: golden sets."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eval.commands.opening import AsJson, echo_json
from eval.commands.texts import tell, tell_faults

if TYPE_CHECKING:
    from eval.golden.reading import GoldenSet
    from knowledge.evaluations.golden_sets import GoldenVersion
    from knowledge.models import Language
    from knowledge.refusals.reason import Reason
    from knowledge.settings import Settings

GoldenFile = Annotated[Path, typer.Argument(metavar="FILE", help="JSON lines, CSV or XLSX.")]
Layout = Annotated[
    str | None,
    typer.Option("--layout", metavar="LAYOUT", help="beir, squad, or a labelled set's name."),
]


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
        echo_json(found)
    else:
        language = _settings().language
        tell_faults(faults, language)
        if golden is not None and not faults:
            typer.echo(tell(language, "valid", count=len(golden.cases)))
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

    settings = _settings()
    golden, faults = _loaded(path, layout)
    if golden is None or faults:
        tell_faults(faults, settings.language)
        return 1
    with closing(WorkStore.open(settings)) as store:
        saved = GoldenSets(store).save(
            name, written(golden), golden.sha256, len(golden.cases), local_actor(), audience
        )
    if as_json:
        echo_json(asdict(saved))
    else:
        typer.echo(tell(settings.language, "saved", **asdict(saved)))
    return 0


def sets_command(as_json: AsJson = False) -> int:
    """Which golden sets are in the register?"""
    from knowledge.evaluations.golden_sets import GoldenSets
    from knowledge.models import EVERYONE
    from knowledge.work.work_store import WorkStore

    settings = _settings()
    with closing(WorkStore.open(settings)) as store:
        found = GoldenSets(store).all(store.tree().below(EVERYONE))
    if as_json:
        echo_json([asdict(one) for one in found])
    elif not found:
        typer.echo(tell(settings.language, "no_sets"), err=True)
    for one in [] if as_json else found:
        typer.echo(_line(one, settings.language))
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

    settings = _settings()
    with closing(WorkStore.open(settings)) as store:
        reach = store.tree().below(EVERYONE)
        GoldenSets(store).gate(name, local_actor(), reach, on=not off)
    key = "guards_no_longer" if off else "guards"
    typer.echo(tell(settings.language, key, name=name))
    return 0


def _loaded(path: Path, layout: str | None) -> tuple[GoldenSet | None, list[Reason]]:
    """The set, or its mistakes; personal data in it is one."""
    from eval.golden.layouts import converted
    from eval.golden.loading import load_golden, personal

    golden, faults = converted(layout, path) if layout else load_golden(path)
    if golden is not None and not layout:
        faults = personal(golden)
    return golden, faults


def _line(one: GoldenVersion, language: Language) -> str:
    gates = tell(language, "gates") if one.gates else ""
    values = {"by": one.made_by, "at": one.made_at, "gates": gates}
    return tell(language, "set", **(asdict(one) | values))


def _settings() -> Settings:
    from knowledge import settings

    return settings.load()
