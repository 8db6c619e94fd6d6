"""A promise as it is recognised, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from knowledge.commitments.models import What


@dataclass(frozen=True)
class Due:
    """By when something was promised.

    Attributes:
        day: the last day on which the promise is kept, at the company.
        at: the moment, where hours or a time of day were said; `None`: any time of the day.
        words: what was said of it.
    """

    day: date
    at: datetime | None
    words: str


@dataclass(frozen=True)
class Promise:
    """Something that an agent says will be done.

    Attributes:
        what: what is promised.
        words: the part of what was said that promises it, ``text[start:end]``.
        start: offset of the words.
        end: offset after them.
        due: by when; `None`: no day was said, or none that can be counted; ask for one.
        conditional: whether it holds only if something else does; then nothing is promised yet.
    """

    what: What
    words: str
    start: int
    end: int
    due: Due | None
    conditional: bool = False
