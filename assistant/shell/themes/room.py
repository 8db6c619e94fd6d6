"""What is counted for one viewer: only contacts, questions and sources that are theirs to see.

The register counts (`knowledge.themes`), pure functions rank and measure (`assistant.themes`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from assistant.refusals import because
from assistant.themes import counting, measures
from assistant.themes.measures import Measure, Value
from assistant.themes.models import Group, Theme, Themes
from assistant.themes.naming import PER_THEME, Said, name_of
from assistant.themes.ports import Known
from assistant.themes.weeks import Period
from knowledge.audience import AudienceTree, labels_of
from knowledge.errors import NotFound
from knowledge.identity import account_rows
from knowledge.identity.access import Principal, reach
from knowledge.models import EVERYONE, Language, Viewer
from knowledge.themes import measure_rows, theme_rows
from knowledge.themes.measure_rows import ContactRow
from knowledge.themes.scope import Scope
from knowledge.themes.source_facts import SourceFact, source_facts
from knowledge.themes.theme_rows import Tally
from knowledge.work.circles import places, shared_place
from knowledge.work.question_rows import audiences_seen
from knowledge.work.work_store import WorkStore

LISTED = 50
SHOWN_SOURCES = 5
BEHIND = 50
"""Conversations and questions that are shown behind a theme, the latest."""


@dataclass(frozen=True)
class Sight:
    """What somebody may see.

    Attributes:
        labels: audiences whose contacts they see.
        asks: whose questions they may read, see `knowledge.work.circles`.
        reads: which sources.
        tree: all audiences.
    """

    labels: frozenset[str]
    asks: Viewer
    reads: Viewer
    tree: AudienceTree

    def within(self, labels: frozenset[str]) -> Sight:
        """Only what belongs to some audiences; questions of others are left out as well."""
        asks = Viewer(self.asks.name, self.asks.audiences & _known(labels, self.tree))
        return replace(self, labels=self.labels & labels, asks=asks)


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; `None`: nothing.

    Attributes:
        audience: label, with all below it.
        source: number of a source that was cited.
        product: that was cited or named.
    """

    audience: str | None = None
    source: int | None = None
    product: str | None = None


@dataclass(frozen=True)
class Measured:
    """The measures of a group of contacts.

    Attributes:
        audience: its label.
        title: for people.
        contacts: opened in the period.
        values: by measure, in the order in which they count.
    """

    audience: str
    title: str
    contacts: int
    values: Mapping[Measure, Value]


@dataclass(frozen=True)
class Behind:
    """What is behind a theme: conversations, what was said and asked, and sources.

    Attributes:
        theme: with its name and sources.
        total: contacts and questions of all themes in the period.
        conversations: the latest, as rows of `theme_rows.conversations`.
        said: what customers said, as rows of `theme_rows.said`.
        asked: what agents asked, as rows of `theme_rows.asked`.
        sources: that answered it, as far as the viewer may see them.
    """

    theme: Theme
    total: int
    conversations: Sequence[Mapping[Any, Any]]
    said: Sequence[Mapping[Any, Any]]
    asked: Sequence[Mapping[Any, Any]]
    sources: Mapping[int, SourceFact]


def sight_of(principal: Principal, viewer: Viewer, asks: Viewer, tree: AudienceTree) -> Sight:
    """What somebody may see of contacts, questions and sources."""
    return Sight(reach(principal, "see_contacts", tree), asks, viewer, tree)


@dataclass(frozen=True)
class Room:
    """Themes and measures of one register.

    Attributes:
        store: the register's work.
        known: where outcomes, promises and others are known from.
    """

    store: WorkStore
    known: Known = field(default_factory=Known)

    def themes(
        self,
        sight: Sight,
        period: Period,
        language: Language,
        filters: Filters | None = None,
        *,
        limit: int = LISTED,
    ) -> Themes:
        """What customers asked in a period, ranked.

        Raises:
            NotFound: there is no audience, source or product of a filter for this viewer.
        """
        filters = filters or Filters()
        with self.store.read() as connection:
            facts = source_facts(connection, sight.reads)
            scope = self._scope(connection, sight, period, filters, facts)
            whole = replace(scope, first=counting.counted_days(period)[0])
            tallies = theme_rows.tallies(connection, whole)
            found = counting.ranked(tallies, period)
            listed = self._filled(connection, scope, found[:limit], language, facts)
        days = counting.all_days(tallies)
        weeks = counting.plotted_weeks(period)
        without = [one for one in tallies if one.topic is None]
        return Themes(
            period=period,
            weeks=weeks,
            total=counting.total_in(tallies, period),
            by_week=counting.by_week(days, weeks),
            without=counting.total_in(without, period),
            themes=tuple(listed),
            left_out=max(0, len(found) - limit),
            sources={n: facts[n] for theme in listed for n, _ in theme.sources},
        )

    def groups(self, sight: Sight, period: Period) -> dict[str, tuple[Group, ...]]:
        """How often customers asked by ``audience``, ``source`` and ``product``, most first."""
        with self.store.read() as connection:
            facts = source_facts(connection, sight.reads)
            scope = self._scope(connection, sight, period, Filters(), facts)
            return {
                "audience": _by_audience(theme_rows.tallies(connection, scope), sight.tree),
                "source": _by_source(connection, scope, facts),
                "product": _by_product(connection, scope, facts),
            }

    def total(self, sight: Sight, period: Period) -> int:
        """Contacts and questions of all themes in a period."""
        with self.store.read() as connection:
            scope = self._scope(connection, sight, period, Filters(), {})
            return counting.total_in(theme_rows.tallies(connection, scope), period)

    def rising_in(self, sight: Sight, period: Period) -> dict[int, Any]:
        """Themes that were rising at the end of some week of a period, see `counting.rising_in`."""
        with self.store.read() as connection:
            scope = self._scope(connection, sight, period, Filters(), {})
            whole = replace(scope, first=period.first - timedelta(days=35))
            return counting.rising_in(theme_rows.tallies(connection, whole), period)

    def behind(
        self,
        number: int,
        sight: Sight,
        period: Period,
        language: Language,
        filters: Filters | None = None,
    ) -> Behind:
        """The conversations and sources behind a theme.

        Raises:
            NotFound: there is no such theme in what the viewer may see, or no such filter.
        """
        with self.store.read() as connection:
            facts = source_facts(connection, sight.reads)
            scope = self._scope(connection, sight, period, filters or Filters(), facts)
            whole = replace(scope, first=counting.counted_days(period)[0])
            tallies = theme_rows.tallies(connection, whole)
            found = counting.ranked(tallies, period)
            mine = [theme for theme in found if theme.number == number]
            if not mine:
                raise NotFound(because("theme-unknown", number=number))
            (theme,) = self._filled(connection, scope, mine, language, facts)
            return Behind(
                theme,
                counting.total_in(tallies, period),
                theme_rows.conversations(connection, scope, number, BEHIND),
                theme_rows.said(connection, scope, number, BEHIND),
                theme_rows.asked(connection, scope, number, BEHIND),
                {source: facts[source] for source, _ in theme.sources},
            )

    def measures(self, sight: Sight, period: Period, audience: str | None = None) -> Measured:
        """The measures of all contacts that the viewer sees, or of one audience with all below.

        Raises:
            NotFound: there is no such audience for this viewer.
        """
        with self.store.read() as connection:
            scope = self._scope(connection, sight, period, Filters(audience), {})
            return self._measured(connection, sight, scope, audience)

    def by_audience(self, sight: Sight, period: Period) -> tuple[list[Measured], list[str]]:
        """The measures of each audience that has contacts, and the audiences left out.

        Those with fewer than `SMALLEST_GROUP` agents are left out: nobody is measured alone.
        """
        with self.store.read() as connection:
            sizes = _sizes(connection, sight.tree)
            scope = self._scope(connection, sight, period, Filters(), {})
            present = {one.audience for one in self._opened(connection, scope)}
            shown = sorted(one for one in present if sizes.get(one, 0) >= measures.SMALLEST_GROUP)
            found = [
                self._measured(
                    connection,
                    sight,
                    self._scope(connection, sight, period, Filters(label), {}),
                    label,
                )
                for label in shown
            ]
        return found, sorted(present - set(shown))

    def _scope(
        self,
        connection: Connection,
        sight: Sight,
        period: Period,
        filters: Filters,
        facts: Mapping[int, SourceFact],
    ) -> Scope:
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
        return Scope(period.first, period.last, labels, tuple(askers), cited, about)

    def _filled(
        self,
        connection: Connection,
        scope: Scope,
        some: Sequence[Theme],
        language: Language,
        facts: Mapping[int, SourceFact],
    ) -> list[Theme]:
        """Themes with their names, sources and how often they were missed."""
        numbers = [theme.number for theme in some]
        if not numbers:
            return []
        said: dict[int, list[Said]] = {}
        for one in theme_rows.wordings(connection, scope, numbers, PER_THEME):
            said.setdefault(one.topic, []).append(Said(one.text, one.language))
        cited: dict[int, Counter[int]] = {}
        for (topic, source), count in theme_rows.cited(connection, scope, numbers).items():
            if source in facts:
                cited.setdefault(topic, Counter())[source] = count
        missed = theme_rows.missed(connection, scope)
        return [
            replace(
                theme,
                name=name_of(said.get(theme.number, []), language),
                missed=missed.get(theme.number, 0),
                sources=tuple(cited.get(theme.number, Counter()).most_common(SHOWN_SOURCES)),
            )
            for theme in some
        ]

    def _opened(self, connection: Connection, scope: Scope, *, before: int = 0) -> list[ContactRow]:
        first = scope.first - timedelta(days=before)
        last = scope.first - timedelta(days=1) if before else scope.last
        zone = self.store.time_zone
        return measure_rows.opened(connection, first, last, scope.labels, zone)

    def _measured(
        self, connection: Connection, sight: Sight, scope: Scope, audience: str | None
    ) -> Measured:
        period, labels, known = Period(scope.first, scope.last), scope.labels, self.known
        back = measures.REPEATED_DAYS
        wider = Period(period.first - timedelta(days=back), period.last)
        contacts = self._opened(connection, scope)
        verdicts: Counter[str] = Counter()
        for counts in measure_rows.verdicts(connection, scope).values():
            verdicts.update(counts)
        customers = known.customers.customers(wider, labels) if known.customers else None
        earlier = self._opened(connection, scope, before=back) if customers else []
        topics = (
            measure_rows.topics_of(connection, replace(scope, first=wider.first))
            if customers
            else {}
        )
        outcomes = known.outcomes.outcomes(period, labels) if known.outcomes else None
        asked = known.escalated.escalated(period, labels) if known.escalated else None
        promised = known.promised.promises(period, labels) if known.promised else None
        complained = known.complained.complaints(period, labels) if known.complained else None
        values: dict[Measure, Value] = {
            "resolved": measures.resolved(contacts, outcomes),
            "repeated": measures.repeated(contacts, earlier, customers, topics),
            "escalated": measures.escalated(contacts, asked),
            "promises": measures.promises(promised),
            "complaints": measures.complaints(complained),
            "answered": measures.answered(verdicts),
            "handle_time": measures.handle_time(contacts),
        }
        tops = [audience] if audience is not None else widest(labels, sight.tree)
        titles = ", ".join(title_of(label, sight.tree) for label in tops)
        return Measured(" ".join(tops), titles, len(contacts), values)


def _known(labels: frozenset[str], tree: AudienceTree) -> frozenset[str]:
    """Labels with all above them: what somebody sees who is responsible for them."""
    known = labels & tree.audiences.keys()
    return labels.union(*(tree.above(label) for label in known))


def widest(labels: frozenset[str], tree: AudienceTree) -> list[str]:
    """The labels that lie below none of the others."""
    known = labels & tree.audiences.keys()
    return sorted(label for label in known if tree.above(label) & known == {label})


def title_of(label: str, tree: AudienceTree) -> str:
    """What people call an audience; of one that is gone, its label."""
    found = tree.audiences.get(label)
    return found.title if found is not None else label


def _by_audience(tallies: Iterable[Tally], tree: AudienceTree) -> tuple[Group, ...]:
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


def _by_source(
    connection: Connection, scope: Scope, facts: Mapping[int, SourceFact]
) -> tuple[Group, ...]:
    counts = theme_rows.cited(connection, scope)
    rows = [(facts[source], count) for (_, source), count in counts.items() if source in facts]
    rows.sort(key=lambda row: (-row[1], row[0].title))
    return tuple(Group(str(fact.number), fact.title, count) for fact, count in rows[:LISTED])


def _by_product(
    connection: Connection, scope: Scope, facts: Mapping[int, SourceFact]
) -> tuple[Group, ...]:
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


def _sizes(connection: Connection, tree: AudienceTree) -> dict[str, int]:
    """How many accounts talk with customers for each audience or one below it."""
    sizes: Counter[str] = Counter()
    for account in account_rows.everybody(connection):
        if account.disabled:
            continue
        held = {g.audience for g in account.grants if g.role == "agent"} & tree.audiences.keys()
        sizes.update({above for label in held for above in tree.above(label)})
    return dict(sizes)


def period_of(last: date, days: int) -> Period:
    """So many days, up to the last."""
    if (last - date.min).days < days:
        return Period(date.min, last)  # is refused there
    return Period(last - timedelta(days=days - 1), last)
