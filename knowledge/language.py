"""Which of the two languages a text is in."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from knowledge.models import Language


@lru_cache(maxsize=1)
def _identifier() -> Any:
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
