"""Which words of a question no source found has, as agents read it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.shell.texts import say
from knowledge.models import Language


def missing_text(language: Language, words: Sequence[str]) -> str:
    """Which words of a question the sources found do not have; empty where there are none.

    >>> missing_text("en", ("E55", "Lisbon"))
    'The sources found do not say: “E55”, “Lisbon”.'
    """
    if not words:
        return ""
    named = ", ".join(say(language, "missing_word", word=word) for word in words)
    return say(language, "missing", words=named)
