"""Passages whose figures are marked, and which of them figures of agents' sentences are about."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.ports import Figured

Place = tuple[int, int]
"""A line of a passage, and one of its figures."""


@dataclass(frozen=True)
class Marked:
    """A text whose figures count.

    Attributes:
        figured: it, with what it stands under or answers.
        kinds: of each of its figures.
    """

    figured: Figured
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class About:
    """A figure of what an agent says.

    Attributes:
        said: in which sentence.
        at: which of its figures.
        right: figures of the passage that it is about; of none where empty.
        languages: of sentence and passage, ``es-en``.
    """

    said: Marked
    at: int
    right: frozenset[Place]
    languages: str


@dataclass(frozen=True)
class Passage:
    """A passage with what agents say of it.

    Attributes:
        key: of it.
        company: equal for passages of one company.
        half: ``fit``, which may be learned from, or ``report``.
        lines: its sentences that have figures.
        about: figures of agents' sentences.
    """

    key: str
    company: str
    half: str
    lines: tuple[Marked, ...]
    about: tuple[About, ...]

    def rows(self, begin: int) -> dict[Place, int]:
        """The row of each figure, where the first has `begin` and all follow each other."""
        places = [(n, at) for n, line in enumerate(self.lines) for at in range(len(line.kinds))]
        return {place: begin + row for row, place in enumerate(places)}
