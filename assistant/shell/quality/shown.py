"""Sets, runs and cases as JSON, as `bodies` describes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, cast

from knowledge.evaluations.golden_sets import GoldenVersion
from knowledge.evaluations.run_log import LoggedRun
from knowledge.jobs import Job
from knowledge.models import EVERYONE, Language

if TYPE_CHECKING:
    from eval.gate.models import Decision
    from eval.golden.models import GoldenCase
    from eval.measures.models import Asked, Why
    from eval.report.models import Report
    from eval.runs.scoring import Summary

Json = dict[str, Any]


def golden_set(one: GoldenVersion) -> Json:
    """A version of a set."""
    return {key: value for key, value in asdict(one).items() if key != "set_id"}


def run(one: LoggedRun, job: Job | None, language: Language) -> Json:
    """A run that has begun; its job says how far it is, if the page started it."""
    state = "done" if one.finished_at else "interrupted"
    return {
        "run": one.run,
        "golden": one.golden,
        "version": one.version,
        "audience": one.audience,
        "state": job.state if job and not one.finished_at else state,
        "done": job.done if job else 0,
        "total": job.total if job else 0,
        "message": _message(job, language),
        "began_by": one.began_by,
        "began_at": one.began_at,
        "finished_at": one.finished_at,
        "verdict": one.verdict,
    }


def waiting(job: Job, language: Language) -> Json:
    """A run that is not in the register yet."""
    return {
        "run": job.wanted["run"],
        "golden": job.wanted["set"],
        "version": job.wanted["version"],
        "audience": job.audience,
        "state": job.state,
        "done": job.done,
        "total": job.total,
        "message": _message(job, language),
        "began_by": job.actor,
        "began_at": job.created_at.isoformat(),
        "finished_at": None,
        "verdict": None,
    }


def _message(job: Job | None, language: Language) -> str:
    if job is None or job.state == "done":
        return ""
    told = job.result.get("told")
    return str(told[language]) if told else job.message


def details(report: Report, language: Language) -> Json:
    """A finished run with what it came to, alone or against another."""
    compared = report.compared
    manifest = report.run.manifest
    kept = ("golden", "register", "config", "model", "code", "today")
    return {
        "against": report.before.id if report.before else None,
        "asked_on": manifest["today"],
        "manifest": {key: manifest[key] for key in kept if key in manifest},
        "measures": [_measure(one, report, language) for one in report.summaries],
        "whole": [_measure(one, report, language) for one in report.whole],
        "cases": _cases(report, language),
        "decision": decision(compared.decision, language) if compared else None,
    }


def decision(found: Decision, language: Language) -> Json:
    """What the gate says."""
    from eval.report.titles import told

    return {
        "verdict": found.verdict,
        "sentence": told(found.sentence, language),
        "policy": found.policy,
        "findings": [
            {
                "stage": one.stage,
                "weight": one.weight,
                "says": told(one.says, language),
                "cases": list(one.cases),
            }
            for one in found.findings
        ],
    }


def _measure(one: Summary, report: Report, language: Language) -> Json:
    from eval.measures.catalogue import MEASURES
    from eval.measures.reasons import in_words
    from eval.measures.whole.catalogue import WHOLE
    from eval.report.titles import title

    units: dict[str, tuple[str, str]] = {
        m.name: (m.unit, "high" if m.higher_is_better else "low") for m in MEASURES
    }
    units |= {m.name: (m.unit, m.best) for m in WHOLE}
    unit, best = units.get(one.measure, ("share", "high"))
    gated = next((g for g in report.policy.measures if g.name == one.measure), None)
    shown: Json = {
        "measure": one.measure,
        "title": title(one.measure, language),
        "mean": one.mean,
        "low": one.low,
        "high": one.high,
        "n": one.n,
        "unit": unit,
        "best": best,
        "gated": gated is not None,
        "floor": gated.floor if gated else None,
        "not_applicable": {
            in_words(cast("Why", why), language): n for why, n in one.not_applicable.items()
        },
    }
    if report.compared is None:
        return shown
    if (found := report.compared.evidence.by_measure.get(one.measure)) is not None:
        paired = found.paired
        return shown | {
            "before": found.before,
            "difference": paired.difference,
            "difference_low": paired.interval.low,
            "difference_high": paired.interval.high,
            "p_worse": found.p_worse,
            "detectable": found.detectable,
        }
    was = next((w for w in report.whole_before if w.measure == one.measure), None)
    return shown | {"before": was.mean if was else None}


def _cases(report: Report, language: Language) -> list[Json]:
    from eval.comparison.flips import failing
    from eval.report.titles import title

    below = failing(report.run.scored)
    flips = {}
    if report.compared is not None:
        flips = {one.case.id: one.flip for one in report.compared.evidence.flips}
    before = {one.case.id: one.outcome for one in report.asked_before}
    now = {one.case.id: one.outcome for one in report.asked}
    found = []
    for case in report.cases:
        outcome, was = now.get(case.id), before.get(case.id)
        names = below.get(case.id, ()) if outcome else ("missing",)
        changed = bool(outcome and was and (was.did, was.text) != (outcome.did, outcome.text))
        found.append(
            _facts(case)
            | {
                "did": outcome.did if outcome else "missing",
                "failing": [title(name, language) for name in names],
                "flip": flips.get(case.id),
                "changed": changed,
            }
        )
    order = {"broken": 0, None: 1, "mended": 2}
    return sorted(
        found,
        key=lambda one: (
            not one["failing"],
            not one["critical"],
            order[one["flip"]],
            -len(one["failing"]),
        ),
    )


def _facts(case: GoldenCase) -> Json:
    return {
        "case": case.id,
        "question": case.question,
        "language": case.lang,
        "topic": case.tags.get("topic"),
        "audience": case.audience or EVERYONE,
        "contractor": case.tags.get("contractor"),
        "answerability": case.answerability,
        "critical": case.critical,
        "turns": len(case.turns),
    }


def case_details(
    case: GoldenCase,
    asked: Asked | None,
    before: Asked | None,
    names: Sequence[str],
    scores: Iterable[tuple[str, float | None]],
    language: Language,
) -> Json:
    """A case for programs."""
    from eval.report.titles import title
    from eval.report.why import why

    return {
        "case": case.model_dump(mode="json"),
        "outcome": _outcome(asked),
        "before": _outcome(before),
        "failing": {
            title(name, language): why(asked, name, language) if asked else [] for name in names
        },
        "scores": dict(scores),
    }


def _outcome(asked: Asked | None) -> Json | None:
    if asked is None:
        return None
    from pydantic import TypeAdapter

    from eval.outcome import Outcome

    found: Json = TypeAdapter(Outcome).dump_python(asked.outcome, mode="json")
    return found
