"""Times as the register keeps them."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The time now, UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """A time as the tables keep it: ISO 8601 in UTC to the second, which sorts as text."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")
