"""Days and times as they are said, read from the day on which they are said.

"mañana", "el viernes", "la semana que viene", "antes del 10 de diciembre", "by Friday", "this
afternoon". What leaves the day open ("next Friday": this week's or the one after; "from Monday
on") is found too and gives none, so that it is asked for. Amounts ("en 14 días") are `due`'s.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from knowledge.models import Language

_MONTHS: Final[dict[Language, str]] = {
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    "en": "january february march april may june july august september october november december",
}
_WEEKDAYS: Final[dict[Language, str]] = {
    "es": "lunes martes miercoles jueves viernes sabado domingo",
    "en": "monday tuesday wednesday thursday friday saturday sunday",
}
_NUMBERS_ES = (
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis "
    "diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro "
    "veinticinco veintiseis veintisiete veintiocho veintinueve treinta"
).split()
_NUMBERS_EN = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_NUMBER = {word: n for words in (_NUMBERS_ES, _NUMBERS_EN) for n, word in enumerate(words, 1)} | {
    "primero": 1
}
_MONTH = {
    word: n for words in _MONTHS.values() for n, word in enumerate(words.split(), start=1)
} | {"setiembre": 9}
_WEEKDAY = {word: n for words in _WEEKDAYS.values() for n, word in enumerate(words.split())}


def _any(words: str) -> str:
    return "|".join(words.split())


_LONGEST_FIRST = "|".join(sorted([*_NUMBERS_ES, "primero"], key=len, reverse=True))
_DAY_ES = rf"(?P<day>\d{{1,2}}|{_LONGEST_FIRST})"
_DAY_EN = rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)?|{'|'.join(_NUMBERS_EN)})"
_YEAR = r"(?:,? (?:de |del )?(?P<year>20\d\d))?"


@dataclass(frozen=True)
class Said:
    """A day that was said.

    Attributes:
        start: offset of the words.
        end: offset after them.
        day: the day; `None`: it is left open which.
        before: whether the day itself is excluded.
        exact: whether it is a date; what stands beside it, as a weekday, gives way.
    """

    start: int
    end: int
    day: date | None
    before: bool = False
    exact: bool = False


Reader = Callable[[re.Match[str], date, frozenset[int]], date | None]


def _offset(days: int) -> Reader:
    return lambda _, today, rest: today + timedelta(days=days)


def _last_working(day: date, rest: frozenset[int]) -> date:
    """The last day up to Sunday's that is no weekday of rest."""
    while day.weekday() in rest:
        day -= timedelta(days=1)
    return day


def _end_of_week(weeks: int) -> Reader:
    def read(_: re.Match[str], today: date, rest: frozenset[int]) -> date:
        sunday = today + timedelta(days=6 - today.weekday() + 7 * weeks)
        return max(today, _last_working(sunday, rest))

    return read


def _end_of_month(months: int) -> Reader:
    def read(_: re.Match[str], today: date, rest: frozenset[int]) -> date:
        years, month = divmod(today.year * 12 + today.month - 1 + months, 12)
        return date(years, month + 1, calendar.monthrange(years, month + 1)[1])

    return read


def _end_of_year(_: re.Match[str], today: date, rest: frozenset[int]) -> date:
    return date(today.year, 12, 31)


def _weekday(match: re.Match[str], today: date, rest: frozenset[int]) -> date:
    wanted = _WEEKDAY[match["weekday"]]
    if match["week"]:
        return today + timedelta(days=7 - today.weekday() + wanted)
    return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _open(_: re.Match[str], today: date, rest: frozenset[int]) -> None:
    return None


def _date(match: re.Match[str], today: date, rest: frozenset[int]) -> date | None:
    """Without a year, the next such day."""
    groups = match.groupdict()
    day = _number(groups["day"])
    month = _MONTH.get(groups.get("month") or "", today.month)
    if groups.get("year"):
        return _day(int(groups["year"]), month, day)
    found = _day(today.year, month, day)
    if found is not None and found < today:
        if groups.get("month"):
            return _day(today.year + 1, month, day)
        years, following = divmod(today.year * 12 + today.month, 12)
        return _day(years, following + 1, day)
    return found


def _numeric(match: re.Match[str], today: date, rest: frozenset[int]) -> date | None:
    """Day and month, as Spanish writes them; in English only where there is one reading."""
    day, month = int(match["day"]), int(match["month"])
    if match["year"]:
        year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
        return _day(year, month, day)
    found = _day(today.year, month, day)
    return _day(today.year + 1, month, day) if found is not None and found < today else found


def _numeric_en(match: re.Match[str], today: date, rest: frozenset[int]) -> date | None:
    if int(match["day"]) <= 12 and match["day"] != match["month"]:
        return None
    return _numeric(match, today, rest)


def _iso(match: re.Match[str], today: date, rest: frozenset[int]) -> date | None:
    return _day(int(match["year"]), int(match["month"]), int(match["day"]))


def _number(word: str) -> int:
    digits = re.match(r"\d+", word)
    return int(digits.group()) if digits else _NUMBER[word]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_SLASHED = r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})(?:[/.-](?P<year>\d{4}|\d{2}))?(?![\d/.-]*\d)"
_ISO = (r"(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)", _iso, True)
_PATTERNS: Final[dict[Language, tuple[tuple[str, Reader, bool], ...]]] = {
    "es": (
        _ISO,
        (_SLASHED, _numeric, True),
        (rf"(?:el )?(?:dia )?{_DAY_ES} de (?P<month>{_any(_MONTHS['es'])}|setiembre){_YEAR}",
         _date, True),
        (rf"el dia {_DAY_ES}", _date, True),
        (r"(?:a )?finales? de semana|antes de que (?:acabe|termine) la semana|esta semana",
         _end_of_week(0), False),
        (r"(?:a )?finales? de (?:este |el )?mes|este mes|a fin de mes", _end_of_month(0), False),
        (r"(?:a )?final(?:es)? de (?:este )?ano|este ano", _end_of_year, False),
        (r"pasado manana", _offset(2), False),
        (r"hoy(?: mismo| sin falta)?|esta (?:misma )?(?:tarde|noche)", _offset(0), False),
        (r"(?<!la )(?<!esta )(?<!misma )manana(?: mismo| sin falta)?", _offset(1), False),
        (rf"(?:(?:el|este|proximo) )*(?P<weekday>{_any(_WEEKDAYS['es'])})"
         r"(?! a | y | de \d)(?P<week> de la (?:semana que viene|proxima semana|semana proxima))?"
         r"(?: que viene| proximo)?", _weekday, False),
        (r"la (?:semana que viene|proxima semana|semana proxima)", _end_of_week(1), False),
        (r"el (?:mes que viene|proximo mes|mes proximo)", _end_of_month(1), False),
    ),
    "en": (
        _ISO,
        (_SLASHED, _numeric_en, True),
        (rf"(?:the )?{_DAY_EN}(?: of)? (?P<month>{_any(_MONTHS['en'])}){_YEAR}", _date, True),
        (rf"(?P<month>{_any(_MONTHS['en'])}) (?:the )?{_DAY_EN}{_YEAR}(?! ?(?:days|hours))",
         _date, True),
        (rf"the (?=\d|{'|'.join(_NUMBERS_EN)}){_DAY_EN}(?<=st|nd|rd|th)(?! (?:day|time|floor|one))",
         _date, True),
        (r"(?:the )?(?:end of )?(?:the |this )week|the end of the week", _end_of_week(0), False),
        (r"(?:the )?end of next week|next week", _end_of_week(1), False),
        (r"(?:the )?end of (?:the|this) month|this month", _end_of_month(0), False),
        (r"(?:the )?end of next month|next month", _end_of_month(1), False),
        (r"(?:the )?end of (?:the|this) year|this year", _end_of_year, False),
        (r"(?:the )?day after tomorrow", _offset(2), False),
        (r"today|tonight|this (?:afternoon|evening)|later this morning", _offset(0), False),
        (r"tomorrow", _offset(1), False),
        (rf"next (?:{_any(_WEEKDAYS['en'])})", _open, False),
        (rf"(?:this )?(?P<weekday>{_any(_WEEKDAYS['en'])})(?! to )(?P<week> (?:of )?next week)?",
         _weekday, False),
    ),
}  # fmt: skip
_COMPILED: Final = {
    language: tuple((re.compile(rf"\b(?:{p})\b"), read, exact) for p, read, exact in patterns)
    for language, patterns in _PATTERNS.items()
}
_BEFORE = re.compile(r"\b(?:antes de(?:l)?|before)(?: el| la| the)?\s*$")
_ON = re.compile(
    r"\b(?:a partir de(?:l)?|desde(?: el)?|despues de(?:l)?|pasado el|hasta(?: el)?|"
    r"from|after|since|until|till|starting|not before)(?: el| la| the| on)?\s*$"
)
_NO_PERIOD = re.compile(r"\s*(?:pasad[oa]|last|ago|onwards)\b")
_LAST_BEFORE = re.compile(r"\b(?:last|pasad[oa])\s*$")
_OR = re.compile(r"\s*(?:,?\s*(?:o|u|or|como mucho el|at the latest)\s+)(?:el |on |by )?$")


def days_said(folded: str, language: Language, today: date, rest: frozenset[int]) -> list[Said]:
    """The days that a text says, in order; of two with "or" between them the later.

    Args:
        folded: the text.
        language: of it.
        today: the day on which it is said.
        rest: weekdays on which the company does not work, Monday being 0.
    """
    found = sorted(_found(folded, language, today, rest), key=lambda one: (one.start, -one.end))
    kept: list[Said] = []
    for one in found:
        if kept and one.start < kept[-1].end:
            continue
        between = folded[kept[-1].end : one.start] if kept else ""
        if kept and _OR.fullmatch(between) and one.day and kept[-1].day:
            later = one if one.day >= kept[-1].day else kept[-1]
            kept[-1] = Said(kept[-1].start, one.end, later.day, later.before)
        elif kept and one.exact and not between.strip(" ,"):
            kept[-1] = Said(kept[-1].start, one.end, one.day, kept[-1].before or one.before, True)
        else:
            kept.append(one)
    return kept


def _found(folded: str, language: Language, today: date, rest: frozenset[int]) -> Iterator[Said]:
    for pattern, read, exact in _COMPILED[language]:
        for match in pattern.finditer(folded):
            before = folded[: match.start()]
            if _NO_PERIOD.match(folded, match.end()) or _LAST_BEFORE.search(before):
                continue
            day = None if _ON.search(before) else read(match, today, rest)
            excluded = bool(_BEFORE.search(before)) or match.group().startswith("antes")
            if match.group().startswith("antes"):
                excluded = False  # "antes de que acabe la semana": its last day counts
            if day is not None and excluded:
                day -= timedelta(days=1)
            yield Said(match.start(), match.end(), day, excluded, exact)
