"""Chunks and their placements in the register's tables, within the caller's transaction.

A chunk belongs to a version for ever. A placement says where it is found: by whom, on which days,
and as of which moments; indexes are made of placements.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from knowledge.models import CARD, Chunk, StoredChunk, Viewer
from knowledge.schema import (
    audience_members,
    audience_sets,
    chunks,
    collection,
    embeddings,
    placements,
    publications,
    removed_keys,
    sentence_vectors,
    sources,
    versions,
)
from knowledge.search.rows import (
    IndexRow,
    Row,
    chunk_from,
    day_from,
    sentence_vectors_from,
    times_from,
    vector_from,
)
from knowledge.validity import NOW, moment

_KEYS_PER_QUERY = 500
_ROWS_PER_FETCH = 1000

_CHUNKS = (
    select(*(column for column in chunks.c if column is not chunks.c.tokens), sources.c.name)
    .join_from(chunks, versions, chunks.c.version_id == versions.c.id)
    .join(sources, versions.c.source_id == sources.c.id)
)
_SEEN_BY = select(audience_members.c.set_id).where(
    audience_members.c.label.in_(bindparam("audiences", expanding=True))
)
IN_FORCE: ColumnElement[bool] = and_(
    publications.c.valid_from <= bindparam("day"),
    publications.c.valid_to > bindparam("day"),
    publications.c.recorded_from <= bindparam("told"),
    publications.c.recorded_to > bindparam("told"),
)
"""The condition on ``publications``: in force on a day, as the register said at a moment."""
SEEN: ColumnElement[bool] = and_(placements.c.audience_id.in_(_SEEN_BY), IN_FORCE)
"""The condition on ``placements`` joined with ``publications`` that a viewer finds it; see
`asked_by` for its parameters. With no audience, nothing is found."""

# Made once: composing it takes longer than running it
_STORED = (
    _CHUNKS.add_columns(
        placements.c.key,
        placements.c.internal,
        func.coalesce(sources.c.title, versions.c.title).label("title"),
        versions.c.number,
        versions.c.media_type,
        publications.c.valid_from,
        publications.c.valid_to,
        sentence_vectors.c.vectors,
        func.length(embeddings.c.vector).label("vector_bytes"),
    )
    .join(placements, placements.c.chunk_id == chunks.c.id)
    .join(publications, placements.c.publication_id == publications.c.id)
    .join(embeddings, chunks.c.embedding_id == embeddings.c.id)
    .join(sentence_vectors, sentence_vectors.c.embedding_id == embeddings.c.id)
    .where(placements.c.key.in_(bindparam("keys", expanding=True)), SEEN)
)


def asked_by(viewer: Viewer, today: date) -> dict[str, Any]:
    """The parameters of `SEEN` and `IN_FORCE` for a viewer."""
    return {
        "audiences": sorted(viewer.audiences),
        "day": (viewer.on or today).isoformat(),
        "told": moment(viewer.told) if viewer.told else NOW,
    }


def current_revision(connection: Connection) -> int:
    """Number of committed changes."""
    revision: int = connection.execute(select(collection.c.revision)).scalar_one()
    return revision


def next_revision(connection: Connection) -> int:
    """Count one more committed change and return its number."""
    bump = update(collection).values(revision=collection.c.revision + 1)
    revision: int = connection.execute(bump.returning(collection.c.revision)).scalar_one()
    return revision


def add(connection: Connection, version_id: int, wanted: Sequence[Row]) -> None:
    """Store the chunks of a version."""
    if wanted:
        connection.execute(insert(chunks), [row | {"version_id": version_id} for row in wanted])


def equal(connection: Connection, version_id: int, wanted: Sequence[Row]) -> bool:
    """Whether a version's chunks are these."""
    query = select(chunks).where(chunks.c.version_id == version_id).order_by(chunks.c.ordinal)
    stored = connection.execute(query).mappings().all()
    return len(stored) == len(wanted) and all(
        old[column] == value
        for old, row in zip(stored, wanted, strict=True)
        for column, value in row.items()
    )


def spans(connection: Connection, version_id: int) -> list[tuple[int, int, int]]:
    """Number, start and end of each chunk of a version, in order."""
    query = select(chunks.c.id, chunks.c.start_char, chunks.c.end_char)
    found = connection.execute(
        query.where(chunks.c.version_id == version_id).order_by(chunks.c.ordinal)
    )
    return [(row[0], row[1], row[2]) for row in found]


def place(connection: Connection, rows: Sequence[Row]) -> None:
    """Make chunks findable, under new keys."""
    if rows:
        connection.execute(insert(placements), list(rows))


def placed(connection: Connection, publication_id: int) -> list[Row]:
    """The placements of a publication, without their keys and revisions."""
    columns = [c for c in placements.c if c.name not in ("key", "revision_added")]
    query = select(*columns).where(placements.c.publication_id == publication_id)
    found = connection.execute(query.order_by(placements.c.key)).mappings()
    return [dict(row) for row in found]


def unplace(connection: Connection, publication_ids: Sequence[int], revision: int) -> None:
    """Delete the placements of publications; indexes built earlier learn to leave them out."""
    query = select(placements.c.key).where(placements.c.publication_id.in_(publication_ids))
    keys = list(connection.execute(query).scalars())
    if keys:
        gone = [{"key": key, "revision": revision} for key in keys]
        connection.execute(insert(removed_keys), gone)
        connection.execute(
            delete(placements).where(placements.c.publication_id.in_(publication_ids))
        )


def unplace_source(connection: Connection, source_id: int, revision: int) -> None:
    """Delete every placement of a source."""
    query = (
        select(publications.c.id)
        .join_from(publications, versions, publications.c.version_id == versions.c.id)
        .where(versions.c.source_id == source_id)
    )
    unplace(connection, list(connection.execute(query).scalars()), revision)


def keys_removed(connection: Connection, after_revision: int) -> list[int]:
    """Keys removed after a revision, in order."""
    query = select(removed_keys.c.key).where(removed_keys.c.revision > after_revision)
    return list(connection.execute(query.order_by(removed_keys.c.key)).scalars())


def count_changes(connection: Connection, after_revision: int) -> int:
    """Number of placements added or removed after a revision."""
    counts = (
        select(func.count()).select_from(table).where(revision > after_revision)
        for table, revision in (
            (placements, placements.c.revision_added),
            (removed_keys, removed_keys.c.revision),
        )
    )
    return sum(int(connection.execute(count).scalar_one()) for count in counts)


def stored_chunks(
    connection: Connection, keys: Sequence[int], viewer: Viewer, today: date
) -> Iterator[StoredChunk]:
    """Chunks that are in force and that the viewer may see, in no particular order."""
    asked = asked_by(viewer, today)
    for start in range(0, len(keys), _KEYS_PER_QUERY):
        some = {"keys": keys[start : start + _KEYS_PER_QUERY]}
        for row in connection.execute(_STORED, asked | some).mappings():
            vectors = sentence_vectors_from(row["vectors"], row["vector_bytes"] // 4)
            yield StoredChunk(
                key=row["key"],
                chunk=chunk_from(row),
                title=row["title"],
                sentence_vectors=vectors,
                version=row["number"],
                valid_from=day_from(row["valid_from"]),
                valid_to=day_from(row["valid_to"]),
                internal=row["internal"],
                approved=row["media_type"] == CARD,
            )


def keys_seen(connection: Connection, viewer: Viewer, today: date) -> dict[int, str]:
    """Keys of all that is in force and that the viewer may see, each with its audience's key."""
    query = (
        select(placements.c.key, audience_sets.c.key)
        .join(publications, placements.c.publication_id == publications.c.id)
        .join(audience_sets, placements.c.audience_id == audience_sets.c.id)
        .where(SEEN)
        .order_by(placements.c.key)
    )
    return {row[0]: row[1] for row in connection.execute(query, asked_by(viewer, today))}


def page(connection: Connection, after_id: int, limit: int) -> dict[int, Chunk]:
    """The chunks that follow one, by number; those of drafts and past versions as well."""
    query = _CHUNKS.where(chunks.c.id > after_id).order_by(chunks.c.id).limit(limit)
    return {row["id"]: chunk_from(row) for row in connection.execute(query).mappings()}


def of_version(connection: Connection, version_id: int) -> list[Chunk]:
    """All chunks of a version, in order."""
    query = _CHUNKS.where(chunks.c.version_id == version_id).order_by(chunks.c.ordinal)
    return [chunk_from(row) for row in connection.execute(query).mappings()]


def index_rows(connection: Connection, after_revision: int) -> Iterator[IndexRow]:
    """Rows for an index, by key: those that were added after a revision."""
    query = (
        select(
            placements.c.key,
            placements.c.revision_added,
            audience_sets.c.key,
            chunks.c.language,
            sources.c.name,
            chunks.c.tokens,
            embeddings.c.vector,
            publications.c.valid_from,
            publications.c.valid_to,
            publications.c.recorded_from,
            publications.c.recorded_to,
        )
        .join_from(placements, chunks, placements.c.chunk_id == chunks.c.id)
        .join(publications, placements.c.publication_id == publications.c.id)
        .join(audience_sets, placements.c.audience_id == audience_sets.c.id)
        .join(versions, chunks.c.version_id == versions.c.id)
        .join(sources, versions.c.source_id == sources.c.id)
        .join(embeddings, chunks.c.embedding_id == embeddings.c.id)
        .where(placements.c.revision_added > after_revision)
        .order_by(placements.c.key)
        .execution_options(yield_per=_ROWS_PER_FETCH)
    )
    for row in connection.execute(query):
        yield IndexRow(*row[:6], vector_from(row[6]), times_from(*row[7:]))


def count_by_language(connection: Connection, today: date) -> dict[str, int]:
    """Number of chunks in force in each language, whoever may see them."""
    query = (
        select(chunks.c.language, func.count(chunks.c.id.distinct()))
        .join_from(placements, chunks, placements.c.chunk_id == chunks.c.id)
        .join(publications, placements.c.publication_id == publications.c.id)
        .where(IN_FORCE)
        .group_by(chunks.c.language)
    )
    found = connection.execute(query, {"day": today.isoformat(), "told": NOW})
    return {row[0]: row[1] for row in found}
