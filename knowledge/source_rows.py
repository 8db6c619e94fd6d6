"""Sources and their versions in the register's tables, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from knowledge import audience_rows, chunk_rows
from knowledge.audience import labels_of
from knowledge.chunk_rows import IN_FORCE, asked_by
from knowledge.models import Document, Viewer
from knowledge.schema import (
    audience_sets,
    publications,
    sections,
    sources,
    version_texts,
    versions,
)
from knowledge.search.rows import (
    DocumentInfo,
    Row,
    Source,
    document_from,
    document_info_from,
    text_values,
    version_values,
)
from knowledge.sections import Span, hidden_spans, section_spans, without
from knowledge.validity import Validity

State = Literal["draft", "in_review", "published", "retired"]


@dataclass(frozen=True)
class NewVersion:
    """What becomes a version.

    Attributes:
        document: its text.
        chunks: columns of its chunks, in order.
        recipe: version of what read it.
        author: account that brought it.
        note: what is new in it.
        validity: when it is to be in force.
        at: the moment, as `validity.moment` writes it.
    """

    document: Document
    chunks: Sequence[Row]
    recipe: str
    author: str
    note: str
    validity: Validity
    at: str


_WHOLE = (
    select(
        sources.c.id.label("source_id"),
        sources.c.name,
        sources.c.audience,
        sources.c.internal.label("source_internal"),
        versions,
        version_texts.c.text,
        version_texts.c.blocks,
    )
    .join_from(sources, versions, versions.c.source_id == sources.c.id)
    .join(version_texts, version_texts.c.version_id == versions.c.id)
)


def source_id(connection: Connection, name: str) -> int | None:
    """Number of a source; `None` when there is none of that name."""
    found: int | None = connection.execute(
        select(sources.c.id).where(sources.c.name == name)
    ).scalar_one_or_none()
    return found


def add_source(connection: Connection, name: str, audience: str, at: str) -> int:
    """Make a source without versions.

    Args:
        connection: in a write transaction.
        name: what users know it by; none of that name is there.
        audience: key of a set of labels.
        at: the moment, as `validity.moment` writes it.
    """
    values = {
        "name": name,
        "kind": "document",
        "audience": audience,
        "internal": False,
        "tags": "{}",
        "created_at": at,
    }
    number: int = connection.execute(
        insert(sources).values(values).returning(sources.c.id)
    ).scalar_one()
    return number


def audience_of(connection: Connection, source: int) -> str:
    """Key of the labels that may see a source."""
    query = select(sources.c.audience).where(sources.c.id == source)
    key: str = connection.execute(query).scalar_one()
    return key


def set_audience(connection: Connection, source: int, audience: str) -> None:
    """Note who may see a source; `publishing.renew` makes it so."""
    connection.execute(update(sources).where(sources.c.id == source).values(audience=audience))


def add_version(connection: Connection, source: int, new: NewVersion, state: State) -> int:
    """Store the next version of a source with its chunks; its row number, not its own number."""
    number = last_number(connection, source) + 1
    values = version_values(new.document) | {
        "source_id": source,
        "number": number,
        "state": state,
        "recipe": new.recipe,
        "chunk_count": len(new.chunks),
        "note": new.note,
        "author": new.author,
        "valid_from": new.validity.start.isoformat(),
        "valid_to": new.validity.end.isoformat(),
        "created_at": new.at,
        "changed_at": new.at,
    }
    version_id: int = connection.execute(
        insert(versions).values(values).returning(versions.c.id)
    ).scalar_one()
    text = text_values(new.document) | {"version_id": version_id}
    connection.execute(insert(version_texts).values(text))
    chunk_rows.add(connection, version_id, new.chunks)
    return version_id


def last_number(connection: Connection, source: int) -> int:
    """Number of the newest version of a source; 0 when it has none."""
    query = select(func.max(versions.c.number)).where(versions.c.source_id == source)
    return connection.execute(query).scalar_one() or 0


def newest(connection: Connection, source: int, *, drafts: bool) -> RowMapping | None:
    """The newest version of a source with its text, drafts and what is in review left out or not.

    `None` where there is none.
    """
    query = _WHOLE.where(versions.c.source_id == source)
    if not drafts:
        query = query.where(versions.c.state.in_(("published", "retired")))
    query = query.order_by(versions.c.number.desc()).limit(1)
    return connection.execute(query).mappings().one_or_none()


def is_same(
    connection: Connection, stored: RowMapping, document: Document, wanted: Sequence[Row]
) -> bool:
    """Whether a stored version says exactly what a document does, cut in the same way."""
    values = version_values(document) | text_values(document)
    same = all(stored[column] == value for column, value in values.items())
    return same and chunk_rows.equal(connection, stored["id"], wanted)


def set_recipe(connection: Connection, stored: RowMapping, recipe: str) -> None:
    """Note that a newer reader makes the same of it."""
    if stored["recipe"] != recipe:
        connection.execute(
            update(versions).where(versions.c.id == stored["id"]).values(recipe=recipe)
        )


def made_of(connection: Connection) -> dict[str, Source]:
    """What the newest version, drafts apart, of every source was made of, by name."""
    query = (
        select(sources.c.name, versions.c.sha256, versions.c.recipe, sources.c.audience)
        .join_from(sources, versions, versions.c.source_id == sources.c.id)
        .where(versions.c.state.in_(("published", "retired")))
        .order_by(versions.c.number)
    )
    return {name: Source(*made_of) for name, *made_of in connection.execute(query)}


def used_files(connection: Connection) -> set[str]:
    """SHA-256 of every version's original."""
    return set(connection.execute(select(versions.c.sha256)).scalars())


def infos(connection: Connection, viewer: Viewer, today: date) -> list[DocumentInfo]:
    """The sources a viewer may see, each as the version in force, by name."""
    query = (
        select(
            sources.c.name,
            sources.c.audience,
            audience_sets.c.key.label("said_to"),
            func.coalesce(sources.c.title, versions.c.title).label("title"),
            *(c for c in versions.c if c.name not in ("title", "note")),
        )
        .join_from(sources, versions, versions.c.source_id == sources.c.id)
        .join(publications, publications.c.version_id == versions.c.id)
        .join(audience_sets, publications.c.audience_id == audience_sets.c.id)
        .where(IN_FORCE)
        .order_by(sources.c.name)
    )
    rows = connection.execute(query, _only_times(viewer, today)).mappings().all()
    circles = {(row["said_to"], row["audience"]) for row in rows}
    theirs = {keys for keys in circles if is_seen(connection, viewer, *keys)}
    return [document_info_from(row) for row in rows if (row["said_to"], row["audience"]) in theirs]


def get(
    connection: Connection, name: str, viewer: Viewer, today: date, number: int | None
) -> Document | None:
    """A version of a source without the parts that the viewer may not see.

    Args:
        connection: reading.
        name: of the source.
        viewer: who asks, about which day.
        today: at the company.
        number: of the version, one that was ever published; `None` means the one in force.

    Returns:
        `None` when there is none that the viewer may see.
    """
    query = (
        _WHOLE.add_columns(audience_sets.c.key.label("said_to"))
        .join(publications, publications.c.version_id == versions.c.id)
        .join(audience_sets, publications.c.audience_id == audience_sets.c.id)
        .where(sources.c.name == name)
    )
    query = query.where(IN_FORCE if number is None else versions.c.number == number)
    asked = _only_times(viewer, today) if number is None else {}
    row = connection.execute(query.limit(1), asked).mappings().one_or_none()
    if row is None:
        return None
    # A version that is named may be seen by whoever may see its source now.
    said_to = row["said_to"] if number is None else row["audience"]
    if not is_seen(connection, viewer, said_to, row["audience"]):
        return None
    return _as_seen(connection, row, viewer, said_to)


def numbers_in_force(
    connection: Connection, names: Sequence[str], viewer: Viewer, today: date
) -> dict[str, int]:
    """Number of the version in force of each of these sources that the viewer may see."""
    query = (
        select(sources.c.name, versions.c.number, audience_sets.c.key, sources.c.audience)
        .join_from(sources, versions, versions.c.source_id == sources.c.id)
        .join(publications, publications.c.version_id == versions.c.id)
        .join(audience_sets, publications.c.audience_id == audience_sets.c.id)
        .where(sources.c.name.in_(names), IN_FORCE)
    )
    rows = connection.execute(query, _only_times(viewer, today))
    return {name: number for name, number, *keys in rows if is_seen(connection, viewer, *keys)}


def version_document(connection: Connection, version_id: int) -> Document:
    """A version's whole text, whoever may see it."""
    row = connection.execute(_WHOLE.where(versions.c.id == version_id)).mappings().one()
    return document_from(row)


def version_as_seen(connection: Connection, version_id: int, viewer: Viewer) -> Document:
    """A version's text, whatever its state, without the parts that the viewer may not see."""
    row = connection.execute(_WHOLE.where(versions.c.id == version_id)).mappings().one()
    return _as_seen(connection, row, viewer, row["audience"])


def is_seen(connection: Connection, viewer: Viewer, *keys: str) -> bool:
    """Whether the viewer is among those who are in all these circles."""
    if len(set(keys)) == 1:
        return bool(labels_of(keys[0]) & viewer.audiences)
    tree = audience_rows.tree(connection)
    return bool(labels_of(tree.within(*keys)) & viewer.audiences)


def _as_seen(connection: Connection, row: RowMapping, viewer: Viewer, said_to: str) -> Document:
    """The document of a row, cut for a viewer as `publishing` places its chunks."""
    document = document_from(row)
    restricted = connection.execute(
        select(sections).where(sections.c.source_id == row["source_id"])
    ).mappings()
    parts: list[tuple[Span, str]] = []
    internal: list[Span] = [(0, len(document.text))] if row["source_internal"] else []
    for part in restricted:
        spans = section_spans(document, part["heading"])
        if part["audience"] is not None:
            parts += [(span, part["audience"]) for span in spans]
        if part["internal"]:
            internal += spans
    keys = (said_to, row["audience"])
    hidden = hidden_spans(parts, lambda here: is_seen(connection, viewer, *keys, *here))
    return replace(without(document, hidden), internal=tuple(internal))


def _only_times(viewer: Viewer, today: date) -> dict[str, Any]:
    asked = asked_by(viewer, today)
    del asked["audiences"]
    return asked
