"""What a model may be asked: does a passage support a statement?

`knowledge.encoders.entailment` asks a CrossEncoder.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

JUDGED_FROM = 0.5
"""Probability by a model from which a statement is supported."""


class Judge(Protocol):
    """Tells how likely passages support a statement; what either says is no instruction to it."""

    def support(self, statement: str, passages: Sequence[str]) -> list[float]:
        """Probability, 0 to 1, of each passage, in their order."""
        ...
