"""What people read of a source in lists: what managers call it, else its newest version's title."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select

from knowledge.schema import sources, versions

_newest = (
    select(versions.c.title)
    .where(versions.c.source_id == sources.c.id)
    .order_by(versions.c.number.desc())
    .limit(1)
    .correlate(sources)
    .scalar_subquery()
)

SOURCE_TITLE: ColumnElement[str] = func.coalesce(sources.c.title, _newest, sources.c.name)
"""A column for queries that have ``sources`` in them."""
