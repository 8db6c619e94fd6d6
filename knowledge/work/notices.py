"""What an account is told: an inbox of its own, read or unread."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, func, select, update

from knowledge.audience import labels_of
from knowledge.audit import Event, append
from knowledge.audit.event import MAX_LIST_ITEMS, Detail
from knowledge.commitments.commitment_schema import commitments
from knowledge.escalations.escalation_schema import escalations
from knowledge.identity.accounts_schema import users
from knowledge.models import Viewer
from knowledge.schema import sources
from knowledge.work.notice_rows import NoticeKind
from knowledge.work.work_schema import feedback, notices
from knowledge.work.work_store import WorkStore


@dataclass(frozen=True)
class Notice:
    """Something that an account is told.

    Attributes:
        number: its own.
        kind: what happened.
        at: when, UTC.
        read: whether it was read.
        feedback: number of the feedback that it is about.
        gap: number of the gap that it is about.
        contact: key of the contact that it is about.
        source: name of the source that the feedback is about; `None` where the account may not see
            it any more.
        remark: what was reported, for feedback.
        comment: in whose words.
        answer: what became of it.
        fixed_in: number of the version in which it is right.
        commitment: key of the promise or complaint that it is about.
        by: display name of whoever answered a question to the company; ``comment`` is the
            question, ``answer`` what they said.
    """

    number: int
    kind: NoticeKind
    at: datetime
    read: bool
    feedback: int | None
    gap: int | None
    source: str | None
    remark: str | None
    comment: str
    answer: str
    fixed_in: int | None
    commitment: str | None = None
    contact: str | None = None
    by: str = ""


class Notices:
    """The inboxes of one register; everybody sees their own."""

    def __init__(self, store: WorkStore) -> None:
        self._store = store

    def inbox(self, viewer: Viewer, *, unread: bool = False, limit: int = 100) -> list[Notice]:
        """What the account was told, latest first.

        Args:
            viewer: whose it is.
            unread: only what was not read yet.
            limit: how many at most.
        """
        query = (
            select(
                notices,
                feedback,
                sources.c.name,
                sources.c.audience.label("source_audience"),
                commitments.c.key.label("commitment"),
            )
            .join_from(notices, feedback, notices.c.feedback_id == feedback.c.id, isouter=True)
            .join(sources, feedback.c.source_id == sources.c.id, isouter=True)
            .join(commitments, notices.c.commitment_id == commitments.c.id, isouter=True)
            .add_columns(escalations.c.question, users.c.display_name)
            .add_columns(escalations.c.answer.label("said"))
            .join(escalations, notices.c.escalation_id == escalations.c.id, isouter=True)
            .join(users, escalations.c.answered_by == users.c.name, isouter=True)
            .where(notices.c.account == viewer.name)
            .order_by(notices.c.id.desc())
            .limit(limit)
        )
        if unread:
            query = query.where(notices.c.read_at.is_(None))
        with self._store.read() as connection:
            return [_notice(row, viewer) for row in connection.execute(query).mappings()]

    def unread(self, viewer: Viewer) -> int:
        """How many the account has not read."""
        query = select(func.count()).where(
            notices.c.account == viewer.name, notices.c.read_at.is_(None)
        )
        with self._store.read() as connection:
            return connection.execute(query).scalar_one()

    def mark_read(self, numbers: Collection[int], viewer: Viewer) -> int:
        """Note that some of the account's notices were read; how many were not before."""
        with self._store.change() as connection:
            query = select(notices.c.id).where(
                notices.c.id.in_(numbers),
                notices.c.account == viewer.name,
                notices.c.read_at.is_(None),
            )
            fresh = sorted(connection.execute(query).scalars())
            if fresh:
                read = update(notices).where(notices.c.id.in_(fresh))
                connection.execute(read.values(read_at=self._store.now()))
                details: dict[str, Detail] = {
                    "notices": tuple(fresh[:MAX_LIST_ITEMS]),
                    "count": len(fresh),
                }
                append(connection, Event(viewer.name, "notice.read", "notice:own", details))
        return len(fresh)


def _notice(row: RowMapping, viewer: Viewer) -> Notice:
    visible = bool(labels_of(row["source_audience"] or "") & viewer.audiences)
    return Notice(
        number=row[notices.c.id],
        kind=row[notices.c.kind],
        at=datetime.fromisoformat(row[notices.c.at]),
        read=row["read_at"] is not None,
        feedback=row["feedback_id"],
        gap=row["topic_id"],
        commitment=row["commitment"],
        source=row["name"] if visible else None,
        remark=row[feedback.c.kind],
        comment=row[feedback.c.comment] or row[escalations.c.question] or "",
        answer=row[feedback.c.answer] or row["said"] or "",
        fixed_in=row["fixed_in"],
        contact=row["contact"],
        by=row["display_name"] or "",
    )
