"""``voz eval run``, ``runs``, ``compare``, ``gate`` and ``selftest``: golden sets asked."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from eval.gate.models import Decision, Evidence
    from eval.gate.policy import Policy
    from knowledge.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]
Version = Annotated[
    int | None, typer.Option("--version", min=1, metavar="N", help="Version; the newest if none.")
]
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
    for name, command in (
        ("run", run_command),
        ("runs", runs_command),
        ("compare", compare_command),
        ("gate", gate_command),
        ("selftest", selftest_command),
    ):
        app.command(name)(command)


def run_command(
    named: Annotated[
        str | None, typer.Argument(metavar="SET", help="Golden set: a name, or a file.")
    ] = None,
    version: Version = None,
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
    robustness: Annotated[
        bool,
        typer.Option(
            "--robustness",
            help="Also ask some cases mistyped, without accents, and as a recogniser writes them.",
        ),
    ] = False,
    sample: Annotated[
        int,
        typer.Option(
            "--sample", min=1, metavar="N", help="With --robustness: so many of each language."
        ),
    ] = 40,
    judge: Annotated[
        bool,
        typer.Option("--judge", help="Have the chat model judge what is said, beside all else."),
    ] = False,
    policy: PolicyOption = None,
    as_json: AsJson = False,
) -> int:
    """Ask a golden set, measure every answer, and keep all of it as a run."""
    from eval.commands.run_lines import print_summaries
    from eval.runs.opening import choose, finish, new_run, resumed
    from eval.runs.running import run

    if (named is None) == (resume is None):
        raise typer.BadParameter("give a golden set, or --resume RUN")
    settings, day = _settings(), _day(on)
    with contextlib.suppress(OSError):
        os.nice(_ASIDE)
    if named is None:
        opened = resumed(resume or "", settings, _line)
    else:
        chosen = choose(named, settings, version)
        opened = new_run(
            chosen,
            settings,
            policy_of(policy),
            run_id=name,
            on=day,
            respelt=sample if robustness else 0,
            judged=judge,
            progress=_line,
        )
    with opened as found:
        summaries = run(found.folder, found.answer, found.today, jobs=jobs, progress=progress_bar())
        finish(found.folder, settings)
    if as_json:
        content = {"run": found.folder.id, "measures": [asdict(one) for one in summaries]}
        typer.echo(json.dumps(content, ensure_ascii=False, indent=2))
    else:
        print_summaries(found.folder.id, summaries)
    return 0


def runs_command(
    trend: Annotated[
        str | None,
        typer.Option("--trend", metavar="SET", help="The gated measures of this set's runs."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Which runs were there, newest first?"""
    if trend is not None:
        return _trend(trend, as_json=as_json)
    from eval.commands.run_lines import print_table
    from knowledge.evaluations.run_log import RunLog
    from knowledge.models import EVERYONE
    from knowledge.work.work_store import WorkStore

    with closing(WorkStore.open(_settings())) as store:
        found = RunLog(store).all(store.tree().below(EVERYONE))
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
    elif not found:
        _line("no runs yet: `voz eval run SET` makes one")
    else:
        names = ("run", "golden", "began_at", "finished_at", "verdict")
        print_table(names, [[_short(getattr(one, n)) for n in names] for one in found])
    return 0


def _trend(name: str, *, as_json: bool) -> int:
    """What became of the gated measures from run to run, the oldest first."""
    from eval.commands.run_lines import print_trend, trend_json
    from eval.report.trend import points
    from eval.runs.opening import runs_folder
    from knowledge.evaluations.golden_sets import GoldenSets
    from knowledge.evaluations.run_log import RunLog
    from knowledge.models import EVERYONE
    from knowledge.work.work_store import WorkStore

    settings = _settings()
    with closing(WorkStore.open(settings)) as store:
        reach = store.tree().below(EVERYONE)
        GoldenSets(store).versions(name, reach)
        logged = [one for one in RunLog(store).all(reach) if one.golden == name]
    found = points(runs_folder(settings), logged)
    if as_json:
        typer.echo(json.dumps(trend_json(found), ensure_ascii=False, indent=2))
    elif not found:
        _line(f"no run of {name} is finished: `voz eval run {name}` makes one")
    else:
        print_trend(found)
    return 0


def compare_command(
    before: Annotated[str, typer.Argument(metavar="BEFORE", help="Run of what is in force.")],
    after: Annotated[str, typer.Argument(metavar="AFTER", help="Run of the candidate.")],
    as_json: AsJson = False,
) -> int:
    """What became better or worse from one run to another, and how sure is that?"""
    from eval.commands.run_lines import compared_json, print_differences

    _, evidence = _decided(before, after, policy_of(None))
    if as_json:
        typer.echo(json.dumps(compared_json(evidence), ensure_ascii=False, indent=2))
        return 0
    print_differences(evidence)
    for flipped in evidence.flips:
        typer.echo(f"{flipped.flip}  {flipped.case.id}  {', '.join(flipped.measures)}")
    return 0


def gate_command(
    after: Annotated[str, typer.Argument(metavar="AFTER", help="Run of the candidate.")],
    baseline: Annotated[
        str, typer.Option("--baseline", metavar="RUN", help="Run of what is in force.")
    ],
    policy: PolicyOption = None,
    as_json: AsJson = False,
) -> int:
    """May it be published? Exit code 0 pass, 3 block, 4 inconclusive, 5 invalid."""
    from eval.commands.run_lines import decision_json
    from knowledge.audit import local_actor
    from knowledge.evaluations.run_log import RunLog
    from knowledge.work.work_store import WorkStore

    decision, _ = _decided(baseline, after, policy_of(policy))
    with closing(WorkStore.open(_settings())) as store:
        RunLog(store).decided(after, baseline, decision.verdict, decision.policy, local_actor())
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
    chance: Annotated[
        bool,
        typer.Option(
            "--chance", help="Also draw candidates by chance: false alarms, power, intervals."
        ),
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Would the gate notice? Plants defects and harmless changes in a run; exit code 0 or 3."""
    from assistant.support.check import SupportCheck
    from eval.commands.run_lines import adequacy_json, chances_json, print_adequacy, print_chances
    from eval.gate.decide import loaded
    from eval.runs.folder import RunFolder
    from eval.runs.opening import runs_folder
    from eval.selftest.chance import chances
    from eval.selftest.testing import self_test
    from knowledge.encoders.embedding import SentenceTransformerEmbedder

    settings = _settings()
    run, cases = loaded(RunFolder.open(runs_folder(settings), run_id))
    check = SupportCheck(SentenceTransformerEmbedder.open(settings, _line))
    rules = policy_of(policy)
    adequacy = self_test(run, cases, rules, check, progress=_line)
    drawn = list(chances(cases, run.scored, rules, progress=_line)) if chance else []
    if as_json:
        found = {**adequacy_json(adequacy), "chance": chances_json(drawn)}
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        print_adequacy(adequacy)
        print_chances(drawn)
    return 0 if adequacy.adequate else EXIT_VERDICTS["block"]


def _decided(before: str, after: str, policy: Policy) -> tuple[Decision, Evidence]:
    from eval.gate.decide import decide
    from eval.runs.folder import RunFolder
    from eval.runs.opening import runs_folder

    root = runs_folder(_settings())
    return decide(RunFolder.open(root, before), RunFolder.open(root, after), policy)


def policy_of(path: Path | None) -> Policy:
    """The policy of a file, or the bundled one.

    Raises:
        SettingsError: it cannot be read, or is none.
    """
    from eval.gate.policy import bundled, read_policy
    from knowledge.errors import SettingsError

    if path is None:
        return bundled()
    try:
        return read_policy(path.read_text("utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read ({error}): check the path") from error


def _day(on: str | None) -> date | None:
    try:
        return None if on is None else date.fromisoformat(on)
    except ValueError as error:
        raise typer.BadParameter(f"--on {on!r} is no day: write it as 2026-03-31") from error


def _settings() -> Settings:
    from knowledge import settings

    return settings.load()


def _short(value: str | None) -> str:
    """A moment to the minute; anything else as it is."""
    return (value or "")[:16].replace("T", " ") if "T" in (value or "") else value or ""


def _line(text: str) -> None:
    typer.echo(text, err=True)


def progress_bar() -> Callable[[int, int], None]:
    """A bar on a terminal; elsewhere a line for every tenth."""
    if sys.stderr.isatty():
        return _bar()

    def tell(done: int, of: int) -> None:
        if done == of or done % max(1, of // 10) == 0:
            _line(f"{done} of {of} asked")

    return tell


def _bar() -> Callable[[int, int], None]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns: tuple[Any, ...] = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True))
    task = bar.add_task("asked")
    bar.start()

    def draw(done: int, of: int) -> None:
        bar.update(task, completed=done, total=of)
        if done == of:
            bar.stop()

    return draw
