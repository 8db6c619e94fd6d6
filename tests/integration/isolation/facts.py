"""Who may find what, worked out from plain facts: the oracle that the product is compared with.

Nothing of the product is used here. A circle of readers is the set of all places in the tree of
audiences where somebody may stand; what is in force is a calendar, one entry for each day. Asked
about the past, a reader finds what was said then to those who could see it then, if they still may.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

FIRST, LAST = -5, 5
"""Days that are told apart, from today; the first stands for all before it, the last for later."""
DAYS = range(FIRST, LAST + 1)
ROOT = "staff"

Circle = frozenset[str]
Days = tuple[int | None, int | None]
"""From one day until before another, `None` without a bound."""


class Line(NamedTuple):
    """A line of a document: a heading (``level`` from 1) or a paragraph, under headings."""

    text: str
    level: int
    under: tuple[str, ...]


class Said(NamedTuple):
    """What was said from one change on: the version in force on each day, and to whom."""

    tick: int
    calendar: Mapping[int, int]
    audience: frozenset[str]


@dataclass
class Version:
    """One text of a source, with the days that its author asked for."""

    lines: list[Line]
    author: str
    state: Literal["draft", "in_review", "approved"]
    days: Days


@dataclass
class Source:
    """A source; its parts are restricted by heading, ``None`` leaves a part to its audience."""

    audience: frozenset[str]
    versions: list[Version] = field(default_factory=list)
    parts: dict[str, frozenset[str] | None] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)

    def at(self, tick: int | None) -> Said:
        """What was said at a moment; `None`: now."""
        before = [said for said in self.said if tick is None or said.tick <= tick]
        return before[-1] if before else Said(0, {}, self.audience)

    def in_force(self, tick: int, number: int | None, days: Days) -> None:
        """From a step on a version, or none, is in force on some days."""
        first, end = (FIRST if days[0] is None else days[0]), days[1]
        calendar = dict(self.at(None).calendar)
        for day in range(first, LAST + 1 if end is None else end):
            calendar.pop(day, None)
            if number is not None:
                calendar[day] = number
        self.said.append(Said(tick, calendar, self.audience))

    def moved(self, tick: int, audience: frozenset[str]) -> None:
        """From a step on it is for others."""
        self.audience = audience
        self.said.append(Said(tick, self.at(None).calendar, audience))

    def lacking(self, lines: list[Line]) -> set[str]:
        """Restricted parts that a text does not have."""
        there = {plain(line.text) for line in lines if line.level}
        return {heading for heading in self.parts if plain(heading) not in there}

    @property
    def headings(self) -> list[str]:
        """Of all its versions, the newest last."""
        return [line.text for version in self.versions for line in version.lines if line.level]


@dataclass(frozen=True)
class Asker:
    """Somebody with roles at labels, who asks about a day as it was told at a moment."""

    grants: tuple[tuple[str, str], ...]
    day: int | None = None
    tick: int | None = None


@dataclass
class Facts:
    """Everything that was done."""

    parents: dict[str, str | None] = field(default_factory=lambda: {ROOT: None})
    sources: dict[str, Source] = field(default_factory=dict)

    def path(self, label: str | None) -> Iterator[str]:
        """A label and every wider one."""
        while label is not None:
            yield label
            label = self.parents[label]

    def reduced(self, labels: Iterable[str]) -> frozenset[str]:
        """The labels that lie below no other of them."""
        given = frozenset(labels)
        return frozenset(x for x in given if not given & (set(self.path(x)) - {x}))

    def circle(self, labels: Iterable[str]) -> Circle:
        """Where one may stand to be at one of the labels or below it."""
        wanted = set(labels)
        return frozenset(place for place in self.parents if wanted & set(self.path(place)))

    def sees(self, asker: Asker, circle: Circle) -> bool:
        """Agents stand at their label; who manages sees what any place below theirs sees."""
        for role, label in asker.grants:
            places = {label} if role == "agent" else self.circle([label])
            if circle & places or (not circle and (role, label) == ("manager", ROOT)):
                return True
        return False

    def part(self, source: Source, line: Line) -> Circle:
        """Who may see a line, going by the parts that it stands in."""
        circle = frozenset(self.parents)
        for heading, audience in source.parts.items():
            if audience is not None and any(plain(heading) == plain(h) for h in line.under):
                circle &= self.circle(audience)
        return circle

    def lines(
        self, asker: Asker, name: str, number: int | None = None
    ) -> list[tuple[Line, bool]] | None:
        """The lines of a version and whether each is shown; `None` if there is no such version."""
        source = self.sources.get(name)
        if source is None:
            return None
        circle = self.circle(source.audience)
        if number is None:
            said = source.at(asker.tick)
            number = said.calendar.get(asker.day or 0)
            circle &= self.circle(said.audience)
        elif not any(number in said.calendar.values() for said in source.said):
            return None
        return None if number is None else self.shown(asker, source, number, circle)

    def shown(
        self, asker: Asker, source: Source, number: int, circle: Circle
    ) -> list[tuple[Line, bool]] | None:
        """The lines of a version that is for a circle, less what its parts take away."""
        if not self.sees(asker, circle):
            return None
        lines = source.versions[number - 1].lines
        return [(line, self.sees(asker, circle & self.part(source, line))) for line in lines]

    def paragraphs(self, asker: Asker) -> list[str]:
        """Every paragraph that somebody can find."""
        every = (line for name in self.sources for line in self.lines(asker, name) or ())
        return [line.text for line, shown in every if shown and not line.level]


def text_of(lines: list[tuple[Line, bool]] | None) -> str | None:
    """What is read of lines: blanks where one is not shown."""
    if lines is None:
        return None
    return "\n".join(line.text if shown else " " * len(line.text) for line, shown in lines)


def plain(heading: str) -> str:
    """A heading without what does not matter in it."""
    return heading.lower().translate(str.maketrans("áéíóú", "aeiou")).strip()
