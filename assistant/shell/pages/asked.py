"""What is typed on the agents' page as it is understood, or the line that says why it is not."""

from __future__ import annotations

from datetime import UTC, date, datetime

from assistant.shell.texts import say
from knowledge.errors import SettingsError
from knowledge.models import Language
from knowledge.validity import day_of, moment_of

MAX_QUESTION_CHARS = 4000


def refused_line(question: str, language: Language) -> str | None:
    """Why a question is not asked at all, in the interface's language; `None` when it can be."""
    if not question.strip():
        return say(language, "error_question_empty")
    if len(question) > MAX_QUESTION_CHARS:
        count = len(question)
        return say(language, "error_question_long", count=count, limit=MAX_QUESTION_CHARS)
    return None


def asked_day(text: str | None, language: Language) -> tuple[date | None, str | None]:
    """The day that is asked about, `None` for today; or why there is none, in one line.

    Args:
        text: of the field; `None` where the browser has none yet, as while the page is loading.
        language: of that line.
    """
    typed = (text or "").strip()
    try:
        return (day_of(typed) if typed else None), None
    except SettingsError:
        return None, say(language, "error_day", day=typed[:40])


def asked_moment(
    text: str | None, time_zone: str, language: Language
) -> tuple[datetime | None, str | None]:
    """The past moment asked about, `None` for now; or why there is none, in one line.

    The end of today has not come: it means now, and is the same however often it is read.
    """
    now = datetime.now(UTC)
    typed = (text or "").strip()
    try:
        moment = moment_of(typed, time_zone) if typed else now
    except SettingsError:
        return None, say(language, "error_told", moment=typed[:40])
    return (moment if moment < now else None), None
