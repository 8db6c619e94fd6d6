"""Two finished runs and a policy -> a verdict. The first class of failure wins; all are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from eval.comparison.compare import differences
from eval.comparison.flips import failing, flips
from eval.gate import rules
from eval.gate.judges import judges
from eval.gate.models import Decision, Evidence, Finding, Run, Verdict
from eval.gate.policy import Policy, checked_policy
from eval.gate.validity import validity
from eval.golden.models import GoldenCase
from eval.measures.catalogue import MEASURES
from eval.measures.models import Measure
from eval.refusals import because
from eval.runs.folder import RunFolder
from eval.runs.running import holding
from eval.runs.scoring import score
from knowledge.refusals.reason import Reason

_WORST_FIRST: tuple[Verdict, ...] = ("invalid", "block", "inconclusive")


def decide(
    before: RunFolder, after: RunFolder, policy: Policy, *, seed: int = 0
) -> tuple[Decision, Evidence]:
    """May what the second run measured replace what the first one did?

    Args:
        before: the run of what is in force.
        after: the candidate's.
        policy: what is gone by.
        seed: of the resampling.

    Raises:
        WrongState: one of the runs is not finished.
        SettingsError: one of them is damaged.
    """
    in_force, cases = loaded(before)
    candidate, _ = loaded(after)
    kept = in_force.manifest.get("policy")
    evidence = Evidence(
        cases=cases,
        before=in_force,
        after=candidate,
        policy=policy,
        was=checked_policy(kept, before.id) if kept else None,
    )
    return judge(evidence, seed=seed)


def judge(
    evidence: Evidence, *, measures: tuple[Measure, ...] = MEASURES, seed: int = 0
) -> tuple[Decision, Evidence]:
    """The verdict over given evidence, and the evidence with what was compared."""
    gated = [m for m in measures if m.name in {one.name for one in evidence.policy.measures}]
    compared = replace(
        evidence,
        differences=tuple(
            differences(
                evidence.cases,
                evidence.before.scored,
                evidence.after.scored,
                gated=gated,
                measures=measures,
                seed=seed,
            )
        ),
        flips=tuple(
            flips(
                evidence.cases,
                failing(evidence.before.scored),
                failing(evidence.after.scored),
            )
        ),
    )
    findings = (
        *validity(compared, measures),
        *judges(compared),
        *rules.zero_tolerance(compared),
        *rules.floors(compared),
        *rules.regression(compared),
        *rules.power(compared),
        *rules.parity(compared),
        *rules.slices(compared),
        *rules.budgets(compared),
    )
    weights = {finding.weight for finding in findings}
    verdict: Verdict = next((v for v in _WORST_FIRST if v in weights), "pass")
    decision = Decision(
        verdict=verdict,
        sentence=_sentence(verdict, findings, compared),
        findings=findings,
        policy=evidence.policy.sha256,
        before=evidence.before.id,
        after=evidence.after.id,
    )
    return decision, compared


def _sentence(verdict: Verdict, findings: tuple[Finding, ...], compared: Evidence) -> Reason:
    if verdict != "pass":
        first = next(finding for finding in findings if finding.weight == verdict)
        more = sum(finding.weight == verdict for finding in findings) - 1
        return because(f"stopped-{verdict}", why=first.says, more=more)
    broken = sum(flipped.flip == "broken" for flipped in compared.flips)
    mended = len(compared.flips) - broken
    return because("verdict-pass", n=len(compared.cases), broken=broken, mended=mended)


def loaded(folder: RunFolder) -> tuple[Run, tuple[GoldenCase, ...]]:
    """A finished run, measured again from its outcomes, and the cases that it asked.

    Raises:
        WrongState: it is not finished.
        SettingsError: it is damaged.
    """
    manifest, outcomes, golden = folder.manifest(), folder.outcomes(), folder.golden()
    cases = holding(golden, date.fromisoformat(str(manifest["today"])))
    run = Run(
        id=folder.id,
        manifest=manifest,
        golden={case.id: case.sha256 for case in golden.cases},
        golden_sha256=golden.sha256,
        outcomes=outcomes,
        kept=tuple(folder.scores()),
        scored=tuple(score(cases, outcomes)),
    )
    return run, cases
