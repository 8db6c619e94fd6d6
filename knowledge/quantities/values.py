"""Where a sentence says a number, an amount, a percentage or a date, in Spanish and English.

For marking what changed: every number counts, those of sections and versions too, and its unit is
left to the words around it. What a number measures is read by `knowledge.quantities.extract`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from knowledge.models import Language
from knowledge.quantities import units
from knowledge.quantities.numerals import Token, numeral_at, same_length_fold, tokens_of
from knowledge.quantities.written_dates import MONTHS, NO_DATE, date_at, digits_date

ValueKind = Literal["number", "amount", "percentage", "date"]

ALONE = frozenset(month for month in MONTHS if len(month) > 4 and month != "march") | {
    "june",
    "july",
    "mayo",
}
"""Months that are nothing else, so that they say when without a day or a year beside them."""
_SIGNS = "-−+"
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Value:
    """A stretch of a text that says how much or when; ``start`` and ``end`` are offsets in it."""

    kind: ValueKind
    start: int
    end: int


def values(text: str, language: Language) -> list[Value]:
    """What a sentence says of numbers, amounts, percentages and dates, in order.

    A number within a code (``ERR-404``) is none.

    Args:
        text: a sentence, item or row.
        language: whose number words are read: "once" is eleven in Spanish alone.

    >>> [(v.kind, "30 € antes del 1 de marzo"[v.start : v.end]) for v in
    ...  values("30 € antes del 1 de marzo", "es")]
    [('amount', '30 €'), ('date', '1 de marzo')]
    """
    if not _may_say_any(text, language):
        return []
    tokens = tokens_of(text)
    found: list[Value] = []
    index = 0
    while index < len(tokens):
        kind, after = _read(text, tokens, index, language)
        if kind:
            start = tokens[index].start
            signed = kind != "date" and _is_signed(text, start)
            found.append(Value(kind, start - signed, tokens[after - 1].end))
        index = after
    return found


_Read = tuple[ValueKind | None, int]
"""What was read, if anything, and the index after it."""


def _read(text: str, tokens: Sequence[Token], index: int, language: Language) -> _Read:
    token = tokens[index]
    if token.kind == "word":
        if not _may_begin(token.text, language):
            return None, index + 1
    elif token.kind == "name":
        digits = not any(letter.isalpha() for letter in token.text)
        return ("number" if digits else None), index + 1
    elif token.kind in ("phone", "clock"):
        return "number", index + 1
    elif token.kind == "date":
        return ("date" if digits_date(token.text, language) else "number"), index + 1
    return _date(text, tokens, index, language) or _number(tokens, index, language)


def _date(text: str, tokens: Sequence[Token], index: int, language: Language) -> _Read | None:
    written = date_at(tokens, index, text, language)
    if written != NO_DATE:
        return "date", written.after
    return ("date", index + 1) if tokens[index].text in ALONE else None


def _number(tokens: Sequence[Token], index: int, language: Language) -> _Read:
    """A number with the currency or the per cent beside it."""
    before = tokens[index].text in units.CURRENCIES_BEFORE
    at = index + before
    numeral = numeral_at(tokens, at, language) if at < len(tokens) else None
    if numeral is None or (numeral.spelled and (before or numeral.readings == (1.0,))):
        plain = tokens[index].kind == "number"
        return ("number" if plain else None), index + 1
    after = numeral.after
    beside, then = (tokens[i].text if i < len(tokens) else "" for i in (after, after + 1))
    if before:
        return "amount", after
    if beside in units.PERCENT:
        return "percentage", after + 1
    if (beside, then) in units.PER_CENT:
        return "percentage", after + 2
    if beside in units.CURRENCIES:
        return "amount", after + 1
    return "number", after


def _may_say_any(text: str, language: Language) -> bool:
    """Whether a look at the words leaves it open; most sentences say no value."""
    if _DIGIT.search(text):
        return True
    return any(_may_begin(word, language) for word in _WORD.findall(same_length_fold(text)))


@lru_cache(maxsize=50_000)
def _may_begin(word: str, language: Language) -> bool:
    """Whether a value may begin with a word; most begin none."""
    alone = [Token("word", word, 0, len(word))]
    return (
        word in MONTHS
        or word == "primero"
        or word in units.CURRENCIES_BEFORE
        or numeral_at(alone, 0, language) is not None
    )


def _is_signed(text: str, start: int) -> bool:
    """Whether a sign stands right before a number, and is none of a range."""
    signs = start > 0 and text[start - 1] in _SIGNS
    return signs and (start == 1 or text[start - 2].isspace() or text[start - 2] == "(")
