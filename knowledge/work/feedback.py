"""What agents say of answers and sources: it reaches whoever keeps the source, and comes back.

A remark on a source lands on its owner; whoever settles it says how, and the one who gave it is
told, with the number of the version in which it is right.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from knowledge import audience_rows
from knowledge.audience import audience_key, labels_of
from knowledge.audit import Action, Event, append
from knowledge.audit.event import Detail
from knowledge.curation_rows import version_row
from knowledge.errors import NotFound, SettingsError, WrongState
from knowledge.models import Viewer
from knowledge.privacy.redaction import redacted
from knowledge.refusals import because
from knowledge.schema import publications, sources, versions
from knowledge.work import feedback_rows, notice_rows
from knowledge.work.circles import shared_place
from knowledge.work.feedback_rows import KINDS, OPEN, Kind, Task, TaskState
from knowledge.work.notice_rows import NoticeKind
from knowledge.work.suspects import Suspect, suspects
from knowledge.work.work_checks import checked_account, checked_text
from knowledge.work.work_schema import feedback
from knowledge.work.work_store import WorkStore

__all__ = ["KINDS", "OPEN", "Feedback", "Kind", "Remark", "Suspect", "Task", "TaskState"]


@dataclass(frozen=True)
class Remark:
    """What somebody says of an answer or of a source that it cites.

    Attributes:
        kind: useful, wrong, outdated, or missing something.
        comment: in their words; may be empty, for calls leave little time.
        question: that had been asked.
        source: name of the source; `None`: the answer as such.
        version: number of the version that was shown.
        span: where in its text, ``(start, end)``; `None`: all of it.
    """

    kind: Kind
    comment: str = ""
    question: str = ""
    source: str | None = None
    version: int | None = None
    span: tuple[int, int] | None = None


_SETTLED: Mapping[Action, NoticeKind] = {
    "feedback.resolved": "feedback_resolved",
    "feedback.declined": "feedback_declined",
}


class Feedback:
    """The feedback of one register."""

    def __init__(self, store: WorkStore) -> None:
        self._store = store

    # For who answers customers

    def give(self, remark: Remark, viewer: Viewer) -> int:
        """Report something; its number.

        The same said twice by one account while it is not settled counts once.

        Raises:
            SettingsError: the kind is none, a text is too long, or there is no such source or
                version that the viewer may see.
        """
        values = self._checked(remark)
        with self._store.change() as connection:
            source = None
            if remark.source is not None:
                source = _seen_source(connection, remark.source, remark.version, viewer)
            values |= {
                "account": viewer.name,
                "audience": audience_key(viewer.audiences),
                "source_id": source["id"] if source else None,
            }
            known = _said_already(connection, values)
            if known is not None:
                return known
            stamp = {"at": self._store.now(), "day": self._store.today().isoformat()}
            added = insert(feedback).values(values | stamp).returning(feedback.c.id)
            number: int = connection.execute(added).scalar_one()
            owner = source["owner"] if source else None
            if owner and owner != viewer.name and values["state"] == "open":
                at = self._store.now()
                notice_rows.add(connection, owner, "feedback_given", at, feedback=number)
            details: dict[str, Detail] = {"kind": remark.kind}
            if source:
                details |= {"source": source["id"], "version": remark.version or 0}
            append(connection, Event(viewer.name, "feedback.given", f"feedback:{number}", details))
        return number

    def given(self, viewer: Viewer, *, limit: int = 100) -> list[Task]:
        """What the viewer reported and what became of it, latest first."""
        with self._store.read() as connection:
            return feedback_rows.given_by(connection, viewer.name, limit)

    # For who keeps the sources

    def tasks(
        self, viewer: Viewer, *, states: Collection[TaskState] = OPEN, own: bool = False
    ) -> list[Task]:
        """What was reported, oldest first, as far as it is the viewer's to handle.

        Args:
            viewer: who asks.
            states: which.
            own: only what is for the viewer in person.
        """
        with self._store.read() as connection:
            return feedback_rows.tasks(connection, viewer, states, own=own)

    def given_in(self, numbers: Collection[int]) -> dict[int, str]:
        """The narrowest audience of whoever gave each, by its number; who may know is asked before.

        Args:
            numbers: of feedback.
        """
        query = select(feedback.c.id, feedback.c.audience).where(feedback.c.id.in_(numbers))
        with self._store.read() as connection:
            tree = audience_rows.tree(connection)
            rows = connection.execute(query).all()
        return {row.id: shared_place([labels_of(row.audience)], tree) for row in rows}

    def take(self, number: int, viewer: Viewer) -> None:
        """Begin to work on it.

        Raises:
            NotFound: there is none that is the viewer's to handle.
            WrongState: it is settled.
        """
        changed = {"state": "in_work", "assignee": viewer.name}
        self._change(number, viewer, "feedback.taken", changed)

    def assign(self, number: int, owner: str, viewer: Viewer) -> None:
        """Give it to another account, which is told.

        Raises:
            SettingsError: as for `take`, or the name cannot be one.
            WrongState: it is settled.
        """
        owner = checked_account(owner)
        changed = {"assignee": owner}
        self._change(number, viewer, "feedback.assigned", changed, {"owner": owner}, told=owner)

    def resolve(
        self, number: int, answer: str, viewer: Viewer, *, fixed_in: int | None = None
    ) -> None:
        """Say that it is right now; who reported it is told.

        Args:
            number: of the feedback.
            answer: what they are told.
            viewer: who settles it.
            fixed_in: number of the version in which it is right.

        Raises:
            SettingsError: as for `take`, no answer is given, or there is no such version.
            WrongState: it is settled already.
        """
        self._settle(number, answer, viewer, "resolved", fixed_in)

    def decline(self, number: int, answer: str, viewer: Viewer) -> None:
        """Say why nothing changes; who reported it is told.

        Raises:
            SettingsError: as for `take`, or no answer is given.
            WrongState: it is settled already.
        """
        self._settle(number, answer, viewer, "declined", None)

    def suspects(self, viewer: Viewer, *, days: int = 90) -> list[Suspect]:
        """Sources that many answers cite and agents call wrong or outdated, worst first."""
        with self._store.read() as connection:
            return suspects(connection, viewer, self._store.before(days))

    # Within a transaction

    def _checked(self, remark: Remark) -> dict[str, object]:
        if remark.kind not in KINDS:
            raise SettingsError(because("feedback-kind", kind=remark.kind, known=KINDS))
        if remark.source is None and (remark.version is not None or remark.span is not None):
            raise SettingsError(because("feedback-no-source"))
        start, end = remark.span or (None, None)
        if start is not None and end is not None and not 0 <= start < end:
            raise SettingsError(because("feedback-span", start=start, end=end))
        question = redacted(checked_text("question", remark.question, needed=False))
        return {
            "kind": remark.kind,
            "comment": redacted(checked_text("comment", remark.comment, needed=False)),
            "question": question if self._store.question_days else "",
            "version": remark.version,
            "start_char": start,
            "end_char": end,
            "state": "noted" if remark.kind == "useful" else "open",
            "answer": "",
        }

    def _settle(
        self, number: int, answer: str, viewer: Viewer, state: TaskState, fixed_in: int | None
    ) -> None:
        changed = {
            "state": state,
            "answer": checked_text("answer", answer),
            "fixed_in": fixed_in,
            "closed_at": self._store.now(),
            "closed_day": self._store.today().isoformat(),
        }
        action: Action = "feedback.resolved" if state == "resolved" else "feedback.declined"
        details: dict[str, Detail] = {"fixed_in": fixed_in} if fixed_in is not None else {}
        self._change(number, viewer, action, changed, details)

    def _change(
        self,
        number: int,
        viewer: Viewer,
        action: Action,
        changed: Mapping[str, object],
        details: Mapping[str, Detail] | None = None,
        *,
        told: str | None = None,
    ) -> None:
        with self._store.change() as connection:
            row = feedback_rows.task_row(connection, number, viewer)
            if row["state"] not in OPEN:
                state = because(f"feedback-state-{row['state']}")
                raise WrongState(because("feedback-settled", number=number, state=state))
            if changed.get("fixed_in") is not None:
                _check_version(connection, row, int(str(changed["fixed_in"])))
            values = {**changed, "handled_by": viewer.name}
            connection.execute(update(feedback).where(feedback.c.id == number).values(values))
            self._tell(connection, row, viewer, action, told)
            event = Event(viewer.name, action, f"feedback:{number}", details or {})
            append(connection, event)

    def _tell(
        self,
        connection: Connection,
        row: RowMapping,
        viewer: Viewer,
        action: Action,
        told: str | None,
    ) -> None:
        at, number = self._store.now(), row["id"]
        if told is not None and told != viewer.name:
            notice_rows.add(connection, told, "feedback_assigned", at, feedback=number)
        kind = _SETTLED.get(action)
        if kind and row["account"] not in (None, viewer.name):
            notice_rows.add(connection, row["account"], kind, at, feedback=number)


def _seen_source(
    connection: Connection, name: str, version: int | None, viewer: Viewer
) -> RowMapping:
    row = connection.execute(select(sources).where(sources.c.name == name)).mappings().one_or_none()
    if row is None or not labels_of(row["audience"]) & viewer.audiences:
        raise SettingsError(because("feedback-unknown-source", name=name))
    if version is not None and not _was_published(connection, row["id"], version):
        raise SettingsError(because("feedback-unknown-version", name=name, version=version))
    return row


def _was_published(connection: Connection, source: int, number: int) -> bool:
    query = (
        select(publications.c.id)
        .join_from(publications, versions, publications.c.version_id == versions.c.id)
        .where(versions.c.source_id == source, versions.c.number == number)
    )
    return connection.execute(query.limit(1)).first() is not None


def _check_version(connection: Connection, row: RowMapping, number: int) -> None:
    if row["source_id"] is None:
        raise SettingsError(because("feedback-fixed-nowhere"))
    try:
        version_row(connection, row["source_id"], row["name"], number)
    except NotFound as error:  # the remark is there: a value is wrong, not what was asked for
        raise SettingsError(error.reason or str(error)) from error


def _said_already(connection: Connection, values: Mapping[str, object]) -> int | None:
    """Number of the same feedback by the same account that is not settled."""
    same = [
        feedback.c[name].is_not_distinct_from(values[name])
        for name in ("account", "kind", "comment", "question", "source_id", "version")
    ]
    states = ("open", "in_work", "noted")
    query = select(func.min(feedback.c.id)).where(*same, feedback.c.state.in_(states))
    found: int | None = connection.execute(query).scalar_one()
    return found
