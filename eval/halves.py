"""Two halves of the labelled cases: one to learn and choose from, one to report on."""

from __future__ import annotations

import hashlib
from typing import Literal

Half = Literal["fit", "report", "all"]
"""What is learned from, what is reported on, and both."""


def half(key: str) -> str:
    """``fit`` or ``report``: which half of the dev data a case belongs to.

    What is fitted or chosen is chosen on the first, what is reported is measured on the second.
    The salt keeps the halves independent of how the data was split before.
    """
    digest = hashlib.sha256(f"voz-propia:{key}".encode()).digest()
    return "fit" if digest[0] % 2 == 0 else "report"


def in_half(key: str, which: str) -> bool:
    """Whether a case belongs to ``fit``, ``report`` or ``all``."""
    return which in ("all", half(key))
