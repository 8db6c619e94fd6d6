"""What a model that learned from labelled sentences tells of each clause of a draft.

It is asked about clauses beside their sentences: what commits, or is ruled out, may stand in part
of one, and what makes it so in another. Of a heap of words it is not asked.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from assistant.drafting.promise_clauses import clauses
from knowledge.ports import COMMITS, WORDINGS, TextClassifier
from knowledge.text import sentence_spans

NONE = "none"
MOST_CLAUSES = 12
MOST_CHARS = 500
"""Of a sentence that the model is asked about: each clause is read with the whole sentence."""
LEAST = 1e-6


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


def commit_odds(sentence: str, classifier: TextClassifier) -> list[float] | None:
    """Log odds that each clause of a sentence commits the company to something unusual.

    `None` for a sentence that the model is not asked about.
    """
    pairs = _pairs(sentence)
    if not pairs:
        return None
    yes = classifier.labels(COMMITS).index("yes")
    return [_log_odds(float(row[yes])) for row in classifier.told(COMMITS, pairs)]


def worded(draft: str, classifier: TextClassifier) -> list[Worded]:
    """What each clause of a draft says that voice guides rule out, likely or not."""
    labels = classifier.labels(WORDINGS)
    kinds = [at for at, label in enumerate(labels) if label != NONE]
    pairs: list[tuple[str, str]] = []
    places: list[tuple[int, int]] = []
    for begin, end in sentence_spans(draft):
        own = _pairs(draft[begin:end])
        pairs += own
        if own:
            places += [(begin + start, begin + stop) for start, stop in clauses(draft[begin:end])]
    found = []
    for (start, end), row in zip(places, classifier.told(WORDINGS, pairs), strict=True):
        best = max(kinds, key=lambda at: float(row[at]))
        found.append(Worded(start, end, labels[best], float(row[best])))
    return found


def _pairs(sentence: str) -> list[tuple[str, str]]:
    """The sentence with each of its clauses; none for a heap of words."""
    spans = clauses(sentence)
    if len(sentence) > MOST_CHARS or len(spans) > MOST_CLAUSES:
        return []
    return [(sentence, sentence[start:end]) for start, end in spans]


def _log_odds(probability: float) -> float:
    kept = min(max(probability, LEAST), 1 - LEAST)
    return math.log(kept / (1 - kept))
