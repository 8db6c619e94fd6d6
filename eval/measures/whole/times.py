"""latency_p50 and latency_p95: how long do most answers take?"""

from __future__ import annotations

from collections.abc import Callable

from eval.measures.models import Asked
from eval.measures.whole.models import Rows, WholeMeasure
from eval.statistics.percentiles import percentile


def total_ms(asked: Asked) -> tuple[float] | None:
    """Milliseconds from the question to the answer, where they were taken."""
    total = asked.outcome.timings_ms.get("total")
    return None if total is None else (total,)


def _percentile(percent: int) -> Callable[[Rows], float]:
    return lambda rows: percentile(rows[:, 0], percent)


LATENCY_P50, LATENCY_P95 = (
    WholeMeasure(
        name=f"latency_p{percent}",
        formula=f"milliseconds within which {percent} of 100 answers were there",
        source="own",
        row=total_ms,
        value=_percentile(percent),
        best="low",
        unit="ms",
    )
    for percent in (50, 95)
)
