"""typo_drop: how much is lost to slips of typing?"""

from __future__ import annotations

from eval.measures.whole.respelling import drop
from knowledge.models import LANGUAGES

TYPO_DROP = tuple(
    drop(
        "typo_drop",
        "typos",
        language,
        "with slips of typing",
        "own; keyboard noise of NoiseQA (arXiv 2102.08345)",
    )
    for language in LANGUAGES
)
