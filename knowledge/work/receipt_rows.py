"""Required readings and receipts in the register's tables, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, select

from knowledge.audience import labels_of
from knowledge.schema import audience_members, publications, sources, versions
from knowledge.titles import SOURCE_TITLE
from knowledge.validity import STILL
from knowledge.work.remarks import without_remarks
from knowledge.work.work_schema import acknowledgements, read_requirements


@dataclass(frozen=True)
class Requirement:
    """A version that people must read.

    Attributes:
        number: its own.
        source: name of the source.
        title: what people read.
        version: number of the version.
        version_id: its row.
        note: what is new in it.
        audience: labels of who must read it.
        source_audience: labels of who may see it.
        due: last day for it.
        required_by: account that asked for it.
        required_at: when, UTC.
    """

    number: int
    source: str
    title: str
    version: int
    version_id: int
    note: str
    audience: frozenset[str]
    source_audience: frozenset[str]
    due: date
    required_by: str
    required_at: datetime


def standing(connection: Connection, today: date) -> list[Requirement]:
    """What must be read now: of versions that are in force or will be, soonest due first."""
    said = (
        select(publications.c.version_id)
        .where(publications.c.recorded_to == STILL, publications.c.valid_to > today.isoformat())
        .distinct()
    )
    query = (
        select(
            read_requirements,
            sources.c.id.label("source_id"),
            sources.c.name,
            SOURCE_TITLE.label("title"),
            sources.c.audience.label("source_audience"),
            versions.c.number,
            versions.c.note,
        )
        .join_from(read_requirements, versions, read_requirements.c.version_id == versions.c.id)
        .join(sources, versions.c.source_id == sources.c.id)
        .where(
            read_requirements.c.withdrawn_at.is_(None),
            read_requirements.c.version_id.in_(said),
        )
        .order_by(read_requirements.c.due, read_requirements.c.id)
    )
    return [_requirement(connection, row) for row in connection.execute(query).mappings().all()]


def requirement_row(connection: Connection, number: int) -> RowMapping | None:
    """A requirement that was not withdrawn, with its source's id and audience."""
    query = (
        select(
            read_requirements,
            versions.c.source_id,
            sources.c.audience.label("source_audience"),
        )
        .join_from(read_requirements, versions, read_requirements.c.version_id == versions.c.id)
        .join(sources, versions.c.source_id == sources.c.id)
        .where(read_requirements.c.id == number, read_requirements.c.withdrawn_at.is_(None))
    )
    return connection.execute(query).mappings().one_or_none()


def published_row(connection: Connection, name: str, number: int) -> RowMapping | None:
    """A version that the register says is in force at any time, with its source's audience."""
    query = (
        select(versions.c.id.label("version_id"), versions.c.source_id, sources.c.audience)
        .join_from(versions, sources, versions.c.source_id == sources.c.id)
        .join(publications, publications.c.version_id == versions.c.id)
        .where(
            sources.c.name == name,
            versions.c.number == number,
            publications.c.recorded_to == STILL,
        )
    )
    return connection.execute(query.limit(1)).mappings().one_or_none()


def version_before(
    connection: Connection, version_id: int, audiences: Collection[str]
) -> int | None:
    """Number of the version whose place another takes, of those that a reader has been shown.

    Args:
        connection: reading.
        version_id: row of the other.
        audiences: the reader's labels.

    Returns:
        The one in force until it begins; where it takes the other's days too, the newest one
        before it; `None` where there is none.
    """
    source = select(versions.c.source_id).where(versions.c.id == version_id).scalar_subquery()
    seen_by = select(audience_members.c.set_id).where(
        audience_members.c.label.in_(sorted(audiences))
    )
    query = (
        select(
            versions.c.id,
            versions.c.number,
            publications.c.valid_from,
            publications.c.valid_to,
            publications.c.recorded_to,
        )
        .join_from(publications, versions, publications.c.version_id == versions.c.id)
        .where(versions.c.source_id == source, publications.c.audience_id.in_(seen_by))
    )
    rows = connection.execute(query).all()
    own = [row for row in rows if row.id == version_id]
    others = [row for row in rows if row.id != version_id]
    starts = min((row.valid_from for row in own if row.recorded_to == STILL), default="")
    until = [row for row in others if row.recorded_to == STILL and row.valid_to <= starts]
    if until:
        last: int = max(until, key=lambda row: row.valid_to).number
        return last
    return max((row.number for row in others if own and row.number < own[0].number), default=None)


def read_by(connection: Connection, version_id: int) -> dict[str, datetime]:
    """When each account confirmed that it read a version."""
    query = select(acknowledgements.c.account, acknowledgements.c.at).where(
        acknowledgements.c.version_id == version_id
    )
    return {row[0]: datetime.fromisoformat(row[1]) for row in connection.execute(query)}


def has_read(connection: Connection, account: str, version_id: int) -> bool:
    """Whether an account confirmed that it read a version."""
    query = select(acknowledgements.c.at).where(
        acknowledgements.c.account == account, acknowledgements.c.version_id == version_id
    )
    return connection.execute(query).first() is not None


def _requirement(connection: Connection, row: RowMapping) -> Requirement:
    return Requirement(
        number=row["id"],
        source=row["name"],
        title=row["title"],
        version=row["number"],
        version_id=row["version_id"],
        note=without_remarks(connection, row["source_id"], row["note"]),
        audience=labels_of(row["audience"]),
        source_audience=labels_of(row["source_audience"]),
        due=date.fromisoformat(row["due"]),
        required_by=row["required_by"],
        required_at=datetime.fromisoformat(row["required_at"]),
    )
