"""Filters and what somebody may see -> what is counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from assistant.refusals import because
from assistant.shell.themes.sight import Sight
from assistant.themes.weeks import Period
from knowledge.audience import labels_of
from knowledge.errors import NotFound
from knowledge.themes.scope import Scope
from knowledge.themes.source_facts import SourceFact
from knowledge.work.circles import places
from knowledge.work.question_rows import audiences_seen


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; `None`: nothing.

    Attributes:
        audience: label, with all below it.
        source: number of a source that was cited.
        product: that was cited or named.
        complained: contacts alone of which there is a complaint.
    """

    audience: str | None = None
    source: int | None = None
    product: str | None = None
    complained: bool = False


def scope_of(
    connection: Connection,
    sight: Sight,
    period: Period,
    filters: Filters,
    facts: Mapping[int, SourceFact],
) -> Scope:
    """What of a period is counted for somebody.

    Args:
        connection: in any transaction.
        sight: what they may see.
        period: the days.
        filters: what they narrow it to.
        facts: sources that they may see, by number; none are needed without a filter by them.

    Raises:
        NotFound: there is no audience, source or product of a filter for them.
    """
    labels = sight.labels
    askers = audiences_seen(connection, sight.asks, sight.tree)
    if filters.audience is not None:
        if filters.audience not in sight.tree.audiences or filters.audience not in labels:
            raise NotFound(because("theme-audience", label=filters.audience[:64]))
        inner = sight.tree.below(filters.audience)
        labels &= inner
        askers = [key for key in askers if places(labels_of(key), sight.tree) <= inner]
    cited = about = None
    if filters.source is not None:
        if filters.source not in facts:
            raise NotFound(because("source-number-unknown", number=filters.source))
        cited = frozenset({filters.source})
    if filters.product is not None:
        about = frozenset(n for n, one in facts.items() if filters.product in one.products)
        if not about:
            raise NotFound(because("theme-product", product=filters.product[:80]))
    return Scope(
        period.first,
        period.last,
        labels,
        tuple(askers),
        cited,
        about,
        complained=filters.complained,
    )
