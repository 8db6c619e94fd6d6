"""From which day to which a version is in force: publications and the placements of their chunks.

Nothing that was once said is lost: what a change cuts short or replaces is closed at the moment of
the change and stays findable for who asks what was said before. Within the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, insert, select, update

from knowledge import audience_rows, chunk_rows
from knowledge.audience import audience_key, labels_of
from knowledge.models import Document
from knowledge.rows import Row
from knowledge.schema import publications, sections, sources, versions
from knowledge.sections import inside, section_spans
from knowledge.source_rows import version_document
from knowledge.validity import STILL, Validity


@dataclass(frozen=True)
class Publication:
    """What the register says now about one version.

    Attributes:
        id: its number.
        version_id: of what.
        number: the version's number.
        validity: when it is in force.
    """

    id: int
    version_id: int
    number: int
    validity: Validity


@dataclass(frozen=True)
class Change:
    """The moment of a change, noted in every row it makes.

    Attributes:
        at: moment, as `validity.moment` writes it.
        revision: the register's, made by this change.
    """

    at: str
    revision: int


def standing(connection: Connection, source_id: int) -> list[Publication]:
    """What the register says now of a source, earliest first."""
    query = (
        select(
            publications.c.id,
            publications.c.version_id,
            versions.c.number,
            publications.c.valid_from,
            publications.c.valid_to,
        )
        .join_from(publications, versions, publications.c.version_id == versions.c.id)
        .where(versions.c.source_id == source_id, publications.c.recorded_to == STILL)
        .order_by(publications.c.valid_from)
    )
    return [
        Publication(*row[:3], Validity(*(date.fromisoformat(day) for day in row[3:])))
        for row in connection.execute(query)
    ]


def publish(
    connection: Connection, source_id: int, version_id: int, validity: Validity, change: Change
) -> None:
    """Put a version in force on some days, in place of whatever was."""
    withdraw(connection, source_id, validity, change)
    _open(connection, source_id, version_id, validity, change)


def withdraw(connection: Connection, source_id: int, validity: Validity, change: Change) -> None:
    """Leave a source with nothing in force on some days; what is so on others stays."""
    for publication in standing(connection, source_id):
        rest = publication.validity.without(validity)
        if rest == (publication.validity,):
            continue
        _close(connection, source_id, publication, change)
        for piece in rest:
            _open(connection, source_id, publication.version_id, piece, change)


def renew(connection: Connection, source_id: int, change: Change) -> None:
    """Say the same again, because who may see the source or a part of it has changed."""
    for publication in standing(connection, source_id):
        _close(connection, source_id, publication, change)
        _open(connection, source_id, publication.version_id, publication.validity, change)


def _close(
    connection: Connection, source_id: int, publication: Publication, change: Change
) -> None:
    """From now on the register no longer says it; it did until now."""
    connection.execute(
        update(publications)
        .where(publications.c.id == publication.id)
        .values(recorded_to=change.at)
    )
    placed = chunk_rows.placed(connection, publication.id)
    chunk_rows.unplace(connection, [publication.id], change.revision)
    chunk_rows.place(connection, [row | {"revision_added": change.revision} for row in placed])


def _open(
    connection: Connection, source_id: int, version_id: int, validity: Validity, change: Change
) -> None:
    source = connection.execute(select(sources).where(sources.c.id == source_id)).mappings().one()
    audience_id = audience_rows.set_id(connection, source["audience"])
    values = {
        "version_id": version_id,
        "audience_id": audience_id,
        "valid_from": validity.start.isoformat(),
        "valid_to": validity.end.isoformat(),
        "recorded_from": change.at,
        "recorded_to": STILL,
    }
    added = insert(publications).values(values).returning(publications.c.id)
    number: int = connection.execute(added).scalar_one()
    parts = _parts(connection, source_id, version_id, source["audience"])
    fixed = {"publication_id": number, "revision_added": change.revision}
    set_ids: dict[str, int] = {source["audience"]: audience_id}
    rows: list[Row] = []
    for chunk_id, start, end in chunk_rows.spans(connection, version_id):
        key, internal = source["audience"], bool(source["internal"])
        for spans, narrower, stays_inside in parts:
            if inside(start, end, spans):
                key = _narrowed(connection, key, narrower)
                internal = internal or stays_inside
        if key not in set_ids:
            set_ids[key] = audience_rows.set_id(connection, key)
        placed = {"chunk_id": chunk_id, "audience_id": set_ids[key], "internal": internal}
        rows.append(fixed | placed)
    chunk_rows.place(connection, rows)


_Part = tuple[Sequence[tuple[int, int]], str, bool]


def _parts(connection: Connection, source_id: int, version_id: int, audience: str) -> list[_Part]:
    """Where a version's restricted parts lie, for whom they are, and whether they stay inside."""
    query = select(sections).where(sections.c.source_id == source_id)
    restricted = connection.execute(query).mappings().all()
    if not restricted:
        return []
    document: Document = version_document(connection, version_id)
    return [
        (section_spans(document, row["heading"]), row["audience"] or audience, row["internal"])
        for row in restricted
    ]


def _narrowed(connection: Connection, wider: str, narrower: str) -> str:
    if wider == narrower:
        return wider
    tree = audience_rows.tree(connection)
    labels = [label for key in (wider, narrower) for label in labels_of(key)]
    if any(label not in tree.audiences for label in labels):  # no label at all: managers only
        return audience_key(())
    return audience_key(tree.narrowed(labels_of(wider), labels_of(narrower)))
