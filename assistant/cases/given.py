"""What people and programs give of a case, ``key=value`` -> `Case`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import get_args

from assistant.cases.events import EVENTS
from assistant.cases.models import Case, Channel, Event, When
from assistant.refusals import because
from knowledge.errors import SettingsError

CHANNELS: tuple[Channel, ...] = get_args(Channel)
KEYS = (*EVENTS, "channel")

_WHEN = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2}))?")


def pairs(given: Iterable[str]) -> dict[str, str]:
    """``delivered=2026-11-16`` and the like, by key.

    Raises:
        SettingsError: one has no ``=``, or a key is given twice.
    """
    found: dict[str, str] = {}
    for text in given:
        key, sign, value = text.partition("=")
        key = key.strip()
        if not sign:
            raise SettingsError(because("case-pair", text=text))
        if key in found:
            raise SettingsError(because("case-twice", text=text))
        found[key] = value.strip()
    return found


def case_of(given: Mapping[str, str]) -> Case:
    """The case that keys and values describe.

    >>> case_of({"delivered": "2026-11-16", "channel": "web"}).channel
    'web'

    Raises:
        SettingsError: a key is unknown, or a value is no day or channel.
    """
    dates: dict[Event, When] = {}
    channel: Channel | None = None
    for key, value in given.items():
        if key == "channel":
            if value not in CHANNELS:
                raise SettingsError(because("case-channel", value=value, known=CHANNELS))
            channel = value
        elif key in EVENTS:
            dates[key] = _when(key, value)
        else:
            raise SettingsError(because("case-key", key=key, known=KEYS))
    return Case(dates, channel)


def _when(key: str, value: str) -> When:
    match = _WHEN.fullmatch(value.strip())
    if match is None:
        raise SettingsError(because("case-day", key=key, value=value))
    year, month, day, hour, minute = match.groups()
    try:
        clock = time(int(hour), int(minute)) if hour else None
        return When(date(int(year), int(month), int(day)), clock)
    except ValueError as error:
        raise SettingsError(because("case-day", key=key, value=value)) from error
