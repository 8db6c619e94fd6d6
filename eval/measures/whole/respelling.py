"""By how many fewer questions pass when they are spelt otherwise; what three measures rest on.

The same cases, asked as they are and spelt otherwise: a difference of pairs.
"""

from __future__ import annotations

from collections.abc import Callable

from eval.measures.models import Asked
from eval.measures.whole.models import WholeMeasure
from eval.measures.whole.sureness import right
from eval.outcome import Respelling
from knowledge.models import Language

IN_WORDS = {"es": "Spanish", "en": "English"}


def drop(name: str, kind: Respelling, language: Language, spelt: str, source: str) -> WholeMeasure:
    """The measure of one kind in one language.

    Args:
        name: as reports write it, without the language.
        kind: how the questions are spelt.
        language: of the questions.
        spelt: that, in words.
        source: who has measured so.
    """
    return WholeMeasure(
        name=f"{name}_{language}",
        formula=f"share of {IN_WORDS[language]} questions asked both ways that pass as they are - "
        f"that pass {spelt}",
        source=source,
        row=_row(kind, language),
        value=lambda rows: float((rows[:, 0] - rows[:, 1]).mean()),
        best="low",
        unit="gap",
    )


def _row(kind: Respelling, language: Language) -> Callable[[Asked], tuple[float, ...] | None]:
    def row(asked: Asked) -> tuple[float, float] | None:
        """``(passes as it is, passes spelt otherwise)``."""
        if asked.case.lang != language:
            return None
        for other in asked.outcome.respelt:
            if other.kind == kind and other.outcome.error is None:
                return float(right(asked)), float(right(Asked(asked.case, other.outcome)))
        return None

    return row
