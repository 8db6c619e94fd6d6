"""Documents in the register's tables, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Connection, RowMapping, Select, delete, insert, select, update

from knowledge import chunk_rows
from knowledge.chunk_rows import next_revision, visible
from knowledge.models import Document, Viewer
from knowledge.rows import (
    DocumentInfo,
    Row,
    Source,
    document_from,
    document_info_from,
    document_values,
    text_values,
)
from knowledge.schema import document_texts, documents

Outcome = Literal["added", "changed", "unchanged"]


def put(connection: Connection, document: Document, wanted: Sequence[Row], recipe: str) -> Outcome:
    """Write a document and make its chunks the wanted ones; rows that are equal keep their keys."""
    stored = _stored(connection, document.name)
    if stored is None:
        revision = next_revision(connection)
        document_id = _insert(connection, document, len(wanted), recipe, revision)
        chunk_rows.add(connection, document_id, wanted, revision)
        return "added"
    stale, fresh = chunk_rows.difference(connection, stored["id"], wanted)
    if not stale and not fresh and _is(stored, document):
        _set_recipe(connection, stored, recipe)
        return "unchanged"
    if stored["audience"] != document.audience:
        # An audience decides which index a chunk is in, so none of the rows may stay.
        stale, fresh = chunk_rows.all_keys(connection, stored["id"]), list(wanted)
    revision = next_revision(connection)
    _update(connection, stored["id"], document, len(wanted), recipe, revision)
    chunk_rows.remove(connection, stale, revision)
    chunk_rows.add(connection, stored["id"], fresh, revision)
    return "changed"


def remove(connection: Connection, name: str, viewer: Viewer) -> bool:
    """Delete a document that the viewer may see; `False` when there is none."""
    query = select(documents.c.id).where(documents.c.name == name, visible(viewer))
    found = connection.execute(query).scalar_one_or_none()
    if found is None:
        return False
    keys = chunk_rows.all_keys(connection, found)
    chunk_rows.remove(connection, keys, next_revision(connection))
    connection.execute(delete(documents).where(documents.c.id == found))
    return True


def sources(connection: Connection) -> dict[str, Source]:
    """What every document was made of, by name."""
    query = select(documents.c.name, documents.c.sha256, documents.c.recipe)
    return {name: Source(*made_of) for name, *made_of in connection.execute(query)}


def infos(connection: Connection, viewer: Viewer) -> list[DocumentInfo]:
    """The documents a viewer may see, by name."""
    query = select(documents).where(visible(viewer)).order_by(documents.c.name)
    return [document_info_from(row) for row in connection.execute(query).mappings()]


def get(connection: Connection, name: str, viewer: Viewer) -> Document | None:
    """A document that the viewer may see; `None` when there is none."""
    query = _whole().where(documents.c.name == name, visible(viewer))
    row = connection.execute(query).mappings().one_or_none()
    return document_from(row) if row else None


def _whole() -> Select[Any]:
    return select(documents, document_texts.c.text, document_texts.c.blocks).join_from(
        documents, document_texts
    )


def _stored(connection: Connection, name: str) -> RowMapping | None:
    return connection.execute(_whole().where(documents.c.name == name)).mappings().one_or_none()


def _is(stored: RowMapping, document: Document) -> bool:
    values = document_values(document) | text_values(document)
    return all(stored[column] == value for column, value in values.items())


def _set_recipe(connection: Connection, stored: RowMapping, recipe: str) -> None:
    if stored["recipe"] != recipe:
        connection.execute(
            update(documents).where(documents.c.id == stored["id"]).values(recipe=recipe)
        )


def _insert(
    connection: Connection, document: Document, n_chunks: int, recipe: str, revision: int
) -> int:
    values = document_values(document) | _stamp(n_chunks, recipe, revision)
    added = insert(documents).values(values).returning(documents.c.id)
    document_id: int = connection.execute(added).scalar_one()
    text = text_values(document) | {"document_id": document_id}
    connection.execute(insert(document_texts).values(text))
    return document_id


def _update(
    connection: Connection,
    document_id: int,
    document: Document,
    n_chunks: int,
    recipe: str,
    revision: int,
) -> None:
    values = document_values(document) | _stamp(n_chunks, recipe, revision)
    connection.execute(update(documents).where(documents.c.id == document_id).values(values))
    connection.execute(
        update(document_texts)
        .where(document_texts.c.document_id == document_id)
        .values(text_values(document))
    )


def _stamp(n_chunks: int, recipe: str, revision: int) -> Row:
    return {
        "chunk_count": n_chunks,
        "recipe": recipe,
        "revision": revision,
        "updated_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
