"""What is read from a text: `Quantity`, and the `Text` that it is read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from knowledge.models import Language
from knowledge.quantities.numerals import Token

Kind = Literal[
    "duration", "date", "time", "money", "percent", "measure", "count", "number", "phone"
]
Bound = Literal["", "min", "max"]
Span = tuple[float, float]
"""Lowest and highest value; equal for a single one."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """Something measured or dated in a text.

    Attributes:
        kind: what is measured; ``number`` has neither unit nor noun.
        values: what it may say, likeliest first: durations in days or months, times of day in
            minutes, dates as yyyymmdd with zeros for what is not said, phones as their digits.
        unit: ``days``, ``working days`` or ``months``; a currency; a base unit of measure; the
            folded words counted.
        start: offset in the text.
        end: offset after it.
        bound: whether it is a least or a greatest value.
        anchor: what a duration is counted from (``delivery``) or an amount's period
            (``per month``); empty when it is not said.
    """

    kind: Kind
    values: tuple[Span, ...]
    unit: str
    start: int
    end: int
    bound: Bound = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it is read.

    Attributes:
        plain: as it stands.
        folded: the same, folded, every character where it was.
    """

    plain: str
    folded: str
    tokens: list[Token]
    language: Language

    def word(self, index: int) -> str:
        """The folded text of a token; empty beyond the ends."""
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def starts_upper(self, index: int) -> bool:
        """Whether a token begins with a capital."""
        return index < len(self.tokens) and self.plain[self.tokens[index].start].isupper()

    def glued(self, index: int) -> bool:
        """Whether nothing stands between a token and the one before."""
        return self.tokens[index - 1].end == self.tokens[index].start
