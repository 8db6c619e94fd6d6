"""Does a turn need an answer? A logistic regression on what was found and how it was said.

Sources that answer are evidence of a need: what the turn finds is compared with what anything finds
there (`assistant.background`). The form of the words tells the rest: questions ask about something,
requests want something done, and thanks or a confirmation need nothing.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

from assistant.contact.names import Named
from assistant.pipeline import Evidence
from assistant.speech import asks, said_words, wants_done
from knowledge.models import Language, ScoredChunk
from knowledge.search.lexical import token_set
from knowledge.text import stem

FEATURES = (
    "score",
    "topic_covered",
    "asks",
    "wants_done",
)
"""What is known, in the order of `features`."""
LOOKED_AT = 5
"""Chunks among which the best is taken."""


def features(text: str, evidence: Evidence, names: Sequence[Named]) -> list[float]:
    """Evidence that a turn needs an answer, in the order of `FEATURES`, each of order 1.

    Args:
        text: the turn as it was said.
        evidence: what it finds, with at least one sentence.
        names: what the conversation is about.
    """
    found, background = evidence.found, evidence.background
    topic = topic_words(said_words(text), names)
    return [
        found.best_score - background.score,
        max(covered(topic, c, found.reading.language) for c in found.chunks[:LOOKED_AT]),
        float(asks(text)),
        float(wants_done(text)),
    ]


def topic_words(content: Sequence[str], names: Sequence[Named]) -> list[str]:
    """What is said besides the names in focus: "parking" of "parking at the grant hotel"."""
    of_names = {word for named in names for word in named.said}
    return [word for word in content if word not in of_names]


def covered(content: Collection[str], scored: ScoredChunk, language: Language) -> float:
    """Share of the words that stand in a chunk, 0 to 1; 0 without words."""
    if not content:
        return 0.0
    chunk = scored.stored.chunk
    there = token_set(chunk.text, chunk.language)
    return sum(word in there or stem(word, language) in there for word in content) / len(content)


def probability(values: Sequence[float], weights: Mapping[str, float]) -> float:
    """Probability, 0 to 1, that the turn needs an answer."""
    total = weights["bias"]
    total += sum(weights[name] * value for name, value in zip(FEATURES, values, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
