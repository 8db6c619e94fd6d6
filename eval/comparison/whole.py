"""Two runs side by side in the measures of whole runs; no test of significance, for none is honest.

Curves and percentiles of two runs are not means of paired differences: their values and intervals
stand beside each other, and the gate does not look at them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.measures.models import Asked
from eval.measures.whole.catalogue import WHOLE
from eval.measures.whole.models import WholeMeasure
from eval.runs.scoring import Summary
from eval.runs.whole import summarise_whole


@dataclass(frozen=True)
class SideBySide:
    """One measure of two runs.

    Attributes:
        measure: which.
        before: of the first run.
        after: of the second.
    """

    measure: WholeMeasure
    before: Summary
    after: Summary

    @property
    def better(self) -> float | None:
        """By how much the second is better; `None` where it does not apply to both."""
        if self.before.mean is None or self.after.mean is None:
            return None
        return self.measure.better(self.before.mean, self.after.mean)


def side_by_side(
    before: Sequence[Asked], after: Sequence[Asked], *, seed: int = 0
) -> list[SideBySide]:
    """Every measure of whole runs, in the catalogue's order.

    Args:
        before: cases of the first run that have an outcome.
        after: of the second.
        seed: of the resampling.
    """
    summaries = summarise_whole(before, seed=seed), summarise_whole(after, seed=seed)
    return [SideBySide(m, a, b) for m, a, b in zip(WHOLE, *summaries, strict=True)]
