"""What a theme is called: the wording that has most in common with all the others.

The medoid of its wordings by the cosine of their stems. No model is needed, and the name is always
something that somebody really asked.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.models import Language
from knowledge.text import content_words, stem

PER_THEME = 30
"""Wordings of a theme, the latest, among which its name is looked for."""
MAX_NAME_CHARS = 160


@dataclass(frozen=True)
class Said:
    """A wording of a theme, in its language."""

    text: str
    language: Language


def name_of(said: Sequence[Said], language: Language) -> Said | None:
    """The most central wording, of the reader's language where there is one.

    Args:
        said: latest first.
        language: of the reader.

    Returns:
        `None` where there are no words left.
    """
    own = [one for one in said if one.language == language]
    return _central(own or list(said))


def _central(said: Sequence[Said]) -> Said | None:
    if not said:
        return None
    short = [one for one in said if len(one.text) <= MAX_NAME_CHARS] or list(said)
    stems = [stems_of(one) for one in short]
    common = [sum(likeness(a, b) for b in stems) for a in stems]
    best = max(range(len(short)), key=lambda i: (round(common[i], 6), -len(short[i].text), -i))
    chosen = short[best]
    if len(chosen.text) <= MAX_NAME_CHARS:
        return chosen
    return Said(chosen.text[:MAX_NAME_CHARS].rsplit(" ", 1)[0] + "…", chosen.language)


def stems_of(said: Said) -> frozenset[str]:
    """Stems of the words that say something."""
    return frozenset(stem(word, said.language) for word in content_words(said.text))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Cosine of two sets of stems, 0 to 1."""
    if not one or not other:
        return 0.0
    return len(one & other) / math.sqrt(len(one) * len(other))
