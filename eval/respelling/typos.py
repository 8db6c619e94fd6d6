"""Mistyped words: two letters turned round, one left out, one doubled, or the key beside it.

The four slips of typing of Damerau 1964 (doi 10.1145/363958.363994), as in Belinkov & Bisk 2018
(arXiv 1711.02173): the first letter stays, and figures and codes do, which agents copy.
"""

from __future__ import annotations

import random
import re

from knowledge.models import Language

_WORD = re.compile(r"(?<![\w@./-])[^\W\d_]{4,}(?![\w@/-]|\.\w)")
_ROWS = ("qwertyuiop", "asdfghjklñ", "zxcvbnm")
SHARE = 0.25
"""Of the words of four letters and more; at least one."""


def mistyped(text: str, language: Language, draw: random.Random) -> str:
    """The text with slips of typing.

    >>> mistyped("¿cuánto tarda la devolución?", "es", random.Random(1))
    '¿cuuánto tarda la devolución?'
    """
    words = [match for match in _WORD.finditer(text) if not match.group().isupper()]
    if not words:
        return text
    chosen = draw.sample(words, max(1, round(SHARE * len(words))))
    for word in sorted(chosen, key=lambda match: -match.start()):
        text = text[: word.start()] + _slip(word.group(), draw) + text[word.end() :]
    return text


def _slip(word: str, draw: random.Random) -> str:
    at = draw.randrange(1, len(word) - 1)
    kind = draw.choice(("turned", "missing", "doubled", "beside"))
    if kind == "turned" and word[at] != word[at + 1]:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "missing":
        return word[:at] + word[at + 1 :]
    near = _beside(word[at]) if kind == "beside" else ""
    if near:
        return word[:at] + draw.choice(near) + word[at + 1 :]
    return word[:at] + word[at] + word[at:]


def _beside(letter: str) -> str:
    """The keys left and right of a letter's; empty where it has none, as those with accents."""
    for row in _ROWS:
        at = row.find(letter)
        if at >= 0:
            return row[max(0, at - 1) : at] + row[at + 1 : at + 2]
    return ""
