"""Runs, comparisons and decisions as tables for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import typer

from eval.comparison.compare import Difference
from eval.comparison.whole import SideBySide, side_by_side
from eval.gate.models import Decision, Evidence
from eval.measures.catalogue import GATED
from eval.report.trend import Point
from eval.runs.scoring import Summary, asked_of
from eval.selftest.chance import Chance, Counted
from eval.selftest.testing import Adequacy


def compared_json(evidence: Evidence) -> dict[str, Any]:
    """A comparison for programs."""
    return {
        "before": evidence.before.id,
        "after": evidence.after.id,
        "cases": len(evidence.cases),
        "measures": [_difference_json(one) for one in evidence.differences],
        "whole": [
            {
                "measure": one.measure.name,
                "before": one.before.mean,
                "after": one.after.mean,
                "better": one.better,
            }
            for one in whole_of(evidence)
        ],
        "flips": [
            {
                "case": f.case.id,
                "flip": f.flip,
                "critical": f.case.critical,
                "measures": list(f.measures),
            }
            for f in evidence.flips
        ],
    }


def whole_of(evidence: Evidence) -> list[SideBySide]:
    """Both runs in the measures of whole runs."""
    before, after = (
        asked_of(evidence.cases, run.outcomes) for run in (evidence.before, evidence.after)
    )
    return side_by_side(before, after)


def decision_json(decision: Decision) -> dict[str, Any]:
    """A decision for programs."""
    return {
        "verdict": decision.verdict,
        "sentence": str(decision.sentence),
        "before": decision.before,
        "after": decision.after,
        "policy": decision.policy,
        "findings": [
            {
                "stage": one.stage,
                "weight": one.weight,
                "code": one.says.code,
                "says": str(one.says),
                "cases": list(one.cases),
            }
            for one in decision.findings
        ],
    }


def _difference_json(one: Difference) -> dict[str, Any]:
    paired = one.paired
    return {
        "measure": one.measure,
        "before": one.before,
        "after": one.after,
        "difference": paired.difference,
        "low": paired.interval.low,
        "high": paired.interval.high,
        "method": paired.interval.method,
        "p_worse": one.p_worse,
        "p_changed": paired.p_changed,
        "p_flips": one.p_flips,
        "better": paired.better,
        "equal": paired.equal,
        "worse": paired.worse,
        "n": paired.n,
        "clusters": paired.clusters,
        "missing": one.missing,
        "dropped": one.dropped,
        "detectable_drop": one.detectable,
        "gated": one.gated,
    }


def adequacy_json(adequacy: Adequacy) -> dict[str, Any]:
    """A self-test for programs."""
    low, high = adequacy.interval
    return {
        "caught": adequacy.caught,
        "defects": adequacy.defects,
        "low": low,
        "high": high,
        "false_alarms": len(adequacy.false_alarms),
        "harmless": adequacy.harmless,
        "adequate": adequacy.adequate,
        "planted": [
            {
                "name": one.mutant.name,
                "group": one.mutant.group,
                "verdict": one.verdict,
                "right": one.right,
                "why": one.why,
            }
            for one in adequacy.planted
        ],
    }


def print_adequacy(adequacy: Adequacy) -> None:
    """What was planted, what became of it, and what that says of the gate."""
    rows = [
        [
            {True: "", False: "WRONG", None: "not planted"}[one.right],
            one.mutant.group,
            one.mutant.name,
            one.verdict or "",
        ]
        for one in adequacy.planted
    ]
    print_table(["", "group", "planted", "verdict"], rows)
    low, high = adequacy.interval
    typer.echo(
        f"{adequacy.caught} of {adequacy.defects} defects caught (95 % {low:.2f} – {high:.2f}), "
        f"{len(adequacy.false_alarms)} false alarms in {adequacy.harmless} harmless changes"
    )


def chances_json(drawn: Sequence[Chance]) -> list[dict[str, Any]]:
    """What chance does to the test, for programs."""
    return [
        {
            "measure": one.measure,
            "n": one.n,
            "clusters": one.clusters,
            "drop": one.drop,
            **{
                name: {"times": c.times, "of": c.of, "low": c.interval[0], "high": c.interval[1]}
                for name, c in (("alarms", one.alarms), ("seen", one.seen), ("held", one.held))
            },
        }
        for one in drawn
    ]


def print_chances(drawn: Sequence[Chance]) -> None:
    """How often the test is wrong by chance, and sees what it says that it sees."""
    if not drawn:
        return

    def share(one: Counted) -> str:
        low, high = one.interval
        return f"{one.share:.3f} ({low:.3f} – {high:.3f})"

    rows = [
        [
            one.measure,
            str(one.n),
            str(one.clusters),
            share(one.alarms),
            _number(one.drop),
            share(one.seen),
            share(one.held),
        ]
        for one in drawn
    ]
    heads = ["measure", "n", "clusters", "false alarms", "drop", "seen", "in its interval"]
    print_table(heads, rows, title="candidates drawn by chance, with 95 % intervals")


def print_summaries(run_id: str, summaries: list[Summary]) -> None:
    """What a run came to."""
    rows = [
        [
            one.measure,
            _number(one.mean),
            "" if one.low is None else f"{_number(one.low)} – {_number(one.high)}",
            str(one.n),
            ", ".join(f"{why} {count}" for why, count in one.not_applicable.items()),
        ]
        for one in summaries
    ]
    print_table(["measure", "mean", "95 %", "n", "not applicable"], rows, title=f"run {run_id}")


def print_differences(evidence: Evidence) -> None:
    """What became better or worse."""
    rows = [
        [
            ("* " if one.gated else "  ") + one.measure,
            _number(one.before),
            _number(one.after),
            f"{one.paired.difference:+.3f}",
            f"{one.paired.interval.low:+.3f} – {one.paired.interval.high:+.3f}",
            _number(one.p_worse),
            f"{one.paired.better} / {one.paired.worse}",
            str(one.paired.n),
            _number(one.detectable),
        ]
        for one in evidence.differences
    ]
    title = f"{evidence.before.id} -> {evidence.after.id}, positive is better, * gated"
    names = ["measure", "before", "after", "difference", "95 %", "p", "+ / −", "n", "seen from"]
    print_table(names, rows, title=title)
    of_whole = [
        [
            one.measure.name,
            *(_with_ends(summary) for summary in (one.before, one.after)),
            "" if one.better is None else f"{one.better:+.3f}",
        ]
        for one in whole_of(evidence)
    ]
    title = "of the whole runs, untested"
    print_table(["measure", "before (95 %)", "after (95 %)", "better by"], of_whole, title=title)


def trend_json(found: Sequence[Point]) -> list[dict[str, Any]]:
    """The runs of a set for programs, the oldest first."""
    return [
        {
            "run": one.run,
            "day": one.day,
            "version": one.version,
            "golden": one.golden,
            "register": one.register,
            "verdict": one.verdict,
            "measures": {
                measure.name: {"mean": s.mean, "low": s.low, "high": s.high, "n": s.n}
                for measure in GATED
                if (s := one.summaries.get(measure.name)) is not None
            },
        }
        for one in found
    ]


def print_trend(found: Sequence[Point]) -> None:
    """A table of each gated measure over the runs; * another set, + other sources than before."""
    for measure in GATED:
        rows = []
        for at, one in enumerate(found):
            before = found[at - 1] if at else one
            marks = "*" * (one.golden != before.golden) + "+" * (one.register != before.register)
            s = one.summaries.get(measure.name)
            ends = "" if s is None or s.low is None else f"{s.low:.3f} – {_number(s.high)}"
            mean = "n/a" if s is None else _number(s.mean)
            rows.append([one.day, one.run, marks, mean, ends, one.verdict or ""])
        print_table(["day", "run", "", "mean", "95 %", "verdict"], rows, title=measure.name)
    typer.echo("* the set changed, + the sources did")


def _with_ends(summary: Summary) -> str:
    if summary.low is None:
        return _number(summary.mean)
    return f"{_number(summary.mean)} ({_number(summary.low)} – {_number(summary.high)})"


def _number(value: float | None) -> str:
    if value is None:
        return "n/a"
    return f"{value:.0f}" if abs(value) >= 10 else f"{value:.3f}"


def print_table(
    names: Sequence[str], rows: Sequence[Sequence[str]], title: str | None = None
) -> None:
    """Rows below their names."""
    from rich.console import Console
    from rich.table import Column, Table

    columns = [Column(name, no_wrap=True) for name in names]
    table = Table(*columns, title=title, title_justify="left", box=None, padding=(0, 1, 0, 0))
    for row in rows:
        table.add_row(*row)
    Console().print(table)
