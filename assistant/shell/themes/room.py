"""What is counted for one viewer: only contacts, questions and sources that are theirs to see.

The register counts (`knowledge.themes`), pure functions rank and measure (`assistant.themes`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from assistant.refusals import because
from assistant.shell.themes.grouping import LISTED, by_audience, by_product, by_source
from assistant.shell.themes.measuring import Measured, measured, opened, sizes_of
from assistant.shell.themes.scoping import Filters, scope_of
from assistant.shell.themes.sight import Sight
from assistant.themes import counting, measures
from assistant.themes.models import Group, Theme, Themes
from assistant.themes.naming import PER_THEME, Said, name_of
from assistant.themes.ports import Known
from assistant.themes.weeks import Period
from knowledge.errors import NotFound
from knowledge.models import Language
from knowledge.themes import theme_rows
from knowledge.themes.scope import Scope
from knowledge.themes.source_facts import SourceFact, source_facts
from knowledge.work.work_store import WorkStore

SHOWN_SOURCES = 5
BEHIND = 50
"""Conversations and questions that are shown behind a theme, the latest."""


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
            scope = scope_of(connection, sight, period, filters, facts)
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
            scope = scope_of(connection, sight, period, Filters(), facts)
            return {
                "audience": by_audience(theme_rows.tallies(connection, scope), sight.tree),
                "source": by_source(connection, scope, facts),
                "product": by_product(connection, scope, facts),
            }

    def total(self, sight: Sight, period: Period) -> int:
        """Contacts and questions of all themes in a period."""
        with self.store.read() as connection:
            scope = scope_of(connection, sight, period, Filters(), {})
            return counting.total_in(theme_rows.tallies(connection, scope), period)

    def rising_in(self, sight: Sight, period: Period) -> dict[int, Any]:
        """Themes that were rising at the end of some week of a period, see `counting.rising_in`."""
        with self.store.read() as connection:
            scope = scope_of(connection, sight, period, Filters(), {})
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
            scope = scope_of(connection, sight, period, filters or Filters(), facts)
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
            scope = scope_of(connection, sight, period, Filters(audience), {})
            return measured(connection, self.store, self.known, sight, scope, audience)

    def by_audience(self, sight: Sight, period: Period) -> tuple[list[Measured], list[str]]:
        """The measures of each audience that has contacts, and the audiences left out.

        Those with fewer than `SMALLEST_GROUP` agents are left out: nobody is measured alone.
        """
        with self.store.read() as connection:
            sizes = sizes_of(connection, sight.tree)
            scope = scope_of(connection, sight, period, Filters(), {})
            present = {one.audience for one in opened(connection, self.store, scope)}
            shown = sorted(one for one in present if sizes.get(one, 0) >= measures.SMALLEST_GROUP)
            found = [
                measured(
                    connection,
                    self.store,
                    self.known,
                    sight,
                    scope_of(connection, sight, period, Filters(label), {}),
                    label,
                )
                for label in shown
            ]
        return found, sorted(present - set(shown))

    def _filled(
        self,
        connection: Connection,
        scope: Scope,
        some: Sequence[Theme],
        language: Language,
        facts: Mapping[int, SourceFact],
    ) -> list[Theme]:
        """Themes with their names, sources, and how often they were missed or complained of."""
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
        complained = theme_rows.complained(connection, scope)
        return [
            replace(
                theme,
                name=name_of(said.get(theme.number, []), language),
                missed=missed.get(theme.number, 0),
                complained=complained.get(theme.number, 0),
                sources=tuple(cited.get(theme.number, Counter()).most_common(SHOWN_SOURCES)),
            )
            for theme in some
        ]


def period_of(last: date, days: int) -> Period:
    """So many days, up to the last."""
    if (last - date.min).days < days:
        return Period(date.min, last)  # is refused there
    return Period(last - timedelta(days=days - 1), last)
