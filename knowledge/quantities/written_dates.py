"""Dates as Spanish and English write them: tokens -> yyyymmdd, with zeros for what is not said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from knowledge.models import Language
from knowledge.quantities.numerals import Token

MONTHS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "enero ene january jan",
        "febrero feb february",
        "marzo mar march",
        "abril abr april apr",
        "mayo may",
        "junio jun june",
        "julio jul july",
        "agosto ago august aug",
        "septiembre setiembre sep sept september",
        "octubre oct october",
        "noviembre nov november",
        "diciembre dic december dec",
    ),
    start=1,
):
    MONTHS |= dict.fromkeys(_names.split(), _number)

_LINKS = frozenset(("de", "del", "of", ",", "º", "st", "nd", "rd", "th", "."))


class WrittenDate(NamedTuple):
    """A date among tokens.

    Attributes:
        value: yyyymmdd, zeros for what is not said.
        after: index of the token after it.
    """

    value: float
    after: int


NO_DATE = WrittenDate(0.0, 0)


def date_at(tokens: Sequence[Token], index: int, plain: str, language: Language) -> WrittenDate:
    """The date with a month's name that begins at a token; `NO_DATE` when none does.

    ``1 de enero de 2026``, ``January 1st, 2026``, ``1 January``, ``enero de 2026``; a month alone
    is no date.

    Args:
        tokens: of the text.
        index: where it would begin.
        plain: the text as it stands; "may" is a month in capitals only.
        language: of the text.
    """
    token = tokens[index]
    if token.kind == "number" or token.text == "primero":
        day = _day(token)
        at = _skip(tokens, index + 1)
        if day and at < len(tokens) and _is_month(tokens[at], plain, language):
            year, after = _year(tokens, at + 1)
            return WrittenDate(year * 1e4 + MONTHS[tokens[at].text] * 100 + day, after)
        return NO_DATE
    if token.kind != "word" or not _is_month(token, plain, language):
        return NO_DATE
    month = MONTHS[token.text]
    at = _skip(tokens, index + 1)
    day = _day(tokens[at]) if at < len(tokens) and at - index <= 2 else 0
    if day and language == "en":
        year, after = _year(tokens, at + 1)
        return WrittenDate(year * 1e4 + month * 100 + day, after)
    year, after = _year(tokens, index + 1)
    return WrittenDate(year * 1e4 + month * 100, after) if year else NO_DATE


def digits_date(text: str, language: Language) -> tuple[float, ...]:
    """Values of ``2026-02-01`` and ``1/2/2026``, likeliest first; none if it is no date.

    Spanish writes the day first; an English text may come from where the month is first.

    >>> digits_date("1/2/2026", "es"), digits_date("31/1/2026", "en"), digits_date("31/31/26", "es")
    ((20260201.0, 20260102.0), (20260131.0,), ())
    """
    first, second, third = (int(part) for part in re.split(r"[/.-]", text))
    if first > 31:
        return _valid(first, second, third)
    year = third if third > 99 else 2000 + third
    day_first, month_first = _valid(year, second, first), _valid(year, first, second)
    ordered = (*day_first, *month_first) if language == "es" else (*month_first, *day_first)
    return tuple(dict.fromkeys(ordered))


def _valid(year: int, month: int, day: int) -> tuple[float, ...]:
    right = 1 <= month <= 12 and 1 <= day <= 31
    return (year * 1e4 + month * 100 + day,) if right else ()


def _is_month(token: Token, plain: str, language: Language) -> bool:
    if token.text not in MONTHS:
        return False
    return language == "es" or plain[token.start].isupper()


def _day(token: Token) -> int:
    if token.text == "primero":
        return 1
    whole = token.kind == "number" and token.text.isdigit() and len(token.text) <= 2
    return int(token.text) if whole and 1 <= int(token.text) <= 31 else 0


def _skip(tokens: Sequence[Token], index: int) -> int:
    """Index of the first token that is no link, at most two further."""
    while index < len(tokens) and tokens[index].text in _LINKS:
        index += 1
    return index


def _year(tokens: Sequence[Token], index: int) -> tuple[int, int]:
    """The year behind a month or day, 0 when none is said, and the index after the date."""
    at = _skip(tokens, index)
    if at < len(tokens) and at - index <= 2:
        text = tokens[at].text
        if tokens[at].kind == "number" and re.fullmatch(r"(?:19|20)\d\d", text):
            return int(text), at + 1
    return 0, index
