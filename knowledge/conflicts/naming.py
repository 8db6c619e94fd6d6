"""Which words are names, and of what a document speaks: learned from how a collection writes.

A rule of one product contradicts no rule of another. Nobody lists the products, but their names are
capitals within sentences and hardly ever small letters.
"""

from __future__ import annotations

import copy
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import islice

from knowledge.models import Language
from knowledge.quantities.numerals import same_length_fold

SMALL_SHARE = 0.1
"""A word that is written small more often than this, as a share of all, is no name."""
OFTEN = 3
"""How often a document has to have a name to be about it."""

_WORD = re.compile(r"[^\W\d_][\w.]*\w")
_FIRST = re.compile(r"[^\w]*\w+")


Named = tuple[Language, str, str]
"""A sentence: its language, the name of its document, its text."""
_Counts = Counter[tuple[Language, str]]


class Names:
    """The names of a collection. "Common" is one where all around it is Spanish.

    Args:
        sentences: of the whole collection.
    """

    def __init__(self, sentences: Iterable[Named]) -> None:
        self._small, self._by_document = _counted(sentences)
        self._capital = _total(self._by_document.values())
        self._names = self._among(self._capital)
        self._in_text: dict[tuple[str, Language], frozenset[str]] = {}
        self._in_document: dict[str, frozenset[str]] = {}
        self._first: dict[str, frozenset[str]] = {}

    def extended(self, sentences: Iterable[Named]) -> Names:
        """These names, and those that only some new documents have."""
        small, by_document = _counted(sentences)
        capital = _total(by_document.values())
        more = copy.copy(self)
        more._small = self._small + small
        more._capital = self._capital + capital
        more._by_document = self._by_document | by_document
        more._names = self._names | more._among(capital)
        more._in_text, more._in_document, more._first = {}, {}, {}
        return more

    def _among(self, words: Iterable[tuple[Language, str]]) -> frozenset[tuple[Language, str]]:
        """Those of some words that are hardly ever written small."""
        return frozenset(
            key
            for key in words
            if self._small[key] <= SMALL_SHARE * (self._capital[key] + self._small[key])
        )

    def of(self, text: str, language: Language) -> frozenset[str]:
        """The names in a text, folded."""
        known = self._in_text.get((text, language))
        if known is None:
            found = (same_length_fold(word) for word in _WORD.findall(text) if word[0].isupper())
            known = frozenset(word for word in found if (language, word) in self._names)
            self._in_text[text, language] = known
        return known

    def known_to(self, document: str) -> frozenset[str]:
        """Every name that a document has within a sentence."""
        known = self._in_document.get(document)
        if known is None:
            counts = self._by_document.get(document, Counter())
            known = frozenset(key[1] for key in counts if key in self._names)
            self._in_document[document] = known
        return known

    def spoken_of(self, document: str) -> frozenset[str]:
        """The name that a document has most often; none if it has none often."""
        first = self._first.get(document)
        if first is None:
            counts = self._by_document.get(document, Counter())
            often = (key for key, n in counts.most_common() if n >= OFTEN and key in self._names)
            first = self._first[document] = frozenset(key[1] for key in islice(often, 1))
        return first


def _total(counts: Iterable[_Counts]) -> _Counts:
    total: _Counts = Counter()
    for one in counts:
        total.update(one)
    return total


def _counted(sentences: Iterable[Named]) -> tuple[_Counts, dict[str, _Counts]]:
    """How often words are written small, and by document how often with a capital."""
    small: _Counts = Counter()
    by_document: dict[str, _Counts] = defaultdict(Counter)
    for language, document, text in sentences:
        for word in _within(text):
            key = (language, same_length_fold(word))
            if word[0].islower():
                small[key] += 1
            else:
                by_document[document][key] += 1
    return small, by_document


def _within(text: str) -> list[str]:
    """The words of a sentence but its first, which is a capital anyway; none of capitals only."""
    if text.isupper():
        return []
    first = _FIRST.match(text)
    return _WORD.findall(text, first.end() if first else 0)
