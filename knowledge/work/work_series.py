"""The managers' work day by day, for plots: what is asked, answered, missing and left to do.

Every function gives one row for each day from the first to the last, in order, of what the viewer
may see. Days are the company's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from knowledge import audience_rows
from knowledge.models import Viewer
from knowledge.work import feedback_rows, gap_rows
from knowledge.work.circles import answers_for, places
from knowledge.work.gaps import again
from knowledge.work.question_rows import audiences_seen
from knowledge.work.questions import Person
from knowledge.work.receipt_rows import read_by, standing
from knowledge.work.receipts import must_read
from knowledge.work.work_schema import questions
from knowledge.work.work_store import WorkStore


@dataclass(frozen=True)
class DayVerdicts:
    """How the questions of a day were answered.

    Attributes:
        asked: all of them; what is in none of the others had another verdict.
    """

    day: date
    asked: int = 0
    answered: int = 0
    partly: int = 0
    not_found: int = 0


@dataclass(frozen=True)
class DayShare:
    """A share of a day, 0 to 1; `None` where there is nothing to share."""

    day: date
    share: float | None


@dataclass(frozen=True)
class DayCount:
    """A number at the end of a day."""

    day: date
    count: int


_Span = tuple[date, date | None, date | None]


def questions_per_day(
    store: WorkStore, viewer: Viewer, first: date, last: date
) -> list[DayVerdicts]:
    """How many questions were answered, answered partly, and not at all."""
    with store.read() as connection:
        keys = audiences_seen(connection, viewer, audience_rows.tree(connection))
        query = (
            select(questions.c.day, questions.c.verdict, func.count())
            .where(
                questions.c.audience.in_(keys),
                questions.c.day.between(first.isoformat(), last.isoformat()),
            )
            .group_by(questions.c.day, questions.c.verdict)
        )
        counts: dict[str, dict[str, int]] = {}
        for day, verdict, count in connection.execute(query):
            counts.setdefault(day, {})[verdict] = count
    return [_verdicts(day, counts.get(day.isoformat(), {})) for day in _days(first, last)]


def coverage_per_day(store: WorkStore, viewer: Viewer, first: date, last: date) -> list[DayShare]:
    """The share of questions that were answered in full."""
    return [
        DayShare(row.day, round(row.answered / row.asked, 4) if row.asked else None)
        for row in questions_per_day(store, viewer, first, last)
    ]


def gaps_open(store: WorkStore, viewer: Viewer, first: date, last: date) -> list[DayCount]:
    """Gaps that had been missed by then and were not settled, or had come back.

    Of a gap that was settled more than once only the last time counts; gaps whose words are gone
    do not count at all.
    """
    with store.read() as connection:
        keys = audiences_seen(connection, viewer, audience_rows.tree(connection))
        decided = gap_rows.decisions(connection)
        spans: list[_Span] = []
        for numbers in gap_rows.numbers(connection, keys, ""):
            decision = decided.get(numbers.topic)
            began, settled, back = _moment(numbers.first), None, None
            if decision and decision.settled_at:
                settled = _moment(decision.settled_at)
                back = gap_rows.missed_again_at(
                    connection, numbers.topic, decision.settled_at, again(decision)
                )
            spans.append(_span(store, began, settled, _moment(back) if back else None))
    return _counts(spans, first, last)


def feedback_open(store: WorkStore, viewer: Viewer, first: date, last: date) -> list[DayCount]:
    """Remarks that had been given by then and were not settled."""
    states: tuple[feedback_rows.TaskState, ...] = ("open", "in_work", "resolved", "declined")
    with store.read() as connection:
        tasks = feedback_rows.tasks(connection, viewer, states, own=False)
    return _counts([_span(store, task.at, task.closed_at) for task in tasks], first, last)


def receipts_outstanding(
    store: WorkStore, viewer: Viewer, people: Sequence[Person], first: date, last: date
) -> list[DayCount]:
    """Readings that had been required by then and not confirmed, one for each person.

    Only of what is still required today.

    Args:
        store: the register's work.
        viewer: who asks; only people whom they answer for.
        people: who there is.
        first: first day.
        last: last day.
    """
    spans: list[_Span] = []
    with store.read() as connection:
        tree = audience_rows.tree(connection)
        reach = answers_for(viewer, tree)
        own = [p for p in people if places(p.audiences, tree) <= reach]
        for requirement in standing(connection, store.today()):
            read = read_by(connection, requirement.version_id)
            for person in own:
                if must_read(person.audiences, requirement):
                    at = read.get(person.account)
                    spans.append(_span(store, requirement.required_at, at))
    return _counts(spans, first, last)


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _verdicts(day: date, counts: dict[str, int]) -> DayVerdicts:
    answered, partly, not_found = (counts.get(v, 0) for v in ("answered", "partly", "not_found"))
    return DayVerdicts(day, sum(counts.values()), answered, partly, not_found)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _span(
    store: WorkStore, began: datetime, ended: datetime | None, again_at: datetime | None = None
) -> _Span:
    """The days on which something began, ended, and began again."""
    return (
        store.day_of(began),
        store.day_of(ended) if ended else None,
        store.day_of(again_at) if again_at else None,
    )


def _counts(spans: Sequence[_Span], first: date, last: date) -> list[DayCount]:
    return [DayCount(day, sum(_is_open(span, day) for span in spans)) for day in _days(first, last)]


def _is_open(span: _Span, day: date) -> bool:
    """Whether what began, ended and perhaps began again is open at the end of a day."""
    began, ended, again = span
    return began <= day and (ended is None or day < ended or (again is not None and again <= day))
