"""What is searched now, frozen: segments of what one viewer may see and is in force.

Made by `knowledge.search.indexes`, read by retrieval. Nothing in it ever changes, so any number of
threads may search it, and one question sees one state of the knowledge from start to end.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import IndexDamaged
from knowledge.models import Vector
from knowledge.ports import VectorIndex
from knowledge.search.keywords import Keywords
from knowledge.search.lexical import Term
from knowledge.search.spelling import Speller
from knowledge.search.vectors.exact import ExactIndex, best

HIDDEN_UP_TO = 500
"""Rows asked for beyond ``top_k`` to make up for hidden ones; with more, exact search serves."""

MOSTLY_HIDDEN = 4
"""From so many rows for each visible one, the visible ones are gathered instead of masked."""

_T = TypeVar("_T", bound=np.generic)


def _ignore(_: str) -> None: ...


@dataclass(frozen=True)
class Segment:
    """Rows of one partition that were indexed together.

    Attributes:
        exact: their vectors.
        languages: ``(n,)`` uint8, 0 Spanish, 1 English.
        lexical: their keyword indexes, row by row.
        times: ``(n, 4)`` int64, see `rows.Times`.
        hidden: ``(n,)`` bool: rows that were removed or replaced since, or are not in force.
        nearest: a faster index of the same vectors; `None` leaves it to exact search.
    """

    exact: ExactIndex
    languages: NDArray[np.uint8]
    lexical: Keywords
    times: NDArray[np.int64]
    hidden: NDArray[np.bool_]
    nearest: VectorIndex | None = None

    @cached_property
    def visible(self) -> NDArray[np.intp]:
        """Positions of the rows that are not hidden."""
        return np.flatnonzero(~self.hidden)

    @cached_property
    def mask(self) -> NDArray[np.bool_] | None:
        """``(n,)`` rows that are not hidden; `None` where none is."""
        return None if len(self.visible) == len(self.hidden) else ~self.hidden

    def at(self, day: int, told: int) -> Segment:
        """The segment with hidden what is not in force on a day, as was said at a moment.

        Args:
            day: days since year 1 (`date.toordinal`).
            told: microseconds since 1970.
        """
        valid_from, valid_to, recorded_from, recorded_to = self.times.T
        in_force = (valid_from <= day) & (day < valid_to)
        in_force &= (recorded_from <= told) & (told < recorded_to)
        return self if in_force.all() else replace(self, hidden=self.hidden | ~in_force)

    def shown(self, values: NDArray[_T]) -> NDArray[_T]:
        """Of values of every row those of the rows that are not hidden; a copy only if some are."""
        return values if self.mask is None else values[self.visible]

    def search(
        self, query: Vector, *, top_k: int, on_damage: Callable[[str], None]
    ) -> tuple[NDArray[np.int64], Vector]:
        """Keys and exact cosine similarities of the nearest visible rows, in no set order."""
        rows = self._candidates(query, top_k, on_damage) if self.nearest is not None else None
        if rows is None:
            (similarities,) = self._all_similarities(query[None])
            nearest = best(similarities, top_k)
            return self.exact.keys[self.visible[nearest]], similarities[nearest]
        return self.exact.keys[rows], self.exact.similarities_at(rows, query)

    def compare(
        self, queries: Vector, top_k: int, on_damage: Callable[[str], None]
    ) -> tuple[Vector | None, list[NDArray[np.intp]]]:
        """Similarities of every visible row with each query, and who is nearest to each.

        Returns:
            ``(n_queries, n_visible)`` similarities, `None` where the faster index answered; for
            each query the nearest among the visible rows by position, in no set order.
        """
        proposed = [self._candidates(query, top_k, on_damage) for query in queries]
        known = [np.searchsorted(self.visible, rows) for rows in proposed if rows is not None]
        if len(known) == len(proposed):
            return None, known
        similarities = self._all_similarities(queries)
        return similarities, [best(row, top_k) for row in similarities]

    def _all_similarities(self, queries: Vector) -> Vector:
        """``(n_queries, n_visible)`` cosine similarities of every visible row."""
        if len(self.visible) * MOSTLY_HIDDEN < len(self.hidden):
            found = [self.exact.similarities_at(self.visible, query) for query in queries]
            return np.stack(found)
        similarities = self.exact.similarities_of(queries)
        if len(self.visible) < len(self.hidden):
            similarities = similarities[:, self.visible]
        return similarities

    def _candidates(
        self, query: Vector, top_k: int, on_damage: Callable[[str], None]
    ) -> NDArray[np.intp] | None:
        """Rows that the faster index proposes; `None` when it cannot be relied on."""
        if self.nearest is None:
            return None
        n_hidden = len(self.exact) - len(self.visible)
        if n_hidden > HIDDEN_UP_TO:
            return None
        try:
            keys, _ = self.nearest.search(query, top_k=top_k + n_hidden)
        except IndexDamaged as error:
            on_damage(str(error))
            return None
        rows, found = self.exact.rows_of(keys)
        if not found.all() or len(keys) < min(top_k, len(self.exact)):
            on_damage(f"the index gave {len(keys)} keys, {np.sum(~found)} of them not its own")
            return None
        return rows[~self.hidden[rows]]


@dataclass(frozen=True)
class SnapshotLexical:
    """The keyword indexes of a snapshot's segments as one.

    What only hidden rows hold is nowhere in it: not in its words, nor in what they weigh.
    """

    segments: Sequence[Segment]

    def scores(self, query: Iterable[Sequence[Term]]) -> Vector:
        """``(len(snapshot),)`` BM25 scores in the order of its keys, 0 where nothing matches."""
        groups = [list(group) for group in query]
        return _concatenated([s.shown(s.lexical.scores(groups)) for s in self.segments], np.float32)

    def document_scores(self, query: Iterable[Sequence[Term]]) -> Vector:
        """``(len(snapshot),)`` BM25 scores of each row's document."""
        groups = [list(group) for group in query]
        scores = [s.shown(s.lexical.document_scores(groups, s.mask)) for s in self.segments]
        return _concatenated(scores, np.float32)

    def idf(self, query: Iterable[Sequence[Term]]) -> list[float]:
        """How much each group tells: the idf of its best weighted term.

        A group of which no term is in any chunk tells as much as a word in a single one.
        """
        n_rows = sum(len(s.visible) for s in self.segments)
        found = [[(self._holding(term), weight) for term, weight in group] for group in query]
        rarest = _idf(1, n_rows)
        return [max((_idf(n, n_rows) * w for n, w in g if n), default=rarest) for g in found]

    def _holding(self, token: str) -> int:
        """Number of chunks that hold a token."""
        counts = (
            len(rows) if s.mask is None else np.count_nonzero(s.mask[rows])
            for s in self.segments
            for rows in [s.lexical.chunks.rows_with(token)]
        )
        return int(sum(counts))

    def vocabulary(self) -> set[str]:
        """All tokens of the chunks."""
        return set().union(*(s.lexical.chunks.words(s.mask) for s in self.segments))


@dataclass(frozen=True)
class Snapshot:
    """Everything one viewer may search, at one revision of the register.

    Attributes:
        revision: the register's revision it shows.
        segments: what is searched; empty for a viewer without audiences.
        on_damage: told, in one line, when a faster index fails while it is searched.
    """

    revision: int
    segments: tuple[Segment, ...] = ()
    on_damage: Callable[[str], None] = field(default=_ignore, repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def keys(self) -> NDArray[np.int64]:
        """``(n,)`` keys of all visible rows, in the order that every array here has."""
        return _concatenated([s.shown(s.exact.keys) for s in self.segments], np.int64)

    @cached_property
    def languages(self) -> NDArray[np.uint8]:
        """``(n,)`` languages of the rows of `keys`: 0 Spanish, 1 English."""
        return _concatenated([s.shown(s.languages) for s in self.segments], np.uint8)

    @property
    def lexical(self) -> SnapshotLexical:
        """Keyword scores of the rows of `keys`."""
        return SnapshotLexical(self.segments)

    @cached_property
    def speller(self) -> Speller:
        """Corrects words by the words of its own rows: another viewer may not see these names.

        Made with the first question, in a tenth of a second for 100,000 chunks, and kept.
        """
        return Speller(self.lexical.vocabulary())

    def rows_of(self, keys: NDArray[np.int64]) -> NDArray[np.intp]:
        """Positions in `keys` of keys that are in this snapshot."""
        order = self._order
        return order[np.searchsorted(self.keys, keys, sorter=order)]

    @cached_property
    def _order(self) -> NDArray[np.intp]:
        return np.argsort(self.keys, kind="stable")

    def dense(self, query: Vector, top_k: int) -> tuple[NDArray[np.int64], Vector]:
        """Keys and cosine similarities of the ``top_k`` nearest chunks, best first.

        Similarities are always exact, whichever index proposed the chunks.

        Args:
            query: ``(dimension,)`` float32, unit length.
            top_k: how many at most.
        """
        parts = [s.search(query, top_k=top_k, on_damage=self.on_damage) for s in self.segments]
        keys = _concatenated([k for k, _ in parts], np.int64)
        similarities: Vector = _concatenated([s for _, s in parts], np.float32)
        order = best(similarities, top_k)
        return keys[order], similarities[order]

    def compare(self, queries: Vector, top_k: int) -> Compared:
        """Several queries at once, which takes little longer than one.

        Args:
            queries: ``(n_queries, dimension)`` float32, unit length.
            top_k: how many of the nearest rows each query gets at most.
        """
        every: list[Vector | None] = []
        proposed: list[list[NDArray[np.intp]]] = [[] for _ in queries]
        first = 0
        for segment in self.segments:
            known, near = segment.compare(queries, top_k, self.on_damage)
            every.append(known)
            for parts, own in zip(proposed, near, strict=True):
                parts.append(own + first)
            first += len(segment.visible)
        nearest: list[NDArray[np.intp]] = []
        for number, parts in enumerate(proposed):
            rows = _concatenated(parts, np.intp)
            similarities = _similarities_at(rows, queries, self.segments, every)[number]
            nearest.append(rows[best(similarities, top_k)])
        return Compared(nearest, queries, self.segments, every)

    def dense_of(self, keys: Sequence[int] | NDArray[np.int64], query: Vector) -> Vector:
        """Exact cosine similarities of given chunks with a query, in the order given.

        Raises:
            ValueError: a key is not in this snapshot.
        """
        wanted = np.asarray(keys, dtype=np.int64)
        result = np.full(len(wanted), np.nan, dtype=np.float32)
        for segment in self.segments:
            rows, found = segment.exact.rows_of(wanted)
            found[found] = ~segment.hidden[rows[found]]
            result[found] = segment.exact.similarities_at(rows[found], query)
        missing = np.isnan(result)
        if missing.any():
            raise ValueError(f"not in this snapshot: {wanted[missing][:5].tolist()}")
        return result


@dataclass(frozen=True)
class Compared:
    """A snapshot's rows beside some queries.

    Attributes:
        nearest: for each query the positions of its nearest rows, best first.
    """

    nearest: Sequence[NDArray[np.intp]]
    _queries: Vector
    _segments: Sequence[Segment]
    _every: Sequence[Vector | None]

    def at(self, rows: NDArray[np.intp]) -> Vector:
        """``(n_queries, n)`` exact cosine similarities of rows, given by position."""
        return _similarities_at(rows, self._queries, self._segments, self._every)


def _idf(n_holding: int, n_rows: int) -> float:
    """Inverse document frequency as `knowledge.search.lexical` has it; 0 without rows."""
    return math.log1p((n_rows - n_holding + 0.5) / (n_holding + 0.5)) if n_rows else 0.0


def _similarities_at(
    rows: NDArray[np.intp],
    queries: Vector,
    segments: Sequence[Segment],
    every: Sequence[Vector | None],
) -> Vector:
    result = np.empty((len(queries), len(rows)), dtype=np.float32)
    first = 0
    for segment, known in zip(segments, every, strict=True):
        after = first + len(segment.visible)
        here = np.flatnonzero((rows >= first) & (rows < after))
        own = rows[here] - first
        if known is not None:
            result[:, here] = known[:, own]
        else:
            places = segment.visible[own]
            for number, query in enumerate(queries):
                result[number, here] = segment.exact.similarities_at(places, query)
        first = after
    return result


def _concatenated(parts: list[NDArray[_T]], dtype: type[_T]) -> NDArray[_T]:
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=dtype)
