"""latency: how long until the answer was there?"""

from __future__ import annotations

from eval.measures.models import Asked, Measure, Score


def _score(asked: Asked) -> Score:
    return asked.outcome.timings_ms.get("total", 0.0)


LATENCY = Measure(
    name="latency",
    formula="milliseconds from the question to the answer",
    source="own",
    score=_score,
    higher_is_better=False,
    unit="ms",
)
