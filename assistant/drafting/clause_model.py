"""What a model that learned from labelled sentences tells of each clause of a draft.

It is asked about clauses beside their sentences: what commits, or is ruled out, may stand in part
of one, and what makes it so in another. It is not asked about a heap of words, nor about clauses
whose words, weighed by themselves, have no fault.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from assistant.drafting.promising import Clause, Promising, bundled, clauses_of
from knowledge.ports import COMMITS, WORDINGS, TextClassifier
from knowledge.text import sentence_spans

NONE = "none"
MOST_CLAUSES = 12
MOST_CHARS = 500
"""Of a sentence that the model is asked about: each clause is read with the whole sentence."""
LEAST = 1e-6
NOT_ASKED = -6.0
"""In place of log odds."""


class Worded(NamedTuple):
    """The likeliest wording of a clause that voice guides rule out; offsets in the draft.

    Attributes:
        start: of the clause.
        end: after it.
        kind: of wording.
        probability: that it is of this kind, 0 to 1.
    """

    start: int
    end: int
    kind: str
    probability: float


def commit_odds(
    sentence: str, classifier: TextClassifier, learned: Promising | None = None
) -> list[float] | None:
    """Log odds that each clause of a sentence commits the company to something unusual.

    Args:
        sentence: of a draft.
        classifier: the model.
        learned: which clauses it is asked about; `None`: as is shipped.

    Returns:
        `NOT_ASKED` for a clause whose words have no fault; `None` for a heap of words.
    """
    spans = clauses_of(sentence)
    if _is_heap(sentence, spans):
        return None
    asked = [one for one in spans if _is_asked(one, learned or bundled())]
    yes = classifier.labels(COMMITS).index("yes")
    told = classifier.told(COMMITS, [_pair(sentence, one) for one in asked])
    odds = {one.start: _log_odds(float(row[yes])) for one, row in zip(asked, told, strict=True)}
    return [odds.get(one.start, NOT_ASKED) for one in spans]


def worded(draft: str, classifier: TextClassifier) -> list[Worded]:
    """What clauses of a draft say that voice guides rule out, likely or not."""
    labels = classifier.labels(WORDINGS)
    kinds = [at for at, label in enumerate(labels) if label != NONE]
    pairs: list[tuple[str, str]] = []
    places: list[tuple[int, int]] = []
    for begin, end in sentence_spans(draft):
        sentence = draft[begin:end]
        spans = clauses_of(sentence)
        for one in () if _is_heap(sentence, spans) else spans:
            if _is_asked(one, bundled()):
                pairs.append(_pair(sentence, one))
                places.append((begin + one.start, begin + one.end))
    found = []
    for (start, end), row in zip(places, classifier.told(WORDINGS, pairs), strict=True):
        best = max(kinds, key=lambda at: float(row[at]))
        found.append(Worded(start, end, labels[best], float(row[best])))
    return found


def _is_heap(sentence: str, spans: Sequence[Clause]) -> bool:
    return len(sentence) > MOST_CHARS or len(spans) > MOST_CLAUSES


def _is_asked(clause: Clause, learned: Promising) -> bool:
    return learned.suspicion(clause) >= learned.asked_from


def _pair(sentence: str, clause: Clause) -> tuple[str, str]:
    return sentence, sentence[clause.start : clause.end]


def _log_odds(probability: float) -> float:
    kept = min(max(probability, LEAST), 1 - LEAST)
    return math.log(kept / (1 - kept))
