"""Which of the sources' names a conversation is about: titles, found though misheard.

What a customer asks seldom names it ("do they have parking"); what was named earlier decides. A
title counts by the share of its words' weight that was said close together, and the less the longer
ago. Before this stage comes the conversation, after it the search, in which the strongest names are
the context of what is asked.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz, process

from assistant.models import Turn
from assistant.speech import rarity
from knowledge.models import Language
from knowledge.text import STOP_WORDS, words

DECAY = 0.9
"""Of a name's score for each turn that has followed it."""
LOOKED_BACK = 30
"""Turns: what was said before them counts for nothing (0.9 ** 30 = 0.04)."""
MIN_SCORE = 0.2
"""Decay, weight and score from which a title counts: measured on half of the calls of `dstc`,
where they hardly matter: the right name is among the first three of 32 for 28 to 30."""
FULL_WEIGHT = 4.0
"""Weight of words from which a title counts in full: one frequent word is not a name."""
SIMILAR = 80
"""rapidfuzz ratio, 0 to 100, from which a word may be another one misheard."""
MISHEARD_CHARS = 5
"""Shorter words are only taken as they are."""
CACHED_WORDS = 20_000


@dataclass(frozen=True)
class Named:
    """A title that was named.

    Attributes:
        title: as sources carry it.
        score: 0 to 1; 1 for a whole title in the last turn.
        turn: index of the turn in which it counts most.
        said: the title's words that were heard there.
    """

    title: str
    score: float
    turn: int
    said: frozenset[str]


class Names:
    """Finds the titles of what one viewer may see; built anew when those change.

    Args:
        titles: of the sources, each once or more often.
    """

    def __init__(self, titles: Iterable[str]) -> None:
        self._words = {title: own for title in set(titles) if (own := _name_words(title))}
        self._idf = _idf(self._words.values())
        self._titles_with: dict[str, list[str]] = defaultdict(list)
        for title, own in self._words.items():
            for word in own:
                self._titles_with[word].append(title)
        self._vocabulary = sorted(self._titles_with)
        self._alike = lru_cache(maxsize=CACHED_WORDS)(self._alike_uncached)

    def __len__(self) -> int:
        return len(self._words)

    def in_focus(self, turns: Sequence[Turn], language: Language) -> list[Named]:
        """The titles that the conversation is about, best first; empty when none was named.

        Args:
            turns: oldest first.
            language: of the conversation; tells which words are common in it.
        """
        best: dict[str, Named] = {}
        for back, turn in enumerate(reversed(turns[-LOOKED_BACK:])):
            place = len(turns) - 1 - back
            for title, (score, said) in self._named(turn.text, language).items():
                named = Named(title, score * DECAY**back, place, said)
                if title not in best or best[title].score < named.score:
                    best[title] = named
        return sorted(best.values(), key=lambda named: (-named.score, named.title))

    def _named(self, text: str, language: Language) -> dict[str, tuple[float, frozenset[str]]]:
        """Titles with their score in one turn and the words heard, those from `MIN_SCORE` on."""
        heard = self._heard(text)
        titles = {title for word in heard for title in self._titles_with[word]}
        found = {}
        for title in titles:
            weights = self._weights(title, language)
            mass, said = _best_window(heard, weights)
            share = mass / sum(weights.values())
            score = share**2 * min(1.0, mass / FULL_WEIGHT)
            if score >= MIN_SCORE:
                found[title] = score, said
        return found

    def _heard(self, text: str) -> dict[str, list[tuple[int, float]]]:
        """Words of titles -> where they were heard, and how exactly, 0 to 1."""
        spoken = _spoken(text)
        units = [(i, word) for i, word in enumerate(spoken) if word not in STOP_WORDS]
        units += [(i, a + b) for i, (a, b) in enumerate(pairwise(spoken))]
        heard: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, word in units:
            for known, alike in self._alike(word):
                heard[known].append((place, alike))
        return heard

    def _alike_uncached(self, word: str) -> tuple[tuple[str, float], ...]:
        if word in self._titles_with:
            exact: tuple[tuple[str, float], ...] = ((word, 1.0),)
        else:
            exact = ()
        if len(word) < MISHEARD_CHARS:
            return exact
        near = process.extract(
            word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=6
        )
        return exact + tuple((known, ratio / 100) for known, ratio, _ in near if known != word)

    def _weights(self, title: str, language: Language) -> dict[str, float]:
        return {word: self._idf[word] * rarity(word, language) for word in self._words[title]}


def _spoken(text: str) -> list[str]:
    return [part.replace("'", "") for part in words(text)]


def _name_words(title: str) -> tuple[str, ...]:
    every = tuple(dict.fromkeys(_spoken(title)))
    return tuple(word for word in every if word not in STOP_WORDS) or every


def _idf(titles: Iterable[Sequence[str]]) -> Mapping[str, float]:
    every = list(titles)
    holding = Counter(word for own in every for word in own)
    return {word: math.log((len(every) + 1) / n) for word, n in holding.items()}


def _best_window(
    heard: Mapping[str, Sequence[tuple[int, float]]], weights: Mapping[str, float]
) -> tuple[float, frozenset[str]]:
    """The most weight of a title's words heard within its length and two words more."""
    places = [(at, word, alike) for word in weights for at, alike in heard.get(word, ())]
    best, said = 0.0, frozenset[str]()
    for first, _, _ in places:
        got: dict[str, float] = {}
        for at, word, alike in places:
            if first <= at < first + len(weights) + 2:
                got[word] = max(got.get(word, 0.0), alike**2 * weights[word])
        mass = sum(got.values())
        if mass > best:
            best, said = mass, frozenset(got)
    return best, said
