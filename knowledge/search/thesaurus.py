"""Concepts of customer service in Spanish and English, for finding one's words in the other's.

Customers and policies call the same thing by different names, in two languages. A question's words
are looked up, longest phrase first, and what the concept is called elsewhere is searched as well,
with less weight. The list is ``thesaurus.tsv``; its first lines explain its format.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from knowledge.models import Language
from knowledge.search.spelling import lemma
from knowledge.text import STOP_WORDS, stem, words

MAX_WORDS = 4

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Concept:
    """One line of the list.

    Attributes:
        terms: folded content words of each term, by language, most usual first.
        labels: the most usual term as it is spelled, by language.
    """

    terms: dict[Language, tuple[Phrase, ...]]
    labels: dict[Language, str]


class Sense(NamedTuple):
    """A concept that a phrase may stand for, and the rank of that phrase among its terms."""

    rank: int
    concept: Concept


_Table = dict[Phrase, tuple[Sense, ...]]


class Match(NamedTuple):
    """A phrase of a question: words ``first`` to ``after``, and its senses, likeliest first."""

    first: int
    after: int
    senses: tuple[Sense, ...]


@dataclass(frozen=True)
class Thesaurus:
    """Concepts by their terms.

    A phrase is looked up by its words as they stand, by their stems, by the stems of their
    dictionary forms. The first that is known decides: "nueva" is new before it is nine.
    """

    concepts: tuple[Concept, ...]
    _tables: dict[tuple[Language, int], _Table] = field(
        default_factory=dict, repr=False, compare=False
    )

    def matches(self, found: Sequence[str], language: Language) -> Iterator[Match]:
        """Phrases among folded words, left to right, longest first, without overlap."""
        position = 0
        while position < len(found):
            longest = min(MAX_WORDS, len(found) - position)
            for size in range(longest, 0, -1):
                senses = self._senses(found[position : position + size], language)
                if senses:
                    yield Match(position, position + size, senses)
                    position += size
                    break
            else:
                position += 1

    def _senses(self, phrase: Sequence[str], language: Language) -> tuple[Sense, ...]:
        for level, key_of in enumerate(_KEYS):
            senses = self._table(language, level).get(tuple(key_of(w, language) for w in phrase))
            if senses:
                return senses
        return ()

    def _table(self, language: Language, level: int) -> _Table:
        """Made when it is first needed: dictionary forms take half a second to load."""
        table = self._tables.get((language, level))
        if table is None:
            table = self._tables[language, level] = _table_of(self.concepts, language, _KEYS[level])
        return table

    def gloss(self, found: Sequence[str], language: Language) -> str:
        """The words in the other language, one by one; those that are not known stay.

        No translation, but enough for an embedding model that prefers passages in the language of
        the question: a Spanish question reaches English passages through it.
        """
        other: Language = "en" if language == "es" else "es"
        glossed: list[str] = []
        position = 0
        for match in self.matches(found, language):
            glossed += found[position : match.first]
            glossed.append(match.senses[0].concept.labels[other])
            position = match.after
        return " ".join([*glossed, *found[position:]])


@lru_cache(maxsize=1)
def bundled() -> Thesaurus:
    """The thesaurus that comes with the package."""
    return parse((files("knowledge.search") / "thesaurus.tsv").read_text("utf-8"))


def parse(text: str) -> Thesaurus:
    """A thesaurus from lines ``spanish|terms<TAB>english|terms``; ``#`` starts a comment.

    A line without terms on one side is left out.

    Raises:
        ValueError: a line is not two sides with a TAB between them.
    """
    concepts = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            if line.count("\t") != 1:
                raise ValueError(f"line {number}: expected two sides with a TAB between: {line!r}")
            spanish, english = line.split("\t")
            terms: dict[Language, tuple[Phrase, ...]] = {
                "es": _terms(spanish),
                "en": _terms(english),
            }
            if all(terms.values()):
                labels: dict[Language, str] = {"es": _label(spanish), "en": _label(english)}
                concepts.append(Concept(terms, labels))
    return Thesaurus(tuple(concepts))


def _terms(side: str) -> tuple[Phrase, ...]:
    """The content words of each term, without repetition; empty ones left out."""
    terms = (tuple(w for w in words(term) if w not in STOP_WORDS) for term in side.split("|"))
    return tuple(dict.fromkeys(term for term in terms if term))


def _label(side: str) -> str:
    return side.split("|")[0].strip()


def lemma_stem(word: str, language: Language) -> str:
    """The key under which forms of a folded word meet, irregular ones included."""
    return stem(lemma(word, language), language)


_KEYS: tuple[Callable[[str, Language], str], ...] = (lambda word, _: word, stem, lemma_stem)


def _table_of(
    concepts: Sequence[Concept], language: Language, key_of: Callable[[str, Language], str]
) -> _Table:
    table: dict[Phrase, list[Sense]] = defaultdict(list)
    for concept in concepts:
        for rank, term in enumerate(concept.terms[language]):
            table[tuple(key_of(word, language) for word in term)].append(Sense(rank, concept))
    return {phrase: tuple(sorted(found, key=lambda s: s.rank)) for phrase, found in table.items()}
