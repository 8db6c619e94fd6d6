"""What managers see of sources and versions, read within the caller's transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from knowledge import source_rows
from knowledge.audience import audience_key, labels_of
from knowledge.errors import NotFound
from knowledge.models import Language, Viewer
from knowledge.refusals import because
from knowledge.schema import publications, sections, sources, versions
from knowledge.search.rows import day_from
from knowledge.source_rows import State
from knowledge.validity import STILL, Validity


@dataclass(frozen=True)
class VersionInfo:
    """One version of a source.

    Attributes:
        number: from 1.
        state: where it is on its way.
        valid_from: first day in force, as asked for; `None` without one.
        valid_to: first day no longer in force, as asked for; `None` without one.
        in_force: days for which the register says so now, in order; empty for a draft.
        note: what is new in it.
        author: account that brought it.
        approver: account that published it; `None` before.
        changed_at: when its state changed last, UTC.
    """

    number: int
    state: State
    title: str
    language: Language
    media_type: str
    sha256: str
    n_chunks: int
    chars: int
    valid_from: date | None
    valid_to: date | None
    note: str
    author: str
    approver: str | None
    created_at: datetime
    changed_at: datetime
    in_force: tuple[Validity, ...] = ()


@dataclass(frozen=True)
class SectionInfo:
    """A part of a source that fewer may see, or that stays with the staff.

    Attributes:
        heading: where it begins.
        audience: labels; `None` leaves it to the source's.
        internal: not to be told to customers.
    """

    heading: str
    audience: frozenset[str] | None
    internal: bool


@dataclass(frozen=True)
class SourceInfo:
    """A source as its managers see it.

    Attributes:
        id: the register's number for it, never reused.
        name: what files and commands know it by.
        title: what people read.
        kind: policy, procedure, product, faq, circular, card or document.
        audience: labels of who may see it; empty: its managers only.
        internal: for the staff's eyes, not to be told to customers.
        translation_of: name of the source it translates, if the viewer may see that.
        tags: product, region, channel and others.
        review_days: days after which somebody must look at it again; `None`: never.
        reviewed_on: last time somebody did.
        created_on: the day, at the company, on which it came.
        versions: how many there are.
        author: who brought the newest one.
        waiting: number of the newest version that is a draft or in review.
        waiting_state: which of both it is.
        current: number of the version in force today.
        changes: the days to come on which another version, or none, is in force, in order.
    """

    id: int
    name: str
    title: str
    kind: str
    owner: str | None
    audience: frozenset[str]
    internal: bool
    language: Language
    media_type: str
    translation_of: str | None
    tags: Mapping[str, str]
    review_days: int | None
    reviewed_on: date | None
    created_on: date
    created_at: datetime
    changed_at: datetime
    versions: int
    author: str
    state: State
    waiting: int | None
    waiting_state: State | None
    current: int | None
    changes: tuple[tuple[date, int | None], ...]
    sections: tuple[SectionInfo, ...] = field(default=())

    @property
    def next_change(self) -> date | None:
        """The next day on which another version, or none, is in force."""
        return self.changes[0][0] if self.changes else None

    def review_due(self) -> date | None:
        """First day on which its review is overdue; `None` where none is asked for."""
        if self.review_days is None:
            return None
        last = self.reviewed_on or self.created_on
        return date.fromordinal(last.toordinal() + self.review_days)


def may_manage(audience: str, viewer: Viewer) -> bool:
    """Whether a viewer sees a source of this audience among those that are managed."""
    return bool(labels_of(audience) & viewer.audiences)


def infos(
    connection: Connection, viewer: Viewer, now: datetime, source: int | None = None
) -> list[SourceInfo]:
    """Every source that the viewer may see, drafts and retired ones included, by name.

    Args:
        connection: reading.
        viewer: who looks.
        now: at the company, by its clock.
        source: number of the only one that is wanted; `None`: all.
    """
    original = sources.alias()
    query = (
        select(
            sources,
            original.c.name.label("translation_of_name"),
            original.c.audience.label("translation_of_audience"),
        )
        .join_from(sources, original, sources.c.translation_of == original.c.id, isouter=True)
        .order_by(sources.c.name)
    )
    if source is not None:
        query = query.where(sources.c.id == source)
    rows = [
        row for row in connection.execute(query).mappings() if may_manage(row["audience"], viewer)
    ]
    every = _versions_by_source(connection, source)
    said = _said_by_source(connection, source)
    parts = _sections_by_source(connection, source)
    found: list[SourceInfo] = []
    for row in (row for row in rows if row["id"] in every):
        own = parts.get(row["id"], ())
        seen = tuple(p for p in own if _sees_part(connection, viewer, row["audience"], p))
        info = _info(row, every[row["id"]], said.get(row["id"], []), seen, now)
        if not may_manage(row["translation_of_audience"] or "", viewer):
            info = replace(info, translation_of=None)
        found.append(info)
    return found


def _sees_part(connection: Connection, viewer: Viewer, audience: str, part: SectionInfo) -> bool:
    if part.audience is None:
        return True
    return source_rows.is_seen(connection, viewer, audience, audience_key(part.audience))


def version_infos(connection: Connection, source: int) -> list[VersionInfo]:
    """All versions of a source, newest first."""
    return versions_by_source(connection, source).get(source, [])


def versions_by_source(
    connection: Connection, source: int | None = None
) -> dict[int, list[VersionInfo]]:
    """For each source all its versions, newest first.

    Args:
        connection: reading.
        source: number of the only one that is wanted; `None`: all.
    """
    said: dict[tuple[int, int], list[Validity]] = {}
    for id_, spans in _said_by_source(connection, source).items():
        for number, validity in spans:
            said.setdefault((id_, number), []).append(validity)
    query = select(versions).order_by(versions.c.source_id, versions.c.number.desc())
    if source is not None:
        query = query.where(versions.c.source_id == source)
    found: dict[int, list[VersionInfo]] = {}
    for row in connection.execute(query).mappings():
        spans_of = tuple(said.get((row["source_id"], row["number"]), ()))
        found.setdefault(row["source_id"], []).append(_version_info(row, spans_of))
    return found


def version_row(connection: Connection, source: int, name: str, number: int) -> RowMapping:
    """The row of a version.

    Raises:
        NotFound: the source has no such version.
    """
    query = select(versions).where(versions.c.source_id == source, versions.c.number == number)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        count = connection.execute(
            select(func.count()).select_from(versions).where(versions.c.source_id == source)
        ).scalar_one()
        raise NotFound(because("version-unknown", name=name, number=number, count=count))
    return row


def _versions_by_source(connection: Connection, source: int | None) -> dict[int, list[RowMapping]]:
    columns = [c for c in versions.c if c.name not in ("note", "recipe", "sha256")]
    found: dict[int, list[RowMapping]] = {}
    query = select(*columns).order_by(versions.c.number)
    if source is not None:
        query = query.where(versions.c.source_id == source)
    for row in connection.execute(query).mappings():
        found.setdefault(row["source_id"], []).append(row)
    return found


def _said_by_source(
    connection: Connection, source: int | None = None
) -> dict[int, list[tuple[int, Validity]]]:
    """For each source what the register says now: version numbers and days, earliest first."""
    query = (
        select(
            versions.c.source_id,
            versions.c.number,
            publications.c.valid_from,
            publications.c.valid_to,
        )
        .join_from(publications, versions, publications.c.version_id == versions.c.id)
        .where(publications.c.recorded_to == STILL)
        .order_by(publications.c.valid_from)
    )
    if source is not None:
        query = query.where(versions.c.source_id == source)
    found: dict[int, list[tuple[int, Validity]]] = {}
    for source_id, number, start, end in connection.execute(query):
        validity = Validity(date.fromisoformat(start), date.fromisoformat(end))
        found.setdefault(source_id, []).append((number, validity))
    return found


def _sections_by_source(
    connection: Connection, source: int | None
) -> dict[int, tuple[SectionInfo, ...]]:
    found: dict[int, tuple[SectionInfo, ...]] = {}
    query = select(sections).order_by(sections.c.heading)
    if source is not None:
        query = query.where(sections.c.source_id == source)
    for row in connection.execute(query).mappings():
        audience = None if row["audience"] is None else labels_of(row["audience"])
        part = SectionInfo(row["heading"], audience, bool(row["internal"]))
        found[row["source_id"]] = (*found.get(row["source_id"], ()), part)
    return found


def _info(
    row: RowMapping,
    every: list[RowMapping],
    said: list[tuple[int, Validity]],
    parts: tuple[SectionInfo, ...],
    now: datetime,
) -> SourceInfo:
    today, created = now.date(), datetime.fromisoformat(row["created_at"])
    current = next((number for number, days in said if today in days), None)
    shown = next((v for v in every if v["number"] == current), every[-1])
    waiting = next((v for v in reversed(every) if v["state"] in ("draft", "in_review")), None)
    return SourceInfo(
        id=row["id"],
        name=row["name"],
        title=row["title"] or shown["title"],
        kind=row["kind"],
        owner=row["owner"],
        audience=_labels(row["audience"]),
        internal=bool(row["internal"]),
        language=shown["language"],
        media_type=shown["media_type"],
        translation_of=row["translation_of_name"],
        tags=json.loads(row["tags"]),
        review_days=row["review_days"],
        reviewed_on=date.fromisoformat(row["reviewed_on"]) if row["reviewed_on"] else None,
        created_on=created.astimezone(now.tzinfo).date(),
        created_at=created,
        changed_at=max(datetime.fromisoformat(v["changed_at"]) for v in every),
        versions=len(every),
        author=every[-1]["author"],
        state=shown["state"],
        waiting=waiting["number"] if waiting else None,
        waiting_state=waiting["state"] if waiting else None,
        current=current,
        changes=_changes(said, current, today),
        sections=parts,
    )


def _changes(
    said: list[tuple[int, Validity]], current: int | None, today: date
) -> tuple[tuple[date, int | None], ...]:
    bounds = {day for _, days in said for day in (days.start, days.end)}
    found: list[tuple[date, int | None]] = []
    for day in sorted(bounds):
        if today < day < date.max:
            then = next((number for number, days in said if day in days), None)
            if then != (found[-1][1] if found else current):
                found.append((day, then))
    return tuple(found)


def _labels(key: str) -> frozenset[str]:
    return frozenset(label for label in labels_of(key) if not label.startswith("*"))


def _version_info(row: RowMapping, in_force: tuple[Validity, ...]) -> VersionInfo:
    values: dict[str, Any] = {
        name: row[name]
        for name in (
            "number",
            "state",
            "title",
            "language",
            "media_type",
            "sha256",
            "note",
            "author",
            "approver",
        )
    }
    return VersionInfo(
        **values,
        n_chunks=row["chunk_count"],
        chars=row["char_count"],
        valid_from=day_from(row["valid_from"]),
        valid_to=day_from(row["valid_to"]),
        created_at=datetime.fromisoformat(row["created_at"]),
        changed_at=datetime.fromisoformat(row["changed_at"]),
        in_force=in_force,
    )
