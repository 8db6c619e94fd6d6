"""Which topic a question is about: by the sources that were found for it, and by its words. Pure.

The agent can choose another one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.escalations.models import Topic
from knowledge.text import fold, stem, words

SOURCE_WEIGHT = 2.0
"""Of the first source, against one word of the topic; the n-th counts an n-th of it. What was found
says more than one word, and less than three."""


@dataclass(frozen=True)
class About:
    """What is known of a source that was found.

    Attributes:
        name: of it.
        kind: policy, procedure and so on.
        owner: account that keeps it.
        tags: by name.
    """

    name: str
    kind: str
    owner: str | None
    tags: Mapping[str, str]

    def marks(self) -> frozenset[str]:
        """All that a topic may name it by, folded."""
        tags = {f"tag:{name}={value}" for name, value in self.tags.items()}
        owner = {f"owner:{self.owner}"} if self.owner else set()
        return frozenset(fold(mark) for mark in {self.name, f"kind:{self.kind}", *owner, *tags})


def choose(topics: Sequence[Topic], question: str, found: Sequence[About]) -> Topic | None:
    """The topic of a question: the best that fits at all, or the first that takes all others.

    Args:
        topics: narrowest audience first.
        question: with what the customer wants to know.
        found: sources that were looked at, best first.

    Returns:
        `None` where no topic fits and none takes all others.
    """
    said = _stems(question)
    best, most = None, 0.0
    for topic in topics:
        score = _score(topic, said, found)
        if score > most:
            best, most = topic, score
    return best or next((topic for topic in topics if topic.fallback), None)


def _score(topic: Topic, said: frozenset[str], found: Sequence[About]) -> float:
    wanted = {fold(mark) for mark in topic.sources}
    by_source = sum(
        SOURCE_WEIGHT / rank for rank, one in enumerate(found, start=1) if wanted & one.marks()
    )
    return by_source + sum(bool(stems) and stems <= said for stems in map(_stems, topic.words))


def _stems(text: str) -> frozenset[str]:
    """Of both languages: a question may be in either."""
    return frozenset(stem(word, language) for word in words(text) for language in ("es", "en"))
