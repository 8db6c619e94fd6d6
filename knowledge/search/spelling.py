"""What a mistyped or unaccented word was meant to be.

Agents type fast, without accents, by ear ("kuantas targetas"). A word that neither the dictionaries
of the two languages nor the index knows is replaced by the known word that sounds the same, else by
the nearest one in spelling. Words of the index win: they hold the company's own names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from knowledge.models import LANGUAGES, Language
from knowledge.search.near_words import NearWords
from knowledge.text import STOP_WORDS, fold, stem

MIN_FREQUENCY = 40
"""Rarer words of the dictionaries' film subtitles are often misspellings themselves."""

NAME_FREQUENCY = 2_000
"""A name of the index counts as a dictionary word of this frequency."""
_QUESTION_WORDS = frozenset(word for word in STOP_WORDS if len(word) >= 4)
_LAST_ACCENT = {"a": "á", "e": "é", "i": "í", "o": "ó"}

_SOUNDS = (
    # Spanish spelling by ear, applied in order to a folded word; English shares the first ones.
    (re.compile(r"ll|y(?=[aeiou])"), "Y"),
    (re.compile(r"([^r])\1+"), r"\1"),
    (re.compile(r"qu(?=[ei])|k|q|c(?![eihz])"), "K"),
    (re.compile(r"z|c(?=[ei])|s|x"), "s"),
    (re.compile(r"v|w"), "b"),
    (re.compile(r"j|g(?=[ei])"), "j"),
    (re.compile(r"gu(?=[ei])"), "g"),
    (re.compile(r"n(?=[bp])"), "m"),
    (re.compile(r"(?<!c)h"), ""),
)


@dataclass(frozen=True)
class Dictionary:
    """Frequent words of one language.

    Attributes:
        frequency: folded word to its count in a large corpus.
        accented: folded word to its most frequent spelling.
    """

    frequency: Mapping[str, int]
    accented: Mapping[str, str]

    @cached_property
    def by_sound(self) -> Mapping[str, tuple[str, ...]]:
        """Sound key to the folded words that share it, most frequent first."""
        return _by_sound(sorted(self.frequency, key=self.frequency.__getitem__, reverse=True))


@lru_cache(maxsize=2)
def dictionary(language: Language) -> Dictionary:
    """The frequency dictionary that pyspellchecker brings for the language."""
    from spellchecker import SpellChecker

    counts: dict[str, int] = SpellChecker(language=language).word_frequency.dictionary
    frequency: dict[str, int] = {}
    accented: dict[str, str] = {}
    for word, count in counts.items():
        key = word if word.isascii() else fold(word)
        if key not in frequency:
            frequency[key], accented[key] = count, word
            continue
        frequency[key] += count
        if count > counts[accented[key]]:
            accented[key] = word
    return Dictionary({w: n for w, n in frequency.items() if n >= MIN_FREQUENCY}, accented)


def sound(word: str) -> str:
    """A key shared by words that a Spanish ear writes alike.

    >>> sound("kuantas") == sound("cuantas"), sound("targeta") == sound("tarjeta")
    (True, True)
    """
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


def _by_sound(found: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Words by their sound, in the order given.

    All in one text, a word a line: no pattern reaches over a line break, and a hundred thousand
    words take a tenth of the time.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for key, word in zip(sound("\n".join(found)).split("\n"), found, strict=bool(found)):
        groups[key].append(word)
    return {key: tuple(alike) for key, alike in groups.items()}


class Speller:
    """Corrects words against the two dictionaries and the words of an index."""

    def __init__(self, names: Iterable[str]) -> None:
        """Prepare for an index.

        Args:
            names: folded words, and stems, that stand in the index.
        """
        self._names = frozenset(n for n in names if n.isalpha())
        long_names = sorted(n for n in self._names if len(n) >= 4)
        self._long_names = NearWords(long_names)
        # The dictionaries lack some question words: "kuantas" is one of them, not a name.
        self._names_by_sound = _by_sound([*long_names, *sorted(_QUESTION_WORDS - self._names)])
        # Of each speller: a cache of the method would keep the spellers of all former indexes.
        self._meant = lru_cache(maxsize=10_000)(self._correct)

    def knows(self, word: str) -> bool:
        """Whether a folded word needs no correction."""
        if len(word) < 3 or not word.isalpha() or word in self._names:
            return True
        return any(is_word(word, lang) or stem(word, lang) in self._names for lang in LANGUAGES)

    def is_name(self, word: str) -> bool:
        """Whether the index holds the word and no dictionary does: a name, or two words as one."""
        return word in self._names and not any(is_word(word, lang) for lang in LANGUAGES)

    def correct(self, word: str, language: Language) -> str:
        """The folded word that was meant; the word itself when it is known or nothing is near."""
        return self._meant(word, language)

    def _correct(self, word: str, language: Language) -> str:
        if self.knows(word):
            return word
        key = sound(word)
        alike = [
            *dictionary(language).by_sound.get(key, ())[:3],
            *self._names_by_sound.get(key, ()),
        ]
        if alike:
            frequency = dictionary(language).frequency
            return str(max(alike, key=lambda w: frequency.get(w, NAME_FREQUENCY)))
        return self._nearest(word, language)

    def _nearest(self, word: str, language: Language) -> str:
        """The closest known word in Damerau-Levenshtein distance, an indexed one if as close."""
        if len(word) < 4:
            return word
        limit = 1 if len(word) < 7 else 2
        known = dictionary(language).frequency
        candidates = [
            (slips + 0.5 * place, -known.get(near, 0), near)
            for place, pool in enumerate((self._long_names, _same_start(language, word[0])))
            for slips, near in pool.within(word, limit)
        ]
        return min(candidates)[2] if candidates else word


def is_word(word: str, language: Language) -> bool:
    """Whether a folded word is one of the language, inflected forms included."""
    import simplemma

    if word in dictionary(language).frequency:
        return True
    return any(bool(simplemma.is_known(w, lang=language)) for w in (word, accented(word, language)))


@lru_cache(maxsize=50_000)
def accented(word: str, language: Language) -> str:
    """A folded word as it is spelled: ``devolucion`` gives ``devolución``, ``murio`` ``murió``."""
    if language != "es":
        return word
    import simplemma

    spelled = dictionary(language).accented.get(word)
    if spelled:
        return spelled
    if not simplemma.is_known(word, lang=language) and word[-1:] in _LAST_ACCENT:
        candidate = word[:-1] + _LAST_ACCENT[word[-1]]
        if simplemma.is_known(candidate, lang=language):
            return candidate
    return word


@lru_cache(maxsize=50_000)
def lemma(word: str, language: Language) -> str:
    """The folded dictionary form of a folded word: ``murio`` gives ``morir``."""
    import simplemma

    return fold(str(simplemma.lemmatize(accented(word, language), lang=language)))


@lru_cache(maxsize=64)
def _same_start(language: Language, letter: str) -> NearWords:
    """Dictionary words with the same first letter: people rarely mistype that one."""
    frequency = dictionary(language).frequency
    return NearWords([w for w in frequency if w.startswith(letter) and len(w) >= 4])
