"""R@k for k = 1 to 10: how much deeper would one have to look, in each language?"""

from __future__ import annotations

from collections.abc import Sequence

from eval.measures.models import Asked
from eval.measures.rankings import recall
from eval.measures.relevance import grades
from eval.statistics.means import mean
from knowledge.models import Language

DEEPEST = 10


def recall_curve(asked: Sequence[Asked], language: Language) -> tuple[list[float], int]:
    """``(R@1 to R@10, n)`` of the questions in a language that have gold; no points without any.

    Args:
        asked: all cases of a run.
        language: of the question.
    """
    ranked = [
        (one.outcome.documents, wanted)
        for one in asked
        if one.case.lang == language and one.outcome.error is None and (wanted := grades(one))
    ]
    if not ranked:
        return [], 0
    depths = range(1, DEEPEST + 1)
    return [mean([recall(r, w, k) for r, w in ranked]) or 0.0 for k in depths], len(ranked)
