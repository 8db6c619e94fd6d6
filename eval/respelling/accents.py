"""Spanish as it is typed in a hurry: no accents, no ñ, no opening marks."""

from __future__ import annotations

import random
import unicodedata

from knowledge.models import Language

_OPENING = str.maketrans("", "", "¿¡")


def without_accents(text: str, language: Language, draw: random.Random) -> str:
    """The text without them; capitals stay.

    >>> without_accents("¿Cuánto tarda el año?", "es", random.Random(0))
    'Cuanto tarda el ano?'
    """
    split = unicodedata.normalize("NFD", text.translate(_OPENING))
    return "".join(one for one in split if not unicodedata.combining(one))
