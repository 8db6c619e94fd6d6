"""What the customer needed, in their own words: what is wrong, and what they asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.contact.suggestions import same_need
from assistant.speech import asks, plain, said_words
from assistant.summary.quotes import Quote
from knowledge.models import Language
from knowledge.text import stem

MAX_NEEDS = 5
_LEAST_WORDS = 2

_PROBLEM = re.compile(
    r"\b(?:dan(?:o|ad\w+|os)|rot[oa]s?|roto|corte|raj\w+|manch\w+|golpe\w*|defect\w+|averi\w+|"
    r"estrope\w+|no (?:me )?(?:funciona|enciende|ha llegado|llega|han? (?:llamado|devuelto|traido|"
    r"entregado)|aparece|puedo|carga|cierra|abre)|falta\w*|equivocad\w+|error\w*|cobrad\w+|cobr[oa]n?|"
    r"perdid[oa]s?|retras\w+|tarde|mal|devolver\w*|cambiar\w*|anular\w*|cancelar\w*|reclam\w+|"
    r"broken|damaged|damage|torn|stain\w*|scratch\w*|faulty|defective|missing|wrong|late|lost|"
    r"(?:does|do|did|is|has|have|won|can|could)(?:n t| not| t) (?:work\w*|arriv\w+|turn\w*|come|"
    r"receiv\w+|open\w*|load\w*)|never (?:arrived|came|received)|not (?:working|arrived|received)|"
    r"charged|overcharged|return|refund|cancel|exchange|replace\w*)\b"
)
"""What people call about when something is not as it should be."""


def needs_of(quotes: Sequence[Quote], language: Language) -> list[Quote]:
    """What is wrong and what is asked, in the order in which it was said; each need once.

    Where neither is said in a form that is known, the first thing the customer says.

    Args:
        quotes: the customer's sentences.
        language: that is spoken.
    """
    found: list[Quote] = []
    kept: list[frozenset[str]] = []
    for quote in quotes:
        words = frozenset(stem(word, language) for word in said_words(quote.text))
        if len(words) < _LEAST_WORDS or not _tells(quote.text):
            continue
        if any(same_need(words, others) for others in kept):
            continue
        found.append(quote)
        kept.append(words)
    if not found:
        found = [one for one in quotes if len(said_words(one.text)) > _LEAST_WORDS][:1]
    return found[:MAX_NEEDS]


def _tells(text: str) -> bool:
    """Whether a sentence asks, or says what is wrong. Without signs, its form alone tells."""
    signed = any(c in text for c in ".?!¿¡")
    return "?" in text or (not signed and asks(text)) or bool(_PROBLEM.search(plain(text)))
