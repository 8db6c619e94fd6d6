"""How a quantity is read from the tokens of a text: number, unit and what else belongs to it.

Part of `knowledge.quantities.extract`, which goes through a text with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.quantities import units
from knowledge.quantities.models import Kind, Quantity, Span, Text
from knowledge.quantities.numerals import Numeral, numeral_at
from knowledge.quantities.written_dates import NO_DATE, date_at, digits_date
from knowledge.text import STOP_WORDS

Read = tuple[Quantity | None, int]
"""What was read, and the index after it; `None` for a number that only names something."""


def read_at(source: Text, index: int) -> Read:
    """The quantity that begins at a token, if one does, and where to go on."""
    token = source.tokens[index]
    written = date_at(source.tokens, index, source.plain, source.language)
    if written != NO_DATE:
        span = (written.value, written.value)
        return _quantity(source, "date", span, "", index, written.after), written.after
    if token.kind == "date":
        readings = digits_date(token.text, source.language)
        spans = tuple((value, value) for value in readings)
        found = Quantity("date", spans, "", token.start, token.end) if spans else None
        return found, index + 1
    if token.kind == "phone":
        digits = re.sub(r"\D", "", token.text)
        return Quantity("phone", ((float(digits),) * 2,), "", token.start, token.end), index + 1
    if token.kind == "clock":
        return _clock(source, index)
    if token.text in units.CURRENCIES_BEFORE:
        return _money_first(source, index)
    if token.text in units.REPEATED and source.language == "en":
        times = units.REPEATED[token.text]
        return _quantity(source, "count", (times, times), "times", index, index + 1), index + 1
    if token.text in units.HALF_BEFORE:
        return _half(source, index)
    if source.word(index + 1) in units.QUARTERS and (quarters := _quarters(source, index)):
        return quarters
    if token.text in units.DURATIONS and (longer := _one_and_a_half(source, index)):
        return longer
    if token.text in ("a", "an") and source.language == "en":
        return _one(source, index)
    number = numeral_at(source.tokens, index, source.language)
    return _number(source, index, number) if number else (None, index + 1)


def _clock(source: Text, index: int) -> Read:
    """``9:30``, with what tells morning from evening, and a range's second time."""
    minutes, after = _minutes(source, index)
    again = after + 1
    ranged = source.word(after) in units.RANGE_WORDS and again < len(source.tokens)
    if ranged and source.tokens[again].kind == "clock":
        until, after = _minutes(source, again)
        return _quantity(source, "time", (minutes, until), "", index, after), after
    return _quantity(source, "time", (minutes, minutes), "", index, after), after


def _minutes(source: Text, index: int) -> tuple[float, int]:
    hours, minutes = source.tokens[index].text.split(":")
    half = units.HALF_OF_DAY.match(source.folded, source.tokens[index].end)
    return _of_day(float(hours), float(minutes), half), _after(source, index + 1, half)


def _of_day(hours: float, minutes: float, half: re.Match[str] | None) -> float:
    """Minutes since midnight."""
    if half:
        hours = hours % 12 + (12 if half[half.lastindex or 0] in units.LATE_HALF else 0)
    return hours * 60 + minutes


def _after(source: Text, index: int, match: re.Match[str] | None) -> int:
    """The first token that begins behind a match."""
    while match and index < len(source.tokens) and source.tokens[index].start < match.end():
        index += 1
    return index


def _money_first(source: Text, index: int) -> Read:
    """``$1,000``."""
    if index + 1 < len(source.tokens):
        number = numeral_at(source.tokens, index + 1, source.language)
        if number and not number.spelled:
            spans, after = _range(source, number)
            unit = units.CURRENCIES[source.word(index)]
            if units.CURRENCIES.get(source.word(after)) == unit:
                after += 1
            return _quantity(source, "money", spans[0], unit, index, after, spans), after
    return None, index + 1


def _half(source: Text, index: int) -> Read:
    """``media hora``, ``half an hour``."""
    at = index + 1 + (source.word(index + 1) in ("a", "an"))
    unit = units.DURATIONS.get(source.word(at))
    if unit is None:
        return None, index + 1
    size = unit[1] / 2
    return _quantity(source, "duration", (size, size), unit[0], index, at + 1), at + 1


def _quarters(source: Text, index: int) -> Read | None:
    """``tres cuartos de hora``, ``a quarter of an hour``."""
    parts = {"un": 1, "a": 1, "tres": 3, "three": 3}.get(source.word(index))
    at = index + 2
    if parts is None or source.word(at) not in ("de", "of"):
        return None
    at += 1 + (source.word(at + 1) == "an")
    if source.word(at) not in ("hora", "hour"):
        return None
    unit, size = units.DURATIONS[source.word(at)]
    return _quantity(source, "duration", (size * parts / 4,) * 2, unit, index, at + 1), at + 1


def _one_and_a_half(source: Text, index: int) -> Read | None:
    """``minuto y medio``, without a number in front."""
    spans, after = _and_a_half(source, index + 1, ((1.0, 1.0),))
    if after == index + 1:
        return None
    unit, size = units.DURATIONS[source.word(index)]
    return _quantity(source, "duration", _times(spans, size)[0], unit, index, after), after


def _one(source: Text, index: int) -> Read:
    """``within a year``, but not ``twice a year``."""
    unit = units.DURATIONS.get(source.word(index + 1))
    rate = source.word(index - 1) in units.TIMES_WORDS
    if unit is None or rate or source.word(index + 1).startswith("sec"):
        return None, index + 1
    spans, after = _and_a_half(source, index + 2, ((1.0, 1.0),))
    spans = _times(spans, unit[1])
    return _quantity(source, "duration", spans[0], unit[0], index, after), after


def _and_a_half(source: Text, at: int, spans: tuple[Span, ...]) -> tuple[tuple[Span, ...], int]:
    """The values and half of one more where a text goes on with ``y media``, ``and a half``."""
    joined, halves = units.HALF_AFTER[source.language]
    if source.word(at) != joined:
        return spans, at
    half = at + 1 + (source.word(at + 1) == "a")
    if source.word(half) not in halves:
        return spans, at
    return tuple((low + 0.5, high + 0.5) for low, high in spans), half + 1


def _number(source: Text, index: int, number: Numeral) -> Read:
    """A number with what follows it: unit, currency, noun, or nothing."""
    named = _names_only(source, index, number.after)
    single = tuple((value, value) for value in number.readings)
    spans, after = (single, number.after) if named else _range(source, number)
    halved, beyond = _and_a_half(source, after, spans)
    if source.word(beyond) in units.DURATIONS:
        spans, after = halved, beyond  # "two and a half hours"
    unit_at = after
    if source.word(after) in ("-", "–") and source.glued(after):
        unit_at += 1  # "12-month period"
    if source.word(after) == "de" and source.word(after - 1).startswith("millon"):
        unit_at += 1
    read = None if named == "item" else _with_unit(source, index, unit_at, spans)
    if read:
        return read
    if named or (number.spelled and number.readings == (1.0,)):
        return None, number.after
    noun_after = _noun(source, after)
    if noun_after > after:
        words = " ".join(source.word(i) for i in range(after, noun_after))
        words = "times" if words.split()[0] in ("veces", "times") else words
        return _quantity(source, "count", spans[0], words, index, after, spans), after
    if number.spelled:
        return None, number.after
    year = spans[0][0]
    if _is_year(source, index, year):
        return _quantity(source, "date", (year * 10_000,) * 2, "", index, after), after
    return _quantity(source, "number", spans[0], "", index, after, spans), after


def _range(source: Text, number: Numeral) -> tuple[tuple[Span, ...], int]:
    """The number, or a range (``3-5``, ``between 3 and 5``), or a choice (``8, 9 or 10``)."""
    spans = tuple((value, value) for value in number.readings)
    at = number.after
    between = source.word(at - 2) in ("entre", "between")
    while at + 1 < len(source.tokens) and source.word(at) in units.LINKS:
        following = numeral_at(source.tokens, at + 1, source.language)
        if following is None or following.spelled != number.spelled:
            break
        link, value = source.word(at), following.readings[0]
        if link == "," and 1900 <= spans[-1][0] < 2100:
            break  # "in 2024, 30 days"
        ranged = link in units.RANGE_WORDS or between
        if ranged and len(spans) == len(number.readings) and spans[0][0] < value:
            return ((spans[0][0], value),), following.after
        if ranged and link not in ("o", "or"):
            break
        spans, at = (*spans, (value, value)), following.after
    return spans, at


def _with_unit(source: Text, index: int, at: int, spans: tuple[Span, ...]) -> Read | None:
    """The quantity whose unit begins at a token; `None` when none does."""
    word = source.word(at)
    half = units.HALF_OF_DAY.match(source.folded, source.tokens[at - 1].end)
    if half and spans[0][1] <= 24:
        span = (_of_day(spans[0][0], 0, half), _of_day(spans[0][1], 0, half))
        after = _after(source, at, half)
        return _quantity(source, "time", span, "", index, after), after
    if word in units.PERCENT:
        return _quantity(source, "percent", spans[0], "%", index, at + 1, spans), at + 1
    if (word, source.word(at + 1)) in units.PER_CENT:
        return _quantity(source, "percent", spans[0], "%", index, at + 2, spans), at + 2
    if word in units.CURRENCIES:
        unit = units.CURRENCIES[word]
        return _quantity(source, "money", spans[0], unit, index, at + 1, spans), at + 1
    if word in units.MEASURES and word not in units.DURATIONS:
        base, factor = units.MEASURES[word]
        spans = _times(spans, factor)
        return _quantity(source, "measure", spans[0], base, index, at + 1, spans), at + 1
    return _duration(source, index, at, spans)


def _duration(source: Text, index: int, at: int, spans: tuple[Span, ...]) -> Read | None:
    """``10 business days``, ``10 días hábiles``, ``2 horas y media``, ``3 full months``."""
    kind = ""
    if source.word(at) in units.PLACED:
        at += 1
    while source.word(at) in units.DAY_ADJECTIVES:
        kind = kind or ("working " if source.word(at) in units.WORKING else "")
        at += 1
    unit = units.DURATIONS.get(source.word(at))
    if unit is None:
        return None
    at += 1
    if source.word(at) in ("'", "’") and source.glued(at):
        at += 1  # "30 days' notice"
    if source.word(at) in units.DAY_ADJECTIVES:
        kind = kind or ("working " if source.word(at) in units.WORKING else "")
        at += 1
    spans, at = _and_a_half(source, at, spans)
    spans = _times(spans, unit[1])
    return _quantity(source, "duration", spans[0], kind + unit[0], index, at, spans), at


def _names_only(source: Text, index: int, after: int) -> str:
    """``item`` for the number of a list item, ``name`` where a word before makes it a name."""
    token, word = source.tokens[index], source.word(index - 1)
    leads = index == 0 or (index == 1 and word in "([")
    if leads and token.kind == "number":
        if source.word(after) in (".", ")", "]"):
            return "item"
        titled = source.starts_upper(after) and source.word(after) not in units.CURRENCIES
        if "." in token.text and titled:
            return "item"  # "6.3 Unauthorized processing", but not "29.90 EUR"
    if word in units.REFERENCES or word == "#":
        return "name"
    before = source.tokens[index - 1] if index > 1 else None
    if before and before.kind == "word" and source.plain[before.start : before.end].istitle():
        return "name"  # "Basecamp 4", but not "el CSV 4 veces"
    return ""


def _noun(source: Text, at: int) -> int:
    """Index after the words counted: at most two, before any function word or sign."""
    end = at
    while end < min(at + 2, len(source.tokens)):
        token = source.tokens[end]
        if token.kind != "word" or token.text in STOP_WORDS or len(token.text) < 3:
            break
        end += 1
    return end


def _is_year(source: Text, index: int, value: float) -> bool:
    token = source.tokens[index]
    plain = token.kind == "number" and len(token.text) == 4 and token.text.isdigit()
    return plain and 1900 <= value < 2100 and source.word(index - 1) in units.BEFORE_YEAR


def _times(spans: Sequence[Span], factor: float) -> tuple[Span, ...]:
    return tuple((low * factor, high * factor) for low, high in spans)


def _quantity(
    source: Text,
    kind: Kind,
    span: Span,
    unit: str,
    first: int,
    after: int,
    spans: tuple[Span, ...] = (),
) -> Quantity:
    """The quantity of some tokens, ``spans`` being its readings where there are several."""
    start, end = source.tokens[first].start, source.tokens[after - 1].end
    return Quantity(kind, spans or (span,), unit, start, end)
