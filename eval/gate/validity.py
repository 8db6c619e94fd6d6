"""Stage 0: can the two runs be compared at all, and are they what they say?"""

from __future__ import annotations

from collections.abc import Iterator

from eval.gate.models import Evidence, Finding, Run
from eval.measures.models import Measure
from eval.refusals import because
from eval.runs.folder import catalogue
from knowledge.refusals.reason import Reason


def validity(evidence: Evidence, measures: tuple[Measure, ...]) -> Iterator[Finding]:
    """What makes the comparison worthless."""
    for run in (evidence.before, evidence.after):
        yield from _whole(run, evidence, measures)
    before, after = evidence.before.golden, evidence.after.golden
    if other := tuple(sorted(name for name in before if before[name] != after.get(name))):
        says = because("gate-other", count=len(other))
        yield Finding("validity", "invalid", says, other)
    if evidence.was is not None and (looser := evidence.policy.loosened(evidence.was)):
        yield _invalid(because("gate-loosened", fields=tuple(looser)))
    if _copied(evidence):
        yield _invalid(because("gate-copied", before=evidence.before.id, after=evidence.after.id))


def _whole(run: Run, evidence: Evidence, measures: tuple[Measure, ...]) -> Iterator[Finding]:
    """A run has an outcome for every case, few failed, and its scores are those of its outcomes."""
    wanted = {case.id for case in evidence.cases}
    missing = tuple(sorted(wanted - set(run.outcomes)))
    if len(missing) > (1 - evidence.policy.scored_share) * len(wanted):
        says = because("gate-missing", run=run.id, count=len(missing), of=len(wanted))
        yield Finding("validity", "invalid", says, missing)
    failed = tuple(name for name, o in run.outcomes.items() if o.error is not None)
    if len(failed) > evidence.policy.error_share * len(wanted):
        says = because("gate-failed", run=run.id, count=len(failed), of=len(wanted))
        yield Finding("validity", "invalid", says, failed)
    if run.manifest["golden"]["sha256"] != run.golden_sha256:
        yield _invalid(because("gate-golden", run=run.id))
    if run.manifest.get("measures") != catalogue(measures):
        yield _invalid(because("gate-measures", run=run.id))
    elif run.kept != run.scored:
        again = {(one.case, one.measure): one for one in run.scored}
        kept = {(one.case, one.measure): one for one in run.kept}
        off = sorted({key[0] for key in again | kept if again.get(key) != kept.get(key)})
        says = because("gate-scores", run=run.id, count=len(off))
        yield Finding("validity", "invalid", says, tuple(off))


def _copied(evidence: Evidence) -> bool:
    """Whether the candidate's outcomes are the others': no two runs take the same time."""
    before, after = evidence.before.outcomes, evidence.after.outcomes
    asked = before.keys() - evidence.reused
    timed = [name for name in after if after[name].timings_ms and name in asked]
    return len(timed) > 1 and all(before[n].timings_ms == after[n].timings_ms for n in timed)


def _invalid(says: Reason) -> Finding:
    return Finding("validity", "invalid", says)
