"""How far the sources support a whole answer, from its statements."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.support.models import Support
from knowledge.text import content_words

SHARE_OF_WORDS = 0.7
"""How much the words that the sources have count beside the probabilities; chosen on half ``fit``
of the answers that people judged, from 0.3, 0.5, 0.7 and 0.85: more is better for short turns of
chats, less for whole answers."""


def faithfulness(statements: Sequence[str], supports: Sequence[Support]) -> float | None:
    """Mean support of an answer's statements by their length, 0 to 1, for ranking answers.

    Args:
        statements: sentences of the answer.
        supports: of each.

    Returns:
        `None` where nothing of it can be checked.
    """
    total = weight = 0.0
    for text, support in zip(statements, supports, strict=True):
        if support.probability is None:
            continue
        words = len(content_words(text))
        total += words * (
            SHARE_OF_WORDS * support.common + (1 - SHARE_OF_WORDS) * support.probability
        )
        weight += words
    return total / weight if weight else None
