"""What is typed about questions to the company, checked before it is kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from knowledge.errors import SettingsError
from knowledge.escalations.models import DAYS, Duty, NewEscalation, NewTopic
from knowledge.identity import account_rows
from knowledge.refusals import because

MAX_QUESTION_CHARS = 1_000
MAX_NEED_CHARS = 1_000
MAX_ANSWER_CHARS = 2_000
MAX_SOURCES = 10
"""That were looked at, in one question."""
MAX_NAME_CHARS = 80
MAX_MARKS = 50
"""Words, and sources, of a topic."""
MAX_MARK_CHARS = 300
MAX_DUTIES = 50

_HOUR = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_NEVER_TEXT = frozenset({"Cc", "Cs"})


def checked_words(what: str, text: str, limit: int, *, needed: bool = True) -> str:
    """A text without control characters, and without white space around it.

    Args:
        what: it is, for the message: ``answer``, ``need`` or ``question``.
        text: as typed.
        limit: characters.
        needed: whether it must not be empty.

    Raises:
        SettingsError: it is empty or too long.
    """
    kept = "".join(c if _is_text(c) else " " for c in text).strip()
    written = because(f"written-{what}")
    if needed and not kept:
        raise SettingsError(because("text-empty", what=written))
    if len(kept) > limit:
        raise SettingsError(because("text-long", what=written, count=len(kept), limit=limit))
    return kept


def possible_names(names: Sequence[str]) -> tuple[str, ...]:
    """Those that a source could have; what no database takes is the name of none."""
    return tuple(n for n in dict.fromkeys(names) if n.isprintable() and len(n) <= MAX_MARK_CHARS)


def _is_text(character: str) -> bool:
    """Neither database keeps lone surrogates, PostgreSQL no NUL."""
    return character in "\n\t" or unicodedata.category(character) not in _NEVER_TEXT


def checked_escalation(new: NewEscalation) -> NewEscalation:
    """A question as it can be kept.

    Raises:
        SettingsError: its words are missing or too long, or it names too many sources.
    """
    if len(new.sources) > MAX_SOURCES:
        raise SettingsError(
            because("escalation-sources", count=len(new.sources), limit=MAX_SOURCES)
        )
    return replace(
        new,
        question=checked_words("question", new.question, MAX_QUESTION_CHARS),
        need=checked_words("need", new.need, MAX_NEED_CHARS, needed=False),
        sources=possible_names(new.sources),
    )


def checked_topic(new: NewTopic) -> NewTopic:
    """A topic as it can be kept; whether its accounts and audience exist is asked elsewhere.

    Raises:
        SettingsError: a part of it cannot be used.
    """
    name = new.name.strip()
    if not 0 < len(name) <= MAX_NAME_CHARS or not name.isprintable():
        raise SettingsError(because("topic-name", count=len(name), limit=MAX_NAME_CHARS))
    owner = account_rows.folded_name(new.owner) if new.owner and new.owner.strip() else None
    return replace(
        new,
        name=name,
        words=_checked_marks(new.words),
        sources=_checked_marks(new.sources),
        owner=owner,
        duties=_checked_duties(new.duties),
    )


def _checked_marks(marks: Sequence[str]) -> tuple[str, ...]:
    given = tuple(dict.fromkeys(mark.strip() for mark in marks if mark.strip()))
    fits = all(len(mark) <= MAX_MARK_CHARS and mark.isprintable() for mark in given)
    if len(given) > MAX_MARKS or not fits:
        raise SettingsError(
            because("topic-marks", count=len(given), limit=MAX_MARKS, chars=MAX_MARK_CHARS)
        )
    return given


def _checked_duties(duties: Sequence[Duty]) -> tuple[Duty, ...]:
    if len(duties) > MAX_DUTIES:
        raise SettingsError(because("topic-duties", count=len(duties), limit=MAX_DUTIES))
    return tuple(_checked_duty(duty) for duty in duties)


def _checked_duty(duty: Duty) -> Duty:
    account = account_rows.folded_name(duty.account)
    days = "".join(sorted(set(duty.days)))
    if not days or set(days) - set(DAYS):
        raise SettingsError(because("duty-days", account=account, days=duty.days[:40]))
    for hour in (duty.start, duty.end):
        if hour is not None and not _HOUR.fullmatch(hour):
            raise SettingsError(because("duty-hour", account=account, hour=hour[:40]))
    return Duty(account, days, duty.start, duty.end)
