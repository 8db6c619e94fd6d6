"""From which day to which a version is in force: publications and the placements of their chunks.

Nothing that was once said is lost: what a change cuts short or replaces is closed at the moment of
the change and stays findable for who asks what was said before. Who may see it is another matter:
that goes by what was said then and by what holds now, and the narrower counts. Within the caller's
transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, RowMapping, insert, select, update

from knowledge import audience_rows, chunk_rows
from knowledge.models import Document
from knowledge.schema import audience_sets, publications, sections, sources, versions
from knowledge.sections import Span, inside, section_spans
from knowledge.source_rows import version_document
from knowledge.validity import STILL, Validity


@dataclass(frozen=True)
class Publication:
    """What the register says, or said once, about one version.

    Attributes:
        id: its number.
        version_id: of what.
        number: the version's number.
        validity: when it is in force.
        audience: key of the labels of the source when it was said.
    """

    id: int
    version_id: int
    number: int
    validity: Validity
    audience: str


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
    return _publications(connection, source_id, publications.c.recorded_to == STILL)


def _publications(
    connection: Connection, source_id: int, which: ColumnElement[bool]
) -> list[Publication]:
    query = (
        select(
            publications.c.id,
            publications.c.version_id,
            versions.c.number,
            publications.c.valid_from,
            publications.c.valid_to,
            audience_sets.c.key,
        )
        .join_from(publications, versions, publications.c.version_id == versions.c.id)
        .join(audience_sets, publications.c.audience_id == audience_sets.c.id)
        .where(versions.c.source_id == source_id, which)
        .order_by(publications.c.valid_from)
    )
    return [
        Publication(*row[:3], Validity(*map(date.fromisoformat, row[3:5])), row[5])
        for row in connection.execute(query)
    ]


def publish(
    connection: Connection, source_id: int, version_id: int, validity: Validity, change: Change
) -> None:
    """Put a version in force on some days, in place of whatever was."""
    withdraw(connection, source_id, validity, change)
    _open(connection, source_id, version_id, validity, change)


def parts_lacking(connection: Connection, source_id: int, document: Document) -> list[str]:
    """Headings of restricted parts that a text of the source does not have.

    What stood in such a part may stand under another heading now, where anybody would see it.
    """
    query = select(sections.c.heading).where(sections.c.source_id == source_id)
    restricted = connection.execute(query.order_by(sections.c.heading)).scalars().all()
    return [heading for heading in restricted if not section_spans(document, heading)]


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
    """Say the same again, because who may see the source or a part of it has changed.

    What was said before stays as it was said, for those who may still see it.
    """
    for over in _publications(connection, source_id, publications.c.recorded_to != STILL):
        _place_over(connection, source_id, over, change)
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
    _place_over(connection, source_id, publication, change, anew=True)


def _place_over(
    connection: Connection,
    source_id: int,
    publication: Publication,
    change: Change,
    *,
    anew: bool = False,
) -> None:
    """Let what is no longer said be found by those who could see it and may still.

    Args:
        connection: in a write transaction.
        source_id: of what.
        publication: one that is over.
        change: under way.
        anew: under new keys even if they are the same people.
    """
    placed = chunk_rows.placed(connection, publication.id)
    readers = _readers(connection, source_id, publication.version_id, publication.audience)
    wanted = [row | {"audience_id": readers[row["chunk_id"]][0]} for row in placed]
    if anew or wanted != placed:
        chunk_rows.unplace(connection, [publication.id], change.revision)
        chunk_rows.place(connection, [row | {"revision_added": change.revision} for row in wanted])


def _open(
    connection: Connection, source_id: int, version_id: int, validity: Validity, change: Change
) -> None:
    audience: str = _source(connection, source_id)["audience"]
    values = {
        "version_id": version_id,
        "audience_id": audience_rows.set_id(connection, audience),
        "valid_from": validity.start.isoformat(),
        "valid_to": validity.end.isoformat(),
        "recorded_from": change.at,
        "recorded_to": STILL,
    }
    added = insert(publications).values(values).returning(publications.c.id)
    number: int = connection.execute(added).scalar_one()
    fixed = {"publication_id": number, "revision_added": change.revision}
    readers = _readers(connection, source_id, version_id, audience)
    chunk_rows.place(
        connection,
        [
            fixed | {"chunk_id": chunk_id, "audience_id": audience_id, "internal": internal}
            for chunk_id, (audience_id, internal) in readers.items()
        ],
    )


def _readers(
    connection: Connection, source_id: int, version_id: int, said_to: str
) -> dict[int, tuple[int, bool]]:
    """For each chunk of a version in order: its set of labels, and whether it stays inside.

    Args:
        connection: in a write transaction.
        source_id: whose version it is; its own labels and those of its parts narrow the set.
        version_id: the version's.
        said_to: key of the labels that the version was or is published for.
    """
    source, tree = _source(connection, source_id), audience_rows.tree(connection)
    parts = _parts(connection, source_id, version_id)
    sets: dict[tuple[str, ...], int] = {}
    found: dict[int, tuple[int, bool]] = {}
    for chunk_id, start, end in chunk_rows.spans(connection, version_id):
        touched = [part for part in parts if inside(start, end, part[0])]
        keys = (said_to, source["audience"], *(key for _, key, _ in touched if key is not None))
        if keys not in sets:
            sets[keys] = audience_rows.set_id(connection, tree.within(*keys))
        internal = bool(source["internal"]) or any(stays for _, _, stays in touched)
        found[chunk_id] = (sets[keys], internal)
    return found


def _source(connection: Connection, source_id: int) -> RowMapping:
    return connection.execute(select(sources).where(sources.c.id == source_id)).mappings().one()


_Part = tuple[Sequence[Span], str | None, bool]


def _parts(connection: Connection, source_id: int, version_id: int) -> list[_Part]:
    """Where a version's restricted parts lie, for whom they are, and whether they stay inside."""
    query = select(sections).where(sections.c.source_id == source_id)
    restricted = connection.execute(query).mappings().all()
    if not restricted:
        return []
    document: Document = version_document(connection, version_id)
    return [
        (section_spans(document, row["heading"]), row["audience"], bool(row["internal"]))
        for row in restricted
    ]
