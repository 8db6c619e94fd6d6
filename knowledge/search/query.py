"""A question as the keyword index reads it: groups of weighted alternatives.

Each content word of the question is a group: its stems in both languages, and what the thesaurus
calls it in both. Mistyped words are corrected first, against the words the index knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.models import Language
from knowledge.search.lexical import Term
from knowledge.search.spelling import Speller
from knowledge.search.thesaurus import Sense, Thesaurus, lemma_stem
from knowledge.text import STOP_WORDS, stem, words

SYNONYM_WEIGHT = 0.3
TRANSLATION_WEIGHT = 0.6
LEMMA_WEIGHT = 0.8
CODE_WEIGHT = 3.0
"""Weights against 1.0 for the word itself. A code means one thing and has no synonyms; embeddings
hardly tell one code from another, so its word has to outweigh them."""


@dataclass(frozen=True)
class Reading:
    """A question as it is searched.

    Attributes:
        text: the question, corrected, the conversation taken in where the question needs it.
        gloss: its words in the other language.
        language: of the question.
        groups: its words with their alternatives, for the keyword index; those of the context
            after those of the question.
        words: corrected content words of the question itself.
        share: how much the context counts, 0 to 1; 0 without one.
    """

    text: str
    gloss: str
    language: Language
    groups: Sequence[Sequence[Term]]
    words: Sequence[str]
    share: float = 0.0


def corrected_words(question: str, language: Language, speller: Speller) -> list[str]:
    """The question's folded content words, spelled as the index spells them, without repetition.

    Two words that the index knows as one ("git hub") are joined, beside their parts.
    """
    typed = words(question)
    meant = [speller.correct(word, language) for word in typed]
    joined = [a + b for a, b in pairwise(typed) if speller.is_name(a + b)]
    every = [*meant, *joined]
    return list(dict.fromkeys(w for w in every if w not in STOP_WORDS)) or list(
        dict.fromkeys(every)
    )


def terms_of(found: list[str], language: Language, thesaurus: Thesaurus) -> list[list[Term]]:
    """Groups for `LexicalIndex.scores`, one per word.

    Args:
        found: corrected content words of the question, in order.
        language: of the question.
        thesaurus: alternatives in both languages.
    """
    groups = [_own_terms(word, language) for word in found]
    for first, after, senses in thesaurus.matches(found, language):
        alternatives = _alternatives(senses, language)
        for group in groups[first:after]:
            for term, weight in alternatives.items():
                group[term] = max(group.get(term, 0.0), weight / (after - first))
    return [list(group.items()) for group in groups]


def _own_terms(word: str, language: Language) -> dict[str, float]:
    if is_code(word):
        return {word: CODE_WEIGHT}
    terms = {lemma_stem(word, language): LEMMA_WEIGHT}
    return {**terms, stem(word, "es"): 1.0, stem(word, "en"): 1.0, word: 1.0}


def is_code(word: str) -> bool:
    """Whether a word mixes letters and digits: ``E13``, ``LAV-AL-7012``."""
    return any(c.isdigit() for c in word) and any(c.isalpha() for c in word)


def _alternatives(senses: tuple[Sense, ...], language: Language) -> dict[str, float]:
    """Terms of the senses; the more senses a phrase has, the less each counts."""
    alternatives: dict[str, float] = {}
    for _, concept in senses:
        for side, terms in concept.terms.items():
            weight = SYNONYM_WEIGHT if side == language else TRANSLATION_WEIGHT
            for term in terms:
                for word in term:
                    value = weight / len(term) / len(senses) ** 0.5
                    token = stem(word, side)
                    alternatives[token] = max(alternatives.get(token, 0.0), value)
    return alternatives
