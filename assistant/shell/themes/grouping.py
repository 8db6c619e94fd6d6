"""How often something came up by audience, source and product, most first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from assistant.shell.themes.sight import title_of
from assistant.themes.models import Group
from knowledge.audience import AudienceTree, labels_of
from knowledge.models import EVERYONE
from knowledge.themes import theme_rows
from knowledge.themes.scope import Scope
from knowledge.themes.source_facts import SourceFact
from knowledge.themes.theme_rows import Tally
from knowledge.work.circles import shared_place

LISTED = 50


def by_audience(tallies: Iterable[Tally], tree: AudienceTree) -> tuple[Group, ...]:
    """By who the contacts belong to, or who asked."""
    counts: Counter[str] = Counter()
    for one in tallies:
        label = one.audience if one.contacts else _place(one.audience, tree)
        counts[label] += one.contacts + one.questions
    return tuple(
        Group(label, title_of(label, tree), count)
        for label, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def _place(key: str, tree: AudienceTree) -> str:
    """The narrowest label of a circle that asked; of several, the one that they share."""
    return shared_place([labels_of(key)], tree) if labels_of(key) else EVERYONE


def by_source(
    connection: Connection, scope: Scope, facts: Mapping[int, SourceFact]
) -> tuple[Group, ...]:
    """By the sources that answered."""
    counts = theme_rows.cited(connection, scope)
    rows = [(facts[source], count) for (_, source), count in counts.items() if source in facts]
    rows.sort(key=lambda row: (-row[1], row[0].title))
    return tuple(Group(str(fact.number), fact.title, count) for fact, count in rows[:LISTED])


def by_product(
    connection: Connection, scope: Scope, facts: Mapping[int, SourceFact]
) -> tuple[Group, ...]:
    """By the products that were cited or named."""
    of = {number: fact.products for number, fact in facts.items() if fact.products}
    if not of:
        return ()
    sizes = Counter(product for products in of.values() for product in products)
    single = [n for n, products in of.items() if all(sizes[one] == 1 for one in products)]
    counts: Counter[str] = Counter()
    for source, count in theme_rows.touched_times(connection, scope, single).items():
        counts.update(dict.fromkeys(of[source], count))
    several: dict[str, set[tuple[str, int]]] = {}
    for source, some in theme_rows.touched(connection, scope, of.keys() - set(single)).items():
        for product in of[source]:
            several.setdefault(product, set()).update(some)
    counts.update({product: len(some) for product, some in several.items()})
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    return tuple(Group(product, product, count) for product, count in rows[:LISTED])
