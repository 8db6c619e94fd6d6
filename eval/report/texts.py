"""The strings of a report in Spanish and English; ``{name}`` marks a value.

A test checks that both languages have the same keys and values.
"""

from __future__ import annotations

from typing import Final

from eval.report import texts_en, texts_es
from knowledge.models import Language

CATALOGUE: Final[dict[Language, dict[str, str]]] = {"es": texts_es.TEXTS, "en": texts_en.TEXTS}
