"""Defects in the evaluation itself: what it would let through if nobody looked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from eval.comparison.flips import failing
from eval.gate.models import Evidence
from eval.measures.facts import MUST_FACTS
from eval.runs.scoring import Scored, score
from eval.selftest.models import Mutant, Planting, some

FAILED_SHARE = 0.05
DROPPED_SHARE = 0.1


def _worst_dropped(planting: Planting) -> Evidence | None:
    below = failing(planting.evidence.after.scored)
    worst = sorted(planting.outcomes, key=lambda name: -len(below[name]))
    gone = set(worst[: max(1, round(DROPPED_SHARE * len(worst)))])
    kept = {name: o for name, o in planting.outcomes.items() if name not in gone}
    return planting.with_outcomes(kept)


def _some_failed(planting: Planting) -> Evidence | None:
    failed = some(list(planting.outcomes), FAILED_SHARE, planting.random)
    changed = {
        name: replace(o, did="abstain", said=(), error="planted") if name in failed else o
        for name, o in planting.outcomes.items()
    }
    return planting.with_outcomes(changed)


def _kept(planting: Planting, scores: Iterable[Scored]) -> Evidence:
    return planting.with_run(replace(planting.evidence.after, kept=tuple(scores)))


def _no_numbers(planting: Planting) -> Evidence | None:
    kept = planting.evidence.after.kept
    return _kept(planting, (replace(s, value=None, why_none="no_facts") for s in kept[::3]))


def _frozen(planting: Planting) -> Evidence | None:
    kept = planting.evidence.after.kept
    return _kept(planting, (s if s.value is None else replace(s, value=1.0) for s in kept))


def _renamed(planting: Planting) -> Evidence | None:
    kept = planting.evidence.after.kept
    return _kept(planting, (replace(s, measure=s.measure.upper()) for s in kept))


def _direction_turned(planting: Planting) -> Evidence | None:
    after = planting.evidence.after
    measures = [
        {**m, "higher_is_better": not m["higher_is_better"]} for m in after.manifest["measures"]
    ]
    return planting.with_run(replace(after, manifest={**after.manifest, "measures": measures}))


def _expectations_lowered(planting: Planting) -> Evidence | None:
    """Another golden set: no fact must be said any more."""
    cases = [c.model_copy(update={"facts": ()}) for c in planting.cases]
    scored = tuple(score(cases, planting.outcomes))
    after = replace(
        planting.evidence.after,
        golden={case.id: case.sha256 for case in cases},
        kept=scored,
        scored=scored,
    )
    return planting.with_run(after)


def _margin_raised(planting: Planting) -> Evidence | None:
    policy = planting.evidence.policy
    first, *others = policy.measures
    looser = (first.model_copy(update={"margin": first.margin * 5}), *others)
    return replace(planting.evidence, policy=policy.model_copy(update={"measures": looser}))


def _rule_removed(planting: Planting) -> Evidence | None:
    policy = planting.evidence.policy
    fewer = tuple(one for one in policy.measures if one.name != MUST_FACTS.name)
    return replace(planting.evidence, policy=policy.model_copy(update={"measures": fewer}))


def _copied(planting: Planting) -> Evidence | None:
    before = planting.evidence.before
    return planting.with_run(replace(before, id=planting.evidence.after.id))


HARNESS = tuple(
    Mutant(name, "harness", plant)
    for name, plant in (
        ("the worst tenth of the cases is dropped", _worst_dropped),
        ("one in twenty cases fails", _some_failed),
        ("scores have no numbers", _no_numbers),
        ("a measure always says 1", _frozen),
        ("measures have other names", _renamed),
        ("directions are turned round", _direction_turned),
        ("the golden set expects less", _expectations_lowered),
        ("a margin is raised", _margin_raised),
        ("a measure is no longer gated", _rule_removed),
        ("the candidate is the run in force", _copied),
    )
)
"""See `eval.selftest.models.Mutant`."""
