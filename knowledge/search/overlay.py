"""Rows newer than what was indexed in one go, in layers, searched exactly beside it.

Each refresh adds a layer; a layer not more than twice the size of the next is merged with it, so
that there are few and the work for *n* rows is of order *n* log *n*.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from knowledge.search.keywords import Keywords
from knowledge.search.partitions import PartitionRows
from knowledge.search.snapshot import Segment
from knowledge.search.vectors.exact import ExactIndex


@dataclass(frozen=True)
class Layer:
    """Rows of one partition and their segment."""

    rows: PartitionRows
    segment: Segment


@dataclass(frozen=True)
class Overlay:
    """Layers by partition, oldest first.

    Attributes:
        revision: up to which revision rows are in it; 0 before the first.
        layers: none empty.
    """

    revision: int = 0
    layers: Mapping[str, tuple[Layer, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        """Number of rows."""
        return sum(len(layer.rows) for layer in chain.from_iterable(self.layers.values()))

    def extended(
        self, newer: Mapping[str, PartitionRows], base: Mapping[str, Segment], revision: int
    ) -> Overlay:
        """This overlay with newer rows on top.

        Args:
            newer: rows by partition.
            base: what lies under the overlay, whose keyword statistics its rows are scored with.
            revision: up to which the rows reach.
        """
        layers = dict(self.layers)
        for partition, rows in newer.items():
            under = base.get(partition)
            layers[partition] = _stacked(layers.get(partition, ()), rows, under)
        return Overlay(revision, layers)

    def over(
        self, base: Mapping[str, Segment], removed: NDArray[np.int64]
    ) -> dict[str, tuple[Segment, ...]]:
        """Base and layers as they are searched, by partition.

        Args:
            base: what lies under the overlay.
            removed: keys that must not be found any more.
        """
        found: dict[str, tuple[Segment, ...]] = {}
        for partition in base.keys() | self.layers.keys():
            segments = [base[partition]] if partition in base else []
            segments += [layer.segment for layer in self.layers.get(partition, ())]
            found[partition] = _without(segments, removed)
        return found


def segment_of(rows: PartitionRows, index: Callable[[PartitionRows], Keywords]) -> Segment:
    """A segment of rows, their keyword index made by the function given."""
    return Segment(
        exact=ExactIndex(rows.keys, rows.vectors),
        languages=rows.languages,
        lexical=index(rows),
        times=rows.times,
        hidden=np.zeros(len(rows), dtype=np.bool_),
    )


def _stacked(
    layers: tuple[Layer, ...], rows: PartitionRows, base: Segment | None
) -> tuple[Layer, ...]:
    kept = list(layers)
    while kept and len(kept[-1].rows) <= 2 * len(rows):
        rows = kept.pop().rows.joined(rows)
    # Without rows in the base there are no statistics: those of the lowest layer serve.
    lowest = base or (kept[0].segment if kept else None)
    index = lowest.lexical.extend if lowest else Keywords.build
    return (*kept, Layer(rows, segment_of(rows, index)))


def _without(segments: list[Segment], removed: NDArray[np.int64]) -> tuple[Segment, ...]:
    """The segments with removed rows hidden, and those that a later segment holds anew."""
    gone, result = removed, []
    for segment in reversed(segments):
        hidden = np.isin(segment.exact.keys, gone)
        result.append(replace(segment, hidden=hidden))
        gone = np.concatenate([gone, segment.exact.keys])
    return tuple(reversed(result))
