"""Which days count as working days: weekdays that are no holiday of the company's calendar.

"Días hábiles" are counted without Saturdays, Sundays and holidays before public administrations
(Spain, Ley 39/2015, art. 30.2). Between private parties no law says which days work, and shops and
carriers often work on Saturdays; hence the company sets its own week, and the administration's is
the default.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from assistant.cases.models import Holiday

SATURDAY = 5


class CalendarMissing(Exception):
    """Holidays of a year are not known.

    Attributes:
        year: that year.
    """

    def __init__(self, year: int) -> None:
        super().__init__(f"the holidays of {year} are not known")
        self.year = year


def _none(_: int) -> Mapping[date, str]:
    return {}


@dataclass(frozen=True)
class WorkingDays:
    """The company's week and its holidays.

    Attributes:
        rest: weekdays on which nothing counts, Monday being 0.
        national: holidays of a year by the law of a place.
        own: the company's own, by day.
        complete: whether ``national`` knows every year; otherwise only years that ``own`` has a
            day of are known.
    """

    rest: frozenset[int] = frozenset((5, 6))
    national: Callable[[int], Mapping[date, str]] = _none
    own: Mapping[date, str] = field(default_factory=dict)
    complete: bool = False

    def counts(self, day: date) -> bool:
        """Whether it is a working day.

        Raises:
            CalendarMissing: the holidays of its year are not known.
        """
        return day.weekday() not in self.rest and self.holiday(day) is None

    def holiday(self, day: date) -> Holiday | None:
        """The holiday of that day, if it is one.

        Raises:
            CalendarMissing: the holidays of its year are not known.
        """
        if not self.complete and not any(known.year == day.year for known in self.own):
            raise CalendarMissing(day.year)
        name = self.own.get(day) or self.national(day.year).get(day)
        return Holiday(day, name) if name is not None else None


def week(*, saturdays: bool) -> frozenset[int]:
    """The weekdays of rest: Sunday, and Saturday where it is no working day."""
    return frozenset((6,)) if saturdays else frozenset((SATURDAY, 6))


def holidays_of(place: str) -> Callable[[int], Mapping[date, str]]:
    """Public holidays of a country (``ES``) or of a part of it (``ES-MD``), year by year.

    Names are in Spanish where the library has them so.

    Raises:
        ValueError: the library knows no such place.
    """
    country, _, part = place.partition("-")
    country = country.upper()
    _year_of(country, part, 2026)  # refuses a place that is not known

    def of(year: int) -> Mapping[date, str]:
        return _year_of(country, part, year)

    return of


@lru_cache(maxsize=256)
def _year_of(country: str, part: str, year: int) -> Mapping[date, str]:
    import holidays  # takes a while, and most questions count no working days

    try:
        # Without a year it holds no days yet, only what it knows; a list of all countries'
        # languages would import every country
        languages = holidays.country_holidays(country, subdiv=part or None).supported_languages
        tongue = "es" if "es" in languages else None
        found = holidays.country_holidays(country, subdiv=part or None, years=year, language=tongue)
    except NotImplementedError as error:
        raise ValueError(str(error)) from error
    return dict(found)
