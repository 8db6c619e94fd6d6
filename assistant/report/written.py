"""Numbers, shares, times and days as each language writes them."""

from __future__ import annotations

from datetime import date

from knowledge.audience import ROOT
from knowledge.models import Language

MONTHS: dict[Language, tuple[str, ...]] = {
    "es": (
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
_FEW = 10_000
"""Spanish writes numbers of four digits without a separator (RAE, *Ortografía*, VIII, 2.2.1.1)."""


def number(value: float, language: Language, digits: int = 0) -> str:
    """A number.

    >>> number(12345, "es"), number(1234, "es"), number(1234.5, "en", 1)
    ('12.345', '1234', '1,234.5')
    """
    text = f"{value:,.{digits}f}"
    if language == "en":
        return text
    if abs(value) < _FEW:
        text = text.replace(",", "")
    return text.translate(str.maketrans(",.", ".,"))


def percent(share: float, language: Language) -> str:
    """A share of 1 as a percentage, in Spanish with a space that does not break.

    >>> percent(0.256, "en"), percent(0.004, "en")
    ('25.6%', '0.4%')
    """
    text = number(share * 100, language, 1)
    return f"{text}\u00a0%" if language == "es" else f"{text}%"


def day(value: date, language: Language) -> str:
    """A day, its month as a word.

    >>> day(date(2026, 11, 3), "es"), day(date(2026, 11, 3), "en")
    ('3 de noviembre de 2026', '3 November 2026')
    """
    month = MONTHS[language][value.month - 1]
    if language == "es":
        return f"{value.day} de {month} de {value.year}"
    return f"{value.day} {month} {value.year}"


def short_day(value: date, language: Language) -> str:
    """A day of this year or the last.

    >>> short_day(date(2026, 9, 3), "es")
    '3 sep'
    """
    return f"{value.day} {MONTHS[language][value.month - 1][:3]}"


def audience(title: str, language: Language) -> str:
    """An audience's title; the first one comes with a title in both languages.

    >>> audience("Todo el personal / All staff", "en"), audience("Norte", "en")
    ('All staff', 'Norte')
    """
    if title != ROOT.title:
        return title
    spanish, _, english = title.partition(" / ")
    return spanish if language == "es" else english


def minutes(seconds: float, language: Language) -> str:
    """A time in minutes and seconds.

    >>> minutes(372.4, "en")
    '6 min 12 s'
    """
    whole = round(seconds)
    return f"{number(whole // 60, language)} min {whole % 60} s"
