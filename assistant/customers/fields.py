"""Values of the company's system -> values of ours: data, never markup or instructions.

Pure. What cannot be used becomes unknown, and its place is noted; nothing is guessed.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal, InvalidOperation

from assistant.customers.models import MAX_ROWS, FieldFault, Problem
from knowledge.models import Language

Record = Mapping[str, object]
"""Fields of ours by name, with the values as the company's system gives them."""

SHORT = 64
NAME = 120
LONG = 600
"""Characters kept of a code or word, of a name, and of what somebody wrote."""
MAX_PROBLEMS = 50

_EPOCH_MS = 100_000_000_000
"""Seconds since 1970 reach this in the year 5138; beyond it, they are milliseconds."""
_LANGUAGES: dict[str, Language] = {
    "es": "es", "spa": "es", "español": "es", "espanol": "es", "castellano": "es", "spanish": "es",
    "en": "en", "eng": "en", "inglés": "en", "ingles": "en", "english": "en",
}  # fmt: skip
_YEARS = (1900, 2200)


@dataclass
class Reader:
    """Reads fields and notes what is wrong with them.

    Attributes:
        zone: where a moment becomes a day.
        dates: strptime's format of dates; empty: ISO 8601, or seconds since 1970.
        problems: noted so far, at most `MAX_PROBLEMS`.
        cut: whether a list was longer than is read.
    """

    zone: tzinfo
    dates: str = ""
    problems: list[Problem] = field(default_factory=list)
    cut: bool = False

    def note(self, place: str, fault: FieldFault) -> None:
        """Remember that a field cannot be used as it is."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(place, fault))

    def text(self, record: Record, name: str, place: str, limit: int = SHORT) -> str:
        """A line of visible text; empty where there is none."""
        value = record.get(name)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
            self.note(f"{place}{name}", "text")
            return ""
        found = clean(str(value), limit)
        if found.endswith("…") and len(found) == limit:
            self.note(f"{place}{name}", "long")
        return found

    def day(self, record: Record, name: str, place: str) -> date | None:
        """A day in the company's time zone."""
        value = record.get(name)
        if value is None or value == "":
            return None
        found = _day(value, self.dates, self.zone)
        if found is None or not _YEARS[0] <= found.year < _YEARS[1]:
            self.note(f"{place}{name}", "date")
            return None
        return found

    def amount(self, record: Record, name: str, place: str) -> Decimal | None:
        """An amount of money, to the cent."""
        found = self._number(record, name, place)
        return None if found is None else found.quantize(Decimal("0.01"))

    def count(self, record: Record, name: str, place: str) -> int | None:
        """A whole number."""
        found = self._number(record, name, place)
        if found is not None and (found != int(found) or found < 0):
            self.note(f"{place}{name}", "number")
            return None
        return None if found is None else int(found)

    def language(self, record: Record) -> Language | None:
        """Spanish or English; `None` for every other too."""
        word = self.text(record, "language", "").casefold()
        return _LANGUAGES.get(word) or _LANGUAGES.get(re.split(r"[-_]", word)[0])

    def word(
        self, record: Record, name: str, place: str, known: Mapping[str, str]
    ) -> tuple[str | None, str]:
        """A word of ours and the company's own, by the words that are known of it, folded."""
        own = self.text(record, name, place)
        found = known.get(own.casefold())
        if own and found is None and known:
            self.note(f"{place}{name}", "word")
        return found, own

    def rows(self, value: object, place: str) -> list[Record]:
        """The entries of a list that are records."""
        if value is None:
            return []
        if isinstance(value, str | bytes | Mapping) or not isinstance(value, Sequence):
            self.note(place, "list")
            return []
        if len(value) > MAX_ROWS:
            self.cut = True
        kept = value[:MAX_ROWS]
        records = [one for one in kept if isinstance(one, Mapping)]
        if len(records) < len(kept):
            self.note(place, "list")
        return records

    def _number(self, record: Record, name: str, place: str) -> Decimal | None:
        value = record.get(name)
        if value is None or value == "":
            return None
        found = _number(value)
        if found is None:
            self.note(f"{place}{name}", "number")
        return found


def clean(text: str, limit: int) -> str:
    """One line without control, invisible or direction characters, of limited length.

    >>> clean("Ana\\u202e\\x00 <b>Ruiz</b>\\n", 40)
    'Ana <b>Ruiz</b>'
    """
    shortened = text[: 8 * limit]
    kept = "".join(" " if c.isspace() else c for c in shortened if c.isspace() or _visible(c))
    line = " ".join(unicodedata.normalize("NFC", kept).split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def _visible(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def _day(value: object, form: str, zone: tzinfo) -> date | None:
    try:
        if isinstance(value, datetime):
            return _local(value, zone)
        if isinstance(value, date):
            return value
        if isinstance(value, bool):
            return None
        if isinstance(value, int | float):
            seconds = value / 1000 if abs(value) >= _EPOCH_MS else value
            return None if form else datetime.fromtimestamp(seconds, UTC).astimezone(zone).date()
        if not isinstance(value, str) or len(value) > SHORT:
            return None
        text = value.strip()
        return _local(datetime.strptime(text, form) if form else _iso(text), zone)
    except (ValueError, OverflowError, OSError):
        return None


def _iso(text: str) -> datetime:
    if not re.match(r"\d{4}-\d\d-\d\d", text):  # what else fromisoformat takes is ambiguous
        raise ValueError("no ISO date")
    return datetime.fromisoformat(text)


def _local(moment: datetime, zone: tzinfo) -> date:
    return (moment if moment.tzinfo is None else moment.astimezone(zone)).date()


def _number(value: object) -> Decimal | None:
    """A number, or a text of digits with a full stop; ``1.234,50`` is left to a person."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, str) and not re.fullmatch(r"\s*-?\d{1,12}(\.\d{1,6})?\s*", value):
        return None
    try:
        found = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < 10**12 else None
