"""By when something was promised: the words for it -> a day, and a moment where hours were said.

Amounts ("en 14 días", "within 48 hours") are read and counted by `assistant.cases`; the day on
which they were said is not counted (Spain, Código Civil, art. 5). What is counted from something
else ("14 días desde que lo recibamos") gives no day here: it has to be asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from assistant.cases.amounts import Amount, amounts_of
from assistant.cases.counting import HourMissing, moved, span_of
from assistant.cases.models import Rule, When
from assistant.cases.working_days import CalendarMissing, WorkingDays
from assistant.commitments.days import days_said
from assistant.commitments.models import Due
from knowledge.models import Language

_PERIOD_BEFORE = re.compile(
    r"\b(?:en|dentro de|de|maximo|mucho|entre|menos de|antes de|in|within|under|than|next|most|"
    r"about|plazo|unos|unas|proximos|proximas|los|las|the|a|another|otros|otras)\s*$"
)
_CLOCK_BEFORE = re.compile(r"\b(?:a|antes de|sobre|hacia|desde|hasta) las\s*$")
"""``antes de las 18 h`` is a time of day, no amount."""
_FROM_ELSEWHERE = re.compile(
    r"\s*(?:(?:natural(?:es)?|laborables?|habil(?:es)?|working|business|calendar)\s*)?,?\s*"
    r"(?:desde|a (?:partir|contar) de|tras|despues de|una vez|de(?:l| la) (?:recepcion|entrega|"
    r"recogida|devolucion)|from|after|of (?:receiving|receipt|getting|delivery)|once|since|"
    r"para (?:devolver|reclamar|desistir)\w*|to (?:return|claim|withdraw|complain))\b"
    r"(?! (?:hoy|ahora|today|now|tenerl\w+|que (?:lo|la|los|las) teng\w+))"
)
_BEFORE_CHARS = 40
_MINUTES = re.compile(
    r"\b(?:en|dentro de|in|within)\s+(?:(?P<half>media hora|half an hour)|"
    r"(?P<quarter>un cuarto de hora|a quarter of an hour)|(?P<number>\d{1,3}) min(?:uto|ute)?s?)\b"
)
_CLOCK = re.compile(
    r"\b(?:a|de|antes de|sobre|hacia|at|by|before|around)\s+(?:l[ao]s?\s+)?"
    r"(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?|(?P<word>una|dos|tres|cuatro|cinco|seis|siete|"
    r"ocho|nueve|diez|once|doce|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))"
    r"(?:\s*h(?:oras)?\b)?"
    r"(?P<half> y media| y cuarto)?"
    r"\s*(?P<part>de la (?:tarde|noche|manana)|del mediodia|a\.?m\b|p\.?m\b|in the (?:morning|"
    r"afternoon|evening))?(?!\s*(?:dias?|days?|euros?|de \w+bre\b|h?oras|hours))"
)
_WORDS = {
    w: n
    for words in (
        "una dos tres cuatro cinco seis siete ocho nueve diez once doce",
        "one two three four five six seven eight nine ten eleven twelve",
    )
    for n, w in enumerate(words.split(), start=1)
}
_PM = ("tarde", "noche", "pm", "p.m", "afternoon", "evening")


@dataclass(frozen=True)
class Clock:
    """When and where something is said, and how days are counted there.

    Attributes:
        said: the moment, in the company's time zone.
        working: the company's working days.
        zone: its time zone.
    """

    said: datetime
    working: WorkingDays
    zone: tzinfo

    @property
    def today(self) -> date:
        """The day on which it is said."""
        return self.said.date()


@dataclass(frozen=True)
class Timing:
    """Words that say by when; ``due`` is `None` where they leave it open."""

    start: int
    end: int
    due: Due | None


def timings_of(text: str, folded: str, language: Language, clock: Clock) -> list[Timing]:
    """What a sentence says of when, in order.

    Args:
        text: the sentence.
        folded: the same, every character where it was.
        language: of it.
        clock: when it is said, and how days are counted.
    """
    found = [
        _timing(amount, text, folded, clock)
        for amount in amounts_of(text, folded, language)
        if _counts(folded, amount)
    ]
    found += [_minutes(match, text, clock) for match in _MINUTES.finditer(folded)]
    for said in days_said(folded, language, clock.today, clock.working.rest):
        due = Due(said.day, None, text[said.start : said.end]) if said.day else None
        found.append(Timing(said.start, said.end, due))
    return _with_hours(sorted(found, key=lambda one: one.start), text, folded, clock)


def _counts(folded: str, amount: Amount) -> bool:
    """Whether an amount says when: "en 14 días", not "los 3 años de garantía"."""
    before = folded[max(0, amount.start - _BEFORE_CHARS) : amount.start]
    if _CLOCK_BEFORE.search(before):
        return False
    begins = folded[amount.start : amount.end].split(" ")[0]
    return bool(_PERIOD_BEFORE.search(before) or _PERIOD_BEFORE.fullmatch(begins))


def complaint_due(day: date, amount: int, *, working_days: bool, working: WorkingDays) -> date:
    """The last day on which a complaint of that day has to be answered.

    Raises:
        CalendarMissing: holidays of a year are not known.
    """
    return moved(day, amount, "working_days" if working_days else "days", working)[0]


def _timing(amount: Amount, text: str, folded: str, clock: Clock) -> Timing:
    due = None
    if amount.direction in ("within", "range") and not _FROM_ELSEWHERE.match(folded, amount.end):
        rule = Rule(
            text, 0, len(text), amount.start, amount.end, amount.high, amount.high, amount.unit,
            "within", amount.strict,
        )  # fmt: skip
        when = When(clock.today, clock.said.time().replace(microsecond=0))
        try:
            span = span_of(rule, when, clock.working, clock.zone)
        except (CalendarMissing, HourMissing, OverflowError):
            span = None
        if span is not None and span.last is not None:
            due = Due(span.last, span.due, text[amount.start : amount.end])
    return Timing(amount.start, amount.end, due)


def _minutes(match: re.Match[str], text: str, clock: Clock) -> Timing:
    minutes = 30 if match["half"] else 15 if match["quarter"] else int(match["number"])
    at = clock.said + timedelta(minutes=minutes)
    return Timing(match.start(), match.end(), Due(at.date(), at, match_text(match, text)))


def match_text(match: re.Match[str], text: str) -> str:
    """The words of a match in a text of the same length."""
    return text[match.start() : match.end()]


def _with_hours(found: list[Timing], text: str, folded: str, clock: Clock) -> list[Timing]:
    """A time of day belongs to the day said nearest before it, else it is today's."""
    for match in _CLOCK.finditer(folded):
        if any(one.start < match.end() and match.start() < one.end for one in found):
            continue
        at = _time_of(match)
        if at is None:
            continue
        beside = [one for one in found if _beside(one, match)]
        if beside:
            one = beside[-1]
            assert one.due is not None
            moment = datetime.combine(one.due.day, at, tzinfo=clock.zone)
            start, end = min(one.start, match.start()), max(one.end, match.end())
            due = Due(one.due.day, moment, text[start:end])
            found[found.index(one)] = Timing(start, end, due)
        elif not found:
            moment = datetime.combine(clock.today, at, tzinfo=clock.zone)
            if moment > clock.said:
                due = Due(clock.today, moment, match_text(match, text))
                found.append(Timing(match.start(), match.end(), due))
    return sorted(found, key=lambda one: one.start)


def _beside(one: Timing, match: re.Match[str]) -> bool:
    """Whether a time of day is said with a day: shortly after it, or right before it."""
    if one.due is None or one.due.at is not None:
        return False
    return one.end <= match.start() <= one.end + 25 or 0 <= one.start - match.end() <= 5


def _time_of(match: re.Match[str]) -> time | None:
    """The time of day; `None` where it may be either half of the day, or is none."""
    hour = int(match["hour"]) if match["hour"] else _WORDS[match["word"]]
    minute = int(match["minute"] or 0)
    if match["half"]:
        minute = 30 if "media" in match["half"] else 15
    part = match["part"]
    if part is None and not (hour > 12 or (hour == 0 and match["minute"])):
        return None
    if part is not None and hour < 12 and any(word in part for word in _PM):
        hour += 12
    try:
        return time(hour, minute)
    except ValueError:
        return None
