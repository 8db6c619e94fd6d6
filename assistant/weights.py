"""What was learned from labelled questions: the weights of sentences and of the confidence.

Written by ``voz eval fit`` from the halves of the sets that are not reported on.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

FILE = "weights.json"


@dataclass(frozen=True)
class Weights:
    """Weights by feature name.

    Attributes:
        sentence: of `assistant.sentences.FEATURES`.
        confidence: of `assistant.confidence.FEATURES`, and ``bias``.
        answered_from: confidence from which an answer is given without reservation.
        partly_from: confidence from which an answer is given with reservation; below it, none.
        need: of `assistant.contact.need.FEATURES`, and ``bias``.
        needed_from: probability from which a turn is taken to need an answer.
    """

    sentence: dict[str, float]
    confidence: dict[str, float]
    answered_from: float
    partly_from: float
    need: dict[str, float]
    needed_from: float

    def save(self, path: Path) -> None:
        """Write the weights as JSON."""
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", "utf-8")


@lru_cache(maxsize=1)
def bundled() -> Weights:
    """The weights that come with the package."""
    return Weights(**json.loads((files("assistant") / FILE).read_text("utf-8")))
