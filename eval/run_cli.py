"""``voz eval check``, ``run``, ``runs``, ``compare``, ``gate``, ``selftest``: golden sets."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from eval.gate.models import Decision, Evidence
    from eval.gate.policy import Policy
    from eval.golden.reading import GoldenSet
    from eval.runs.folder import RunFolder
    from knowledge.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]
Before = Annotated[str, typer.Argument(metavar="BEFORE", help="Run of what is in force.")]
After = Annotated[str, typer.Argument(metavar="AFTER", help="Run of the candidate.")]
PolicyOption = Annotated[
    Path | None,
    typer.Option("--policy", metavar="FILE", help="Policy of the gate; see docs/quality.md."),
]
EXIT_VERDICTS = {"pass": 0, "block": 3, "inconclusive": 4, "invalid": 5}
"""Apart from 1, an error, and 2, wrong usage."""
_ASIDE = 10
"""Niceness: live answers go first."""


def add_commands(app: typer.Typer) -> None:
    """Registers the commands of this module."""
    app.command("check")(check_command)
    app.command("run")(run_command)
    app.command("runs")(runs_command)
    app.command("compare")(compare_command)
    app.command("gate")(gate_command)
    app.command("selftest")(selftest_command)


def check_command(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="Golden set, JSON lines.")],
    as_json: AsJson = False,
) -> int:
    """Is a golden set well written? Every mistake with its line and field."""
    golden, faults = _read(path)
    if as_json:
        found = {"cases": len(golden.cases) if golden else 0, "faults": [str(f) for f in faults]}
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for line in faults:
            typer.echo(line)
        if golden is not None:
            typer.echo(f"{len(golden.cases)} cases, no mistakes")
    return 0 if golden is not None else 1


def run_command(
    path: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="Golden set, JSON lines.")
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="What to call the run.")
    ] = None,
    resume: Annotated[
        str | None, typer.Option("--resume", metavar="RUN", help="Go on with this run.")
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="Day asked about; today if not given."),
    ] = None,
    jobs: Annotated[
        int, typer.Option(min=1, max=16, metavar="N", help="Questions asked at once.")
    ] = 2,
    policy: PolicyOption = None,
    as_json: AsJson = False,
) -> int:
    """Ask a golden set, measure every answer, and keep all of it as a run."""
    from eval.run_lines import print_summaries
    from eval.runs.running import run

    if (path is None) == (resume is None):
        raise typer.BadParameter("give a golden set, or --resume RUN")
    with contextlib.suppress(OSError):
        os.nice(_ASIDE)
    with _opened(path, resume, name, on, policy) as (folder, answer, day):
        summaries = run(folder, answer, day, jobs=jobs, progress=_progress())
    if as_json:
        found = {"run": folder.id, "measures": [asdict(one) for one in summaries]}
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        print_summaries(folder.id, summaries)
    return 0


def runs_command(as_json: AsJson = False) -> int:
    """Which runs are there, newest first?"""
    from eval.run_lines import print_table
    from eval.runs.folder import RunFolder, run_ids

    root = runs_folder(_settings())
    rows = []
    for run_id in run_ids(root):
        folder = RunFolder.open(root, run_id)
        manifest = folder.manifest()
        rows.append(
            {
                "run": run_id,
                "golden": manifest["golden"]["name"],
                "cases": manifest["golden"]["cases"],
                "created": manifest["created"],
                "finished": folder.finished,
            }
        )
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif not rows:
        typer.echo("no runs yet: `voz eval run FILE` makes one", err=True)
    else:
        print_table(list(rows[0]), [[str(v) for v in row.values()] for row in rows])
    return 0


def compare_command(before: Before, after: After, as_json: AsJson = False) -> int:
    """What became better or worse from one run to another, and how sure is that?"""
    from eval.run_lines import compared_json, print_differences

    _, evidence = _decided(before, after, None)
    if as_json:
        typer.echo(json.dumps(compared_json(evidence), ensure_ascii=False, indent=2))
        return 0
    print_differences(evidence)
    for flipped in evidence.flips:
        typer.echo(f"{flipped.flip}  {flipped.case.id}  {', '.join(flipped.measures)}")
    return 0


def gate_command(
    after: After,
    baseline: Annotated[
        str, typer.Option("--baseline", metavar="RUN", help="Run of what is in force.")
    ],
    policy: PolicyOption = None,
    as_json: AsJson = False,
) -> int:
    """May it be published? Exit code 0 pass, 3 block, 4 inconclusive, 5 invalid."""
    from eval.run_lines import decision_json

    decision, _ = _decided(baseline, after, policy)
    if as_json:
        typer.echo(json.dumps(decision_json(decision), ensure_ascii=False, indent=2))
    else:
        typer.echo(f"{decision.verdict.upper()}  {decision.sentence}")
        for one in decision.findings:
            typer.echo(f"  {one.weight:<12}  {one.stage:<14}  {one.says}")
    return EXIT_VERDICTS[decision.verdict]


def selftest_command(
    run_id: Annotated[str, typer.Argument(metavar="RUN", help="Run that defects are planted in.")],
    policy: PolicyOption = None,
    as_json: AsJson = False,
) -> int:
    """Would the gate notice? Plants defects and harmless changes in a run; exit code 0 or 3."""
    from assistant.support.check import SupportCheck
    from eval.gate.decide import loaded
    from eval.run_lines import adequacy_json, print_adequacy
    from eval.selftest.testing import self_test
    from knowledge.encoders.embedding import SentenceTransformerEmbedder

    settings, folder = opened(run_id)
    run, cases = loaded(folder)
    check = SupportCheck(SentenceTransformerEmbedder.open(settings, _line))
    adequacy = self_test(run, cases, policy_of(policy), check, progress=_line)
    if as_json:
        typer.echo(json.dumps(adequacy_json(adequacy), ensure_ascii=False, indent=2))
    else:
        print_adequacy(adequacy)
    return 0 if adequacy.adequate else EXIT_VERDICTS["block"]


def opened(run_id: str) -> tuple[Settings, RunFolder]:
    """The settings of the data folder and a run of it.

    Raises:
        NotFound: there is no such run.
    """
    from eval.runs.folder import RunFolder

    settings = _settings()
    return settings, RunFolder.open(runs_folder(settings), run_id)


def runs_folder(settings: Settings) -> Path:
    """Where runs are kept."""
    return settings.data_dir / "runs"


def _decided(before: str, after: str, policy: Path | None) -> tuple[Decision, Evidence]:
    from eval.gate.decide import decide

    return decide(opened(before)[1], opened(after)[1], policy_of(policy))


def policy_of(path: Path | None) -> Policy:
    """The policy of a file, or the bundled one.

    Raises:
        SettingsError: it cannot be read, or is none.
    """
    from eval.gate.policy import bundled, read_policy

    return bundled() if path is None else read_policy(_text(path).decode("utf-8"), path.name)


def _read(path: Path) -> tuple[GoldenSet | None, list[Any]]:
    from eval.golden.reading import read_golden

    return read_golden(_text(path))


def _text(path: Path) -> bytes:
    from knowledge.errors import SettingsError

    try:
        return path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path} cannot be read ({error.strerror}): check the path") from error


@contextlib.contextmanager
def _opened(
    path: Path | None, resume: str | None, name: str | None, on: str | None, policy: Path | None
) -> Iterator[tuple[RunFolder, Callable[..., Any], date]]:
    """The run's folder, new or to go on with, what is asked, and the day."""
    from assistant.bootstrap import open_parts, operator
    from assistant.support.check import SupportCheck
    from eval.measures.catalogue import MEASURES
    from eval.refusals import because
    from eval.runs import manifest as manifests
    from eval.runs.folder import RunFolder
    from eval.runs.running import system
    from eval.runs.viewers import viewers
    from knowledge.errors import SettingsError, WrongState

    settings = _settings()
    root = runs_folder(settings)
    folder = RunFolder.open(root, resume) if resume else None
    golden = folder.golden() if folder else _golden(path)
    day = _day(on or (str(folder.manifest()["today"]) if folder else None), settings)
    with open_parts(settings, _line) as (assistant, embedder):
        tree = assistant.audiences()
        manifest = manifests.manifest(
            name=str(folder.manifest()["golden"]["name"]) if folder else _stem(path),
            golden=golden,
            assistant=assistant,
            viewer=operator(tree),
            settings=settings,
            fingerprint=embedder.fingerprint,
            measures=MEASURES,
            today=day,
            seed=0,
        )
        manifest["policy"] = policy_of(policy).model_dump(mode="json", by_alias=True)
        if folder is None:
            folder = RunFolder.create(root, name or _new_id(), manifest, golden)
        elif changed := manifests.differs(folder.manifest(), manifest):
            raise WrongState(because("run-other-state", run=folder.id, what=", ".join(changed)))
        unknown = {c.audience for c in golden.cases if c.audience} - set(tree.audiences)
        if unknown:
            known = ", ".join(sorted(tree.audiences))
            raise SettingsError(because("golden-audience", audience=min(unknown), known=known))
        assistant.settle()
        assistant.ask(golden.cases[0].question, operator(tree))  # what only the first one waits for
        yield folder, system(assistant, SupportCheck(embedder), viewers(tree), day), day


def _golden(path: Path | None) -> GoldenSet:
    from knowledge.errors import SettingsError

    assert path is not None
    golden, faults = _read(path)
    if golden is None:
        more = f" (and {len(faults) - 1} more: `voz eval check {path}`)" if faults[1:] else ""
        raise SettingsError(f"{path}: {faults[0]}{more}")
    return golden


def _day(on: str | None, settings: Settings) -> date:
    from knowledge.validity import today

    if on is None:
        return today(settings.time_zone)
    try:
        return date.fromisoformat(on)
    except ValueError as error:
        raise typer.BadParameter(f"--on {on!r} is no day: write it as 2026-03-31") from error


def _new_id() -> str:
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


def _stem(path: Path | None) -> str:
    return path.stem if path else ""


def _settings() -> Settings:
    from knowledge import settings

    return settings.load()


def _line(text: str) -> None:
    typer.echo(text, err=True)


def _progress() -> Callable[[int, int], None]:
    """A bar on a terminal; elsewhere a line for every tenth."""
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

        columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        bar = Progress(*columns, console=Console(stderr=True))
        task = bar.add_task("asked")
        bar.start()

        def draw(done: int, of: int) -> None:
            bar.update(task, completed=done, total=of)
            if done == of:
                bar.stop()

        return draw

    def tell(done: int, of: int) -> None:
        if done == of or done % max(1, of // 10) == 0:
            _line(f"{done} of {of} asked")

    return tell
