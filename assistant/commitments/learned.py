"""What a model that learned from labelled turns tells of promises and complaints.

Forms (`recognise`, `complaints`) find what is said in the usual words; the model also what is said
in others, and it takes back what only looks alike. It is asked of short turns as a whole, of longer
ones sentence by sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast, get_args

from knowledge.commitments.models import What
from knowledge.ports import COMPLAINS, PROMISES, TextClassifier
from knowledge.text import sentence_spans

NONE, CONDITION = "none", "if"
WHOLE_CHARS = 400
"""Of a turn that is asked about as a whole: those that it learned from are not longer."""


class Part(NamedTuple):
    """A part of a turn; offsets in it."""

    start: int
    end: int


class Promising(NamedTuple):
    """What is told of a part.

    Attributes:
        promised: probability that something is promised whatever happens.
        conditional: that something is, on a condition.
        what: kind of promise that it would be.
    """

    promised: float
    conditional: float
    what: What


def parts(text: str) -> list[Part]:
    """A short turn as a whole, of a longer one the sentences; none where nothing is said."""
    spans = sentences(text, Part(0, len(text)))
    if spans and spans[-1].end - spans[0].start <= WHOLE_CHARS:
        return [Part(spans[0].start, spans[-1].end)]
    return spans


def sentences(text: str, part: Part) -> list[Part]:
    """The sentences of a part of a turn."""
    found = sentence_spans(text[part.start : part.end])
    return [Part(part.start + start, part.start + end) for start, end in found]


def promising(texts: Sequence[str], classifier: TextClassifier) -> list[Promising]:
    """What is told of the promises in each text."""
    labels = classifier.labels(PROMISES)
    none, condition = labels.index(NONE), labels.index(CONDITION)
    kinds = [label in get_args(What) for label in labels]
    found = []
    for row in classifier.told(PROMISES, texts):
        best = max(
            (at for at, is_kind in enumerate(kinds) if is_kind), key=lambda at: float(row[at])
        )
        made = float(1 - row[none] - row[condition])
        found.append(Promising(made, float(row[condition]), cast("What", labels[best])))
    return found


def complaining(texts: Sequence[str], classifier: TextClassifier) -> list[float]:
    """Probability of each text that its customer wants to complain now."""
    yes = classifier.labels(COMPLAINS).index("yes")
    return [float(row[yes]) for row in classifier.told(COMPLAINS, texts)]
