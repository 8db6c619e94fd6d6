"""Digits that are written or said one after the other, however they are grouped.

A run goes on over spaces and signs; which part of it is a number of some kind, the rules try.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

LEAST_DIGITS, MOST_DIGITS = 7, 20
"""Of a number that some rule looks for."""
_RUN = re.compile(r"[0-9]+(?:(?:[ .()/,-]{1,3})[0-9]+){0,47}")
_GROUP = re.compile(r"[0-9]+")
_TIED = frozenset("-/._")


@dataclass(frozen=True)
class Run:
    """Digits in a row.

    Attributes:
        text: of the reading.
        groups: ``(start, end)`` of each.
    """

    text: str
    groups: tuple[tuple[int, int], ...]

    def windows(self, count: int, signs: str) -> Iterator[Window]:
        """Neighbouring groups with so many digits in all and no other signs between them."""
        for window, between in self._windows.get(count, ()):
            if between <= set(signs):
                yield window

    @cached_property
    def _windows(self) -> dict[int, list[tuple[Window, frozenset[str]]]]:
        """All that the rules may want, with the signs between their groups, by digits."""
        groups, found = self.groups, defaultdict(list)
        for first in range(len(groups)):
            digits, between = 0, frozenset[str]()
            for last in range(first, len(groups)):
                start, end = groups[last]
                digits += end - start
                if last > first:
                    between |= set(self.text[groups[last - 1][1] : start])
                if digits > MOST_DIGITS:
                    break
                if digits >= LEAST_DIGITS:
                    found[digits].append((Window(self, first, last), between))
        return found


@dataclass(frozen=True)
class Window:
    """Some neighbouring groups of a run, from ``first`` to ``last``."""

    run: Run
    first: int
    last: int

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.run.groups[self.first][0]

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.run.groups[self.last][1]

    @property
    def sizes(self) -> tuple[int, ...]:
        """Digits of each group."""
        return tuple(b - a for a, b in self.run.groups[self.first : self.last + 1])

    @property
    def digits(self) -> str:
        """All of them."""
        text = self.run.text
        return "".join(text[a:b] for a, b in self.run.groups[self.first : self.last + 1])

    @property
    def whole(self) -> bool:
        """Whether the run holds nothing else."""
        return self.first == 0 and self.last == len(self.run.groups) - 1

    @property
    def apart(self) -> bool:
        """Whether what is beside it in the run can be something else.

        Of digits that are said one by one, or two by two, nobody can tell where a number ends.
        """
        if self.whole or len(self.sizes) == 1:
            return True
        groups, text = self.run.groups, self.run.text
        before = text[groups[self.first - 1][1] : self.start] if self.first else ","
        after = text[self.end : groups[self.last + 1][0]] if self.last + 1 < len(groups) else ","
        return max(self.sizes) >= 3 or ("," in before and "," in after)

    def free(self, *, before: str = "", after: str = "") -> bool:
        """Whether it is no part of a longer code; letters that belong to it are given."""
        text, start, end = self.run.text, self.start - len(before), self.end + len(after)
        return free(text, start, end)


def free(text: str, start: int, end: int) -> bool:
    """Whether a part of a text is no part of a longer word, code or amount."""
    left = text[max(0, start - 2) : start]
    right = text[end : end + 2]
    if left and (left[-1].isalnum() or left[-1] in "_€$£"):
        return False
    if len(left) == 2 and left[0].isalnum() and left[1] in "-/":
        return False
    if len(left) == 2 and left[0].isdigit() and left[1] == ".":
        return False
    if right and (right[0].isalnum() or right[0] in "_%"):
        return False
    if len(right) == 2 and right[0] in _TIED and right[1].isalnum():
        return right[0] == "." and not right[1].isdigit()
    return not (len(right) == 2 and right[0] == "," and right[1].isdigit())


def runs(text: str) -> Iterator[Run]:
    """The runs of a text, in order."""
    for found in _RUN.finditer(text):
        groups = tuple(one.span() for one in _GROUP.finditer(text, found.start(), found.end()))
        yield Run(text, groups)
