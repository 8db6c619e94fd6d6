"""Finished runs -> what a report of one is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from eval.gate.decide import decide, loaded
from eval.gate.models import Run
from eval.gate.policy import Policy, bundled, checked_policy
from eval.golden.models import GoldenCase
from eval.measures.catalogue import MEASURES
from eval.measures.whole.catalogue import WHOLE
from eval.report.models import Compared, Report
from eval.runs.folder import RunFolder
from eval.runs.running import holding
from eval.runs.scoring import Summary, asked_of, summarise
from eval.runs.whole import summarise_whole


def report_of(
    folder: RunFolder,
    *,
    against: RunFolder | None = None,
    policy: Policy | None = None,
    today: date,
) -> Report:
    """The report of a run.

    Args:
        folder: of the run.
        against: of the one in force; `None` for a run alone.
        policy: what a gate goes by; `None`: the run's own, and the bundled one where it has none.
        today: day of the report.

    Raises:
        WrongState: one of the runs is not finished.
        SettingsError: one of them is damaged.
    """
    if against is None:
        run, cases = loaded(folder)
        kept = run.manifest.get("policy")
        own = policy or (checked_policy(kept, run.id) if kept else bundled())
        return of_run(run, cases, own, today=today, summaries=_true(folder, run))
    decision, evidence = decide(against, folder, policy or bundled())
    cases = holding(folder.golden(), date.fromisoformat(str(evidence.after.manifest["today"])))
    compared = Compared(decision, evidence)
    return of_run(
        evidence.after,
        cases,
        evidence.policy,
        today=today,
        summaries=_true(folder, evidence.after),
        summaries_before=_true(against, evidence.before),
        compared=compared,
    )


def of_run(
    run: Run,
    cases: tuple[GoldenCase, ...],
    policy: Policy,
    *,
    today: date,
    summaries: Sequence[Summary] = (),
    summaries_before: Sequence[Summary] = (),
    compared: Compared | None = None,
) -> Report:
    """The report of a run that is loaded.

    Args:
        run: what is reported on.
        cases: that it asked.
        policy: what a gate goes by.
        today: day of the report.
        summaries: as the run keeps them; what is not among them is made anew.
        summaries_before: of the run in force.
        compared: what the gate says of it, and on what.
    """
    before = compared.evidence.before if compared else None
    of_answers = _kept(summaries, [one.name for one in MEASURES])
    return Report(
        run=run,
        cases=cases,
        policy=policy,
        summaries=of_answers or tuple(summarise(run.scored, {c.id: c.cluster for c in cases})),
        whole=_whole(summaries, run, cases),
        whole_before=_whole(summaries_before, before, cases) if before else (),
        made=today,
        compared=compared,
    )


def _true(folder: RunFolder, run: Run) -> Sequence[Summary]:
    """What a run keeps, if it is what its outcomes come to when they are measured again."""
    return folder.summaries() if run.kept == run.scored else ()


def _whole(kept: Sequence[Summary], run: Run, cases: tuple[GoldenCase, ...]) -> tuple[Summary, ...]:
    """Of the whole run; made anew for a run that was kept before there were such measures."""
    found = _kept(kept, [one.name for one in WHOLE])
    return found or tuple(summarise_whole(asked_of(cases, run.outcomes)))


def _kept(kept: Sequence[Summary], names: Sequence[str]) -> tuple[Summary, ...]:
    """Those of the names, in their order; empty if one is missing."""
    by_name = {one.measure: one for one in kept}
    return tuple(by_name[n] for n in names) if by_name.keys() >= set(names) else ()
