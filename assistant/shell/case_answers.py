"""An answer for a customer's case: asked about the day that counts, with what it means for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cases.cited import facts_of
from assistant.cases.facts import Reckoning
from assistant.cases.working_days import WorkingDays, holidays_of, week
from knowledge.errors import SettingsError
from knowledge.validity import zone

if TYPE_CHECKING:
    from assistant.cases.models import Case, CaseFact
    from assistant.models import Answer, Statement, Turn
    from assistant.pipeline import Assistant
    from knowledge.models import Document, Viewer
    from knowledge.settings import Settings

NO_HOLIDAYS = "none"
MAX_CALENDAR_CHARS = 1_000_000


class CaseAnswers:
    """Answers with what they mean for a customer's case.

    Args:
        settings: time zone, holidays, working week.

    Raises:
        SettingsError: the holidays that are set cannot be used.
    """

    def __init__(self, settings: Settings) -> None:
        self._zone = zone(settings.time_zone)
        self._working = working_days(settings)

    def ask(
        self,
        assistant: Assistant,
        question: str,
        viewer: Viewer,
        history: Sequence[Turn],
        case: Case,
        *,
        now: datetime | None = None,
    ) -> Answer:
        """The answer as on the day that counts, with a fact for each deadline that it cites.

        Args:
            assistant: who answers.
            question: as typed.
            viewer: who asks; a day asked about stays.
            history: earlier turns, oldest first.
            case: what is known of the customer's case.
            now: the moment, with a time zone; `None` for the clock's.

        Raises:
            SettingsError: the question is empty or too long.
        """
        now = (now or datetime.now(UTC)).astimezone(self._zone)
        asking = _on_the_day_that_counts(viewer, case, now.date())
        answer = assistant.ask(question, asking, history)
        facts = self.facts(assistant, answer.statements, asking, case, now=now)
        return replace(answer, case_facts=facts)

    def facts(
        self,
        assistant: Assistant,
        statements: Sequence[Statement],
        viewer: Viewer,
        case: Case,
        *,
        now: datetime | None = None,
    ) -> tuple[CaseFact, ...]:
        """What statements mean for a case, in their order.

        Args:
            assistant: has the documents.
            statements: with what they rest on.
            viewer: who may read it.
            case: what is known of the customer's case.
            now: the moment, with a time zone; `None` for the clock's.
        """
        by = Reckoning((now or datetime.now(UTC)).astimezone(self._zone), self._working)

        def document_of(name: str, version: int) -> Document | None:
            return assistant.document(name, viewer, version)

        return facts_of(statements, case, by, document_of)

    def that_counts(self, viewer: Viewer, case: Case) -> Viewer:
        """The viewer, asking about the day that counts where a case has one."""
        return _on_the_day_that_counts(
            viewer, case, datetime.now(UTC).astimezone(self._zone).date()
        )


def _on_the_day_that_counts(viewer: Viewer, case: Case, today: date) -> Viewer:
    """A day asked about stays; one that lies ahead cannot be that of a purchase."""
    day = case.counting_day
    if viewer.on or day is None or day > today:
        return viewer
    return replace(viewer, on=day)


def working_days(settings: Settings) -> WorkingDays:
    """The company's working days.

    Raises:
        SettingsError: ``VOZ_HOLIDAYS`` names no place that is known, or no file that can be read.
    """
    rest = week(saturdays=settings.working_week == "mon-sat")
    own: dict[date, str] = {}
    places = []
    named = [part.strip() for part in settings.holidays.split(",") if part.strip()]
    for name in named:
        if name == NO_HOLIDAYS:
            continue
        if _is_place(name):
            places.append(_place(name))
        else:
            own |= _file(Path(name))

    def national(year: int) -> Mapping[date, str]:
        return {day: text for of in places for day, text in of(year).items()}

    return WorkingDays(rest, national, own, complete=bool(places) or not own)


def _is_place(name: str) -> bool:
    """``ES`` and ``ES-MD`` are places; everything else is a path."""
    country, sign, part = name.partition("-")
    return len(country) == 2 and country.isalpha() and (not sign or part.isalnum())


def _place(name: str) -> Callable[[int], Mapping[date, str]]:
    try:
        return holidays_of(name)
    except ValueError as error:
        raise SettingsError(
            f"VOZ_HOLIDAYS={name!r} cannot be used: {error}; use a country (ES), a part of one "
            "(ES-MD), a file of days or none"
        ) from error


def _file(path: Path) -> dict[date, str]:
    """The days of a calendar: lines of a day and its name; ``#`` begins a remark."""
    try:
        with path.open(encoding="utf-8") as lines:
            text = lines.read(MAX_CALENDAR_CHARS)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"VOZ_HOLIDAYS: the calendar {path} cannot be read ({error}); use a country (ES), a "
            "part of one (ES-MD) or a text file with a day on each line"
        ) from error
    days: dict[date, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        day, _, name = line.partition("#")[0].strip().partition(" ")
        if not day:
            continue
        try:
            days[date.fromisoformat(day)] = name.strip() or day
        except ValueError as error:
            raise SettingsError(
                f"VOZ_HOLIDAYS: line {number} of {path} begins with {day!r}, which is no day: "
                "write it as 2026-03-19 Fallas"
            ) from error
    if not days:
        raise SettingsError(f"VOZ_HOLIDAYS: {path} has no days: write lines as 2026-03-19 Fallas")
    return days
