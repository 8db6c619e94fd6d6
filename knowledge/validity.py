"""When a rule applies and when we said so: half-open spans of days and of moments.

Two times are kept apart. *Validity* is when a version applies in the world, in days of the
company's calendar; *record* is when the register said so, in moments UTC. With both one can ask
what applies to a purchase of 2 September, and what an agent was told on 23 October.
(Snodgrass, *Developing Time-Oriented Database Applications in SQL*, ch. 10, calls such tables
bitemporal.)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from knowledge.errors import SettingsError
from knowledge.refusals import because

ALWAYS, NEVER = date.min, date.max
"""A validity without beginning, or without end."""
STILL = "9999-12-31T23:59:59.999999+00:00"
"""``recorded_to`` of what the register says now."""
NOW = "9999-12-31T00:00:00.000000+00:00"
"""As the moment asked about: later than any that is recorded, earlier than `STILL`."""


@dataclass(frozen=True, order=True)
class Validity:
    """Days on which something is in force.

    Attributes:
        start: first day.
        end: first day that is no longer one; not before ``start``.
    """

    start: date = ALWAYS
    end: date = NEVER

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise SettingsError(because("days-order", start=self.start, end=self.end))

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def without(self, other: Validity) -> tuple[Validity, ...]:
        """What is left of these days without the other's: none, one or two spans, in order."""
        if other.end <= self.start or self.end <= other.start:
            return (self,)
        left = (self.start, min(self.end, other.start))
        right = (max(self.start, other.end), self.end)
        return tuple(Validity(*span) for span in (left, right) if span[0] < span[1])


def moment(at: datetime) -> str:
    """A moment as the register keeps it: UTC, with microseconds, sorting as time does.

    Raises:
        ValueError: the time has no zone.
    """
    if at.tzinfo is None:
        raise ValueError(f"{at} has no time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def zone(name: str) -> ZoneInfo:
    """The time zone of that name.

    Raises:
        SettingsError: there is none.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingsError(
            f"VOZ_TIME_ZONE={name!r} is no time zone: use a name like Europe/Madrid"
        ) from error


def day_at(moment: datetime, time_zone: str) -> date:
    """The day that a moment is in the time zone of that name.

    Raises:
        SettingsError: there is none.
    """
    return moment.astimezone(zone(time_zone)).date()


def now(time_zone: str) -> datetime:
    """This moment by the company's clock.

    Raises:
        SettingsError: there is no such zone.
    """
    return datetime.now(zone(time_zone))


def today(time_zone: str) -> date:
    """The day it is at the company.

    Raises:
        SettingsError: there is no such zone.
    """
    return now(time_zone).date()


def day_of(text: str) -> date:
    """A day written as 2025-09-02 or 02/09/2025.

    Raises:
        SettingsError: it is written otherwise, or there is no such day.
    """
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text.strip(), form).date()  # a day, no moment
        except ValueError:
            continue
    raise SettingsError(because("no-day", text=text))


def moment_of(text: str, time_zone: str) -> datetime:
    """A past moment written as 2025-09-02 (its end), 2025-09-02T10:30 or with its own offset.

    Args:
        text: what was written; without an offset it is of the company's clock.
        time_zone: the company's.

    Raises:
        SettingsError: it is no moment, or lies in the future.
    """
    stripped = text.strip()
    try:
        if "T" not in stripped and " " not in stripped:
            at = datetime.combine(day_of(stripped), time.max, zone(time_zone))
        else:
            at = datetime.fromisoformat(stripped)
    except ValueError as error:
        raise SettingsError(because("no-moment", text=text)) from error
    if at.tzinfo is None:
        at = at.replace(tzinfo=zone(time_zone))
    now = datetime.now(UTC)
    if at > now and at.date() > now.astimezone(at.tzinfo).date():
        raise SettingsError(because("moment-future", text=text))
    return min(at, now).astimezone(zone(time_zone))
