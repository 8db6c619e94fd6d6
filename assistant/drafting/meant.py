"""How alike what a draft's figure is said of is to what a source's is, by what both mean.

Words tell it where both use the same (`assistant.drafting.slots`); the bundled model tells it of
other words too (`knowledge.ports.FigureEncoder`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.drafting.lines import Line
from assistant.drafting.own_figures import CHECKED
from assistant.support.reading import Read
from knowledge.ports import Figured, FigureEncoder
from knowledge.quantities.models import Quantity

Vectors = dict[int, NDArray[np.float32]]
"""Of a text's figures, by the place where each begins."""
HEADINGS = 2
"""The last of a passage's, under its title."""
ASKED_CHARS = 180
"""The last of what the customer asked: that is answered."""
UNLIKE = 0.0
"""In place of a cosine, of a figure that is not read: about as unlike as most are."""


def figured(read: Read, above: str) -> Figured:
    """A text with those of its figures that may be checked, none within another."""
    spans: list[tuple[int, int]] = []
    for one in sorted(read.figures, key=lambda q: q.start):
        if one.kind in CHECKED and (not spans or one.start >= spans[-1][1]):
            spans.append((one.start, one.end))
    return Figured(above, read.text, tuple(spans))


def asked_in(about: str, read: Read) -> Figured:
    """A sentence of a draft, below what the customer asked."""
    return figured(read, about[-ASKED_CHARS:])


def standing_in(line: Line) -> Figured:
    """A sentence of a source, below its title and headings."""
    passage = line.passage
    return figured(line.read, " > ".join((passage.title, *passage.chunk.headings[-HEADINGS:])))


class Meant:
    """What the figures of a sentence are said of, beside those of sources.

    Args:
        encoder: tells what figures are said of.
        said: the sentence.
        about: what the customer asked.
        lines: of the passages that may speak of the same.
    """

    def __init__(
        self, encoder: FigureEncoder, said: Read, about: str, lines: Sequence[Line]
    ) -> None:
        self._encoder = encoder
        self._said = asked_in(about, said)
        self._kinds = {q.kind for q in said.figures} & set(CHECKED)
        self._lines = lines

    def alike(self, one: Quantity, line: Line, other: Quantity) -> float:
        """Cosine of what a figure of the sentence and one of a line are said of, -1 to 1."""
        own, theirs = self._own.get(one.start), self._theirs(line).get(other.start)
        return float(own @ theirs) if own is not None and theirs is not None else UNLIKE

    @cached_property
    def _own(self) -> Vectors:
        return self._vectors([self._said])[0]

    @cached_property
    def _known(self) -> dict[int, Vectors]:
        """By the identity of each line that has a figure of a kind of the sentence's."""
        near = [
            line for line in self._lines if any(q.kind in self._kinds for q in line.read.figures)
        ]
        return dict(zip(map(id, near), self._vectors([*map(standing_in, near)]), strict=True))

    def _theirs(self, line: Line) -> Vectors:
        return self._known.get(id(line), {})

    def _vectors(self, texts: Sequence[Figured]) -> list[Vectors]:
        return [
            {start: row for (start, _), row in zip(text.figures, rows, strict=True)}
            for text, rows in zip(texts, self._encoder.said_of(texts), strict=True)
        ]
