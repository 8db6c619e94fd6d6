"""Vectors in the register: by model and content hash, shared by equal chunks.

They are stored as bulk embedding goes on, before any document uses them, so that an interrupted
run has not worked for nothing. Every function works within the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, delete, exists, func, insert, select, update

from knowledge.models import Embedded
from knowledge.schema import chunks, collection, embeddings, models, sentence_vectors
from knowledge.search.rows import vector_bytes

_HASHES_PER_QUERY = 500


class Model(NamedTuple):
    """A row of ``models``."""

    id: int
    fingerprint: str


def bound_model(connection: Connection) -> Model | None:
    """The collection's model; `None` before it has one."""
    query = select(models.c.id, models.c.fingerprint).join_from(collection, models)
    found = connection.execute(query).one_or_none()
    return Model(*found) if found else None


def require_model(connection: Connection) -> int:
    """Row number of the collection's model.

    Raises:
        ValueError: it has none yet.
    """
    bound = bound_model(connection)
    if bound is None:
        raise ValueError("bind_model comes before vectors and documents")
    return bound.id


def find_model(connection: Connection, fingerprint: str | None) -> int | None:
    """Row number of a model, of the collection's with `None`; `None` when it is unknown."""
    if fingerprint is None:
        bound = bound_model(connection)
        return bound.id if bound else None
    query = select(models.c.id).where(models.c.fingerprint == fingerprint)
    return connection.execute(query).scalar_one_or_none()


def add_model(connection: Connection, fingerprint: str) -> int:
    """Row number of a model, made when it is new."""
    found = find_model(connection, fingerprint)
    if found is not None:
        return found
    added = insert(models).values(fingerprint=fingerprint).returning(models.c.id)
    model: int = connection.execute(added).scalar_one()
    return model


def ids(connection: Connection, model: int, hashes: Sequence[str]) -> dict[str, int]:
    """Row number of each content hash that has a vector of this model."""
    found: dict[str, int] = {}
    for start in range(0, len(hashes), _HASHES_PER_QUERY):
        query = select(embeddings.c.content_hash, embeddings.c.id).where(
            embeddings.c.model_id == model,
            embeddings.c.content_hash.in_(hashes[start : start + _HASHES_PER_QUERY]),
        )
        found.update({row.content_hash: row.id for row in connection.execute(query)})
    return found


def store(connection: Connection, model: int, items: Mapping[str, Embedded]) -> None:
    """Keep the vectors of these content hashes; those already there stay as they are."""
    known = ids(connection, model, list(items))
    for content_hash, embedded in items.items():
        if content_hash in known:
            continue
        vector, sentences = vector_bytes(embedded)
        row = {"model_id": model, "content_hash": content_hash, "vector": vector}
        added = insert(embeddings).values(row).returning(embeddings.c.id)
        embedding_id = connection.execute(added).scalar_one()
        connection.execute(
            insert(sentence_vectors).values(embedding_id=embedding_id, vectors=sentences)
        )


def point_chunks_to(connection: Connection, model: int) -> int:
    """Let every chunk use its vector of this model; return how many have none (they keep theirs).

    The caller rolls back unless it returns 0.
    """
    old, new = embeddings.alias("old"), embeddings.alias("new")
    successor = (
        select(new.c.id)
        .join_from(old, new, old.c.content_hash == new.c.content_hash)
        .where(old.c.id == chunks.c.embedding_id, new.c.model_id == model)
        .scalar_subquery()
    )
    missing = select(func.count()).select_from(chunks).where(successor.is_(None))
    count = connection.execute(missing).scalar_one()
    if not count:
        connection.execute(update(chunks).values(embedding_id=successor))
    return count


def prune(connection: Connection) -> int:
    """Delete the vectors that no chunk uses and return how many there were."""
    used = exists().where(chunks.c.embedding_id == embeddings.c.id)
    return connection.execute(delete(embeddings).where(~used)).rowcount
