"""Feedback in the register's tables, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import Connection, RowMapping, Select, select

from knowledge import audience_rows
from knowledge.audience import AudienceTree, labels_of
from knowledge.errors import NotFound
from knowledge.models import Viewer
from knowledge.refusals import because
from knowledge.schema import sources
from knowledge.titles import SOURCE_TITLE
from knowledge.work.circles import answers_for, places
from knowledge.work.work_schema import feedback

Kind = Literal["useful", "wrong", "outdated", "missing"]
KINDS: tuple[str, ...] = get_args(Kind)
TaskState = Literal["open", "in_work", "resolved", "declined", "noted"]
STATES: tuple[TaskState, ...] = get_args(TaskState)
OPEN: tuple[TaskState, ...] = ("open", "in_work")


@dataclass(frozen=True)
class Task:
    """Something that was reported, and what becomes of it.

    Attributes:
        number: its own.
        kind: what is said of the source or the answer.
        comment: in the giver's words.
        question: that had been asked; empty where it is not told.
        source: name of the source it is about; `None`: about an answer without one.
        title: what people read of it.
        version: number of the version.
        span: where in the version's text; `None`: all of it.
        account: who gave it; `None` once its time is over.
        at: when, UTC.
        state: ``open``, ``in_work``, ``resolved``, ``declined``, or ``noted`` where there is
            nothing to do.
        owner: account that it is for: whom it was given to, else the source's owner.
        answer: what the giver is told.
        fixed_in: number of the version in which it is right.
        closed_at: when it was resolved or declined.
    """

    number: int
    kind: Kind
    comment: str
    question: str
    source: str | None
    title: str | None
    version: int | None
    span: tuple[int, int] | None
    account: str | None
    at: datetime
    state: TaskState
    owner: str | None
    answer: str
    fixed_in: int | None
    closed_at: datetime | None


_ALL = select(
    feedback,
    sources.c.name,
    SOURCE_TITLE.label("title"),
    sources.c.owner,
    sources.c.audience.label("source_audience"),
).join_from(feedback, sources, feedback.c.source_id == sources.c.id, isouter=True)


def may_handle(row: RowMapping, viewer: Viewer, tree: AudienceTree) -> bool:
    """Whether a task is the viewer's to see and settle.

    It is for whoever answers for everybody that sees the source, and for its owner; without a
    source, for whoever answers for the giver.
    """
    reach = answers_for(viewer, tree)
    key = row["source_audience"]
    if key is None:
        return row["assignee"] == viewer.name or places(labels_of(row["audience"]), tree) <= reach
    if (row["assignee"] or row["owner"]) == viewer.name:
        return bool(labels_of(key) & viewer.audiences)
    return labels_of(key) <= reach


def tasks(
    connection: Connection, viewer: Viewer, states: Collection[TaskState], *, own: bool
) -> list[Task]:
    """Those in one of the states that are the viewer's to handle, oldest first.

    Args:
        connection: in any transaction.
        viewer: who asks.
        states: which.
        own: only those that are for the viewer in person.
    """
    tree = audience_rows.tree(connection)
    query = _ALL.where(feedback.c.state.in_(states)).order_by(feedback.c.at, feedback.c.id)
    rows = connection.execute(query).mappings()
    found = [task_of(row) for row in rows if may_handle(row, viewer, tree)]
    return [task for task in found if not own or task.owner == viewer.name]


def given_by(connection: Connection, account: str, limit: int) -> list[Task]:
    """What an account reported, latest first."""
    query = _ALL.where(feedback.c.account == account).order_by(feedback.c.id.desc()).limit(limit)
    return [task_of(row) for row in connection.execute(query).mappings()]


def task_row(connection: Connection, number: int, viewer: Viewer) -> RowMapping:
    """The row of a task.

    Raises:
        NotFound: there is none that is the viewer's to handle.
    """
    row = connection.execute(_one(number)).mappings().one_or_none()
    if row is None or not may_handle(row, viewer, audience_rows.tree(connection)):
        raise NotFound(because("feedback-unknown", number=number))
    return row


def task_of(row: RowMapping) -> Task:
    """The task of a row."""
    start, end = row["start_char"], row["end_char"]
    return Task(
        number=row["id"],
        kind=row["kind"],
        comment=row["comment"],
        question=row["question"],
        source=row["name"],
        title=row["title"],
        version=row["version"],
        span=None if start is None or end is None else (start, end),
        account=row["account"],
        at=datetime.fromisoformat(row["at"]),
        state=row["state"],
        owner=row["assignee"] or row["owner"],
        answer=row["answer"],
        fixed_in=row["fixed_in"],
        closed_at=datetime.fromisoformat(row["closed_at"]) if row["closed_at"] else None,
    )


def _one(number: int) -> Select[tuple[object, ...]]:
    return _ALL.where(feedback.c.id == number)
