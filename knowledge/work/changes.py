"""What changed since a moment, for one reader: "since your last shift".

From the publications: what the register said was in force then, beside what it says is now, and
what begins or ends soon. Only what the reader may see now.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, RowMapping, select

from knowledge.audience import labels_of
from knowledge.chunk_rows import IN_FORCE, asked_by
from knowledge.models import Viewer
from knowledge.schema import audience_members, publications, sources, versions
from knowledge.titles import SOURCE_TITLE
from knowledge.validity import STILL
from knowledge.work.remarks import without_remarks
from knowledge.work.work_store import WorkStore

SOON_DAYS = 14

ChangeKind = Literal["new", "changed", "ended", "begins", "ends"]


@dataclass(frozen=True)
class SourceChange:
    """A source of which something else is in force than before, or soon will be.

    Attributes:
        source: its name.
        title: what people read.
        kind: new to the reader; another version; nothing in force any more; a version that begins
            to be in force; nothing in force from a day on.
        version: number of the version in question: the one now or soon in force, or that ended or
            ends.
        before: number of the version that was in force; `None` for a new one.
        day: from which day on; `None` where it is so already.
        note: what is new, newest first, in the authors' words.
    """

    source: str
    title: str
    kind: ChangeKind
    version: int
    before: int | None
    day: date | None
    note: str


def changes_since(
    store: WorkStore, viewer: Viewer, since: datetime, *, soon_days: int = SOON_DAYS
) -> list[SourceChange]:
    """What is otherwise than at a moment, and what soon will be, by title; the former first.

    Args:
        store: the register's work.
        viewer: who asks; the day and moment it may name do not count.
        since: moment with a time zone.
        soon_days: days to look ahead.
    """
    today = store.today()
    then = Viewer(viewer.name, viewer.audiences, on=store.day_of(since), told=since)
    now = Viewer(viewer.name, viewer.audiences)
    with store.read() as connection:
        before = _in_force(connection, then, today)
        current = _in_force(connection, now, today)
        readable = _readable(connection, viewer)
        past = _past(connection, before, current, readable)
        ahead = _ahead(connection, viewer, today, today + timedelta(days=soon_days))
        return [*sorted(past, key=_order), *sorted(ahead, key=_order)]


def _order(change: SourceChange) -> tuple[date, str, str]:
    return change.day or date.min, change.title.lower(), change.source


def _in_force(connection: Connection, viewer: Viewer, today: date) -> dict[int, RowMapping]:
    """For each source the version in force that the viewer may see, as of a day and moment."""
    asked = asked_by(viewer, today)
    del asked["audiences"]
    query = _published(viewer).where(IN_FORCE)
    rows = connection.execute(query, asked).mappings()
    return {row["source_id"]: row for row in rows}


def _published(viewer: Viewer) -> Any:
    seen_by = select(audience_members.c.set_id).where(
        audience_members.c.label.in_(sorted(viewer.audiences))
    )
    return (
        select(
            versions.c.source_id,
            versions.c.number,
            versions.c.note,
            sources.c.name,
            SOURCE_TITLE.label("title"),
            publications.c.valid_from,
            publications.c.valid_to,
        )
        .join_from(publications, versions, publications.c.version_id == versions.c.id)
        .join(sources, versions.c.source_id == sources.c.id)
        .where(publications.c.audience_id.in_(seen_by))
        .order_by(publications.c.valid_from)
    )


def _readable(connection: Connection, viewer: Viewer) -> set[int]:
    """Sources that the viewer may see now, in force or not."""
    rows = connection.execute(select(sources.c.id, sources.c.audience))
    return {number for number, key in rows if labels_of(key) & viewer.audiences}


def _past(
    connection: Connection,
    before: dict[int, RowMapping],
    current: dict[int, RowMapping],
    readable: set[int],
) -> Iterable[SourceChange]:
    for source, row in current.items():
        was = before.get(source)
        if was is None:
            yield _change(row, "new", row["number"], None, None, _notes(connection, row, None))
        elif was["number"] != row["number"]:
            notes = _notes(connection, row, was["number"])
            yield _change(row, "changed", row["number"], was["number"], None, notes)
    for source, row in before.items():
        if source not in current and source in readable:
            yield _change(row, "ended", row["number"], row["number"], None, "")


def _ahead(
    connection: Connection, viewer: Viewer, today: date, until: date
) -> Iterable[SourceChange]:
    query = _published(viewer).where(
        publications.c.recorded_to == STILL, publications.c.valid_to > today.isoformat()
    )
    by_source: dict[int, list[RowMapping]] = {}
    for row in connection.execute(query).mappings():
        by_source.setdefault(row["source_id"], []).append(row)
    for rows in by_source.values():
        ending = {row["valid_to"]: row["number"] for row in rows}
        begins = {row["valid_from"] for row in rows}
        for row in rows:
            start, end = (date.fromisoformat(row[c]) for c in ("valid_from", "valid_to"))
            before = ending.get(row["valid_from"])
            if today < start <= until and row["number"] != before:
                notes = _notes(connection, row, before)
                yield _change(row, "begins", row["number"], before, start, notes)
            if end <= until and row["valid_to"] not in begins:
                yield _change(row, "ends", row["number"], row["number"], end, "")


def _notes(connection: Connection, row: RowMapping, before: int | None) -> str:
    """What is new in a version and in those between it and an earlier one, newest first."""
    newer = before is not None and before < row["number"]
    after = before if newer else row["number"] - 1
    query = (
        select(versions.c.note)
        .where(
            versions.c.source_id == row["source_id"],
            versions.c.number > after,
            versions.c.number <= row["number"],
            versions.c.state.in_(("published", "retired")),
        )
        .order_by(versions.c.number.desc())
    )
    notes = connection.execute(query).scalars().all()
    return "\n".join(
        filter(None, (without_remarks(connection, row["source_id"], n) for n in notes))
    )


def _change(
    row: RowMapping,
    kind: ChangeKind,
    version: int,
    before: int | None,
    day: date | None,
    note: str,
) -> SourceChange:
    return SourceChange(row["name"], row["title"], kind, version, before, day, note)
