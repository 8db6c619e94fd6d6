"""strict_recall@5: are all the sources among the first five without which there is no answer?"""

from __future__ import annotations

from eval.measures.models import Asked, Measure, NotApplicable, Score
from eval.measures.relevance import required

K = 5


def _score(asked: Asked) -> Score:
    wanted = required(asked)
    if not wanted:
        return NotApplicable("no_gold")
    return float(wanted <= set(asked.outcome.documents[:K]))


STRICT_RECALL = Measure(
    name=f"strict_recall@{K}",
    formula="1 if every required source is among the first five found, else 0",
    source="own; questions over several articles as in WixQA (arXiv 2505.08643)",
    score=_score,
)
