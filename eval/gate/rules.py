"""Stages 1 to 7: what may never happen, floors, drops, power, languages, slices and budgets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from eval.comparison.compare import Difference, suspicious
from eval.comparison.flips import Flipped
from eval.gate.models import Evidence, Finding
from eval.golden.models import GoldenCase
from eval.measures.catalogue import CRITICAL
from eval.measures.facts import MUST_FACTS
from eval.measures.latency import LATENCY
from eval.measures.models import Asked
from eval.measures.wordings import forbidden_said
from eval.refusals import because
from eval.statistics.clusters import clustered
from eval.statistics.paired import sign_flips
from eval.statistics.percentiles import percentile
from knowledge.refusals.reason import Reason

FEWEST_IN_SLICE = 20
"""Cases below which a slice is not looked at by itself."""


def zero_tolerance(evidence: Evidence) -> Iterator[Finding]:
    """Critical cases that became worse in what must hold, and what may be said to nobody."""
    for case in evidence.cases:
        if case.critical and (names := _worse(case, evidence)):
            says = because("gate-critical", case=case.id, measures=", ".join(names))
            yield Finding("zero_tolerance", "block", says, (case.id,))
    for case in evidence.cases:
        for one in _newly_said(case, evidence):
            says = because("gate-forbidden", case=case.id, what=one)
            yield Finding("zero_tolerance", "block", says, (case.id,))


def _worse(case: GoldenCase, evidence: Evidence) -> list[str]:
    """Measures that a critical case may not lose anything in, and did."""
    before, after = evidence.before.values, evidence.after.values
    found = []
    for measure in CRITICAL:
        was, now = before.get((case.id, measure.name)), after.get((case.id, measure.name))
        if was is not None and now is not None:
            sign = 1.0 if measure.higher_is_better else -1.0
            if sign * (now - was) < 0:
                found.append(measure.name)
    return found


def _newly_said(case: GoldenCase, evidence: Evidence) -> list[str]:
    """What the case forbids with high severity, is said now and was not before."""
    after = evidence.after.outcomes.get(case.id)
    if after is None:
        return []
    before = evidence.before.outcomes.get(case.id)
    was = {one.id for one in forbidden_said(Asked(case, before))} if before else set()
    return [
        one.phrase or one.pattern or one.id
        for one in forbidden_said(Asked(case, after))
        if one.severity == "high" and one.id not in was
    ]


def floors(evidence: Evidence) -> Iterator[Finding]:
    """What may never be worse than so much."""
    for one in evidence.policy.measures:
        found = evidence.by_measure.get(one.name)
        if found is not None and one.below_floor(found.after):
            says = because("gate-floor", measure=one.name, value=_n(found.after), floor=one.floor)
            yield Finding("floors", "block", says)


def regression(evidence: Evidence) -> Iterator[Finding]:
    """Drops that are no chance and large enough to matter."""
    for one in evidence.policy.measures:
        found = evidence.by_measure.get(one.name)
        if found is None or -found.paired.difference < one.margin - 1e-12:
            continue
        if found.p_worse < evidence.policy.alpha:
            broken = _broken(evidence.flips, one.name)
            yield Finding("regression", "block", _drop("gate-drop", found), broken)


def power(evidence: Evidence) -> Iterator[Finding]:
    """Drops that may be chance, or too few cases to see one that matters."""
    for one in evidence.policy.measures:
        found = evidence.by_measure.get(one.name)
        if found is None:
            continue
        drop = -found.paired.difference
        if drop >= one.margin - 1e-12 and found.p_worse >= evidence.policy.alpha:
            says = _drop("gate-unsure", found, needed=found.needed(max(drop, one.margin)))
            yield Finding("power", "inconclusive", says, _broken(evidence.flips, one.name))
        elif found.detectable > one.margin:
            weak = drop > 0
            says = because(
                "gate-weak",
                measure=one.name,
                detectable=_n(min(1.0, found.detectable)),
                margin=one.margin,
                needed=found.needed(one.margin),
                n=found.paired.n,
            )
            yield Finding("power", "inconclusive" if weak else "warn", says)


def parity(evidence: Evidence) -> Iterator[Finding]:
    """Whether one of two languages became worse than the other, over questions asked in both."""
    twins: dict[str, dict[str, str]] = defaultdict(dict)
    for case in evidence.cases:
        if case.twin_id is not None:
            twins[case.twin_id][case.lang] = case.id
    before, after = evidence.before.values, evidence.after.values
    gaps: list[float] = []
    for pair in twins.values():
        es, en = pair.get("es"), pair.get("en")
        found = [v.get((c or "", MUST_FACTS.name)) for v in (before, after) for c in (es, en)]
        if all(value is not None for value in found):
            was_es, was_en, now_es, now_en = (float(value or 0.0) for value in found)
            gaps.append((now_es - now_en) - (was_es - was_en))
    if len(gaps) < 2:
        return
    for language, sign in (("es", 1.0), ("en", -1.0)):
        groups = clustered([sign * gap for gap in gaps], range(len(gaps)))
        if groups.mean <= -evidence.policy.parity_margin:
            sure = sign_flips(groups)[0] < evidence.policy.alpha
            says = because("gate-parity", language=language, drop=_n(-groups.mean), n=len(gaps))
            yield Finding("parity", "block" if sure else "warn", says)


def slices(evidence: Evidence) -> Iterator[Finding]:
    """Languages, topics, audiences and so on that dropped, to be looked at; nothing is stopped."""
    p_values: dict[str, float] = {}
    drops: dict[str, float] = {}
    for name, cases in _slices(evidence.cases).items():
        changes = _changes(cases, evidence)
        if len(changes) < FEWEST_IN_SLICE:
            continue
        groups = clustered([change for change, _ in changes], [key for _, key in changes])
        p_values[name], drops[name] = sign_flips(groups)[0], -groups.mean
    for name in suspicious(p_values):
        yield Finding("slices", "warn", because("gate-slice", slice=name, drop=_n(drops[name])))


def budgets(evidence: Evidence) -> Iterator[Finding]:
    """Whether answers became too slow."""
    limit = evidence.policy.latency_p95_ms
    values = [s.value for s in evidence.after.scored if s.measure == LATENCY.name]
    timed = [value for value in values if value is not None]
    if limit is None or not timed:
        return
    p95 = percentile(timed, 95)
    if p95 > limit:
        says = because("gate-slow", p95=round(p95), limit=round(limit))
        yield Finding("budgets", "warn", says)


def _slices(cases: Sequence[GoldenCase]) -> dict[str, list[GoldenCase]]:
    found: dict[str, list[GoldenCase]] = defaultdict(list)
    for case in cases:
        found[f"lang={case.lang}"].append(case)
        found[f"answerability={case.answerability}"].append(case)
        if case.audience:
            found[f"audience={case.audience}"].append(case)
        for tag, value in case.tags.items():
            found[f"{tag}={value}"].append(case)
    return found


def _changes(cases: Sequence[GoldenCase], evidence: Evidence) -> list[tuple[float, str]]:
    """By how much each case's must-facts changed, with its cluster."""
    found = []
    for case in cases:
        key = (case.id, MUST_FACTS.name)
        before, after = evidence.before.values.get(key), evidence.after.values.get(key)
        if before is not None and after is not None:
            found.append((after - before, case.cluster))
    return found


def _broken(flips: Sequence[Flipped], measure: str) -> tuple[str, ...]:
    return tuple(f.case.id for f in flips if f.flip == "broken" and measure in f.measures)


def _drop(code: str, found: Difference, **more: object) -> Reason:
    return because(
        code,
        measure=found.measure,
        before=_n(found.before),
        after=_n(found.after),
        p=_n(found.p_worse),
        worse=found.paired.worse,
        n=found.paired.n,
        **more,
    )


def _n(value: float) -> float:
    """To the digits that are told, in the way of each language."""
    return round(value, 3)
