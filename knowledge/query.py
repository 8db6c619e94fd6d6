"""A question as the keyword index reads it: groups of weighted alternatives.

Each content word of the question is a group: its stems, close spellings that the index knows when
it does not know the word itself, and what the thesaurus calls it in both languages.
"""

from __future__ import annotations

from collections.abc import Container

from knowledge.lexical import Term
from knowledge.models import Language
from knowledge.text import content_words, stem
from knowledge.thesaurus import Concept, Thesaurus

SYNONYM_WEIGHT = 0.3
TRANSLATION_WEIGHT = 0.6


def terms_of(
    question: str, language: Language, thesaurus: Thesaurus, vocabulary: Container[str]
) -> list[list[Term]]:
    """Groups for `LexicalIndex.scores`, one per content word or phrase of the question.

    Args:
        question: as typed.
        language: of the question.
        thesaurus: alternatives in both languages.
        vocabulary: the words the index knows.
    """
    found = list(dict.fromkeys(content_words(question)))
    groups: list[dict[str, float]] = [_own_terms(word) for word in found]
    stems = [stem(word, language) for word in found]
    for first, after, concepts in thesaurus.matches(stems, language):
        alternatives = _alternatives(concepts, language)
        for group in groups[first:after]:
            for term, weight in alternatives.items():
                group[term] = max(group.get(term, 0.0), weight / (after - first))
    return [[(t, w) for t, w in group.items() if t in vocabulary] for group in groups]


def _own_terms(word: str) -> dict[str, float]:
    return {stem(word, "es"): 1.0, stem(word, "en"): 1.0}


def _alternatives(concepts: tuple[Concept, ...], language: Language) -> dict[str, float]:
    """Terms of the concepts; the more concepts a phrase may stand for, the less each counts."""
    alternatives: dict[str, float] = {}
    for concept in concepts:
        for side, terms in concept.terms.items():
            weight = SYNONYM_WEIGHT if side == language else TRANSLATION_WEIGHT
            for term in terms:
                for token in term:
                    value = weight / len(term) / len(concepts) ** 0.5
                    alternatives[token] = max(alternatives.get(token, 0.0), value)
    return alternatives
