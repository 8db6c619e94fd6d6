"""A judge's measures gate only where the judge was admitted, in each language that is asked."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from eval.gate.models import Evidence, Finding, Run
from eval.gate.policy import Policy
from eval.measures.judged import PREFIX
from eval.refusals import because
from knowledge.refusals.reason import Reason

MOST_UNREAD = 0.02
"""Share of answers without a verdict above which a judge's measures are worth nothing."""


def judged_measures(policy: Policy) -> list[str]:
    """Names of the gated measures that rest on a judge."""
    return [one.name for one in policy.measures if one.name.startswith(PREFIX)]


def may_not_gate(
    policy: Policy, run: str, judge: Mapping[str, Any] | None, languages: Collection[str]
) -> Reason | None:
    """Why the judge of a run may not gate; `None`: it may, or none has to.

    Args:
        policy: what is gone by.
        run: its id, for people.
        judge: what the run's manifest says of it; `None`: nobody judged.
        languages: that are asked.
    """
    gated = judged_measures(policy)
    if not gated:
        return None
    if judge is None:
        return because("gate-not-judged", measure=gated[0], run=run)
    for measure, language in itertools.product(gated, sorted(languages)):
        if language not in judge["admitted"].get(measure, ()):
            return because(
                "gate-judge",
                measure=measure,
                judge=judge["id"],
                language=because(f"in-{language}"),
            )
    return None


def judges(evidence: Evidence) -> Iterator[Finding]:
    """What makes a judge's part of a comparison worthless."""
    gated = judged_measures(evidence.policy)
    if not gated:
        return
    languages = {case.lang for case in evidence.cases}
    runs = (evidence.before, evidence.after)
    for run in runs:
        judge = run.manifest.get("judge")
        if (why := may_not_gate(evidence.policy, run.id, judge, languages)) is not None:
            yield Finding("validity", "invalid", why)
        elif unread := _unread(run, gated):
            says = because("gate-judge-unread", run=run.id, count=len(unread))
            yield Finding("validity", "invalid", says, unread)
    before, after = (dict(run.manifest.get("judge") or {}).get("id") for run in runs)
    if before and after and before != after:
        says = because("gate-judges-differ", before=before, after=after)
        yield Finding("validity", "invalid", says)


def _unread(run: Run, gated: Collection[str]) -> tuple[str, ...]:
    """Cases without a verdict; none where they are few enough."""
    found = [one for one in run.scored if one.measure in gated]
    failed = {one.case for one in found if one.why_none == "judge_failed"}
    judged = {one.case for one in found if one.value is not None} | failed
    return tuple(sorted(failed)) if len(failed) > MOST_UNREAD * len(judged) else ()
