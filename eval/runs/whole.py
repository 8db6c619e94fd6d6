"""What a whole run comes to in the measures that no single answer has, with 95 % intervals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from eval.measures.models import Asked, NotApplicable
from eval.measures.whole.catalogue import WHOLE
from eval.measures.whole.models import Rows, WholeMeasure, rows_of
from eval.runs.scoring import Summary
from eval.statistics.paired import CONFIDENCE

RESAMPLES = 1_000
"""Of whole clusters; the ends of a percentile interval need no more."""
_MOST_WITHOUT = 0.05
"""Share of resamples without a number from which there is no interval."""


def summarise_whole(
    asked: Sequence[Asked], measures: Sequence[WholeMeasure] = WHOLE, *, seed: int = 0
) -> list[Summary]:
    """Each measure of the run, in order; ``n`` counts the cases that it rests on.

    Args:
        asked: all cases that have an outcome.
        measures: see `eval.measures.whole`.
        seed: of the resampling.
    """
    rows: dict[Callable[..., object], tuple[Rows, list[NDArray[np.intp]]]] = {}
    found = []
    for measure in measures:
        if measure.row not in rows:
            values, clusters = rows_of(measure.row, asked)
            rows[measure.row] = values, _resamples(clusters, seed)
        found.append(_summary(measure, *rows[measure.row], len(asked)))
    return found


def _summary(
    measure: WholeMeasure, rows: Rows, resamples: Sequence[NDArray[np.intp]], cases: int
) -> Summary:
    value = measure.value(rows) if len(rows) else NotApplicable("nothing_counts")
    if isinstance(value, NotApplicable):
        return Summary(measure.name, None, None, None, 0, {value.why: cases})
    low, high = _ends(measure, rows, resamples)
    return Summary(measure.name, value, low, high, len(rows), {})


def _ends(
    measure: WholeMeasure, rows: Rows, resamples: Sequence[NDArray[np.intp]]
) -> tuple[float | None, float | None]:
    """By percentiles of the resampled clusters; none where all resamples are alike."""
    drawn = [measure.value(rows[places]) for places in resamples]
    values = [value for value in drawn if not isinstance(value, NotApplicable)]
    if len(values) < (1 - _MOST_WITHOUT) * len(drawn) or np.ptp(values) == 0:
        return None, None
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(values, [tail, 1 - tail])
    return float(low), float(high)


def _resamples(clusters: Sequence[Hashable], seed: int) -> list[NDArray[np.intp]]:
    """Places of the rows in each resample."""
    of: dict[Hashable, list[int]] = defaultdict(list)
    for place, cluster in enumerate(clusters):
        of[cluster].append(place)
    places = [np.array(rows, dtype=np.intp) for rows in of.values()]
    if not places:
        return []
    rng = np.random.default_rng(seed)
    draws = rng.integers(0, len(places), (RESAMPLES, len(places)))
    return [np.concatenate([places[one] for one in draw]) for draw in draws]
