"""What a question means, as a vector that can be compared with those of other questions.

The model's vectors lie close together, those of one language closer still, so that wordings of one
question in two languages are farther apart than two questions in one. Here the question's vector
is mixed with that of its word-by-word gloss in the other language, as it is searched, and what any
question in its language has (`assistant.background`) is taken away. `knowledge.work.topics` says
what this was measured to be worth.
"""

from __future__ import annotations

import numpy as np

from assistant.background import Background
from knowledge.models import Vector
from knowledge.search.retrieval import Found


def meaning_of(found: Found, background: Background) -> Vector | None:
    """``(dimension,)`` float32, unit length; `None` where the background was not measured.

    Args:
        found: what retrieval returned for the question; the parts of a long one are averaged.
        background: of the same viewer and language.
    """
    if background.centre is None:
        return None
    apart = found.other_vectors.mean(axis=0) - background.centre
    length = float(np.linalg.norm(apart))
    if length == 0:
        return None
    meaning: Vector = (apart / length).astype(np.float32)
    return meaning
