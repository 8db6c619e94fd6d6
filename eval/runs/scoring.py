"""Outcomes -> every measure of every case, and what they come to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval.golden.models import GoldenCase
from eval.measures.catalogue import MEASURES
from eval.measures.models import Asked, Measure, NotApplicable, Why
from eval.outcome import Outcome
from eval.statistics.clusters import clustered
from eval.statistics.means import mean
from eval.statistics.paired import interval
from eval.statistics.rates import wilson


@dataclass(frozen=True)
class Scored:
    """One measure of one case.

    Attributes:
        case: its id.
        measure: name of the measure.
        value: the number; `None` where it does not apply.
        why_none: why it does not; `None` where it does.
    """

    case: str
    measure: str
    value: float | None
    why_none: Why | None = None


@dataclass(frozen=True)
class Summary:
    """One measure of a run.

    Attributes:
        measure: its name.
        mean: of the cases it applies to; `None` for none.
        low: lower end of the 95 % interval.
        high: upper end.
        n: cases it applies to.
        not_applicable: how many of the others for each reason.
    """

    measure: str
    mean: float | None
    low: float | None
    high: float | None
    n: int
    not_applicable: Mapping[str, int]


def score(
    cases: Sequence[GoldenCase],
    outcomes: Mapping[str, Outcome],
    measures: Sequence[Measure] = MEASURES,
) -> list[Scored]:
    """Every measure of every case that has an outcome, in order of the cases.

    Args:
        cases: of the golden set.
        outcomes: by the case's id.
        measures: see `eval.measures`.
    """
    return [_scored(measure, asked) for asked in asked_of(cases, outcomes) for measure in measures]


def asked_of(cases: Sequence[GoldenCase], outcomes: Mapping[str, Outcome]) -> list[Asked]:
    """Each case that has an outcome, with it and with those of its twins and paraphrases.

    Args:
        cases: of the golden set.
        outcomes: by the case's id.
    """
    alike = _alike(cases)
    return [
        Asked(
            case,
            outcomes[case.id],
            tuple((c, outcomes[c.id]) for c in alike[case.id] if c.id in outcomes),
        )
        for case in cases
        if case.id in outcomes
    ]


def summarise(
    scored: Iterable[Scored], clusters: Mapping[str, str], *, seed: int = 0
) -> list[Summary]:
    """What each measure comes to, in the order in which they appear.

    Args:
        scored: of one run.
        clusters: of each case, what it is one draw with.
        seed: of the resampling.
    """
    by_measure: dict[str, list[Scored]] = defaultdict(list)
    for one in scored:
        by_measure[one.measure].append(one)
    return [_summary(name, found, clusters, seed) for name, found in by_measure.items()]


def _summary(name: str, found: Sequence[Scored], clusters: Mapping[str, str], seed: int) -> Summary:
    applying = [(one.value, clusters[one.case]) for one in found if one.value is not None]
    reasons = Counter(one.why_none for one in found if one.why_none is not None)
    values = [value for value, _ in applying]
    low, high = _ends(values, [key for _, key in applying], seed)
    return Summary(
        measure=name,
        mean=mean(values),
        low=low,
        high=high,
        n=len(values),
        not_applicable=dict(sorted(reasons.items())),
    )


def _ends(
    values: Sequence[float], keys: Sequence[str], seed: int
) -> tuple[float | None, float | None]:
    """The 95 % interval; where all cases are alike at 0 or 1, what as many draws leave open."""
    if not values:
        return None, None
    groups = clustered(values, keys)
    found = interval(groups, seed=seed)
    if found.method != "constant":
        return found.low, found.high
    if groups.mean not in (0.0, 1.0):
        return None, None
    return wilson(round(groups.mean) * len(groups), len(groups))


def _scored(measure: Measure, asked: Asked) -> Scored:
    value = measure.of(asked)
    if isinstance(value, NotApplicable):
        return Scored(asked.case.id, measure.name, None, value.why)
    return Scored(asked.case.id, measure.name, float(value))


def _alike(cases: Sequence[GoldenCase]) -> dict[str, list[GoldenCase]]:
    """Of each case, the twins and paraphrases that ask the same; a conversation does not."""
    groups: dict[str, list[GoldenCase]] = defaultdict(list)
    for case in cases:
        if case.twin_id is not None:
            groups[f"twin {case.twin_id}"].append(case)
        elif case.group_id is not None and case.tags.get("group") == "paraphrase":
            groups[f"group {case.group_id}"].append(case)
    found: dict[str, list[GoldenCase]] = {case.id: [] for case in cases}
    for members in groups.values():
        for case in members:
            found[case.id] = [other for other in members if other.id != case.id]
    return found
