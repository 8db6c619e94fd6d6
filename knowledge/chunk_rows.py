"""Chunks in the register's tables, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from knowledge.models import Chunk, StoredChunk, Viewer
from knowledge.rows import IndexRow, Row, chunk_from, sentence_vectors_from, vector_from
from knowledge.schema import (
    chunks,
    collection,
    documents,
    embeddings,
    removed_chunks,
    sentence_vectors,
)

_KEYS_PER_QUERY = 500
_ROWS_PER_FETCH = 1000

_CHUNKS = select(
    *(column for column in chunks.c if column is not chunks.c.tokens), documents.c.name
).join_from(chunks, documents, chunks.c.document_id == documents.c.id)

# Made once: composing it takes longer than running it
_STORED = (
    _CHUNKS.add_columns(
        documents.c.title,
        sentence_vectors.c.vectors,
        func.length(embeddings.c.vector).label("vector_bytes"),
    )
    .join(embeddings, chunks.c.embedding_id == embeddings.c.id)
    .join(sentence_vectors, sentence_vectors.c.embedding_id == embeddings.c.id)
    .where(
        chunks.c.key.in_(bindparam("keys", expanding=True)),
        documents.c.audience.in_(bindparam("audiences", expanding=True)),
    )
)


def current_revision(connection: Connection) -> int:
    """Number of committed changes."""
    revision: int = connection.execute(select(collection.c.revision)).scalar_one()
    return revision


def next_revision(connection: Connection) -> int:
    """Count one more committed change and return its number."""
    bump = update(collection).values(revision=collection.c.revision + 1)
    revision: int = connection.execute(bump.returning(collection.c.revision)).scalar_one()
    return revision


def visible(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on ``documents`` that a viewer may see one; with no audience, none."""
    return documents.c.audience.in_(sorted(viewer.audiences))


def difference(
    connection: Connection, document_id: int, wanted: Sequence[Row]
) -> tuple[list[int], list[Row]]:
    """Keys of a document's rows that must go, and the rows that must come."""
    query = select(chunks).where(chunks.c.document_id == document_id)
    stored = {row["ordinal"]: row for row in connection.execute(query).mappings()}
    kept = {
        row["ordinal"]
        for row in wanted
        if (old := stored.get(row["ordinal"])) is not None
        and all(old[column] == value for column, value in row.items())
    }
    stale = [row["key"] for ordinal, row in stored.items() if ordinal not in kept]
    return stale, [row for row in wanted if row["ordinal"] not in kept]


def add(connection: Connection, document_id: int, wanted: Sequence[Row], revision: int) -> None:
    """Insert rows under new keys."""
    if wanted:
        fixed = {"document_id": document_id, "revision_added": revision}
        connection.execute(insert(chunks), [row | fixed for row in wanted])


def remove(connection: Connection, keys: Sequence[int], revision: int) -> None:
    """Delete rows and note their keys, so that indexes built earlier leave them out."""
    if keys:
        gone = [{"key": key, "revision": revision} for key in keys]
        connection.execute(insert(removed_chunks), gone)
    for start in range(0, len(keys), _KEYS_PER_QUERY):
        some = keys[start : start + _KEYS_PER_QUERY]
        connection.execute(delete(chunks).where(chunks.c.key.in_(some)))


def all_keys(connection: Connection, document_id: int) -> list[int]:
    """Keys of a document's rows."""
    query = select(chunks.c.key).where(chunks.c.document_id == document_id)
    return list(connection.execute(query).scalars())


def removed_keys(connection: Connection, after_revision: int) -> list[int]:
    """Keys removed after a revision, in order."""
    query = select(removed_chunks.c.key).where(removed_chunks.c.revision > after_revision)
    return list(connection.execute(query.order_by(removed_chunks.c.key)).scalars())


def count_changes(connection: Connection, after_revision: int) -> int:
    """Number of chunks added or removed after a revision."""
    counts = (
        select(func.count()).select_from(table).where(revision > after_revision)
        for table, revision in (
            (chunks, chunks.c.revision_added),
            (removed_chunks, removed_chunks.c.revision),
        )
    )
    return sum(int(connection.execute(count).scalar_one()) for count in counts)


def stored_chunks(
    connection: Connection, keys: Sequence[int], viewer: Viewer
) -> Iterator[StoredChunk]:
    """Chunks that exist and that the viewer may see, in no particular order."""
    audiences = sorted(viewer.audiences)
    for start in range(0, len(keys), _KEYS_PER_QUERY):
        some = {"keys": keys[start : start + _KEYS_PER_QUERY], "audiences": audiences}
        for row in connection.execute(_STORED, some).mappings():
            vectors = sentence_vectors_from(row["vectors"], row["vector_bytes"] // 4)
            yield StoredChunk(row["key"], chunk_from(row), row["title"], vectors)


def page(connection: Connection, after_key: int, limit: int) -> dict[int, Chunk]:
    """The chunks that follow a key, by key."""
    query = _CHUNKS.where(chunks.c.key > after_key).order_by(chunks.c.key).limit(limit)
    return {row["key"]: chunk_from(row) for row in connection.execute(query).mappings()}


def index_rows(connection: Connection, after_revision: int) -> Iterator[IndexRow]:
    """Rows for an index, by key: those that were added after a revision."""
    query = (
        select(
            chunks.c.key,
            chunks.c.revision_added,
            documents.c.audience,
            chunks.c.language,
            documents.c.name,
            chunks.c.tokens,
            embeddings.c.vector,
        )
        .join_from(chunks, documents, chunks.c.document_id == documents.c.id)
        .join(embeddings, chunks.c.embedding_id == embeddings.c.id)
        .where(chunks.c.revision_added > after_revision)
        .order_by(chunks.c.key)
        .execution_options(yield_per=_ROWS_PER_FETCH)
    )
    for row in connection.execute(query):
        yield IndexRow(*row[:-1], vector_from(row[-1]))


def count_by_language(connection: Connection) -> dict[str, int]:
    """Number of chunks in each language."""
    query = select(chunks.c.language, func.count()).group_by(chunks.c.language)
    return {row[0]: row[1] for row in connection.execute(query)}
