"""What a whole run comes to in the measures that no single answer has, with 95 % intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from eval.measures.models import Asked, NotApplicable
from eval.measures.whole.catalogue import WHOLE
from eval.measures.whole.models import Rows, WholeMeasure, rows_of
from eval.runs.scoring import Summary
from eval.statistics.percentiles import ends
from eval.statistics.resampling import Places, resamples

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
    rows: dict[Callable[..., object], tuple[Rows, list[Places]]] = {}
    found = []
    for measure in measures:
        if measure.row not in rows:
            values, clusters = rows_of(measure.row, asked)
            rows[measure.row] = values, list(resamples(clusters, times=RESAMPLES, seed=seed))
        found.append(_summary(measure, *rows[measure.row], len(asked)))
    return found


def _summary(measure: WholeMeasure, rows: Rows, drawn: Sequence[Places], cases: int) -> Summary:
    value = measure.value(rows) if len(rows) else NotApplicable("nothing_counts")
    if isinstance(value, NotApplicable):
        return Summary(measure.name, None, None, None, 0, {value.why: cases})
    low, high = _ends(measure, rows, drawn)
    return Summary(measure.name, value, low, high, len(rows), {})


def _ends(
    measure: WholeMeasure, rows: Rows, drawn: Sequence[Places]
) -> tuple[float | None, float | None]:
    """By percentiles of the resampled clusters; none where all resamples are alike."""
    every = [measure.value(rows[places]) for places in drawn]
    values = [value for value in every if not isinstance(value, NotApplicable)]
    if len(values) < (1 - _MOST_WITHOUT) * len(drawn) or np.ptp(values) == 0:
        return None, None
    return ends(values)
