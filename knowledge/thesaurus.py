"""Concepts of customer service in Spanish and English, for finding one's words in the other's.

Customers and policies call the same thing by different names, in two languages. A question's words
are looked up, longest phrase first, and what the concept is called elsewhere is searched as well,
with less weight. The list is ``thesaurus.tsv``; its first lines explain its format.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from knowledge.models import Language
from knowledge.text import STOP_WORDS, stem, words

MAX_WORDS = 4

Stems = tuple[str, ...]


@dataclass(frozen=True)
class Concept:
    """One line of the list: the stems of each term, by language."""

    terms: dict[Language, tuple[Stems, ...]]


@dataclass(frozen=True)
class Thesaurus:
    """Concepts by the stems of their terms.

    Attributes:
        concepts: for each language, the concepts a sequence of stems may stand for.
    """

    concepts: dict[Language, dict[Stems, tuple[Concept, ...]]]

    def matches(
        self, stems: list[str], language: Language
    ) -> Iterator[tuple[int, int, tuple[Concept, ...]]]:
        """``(first, after, concepts)`` of each phrase found, left to right, longest first."""
        table = self.concepts[language]
        position = 0
        while position < len(stems):
            for size in range(min(MAX_WORDS, len(stems) - position), 0, -1):
                found = table.get(tuple(stems[position : position + size]))
                if found:
                    yield position, position + size, found
                    position += size
                    break
            else:
                position += 1


@lru_cache(maxsize=1)
def bundled() -> Thesaurus:
    """The thesaurus that comes with the package."""
    text = (files("knowledge") / "thesaurus.tsv").read_text("utf-8")
    return parse(text)


def parse(text: str) -> Thesaurus:
    """A thesaurus from lines ``spanish|terms<TAB>english|terms``; ``#`` starts a comment."""
    tables: dict[Language, dict[Stems, list[Concept]]] = {"es": {}, "en": {}}
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        spanish, english = line.split("\t")
        concept = Concept({"es": _terms(spanish, "es"), "en": _terms(english, "en")})
        for language, terms in concept.terms.items():
            for term in terms:
                tables[language].setdefault(term, []).append(concept)
    return Thesaurus(
        {
            lang: {term: tuple(found) for term, found in table.items()}
            for lang, table in tables.items()
        }
    )


def _terms(side: str, language: Language) -> tuple[Stems, ...]:
    """The stems of each term's content words, without repetition; empty ones left out."""
    terms = (
        tuple(stem(w, language) for w in words(term) if w not in STOP_WORDS)
        for term in side.split("|")
    )
    return tuple(dict.fromkeys(term for term in terms if term))
