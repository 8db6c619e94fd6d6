"""speech_drop: how much is lost where a recogniser writes down what is said?"""

from __future__ import annotations

from eval.measures.whole.respelling import drop
from knowledge.models import LANGUAGES

SPEECH_DROP = tuple(
    drop(
        "speech_drop",
        "speech",
        language,
        "as a recogniser writes them",
        "own; recognised speech of NoiseQA (arXiv 2102.08345)",
    )
    for language in LANGUAGES
)
