"""Where a sentence says a number, an amount, a percentage or a date, in Spanish and English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from knowledge.models import Language

ValueKind = Literal["number", "amount", "percentage", "date"]

_MONTHS = (
    # Spanish, then English, then both short; "may", "mar" and the like count beside a day only.
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|"
    "diciembre|january|february|march|april|may|june|july|august|september|october|november|"
    "december|ene|feb|mar|abr|jun|jul|ago|sept?|oct|nov|dic|jan|apr|aug|dec"
)
_MONTH_ALONE = (
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|"
    "diciembre|january|february|april|june|july|august|september|october|november|december"
)
_DATE = (
    r"\d{4}-\d{2}-\d{2}|\d{1,2}(?P<sep>[/.-])\d{1,2}(?P=sep)\d{2,4}\b"
    rf"|(?:\d{{1,2}}(?:\.?º|st|nd|rd|th)?|primero)\ (?:de\ |of\ )?(?:{_MONTHS})\b\.?"
    r"(?:,?\ (?:de\ |del\ )?\d{4}\b)?"
    rf"|(?:{_MONTHS})\.?\ \d{{1,2}}(?:st|nd|rd|th)?(?:,?\ \d{{4}})?\b"
    rf"|(?:{_MONTHS})\.?\ (?:de\ |del\ )?\d{{4}}\b"
    rf"|(?:{_MONTH_ALONE})\b"
)
_NUMBER = (
    # Thousands and telephones apart by spaces, else what hangs together: 1.250,50, 18:30, 24/7.
    r"[-−+]?(?:\d{1,3}(?:\s\d{3})+(?:[.,]\d+)?\b|\d{2,3}(?:\s\d{2,3}){2,}\b|\d+(?:[.,:/']\d+)*)"
)
_MONEY = r"€|\$|£|euros?\b|eur\b|usd\b|gbp\b|d[oó]lar(?:es)?\b|dollars?\b|libras\b|c[eé]ntimos?\b"
_WORDS: dict[Language, str] = {
    "es": "dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|"
    "diecis[eé]is|diecisiete|dieciocho|diecinueve|veinte|veinti[a-zé]+|treinta|cuarenta|"
    "cincuenta|sesenta|setenta|ochenta|noventa|cien|ciento|doscient[oa]s|trescient[oa]s|"
    "cuatrocient[oa]s|quinient[oa]s|mil",
    "en": "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    "sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    "hundred|thousand",
}
_JOINED: dict[Language, str] = {"es": r"(?:\ y)?\ ", "en": r"[\ -](?:and\ )?"}
_TOKEN = re.compile(r"[^\W_]+|[€$£]")
_SIGNS = "-+−"


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
    found: list[Value] = []
    done = 0
    for token in _TOKEN.finditer(text):
        start = token.start()
        if start < done or not _may_begin(token.group(), language):
            continue
        pattern = _pattern(language)
        signed = start > done and text[start - 1] in _SIGNS
        match = (pattern.match(text, start - 1) if signed else None) or pattern.match(text, start)
        if match:
            found.append(Value(match.lastgroup, *match.span()))  # type: ignore[arg-type]  # a kind
            done = match.end()
    return found


@lru_cache(maxsize=50_000)
def _may_begin(token: str, language: Language) -> bool:
    """Whether a value may begin with this word: the pattern is far slower than a look at a word."""
    if token[0].isdigit() or token in "€$£":
        return True
    beginnings = rf"{_MONTHS}|primero|{_WORDS[language]}"
    return re.fullmatch(beginnings, token, re.IGNORECASE) is not None


@lru_cache
def _pattern(language: Language) -> re.Pattern[str]:
    word = _WORDS[language]
    said = rf"(?:{word})\b(?:{_JOINED[language]}(?:{word})\b)*"
    number = rf"(?:{_NUMBER}|{said})"
    unbroken = r"(?<![\w])(?<![^\W\d_][-./_])"
    pattern = (
        rf"{unbroken}(?:(?P<date>{_DATE})"
        rf"|(?P<percentage>{number}\s?(?:%|por\ ciento\b|per\ ?cent\b))"
        rf"|(?P<amount>[€$£]\s?{_NUMBER}|{number}\s?(?:{_MONEY}))"
        rf"|(?P<number>{number})(?!\w))"
    )
    # One space in the pattern is any white space in the text.
    return re.compile(pattern.replace(r"\ ", r"\s+"), re.IGNORECASE)
