"""What is told of the sources behind themes, as far as somebody may see them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from knowledge.curation_rows import may_manage
from knowledge.models import Viewer
from knowledge.schema import sources, versions

PRODUCT_TAGS = ("product", "producto")
"""Keys of the tag that says which product a source is about."""


@dataclass(frozen=True)
class SourceFact:
    """A source.

    Attributes:
        number: the register's.
        name: of the source.
        title: as managers or its newest version call it.
        kind: one of `curation_checks.KINDS`.
        products: that it is about: its tag, or itself where it is of the kind ``product``.
    """

    number: int
    name: str
    title: str
    kind: str
    products: tuple[str, ...]


def source_facts(
    connection: Connection, viewer: Viewer, numbers: Iterable[int] | None = None
) -> dict[int, SourceFact]:
    """Sources that a viewer may see, by number.

    Args:
        connection: in any transaction.
        viewer: who asks.
        numbers: only these; `None`: all.
    """
    newest = (
        select(versions.c.source_id, func.max(versions.c.number).label("number"))
        .group_by(versions.c.source_id)
        .subquery()
    )
    of_newest = (versions.c.source_id == newest.c.source_id) & (
        versions.c.number == newest.c.number
    )
    query = (
        select(sources, versions.c.title.label("own_title"))
        .join(newest, newest.c.source_id == sources.c.id)
        .join(versions, of_newest)
    )
    if numbers is not None:
        query = query.where(sources.c.id.in_(sorted(numbers)))
    return {
        row["id"]: SourceFact(
            row["id"],
            row["name"],
            row["title"] or row["own_title"],
            row["kind"],
            _products(row["kind"], row["title"] or row["own_title"], json.loads(row["tags"])),
        )
        for row in connection.execute(query).mappings()
        if may_manage(row["audience"], viewer)
    }


def _products(kind: str, title: str, tags: dict[str, str]) -> tuple[str, ...]:
    tagged = tuple(dict.fromkeys(tags[key] for key in PRODUCT_TAGS if tags.get(key)))
    return tagged or ((title,) if kind == "product" else ())
