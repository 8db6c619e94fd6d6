"""Words of agents and experts as a golden set may hold them."""

from __future__ import annotations

from assistant.escalations.masking import masked_words
from knowledge.privacy.models import Known
from knowledge.privacy.personal import NOBODY

MAX_QUESTION_CHARS = 2_000
MAX_ANSWER_CHARS = 4_000


def masked(text: str, known: Known = NOBODY) -> str:
    """A text on one line, without what tells who a customer is.

    Args:
        text: as it was typed.
        known: of the customer; goes too.
    """
    plain = " ".join(text.split())
    return masked_words(plain, names=False, contacts=False, known=known)
