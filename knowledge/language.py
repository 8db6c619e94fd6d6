"""Which of the two languages a text is in."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from knowledge.models import Language
from knowledge.search.spelling import dictionary
from knowledge.text import words

_LOADING = threading.Lock()


def _identifier() -> Any:
    # py3langid changes its one identifier while it is limited; nobody may classify meanwhile
    with _LOADING:
        return _load_identifier()


@lru_cache(maxsize=1)
def _load_identifier() -> Any:
    import py3langid

    py3langid.set_languages(["es", "en"])
    return py3langid


def detect_language(text: str) -> Language:
    """Spanish or English, by py3langid limited to the two.

    Args:
        text: any length; the first 2,000 characters decide.
    """
    label, _ = _identifier().classify(text[:2000])
    return "es" if label == "es" else "en"


def question_language(question: str, earlier: Sequence[str] = ()) -> Language:
    """The language of a question as people type them: short, without accents, mistyped.

    A Spanish opening mark decides; else words that only one of the two dictionaries knows, and an
    accent, which may be a name's ("what did José say"), counts as one of them; a question without
    any ("E18?") is in the language of what was said before, else Spanish.

    Args:
        question: as typed.
        earlier: what was said before, oldest first.
    """
    text = question
    for text in (question, *reversed(earlier)):
        if re.search(r"[¿¡]", text):
            return "es"
        votes = sum(_vote(word) for word in words(text))
        votes += bool(re.search(r"[ñáéíóúü]", text.lower()))
        if abs(votes) >= 1:
            return "es" if votes > 0 else "en"
    return detect_language(text) if len(text) >= 30 else "es"


def _vote(word: str) -> float:
    """Above 0 for Spanish, below for English, at most 1 either way."""
    if not word.isalpha() or len(word) < 2:
        return 0.0
    spanish, english = (dictionary(lang).frequency.get(word, 0) for lang in ("es", "en"))
    if not spanish and not english:
        return 0.0
    # The Spanish list was counted on fewer texts: single letters and names weigh less than words.
    return (spanish - english) / (spanish + english)
