"""Two runs over the same cases -> each measure's difference with its interval, chance and power."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from eval.golden.models import GoldenCase
from eval.measures.catalogue import GATED, MEASURES
from eval.measures.models import Measure
from eval.runs.scoring import Scored
from eval.statistics.families import benjamini_hochberg, holm
from eval.statistics.paired import Paired, compare
from eval.statistics.power import cases_needed, detectable_drop, least_standard_error
from eval.statistics.rates import mcnemar

Values = Mapping[tuple[str, str], float | None]
"""Number of a case and a measure; `None` where it does not apply."""


@dataclass(frozen=True)
class Difference:
    """What became of one measure.

    Attributes:
        measure: its name.
        before: mean of the first run, over the cases compared.
        after: mean of the second.
        paired: the difference, positive where it became better.
        p_worse: chance of a drop like this if nothing changed; of several measures that are gated
            together, adjusted for all of them (Holm).
        p_flips: exact chance of flips this uneven (McNemar); `None` for what is not 0 or 1.
        detectable: smallest drop that would have been seen, in 80 of 100 such comparisons.
        gated: whether a gate looks at it.
        missing: cases that the second run has no outcome for, counted as worst.
        dropped: cases that it applies to in one of the two runs only.
    """

    measure: str
    before: float
    after: float
    paired: Paired
    p_worse: float
    p_flips: float | None
    detectable: float
    gated: bool
    missing: int = 0
    dropped: int = 0

    def needed(self, drop: float) -> int:
        """Cases with which such a drop would be seen.

        Raises:
            ValueError: the drop is not above 0.
        """
        return cases_needed(drop, self.paired.n, _standard_error(self.paired), self.paired.changed)


def differences(
    cases: Sequence[GoldenCase],
    before: Iterable[Scored],
    after: Iterable[Scored],
    *,
    gated: Sequence[Measure] = GATED,
    measures: Sequence[Measure] = MEASURES,
    seed: int = 0,
) -> list[Difference]:
    """Of every measure that applies to some case in both runs, in the catalogue's order.

    Args:
        cases: that both runs were asked, with what they are one draw with.
        before: scores of the first run.
        after: of the second. A case that failed or is missing there counts as worst.
        gated: measures that are one family.
        measures: what is compared.
        seed: of the resampling.
    """
    first, second = _values(before), _values(after)
    failed = _failed(after, second, cases)
    found = [
        one
        for measure in measures
        if (one := _difference(measure, cases, first, second, failed, seed)) is not None
    ]
    names = {measure.name for measure in gated}
    family = [one for one in found if one.measure in names]
    adjusted = dict(
        zip((d.measure for d in family), holm([d.p_worse for d in family]), strict=True)
    )
    return [
        replace(one, gated=True, p_worse=adjusted[one.measure]) if one.measure in adjusted else one
        for one in found
    ]


def suspicious(p_values: Mapping[str, float]) -> list[str]:
    """Slices whose drop is not chance, if one in twenty of those named may be (exploratory)."""
    adjusted = benjamini_hochberg(list(p_values.values()))
    return [name for name, p in zip(p_values, adjusted, strict=True) if p < 0.05]


def _difference(
    measure: Measure,
    cases: Sequence[GoldenCase],
    first: Values,
    second: Values,
    failed: frozenset[str],
    seed: int,
) -> Difference | None:
    pairs: list[tuple[float, float, str]] = []
    dropped = missing = 0
    for case in cases:
        a, b = first.get((case.id, measure.name)), second.get((case.id, measure.name))
        if a is not None and b is None and case.id in failed and measure.unit != "ms":
            b, missing = _worst(measure), missing + 1
        if a is None or b is None:
            dropped += (a is None) != (b is None)
            continue
        pairs.append((a, b, case.cluster))
    if not pairs:
        return None
    before, after, keys = zip(*pairs, strict=True)
    paired = compare(before, after, keys, higher_is_better=measure.higher_is_better, seed=seed)
    binary = {*before, *after} <= {0.0, 1.0}
    return Difference(
        measure=measure.name,
        before=sum(before) / len(before),
        after=sum(after) / len(after),
        paired=paired,
        p_worse=paired.p_worse,
        p_flips=mcnemar(paired.better, paired.worse) if binary else None,
        detectable=detectable_drop(_standard_error(paired), paired.changed),
        gated=False,
        missing=missing,
        dropped=dropped,
    )


def _standard_error(paired: Paired) -> float:
    return paired.standard_error or least_standard_error(paired.n)


def _worst(measure: Measure) -> float:
    low = -1.0 if measure.unit == "tau" else 0.0
    return low if measure.higher_is_better else 1.0


def _values(scored: Iterable[Scored]) -> dict[tuple[str, str], float | None]:
    return {(one.case, one.measure): one.value for one in scored}


def _failed(after: Iterable[Scored], second: Values, cases: Sequence[GoldenCase]) -> frozenset[str]:
    """Cases that failed in the second run, or that it has no outcome for."""
    seen = {case for case, _ in second}
    failed = {one.case for one in after if one.why_none == "failed"}
    return frozenset(failed | {case.id for case in cases if case.id not in seen})
