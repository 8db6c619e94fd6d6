"""Themes as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assistant.themes.naming import Said
from assistant.themes.rising import Rise
from assistant.themes.weeks import Period
from knowledge.themes.source_facts import SourceFact


@dataclass(frozen=True)
class Theme:
    """Questions that mean the same, counted.

    Attributes:
        number: of its topic.
        contacts: in the period that needed it, each once.
        questions: asked in the period.
        before: contacts and questions in as many days before it.
        weeks: contacts and questions in each of `Themes.weeks`.
        rise: why it is marked as rising at the end of the period; `None`: it is not.
        missed: contacts and questions that the sources did not answer in full.
        complained: contacts of which there is a complaint.
        name: what it is called; `None`: its words are gone.
        sources: numbers of the sources that answered it, with how often, most often first.
    """

    number: int
    contacts: int
    questions: int
    before: int
    weeks: tuple[int, ...]
    rise: Rise | None = None
    missed: int = 0
    complained: int = 0
    name: Said | None = None
    sources: tuple[tuple[int, int], ...] = ()

    @property
    def total(self) -> int:
        """Contacts and questions together: what themes are ranked by."""
        return self.contacts + self.questions


@dataclass(frozen=True)
class Group:
    """How often something came up for one value of a dimension.

    Attributes:
        key: label of an audience, number of a source, or a product.
        title: for people.
        total: contacts and questions in the period.
    """

    key: str
    title: str
    total: int


@dataclass(frozen=True)
class Themes:
    """What customers asked in a period.

    Attributes:
        period: the days.
        weeks: Mondays of the weeks that are plotted, oldest first; the last may be going on.
        total: theme of each contact and question, counted.
        by_week: the same in each week.
        without: of them, contacts and questions of no theme: what they were about is gone.
        themes: most often first, as many as were asked for.
        left_out: themes beyond those.
        sources: those that the themes name, by number.
    """

    period: Period
    weeks: tuple[date, ...]
    total: int
    by_week: tuple[int, ...]
    without: int
    themes: tuple[Theme, ...]
    left_out: int
    sources: Mapping[int, SourceFact]
