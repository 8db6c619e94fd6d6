"""Sentences with what they promise; one half was looked at while the recogniser was written."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from assistant.cases.working_days import WorkingDays, holidays_of
from assistant.commitments.due import Clock

MADRID = ZoneInfo("Europe/Madrid")
CLOCK = Clock(
    datetime(2026, 11, 25, 10, 0, tzinfo=MADRID),
    WorkingDays(national=holidays_of("ES"), complete=True),
    MADRID,
)
"""A Wednesday; the next holiday is Tuesday 8 December."""
DATA = Path(__file__).parents[3] / "data" / "commitments"


class Said(NamedTuple):
    """A sentence; ``due`` is ``?`` where no day is said."""

    what: str
    due: str
    text: str


def tuned_on(text: str) -> bool:
    """Whether a sentence is of the half that was looked at: decided by its hash, not by hand."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 2 == 1


def rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


PROMISES = [Said(*row) for row in rows("promises.tsv")]
COMPLAINTS = [(wanted == "yes", text) for wanted, text in rows("complaints.tsv")]
