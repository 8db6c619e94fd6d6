"""What two sentences have in common, word by word, in one language or across the two.

A word stands for its stem and for the concepts of the thesaurus that it may name, so that "anular"
meets "cancelar" and "cancel". Words that few sentences have count more.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Indel

from knowledge.models import Language
from knowledge.quantities.numerals import Token, same_length_fold
from knowledge.search.thesaurus import Concept, bundled
from knowledge.text import STOP_WORDS, stem

COGNATE_LETTERS = 5
COGNATE_LIKENESS = 0.78
"""Words of two languages of at least so many letters, with the same first one and so alike
(1 - insertions and deletions over all letters), count as one: "suscripción", "subscription"."""


class Word(NamedTuple):
    """A content word or name of a sentence.

    Attributes:
        text: folded.
        start: offset in the sentence.
        language: of the sentence.
        keys: its stem and the concepts that it may name.
        weight: how much it counts, 0 to 1.
    """

    text: str
    start: int
    language: Language
    keys: frozenset[str]
    weight: float = 1.0


class Words(tuple[Word, ...]):
    """Words of one sentence, in order, with what comparing them over and over needs."""

    @cached_property
    def keys(self) -> frozenset[str]:
        """What any of them may be met by."""
        return frozenset[str]().union(*(word.keys for word in self))

    @cached_property
    def weight(self) -> float:
        """How much they count together."""
        return sum(word.weight for word in self)

    @cached_property
    def by_letter(self) -> Mapping[str, frozenset[str]]:
        """Their texts by first letter."""
        texts: dict[str, set[str]] = defaultdict(set)
        for word in self:
            texts[word.text[0]].add(word.text)
        return {letter: frozenset(found) for letter, found in texts.items()}


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two lists of words share, by weight; 0 where one has no words.

    Attributes:
        common: what both share over all that both have (Dice 1945), 0 to 1.
        first: share of the first list that the second has.
        second: share of the second list that the first has.
    """

    common: float
    first: float
    second: float


def words_of(tokens: Sequence[Token], language: Language) -> list[Word]:
    """The content words and names among the tokens of a sentence, in order, unweighted."""
    chosen = [
        token
        for token in tokens
        if token.kind in ("word", "name") and token.text not in STOP_WORDS and len(token.text) > 1
    ]
    stems = [stem(token.text, language) for token in chosen]
    phrases: dict[int, frozenset[str]] = {}
    for first, after, concept in _phrases_in(stems, language):
        for place in range(first, after):
            phrases[place] = phrases.get(place, frozenset()) | {concept}
    return [
        Word(t.text, t.start, language, word_keys(t.text, language) | phrases.get(i, frozenset()))
        for i, t in enumerate(chosen)
    ]


def _phrases_in(stems: Sequence[str], language: Language) -> Iterator[tuple[int, int, str]]:
    """Terms of several words among stems: first word, word after, and the concept."""
    beginning = _phrases(language)
    for first, word in enumerate(stems):
        for phrase, concept in beginning.get(word, ()):
            after = first + len(phrase)
            if tuple(stems[first:after]) == phrase:
                yield first, after, concept


@lru_cache(maxsize=2)
def _phrases(language: Language) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The thesaurus' terms of several words by the first one's stem."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for concept in bundled().concepts:
        for term in concept.terms[language]:
            if len(term) > 1:
                phrase = tuple(stem(word, language) for word in term)
                found[phrase[0]].append((phrase, _name(concept)))
    return dict(found)


@lru_cache(maxsize=200_000)
def word_keys(word: str, language: Language) -> frozenset[str]:
    """What a folded word may be met by: its stem, and the concepts that it may name."""
    senses = [sense for match in bundled().matches([word], language) for sense in match.senses]
    return frozenset((stem(word, language), *(_name(sense.concept) for sense in senses)))


def same_word(one: str, language: Language, other: str, other_language: Language) -> bool:
    """Whether two folded words may stand for one thing."""
    if word_keys(one, language) & word_keys(other, other_language):
        return True
    return language != other_language and one[0] == other[0] and _cognates(one, other)


def overlap(one: Words, other: Words) -> Overlap:
    """What two sentences' words share, either language."""
    if not one or not other:
        return Overlap(0.0, 0.0, 0.0)
    first, second = (
        sum(word.weight for word in shared(a, b)) for a, b in ((one, other), (other, one))
    )
    return Overlap(
        (first + second) / (one.weight + other.weight), first / one.weight, second / other.weight
    )


def share(one: Words, other: Words) -> float:
    """Share of the first list's words that the second has, by weight; 0 where it has none."""
    return sum(word.weight for word in shared(one, other)) / one.weight if one else 0.0


def shared(one: Words, other: Words) -> list[Word]:
    """The words of the first list that the second has."""
    keys = other.keys
    if not one or not other or one[0].language == other[0].language:
        return [word for word in one if not keys.isdisjoint(word.keys)]
    return [
        word
        for word in one
        if not keys.isdisjoint(word.keys)
        or any(_cognates(word.text, text) for text in other.by_letter.get(word.text[0], ()))
    ]


_LETTERS = re.compile(r"[^\W\d_]{2,}")


class Rarity:
    """How much words count: those that few sentences have, more."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self._having: Counter[str] = Counter()
        self._total = 0
        for text in sentences:
            self._having.update(set(_LETTERS.findall(same_length_fold(text))))
            self._total += 1

    def weigh(self, found: Iterable[Word]) -> Words:
        """The words with inverse document frequencies as weights, 1 for a word of no sentence."""
        return Words(Word(w.text, w.start, w.language, w.keys, self._weight(w.text)) for w in found)

    def _weight(self, text: str) -> float:
        having = self._having[text]
        return math.log((self._total + 2) / (having + 1)) / math.log(self._total + 2)


@lru_cache(maxsize=500_000)
def _cognates(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= COGNATE_LETTERS and (
        Indel.normalized_similarity(one, other) >= COGNATE_LIKENESS
    )


def _name(concept: Concept) -> str:
    return f"#{concept.labels['es']}|{concept.labels['en']}"
