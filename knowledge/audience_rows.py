"""Audiences and sets of them in the register's tables, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select, update

from knowledge.audience import (
    MANAGERS_ONLY,
    ROOT,
    Audience,
    AudienceTree,
    audience_key,
    check_label,
    labels_of,
)
from knowledge.errors import SettingsError
from knowledge.refusals import because
from knowledge.schema import audience_members, audience_sets, audiences, sections, sources

MAX_TITLE_CHARS = 80


def tree(connection: Connection) -> AudienceTree:
    """All audiences."""
    rows = connection.execute(select(audiences.c.label, audiences.c.title, audiences.c.parent))
    return AudienceTree.of(Audience(*row) for row in rows)


def add(connection: Connection, label: str, title: str, parent: str = ROOT.label) -> None:
    """Make an audience below another.

    Raises:
        SettingsError: the label cannot be used or is or was taken, or the parent is not there.
    """
    known = tree(connection)
    known.above(parent)
    if check_label(label) in known.audiences:
        raise SettingsError(because("audience-taken", label=label))
    if _was_used(connection, label):
        raise SettingsError(because("audience-was-used", label=label))
    values = {"label": label, "title": _title(title or label), "parent": parent}
    connection.execute(insert(audiences).values(values))


def rename(connection: Connection, label: str, title: str) -> None:
    """Change what people read; the label stays.

    Raises:
        SettingsError: there is no such audience, or the title is empty.
    """
    tree(connection).above(label)
    connection.execute(
        update(audiences).where(audiences.c.label == label).values(title=_title(title))
    )


def remove(connection: Connection, label: str) -> None:
    """Delete an audience that nothing refers to.

    Raises:
        SettingsError: it is not there, is the root, or something still carries it.
    """
    known = tree(connection)
    if known.above(label) == {label}:
        raise SettingsError(because("audience-root", label=label))
    if known.below(label) != {label}:
        raise SettingsError(because("audience-has-others", label=label))
    carried = [
        name
        for name, key in connection.execute(select(sources.c.name, sources.c.audience))
        if label in labels_of(key)
    ]
    parts = select(sources.c.name, sections.c.audience).join_from(sections, sources)
    carried += [n for n, key in connection.execute(parts) if key and label in labels_of(key)]
    if carried:
        raise SettingsError(
            because("audience-in-use", label=label, count=len(carried), source=carried[0])
        )
    connection.execute(delete(audiences).where(audiences.c.label == label))


def known_key(connection: Connection, labels: Iterable[str]) -> str:
    """The key of a set of existing labels, in as few as it takes.

    `MANAGERS_ONLY` stands for no label, as in the key of a source that has none.

    Raises:
        SettingsError: one of them is no audience.
    """
    return audience_key(tree(connection).reduced(set(labels) - {MANAGERS_ONLY}))


def set_id(connection: Connection, key: str) -> int:
    """Number of a set of labels, noted if it is new."""
    query = select(audience_sets.c.id).where(audience_sets.c.key == key)
    found: int | None = connection.execute(query).scalar_one_or_none()
    if found is not None:
        return found
    added = insert(audience_sets).values(key=key).returning(audience_sets.c.id)
    number: int = connection.execute(added).scalar_one()
    members = [{"set_id": number, "label": label} for label in sorted(labels_of(key))]
    connection.execute(insert(audience_members), members)
    return number


def _was_used(connection: Connection, label: str) -> bool:
    """Whether anything was ever published for this label."""
    query = select(audience_members.c.set_id).where(audience_members.c.label == label)
    return connection.execute(query.limit(1)).first() is not None


def _title(title: str) -> str:
    stripped = " ".join(title.split())
    if not stripped or len(stripped) > MAX_TITLE_CHARS:
        raise SettingsError(because("audience-title", title=title[:40], limit=MAX_TITLE_CHARS))
    return stripped
