"""What is searched now: the published generation, what is newer beside it, less what is gone.

``search = generation (or all rows, in memory) + overlay of newer rows - removed rows``

`Indexes.refresh` compares two small values and does nothing when they are as before. A generation
that is missing, damaged or of another model is never served: its rows are read from the register
instead and searched exactly, and `Indexes.degraded` says so. Before this stage comes
`knowledge.search.generations`, after it retrieval.

Which index answers: exact search up to `EXACT_UP_TO` rows of a partition, Chroma beyond. Measured
on 2 shared cores, 384 dimensions, the best 100, in milliseconds p50: exact search 0.15 at 2,000
rows, 1.6 at 20,000, 4.2 to 5.1 at 50,000, growing with the rows and always right; Chroma, scored
anew with the exact vectors, 4.7 at 20,000 and 5.2 at 50,000, hardly growing, with recall@100 0.99.
At 100,000 chunks of company documents in many versions, Chroma saved 6 ms of processor time a
question and its recall@150 fell to 0.97 on average, 0.60 at worst; so up to `EXACT_UP_TO` rows a
question is searched exactly. Chroma is built and checked for every audience all the same. Opening
it takes 3 s (a child process checks it first), so that is done beside the answering; exact search
serves meanwhile.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from knowledge.audience import labels_of
from knowledge.errors import IndexDamaged
from knowledge.models import Viewer
from knowledge.ports import VectorIndex
from knowledge.search.generation_check import check_in_child
from knowledge.search.generation_files import open_chroma
from knowledge.search.generations import Generation, pointer
from knowledge.search.index_base import Base, load_base, read_register
from knowledge.search.overlay import Overlay
from knowledge.search.partitions import IndexSource, collect
from knowledge.search.rows import DATED, UNTIL_NOW, microseconds
from knowledge.search.snapshot import Segment, Snapshot
from knowledge.search.vectors.chroma import ChromaIndex
from knowledge.settings import Settings
from knowledge.validity import today

logger = logging.getLogger(__name__)

EXACT_UP_TO = 120_000
"""Rows of one partition up to which exact search is used; see the table above."""
FRESH_UP_TO = 5_000
"""Up to so many rows in all, everything is read anew when a tenth of it is new: keyword
statistics of few rows are poor ones for the rest."""
SNAPSHOTS = 32
"""Views kept of one state: of each group of viewers today's, and some of days asked about."""
_WAIT_S = 1.0
_ATTEMPTS = 5


def should_rebuild(generation_chunks: int, newer_chunks: int) -> bool:
    """Whether so many chunks that are not in the generation make a new one worth its building."""
    return newer_chunks > max(2_000, generation_chunks // 10)


_Asked: TypeAlias = tuple[tuple[str, ...], int, int]
"""Names of partitions, day and moment."""


@dataclass(frozen=True)
class _State:
    """One consistent whole, swapped as such.

    Attributes:
        pointer: what the pointer to the published generation said.
        removed: keys of the base or the overlay that are gone.
        segments: what is searched, by partition.
        snapshots: made lately, by partitions, day and moment asked about.
    """

    pointer: tuple[str, str] | None
    revision: int
    fingerprint: str | None
    base: Base
    overlay: Overlay
    removed: NDArray[np.int64]
    segments: Mapping[str, tuple[Segment, ...]]
    snapshots: dict[_Asked, Snapshot] = field(default_factory=dict)


class Indexes:
    """The indexes of one register, safe to share by threads.

    Args:
        register: the truth.
        settings: where generations are.
        exact_up_to: rows of one partition up to which Chroma is not asked.
    """

    def __init__(
        self, register: IndexSource, settings: Settings, *, exact_up_to: int = EXACT_UP_TO
    ) -> None:
        self._register = register
        self._index_dir = settings.index_dir
        self._exact_up_to = exact_up_to
        self._today = partial(today, settings.time_zone)
        self._state: _State | None = None
        self._refreshing = threading.Lock()
        self._opening: threading.Thread | None = None

    @property
    def degraded(self) -> str | None:
        """In one line why the published indexes do not serve; answers are right all the same."""
        return self._state.base.trouble if self._state else None

    def should_rebuild(self) -> bool:
        """Whether a new generation is worth building: much is new, or the published one is bad."""
        state = self._state
        if state is None or state.base.trouble:
            return state is not None
        generation = state.base.generation
        published = generation.manifest.chunks if generation else 0
        return should_rebuild(published, len(state.base) + len(state.overlay) - published)

    def snapshot(self, viewer: Viewer) -> Snapshot:
        """Everything the viewer may search that is in force on the day asked about.

        As of the last `refresh` (made first if none was). What begins or ends at midnight needs
        none: the day is part of what is asked.
        """
        state = self._state or self._first_state()
        names = tuple(
            name
            for name in sorted(state.segments)
            if viewer.audiences & labels_of(name.removesuffix(DATED))
        )
        day = (viewer.on or self._today()).toordinal()
        told = microseconds(viewer.told) if viewer.told else UNTIL_NOW - 1
        known = state.snapshots.get((names, day, told))
        if known is None:
            segments = [s.at(day, told) for name in names for s in state.segments[name]]
            in_force = tuple(s for s in segments if len(s.visible))
            on_damage = partial(self._chroma_failed, generation=state.base.generation)
            known = Snapshot(state.revision, in_force, on_damage)
            while len(state.snapshots) >= SNAPSHOTS:
                state.snapshots.pop(next(iter(state.snapshots)), None)
            state.snapshots[names, day, told] = known
        return known

    def refresh(self) -> None:
        """Take in what was committed or published since; cheap when nothing was.

        While another thread is at it for long, what there was before goes on being searched.
        """
        if not self._refreshing.acquire(timeout=_WAIT_S if self._state else -1):
            return
        try:
            before = self._state
            where, revision = pointer(self._index_dir), self._register.revision()
            if not before or (where, revision) != (before.pointer, before.revision):
                self._take(self._consistent_state())
        finally:
            self._refreshing.release()

    def close(self) -> None:
        """Let go of Chroma; searching goes on without it."""
        self.settle()
        with self._refreshing:
            _close_unused(self._state, None)

    def settle(self, timeout_s: float | None = None) -> bool:
        """Wait until Chroma is open, if it is being opened; `False` after ``timeout_s``."""
        opening = self._opening
        if opening is None:
            return True
        opening.join(timeout_s)
        return not opening.is_alive()

    def _first_state(self) -> _State:
        self.refresh()
        if self._state is None:
            raise RuntimeError("refresh leaves a state")
        return self._state

    def _take(self, state: _State) -> None:
        before, self._state = self._state, state
        _close_unused(before, state)
        trouble, known = state.base.trouble, before.base.trouble if before else None
        if trouble and trouble != known:
            logger.warning("%s", trouble)
        generation = state.base.generation
        if generation and not (before and before.base.generation == generation):
            self._start_opening(generation)

    # Making a state

    def _consistent_state(self) -> _State:
        """A state in whose making nothing was committed; with a busy writer, the last attempt."""
        state = self._next_state(self._state)
        for _ in range(_ATTEMPTS):
            if self._register.revision() == state.revision:
                break
            state = self._next_state(state)
        return state

    def _next_state(self, before: _State | None) -> _State:
        where = pointer(self._index_dir)
        revision, fingerprint = self._register.revision(), self._register.fingerprint()
        if before and _continues(before, where, revision, fingerprint):
            base, overlay = before.base, before.overlay
        else:
            base, overlay = load_base(self._register, self._index_dir), Overlay()
        # Removed keys first: a row replaced in between is then there twice, not missing, and the
        # register has the last word on what exists.
        removed = self._register.removed_keys(base.revision)
        after = overlay.revision or base.revision
        newer = collect(self._register.index_rows(after))
        overlay = overlay.extended(newer, base.segments, revision)
        if _outgrown(len(base), len(overlay)):
            base = read_register(self._register, generation=base.generation, trouble=base.trouble)
            revision, overlay, removed = base.revision, Overlay(), []
        gone = np.asarray(removed, dtype=np.int64)
        segments = overlay.over(base.segments, gone)
        return _State(where, revision, fingerprint, base, overlay, gone, segments)

    # Chroma

    def _start_opening(self, generation: Generation) -> None:
        """Open Chroma beside the answering, where it will be asked at all."""
        if all(p.chunks <= self._exact_up_to for p in generation.manifest.partitions):
            return
        self._opening = threading.Thread(
            target=self._open_chroma, args=(generation,), name="open-chroma", daemon=True
        )
        self._opening.start()

    def _open_chroma(self, generation: Generation) -> None:
        nearest: dict[str, ChromaIndex] = {}
        manifest = generation.manifest
        try:
            check_in_child(generation.path, generation.digest)
            for entry in manifest.partitions:
                if entry.chunks > self._exact_up_to:
                    nearest[entry.partition] = open_chroma(generation.path, manifest, entry)
        except IndexDamaged as error:
            _close(nearest.values())
            self._chroma_failed(str(error), generation, wait_s=-1)
            return
        with self._refreshing:
            state = self._state
            if state is None or not _is_from(state.base, generation):
                _close(nearest.values())
                return
            self._take(_with_nearest(state, nearest, state.base.trouble))

    def _chroma_failed(self, reason: str, generation: Generation | None, wait_s: float = 0) -> None:
        """Go on without Chroma until another generation is published."""
        if not self._refreshing.acquire(timeout=wait_s):
            return  # A refresh is at work; the next question that meets the failure tells again.
        try:
            state = self._state
            if state is not None and state.base.generation == generation:
                trouble = f"Chroma is not usable ({reason}): searching exactly; run `voz rebuild`"
                self._take(_with_nearest(state, {}, trouble))
        finally:
            self._refreshing.release()


def _close(indexes: Iterable[VectorIndex | None]) -> None:
    for index in indexes:
        if isinstance(index, ChromaIndex):
            index.close()


def _close_unused(before: _State | None, after: _State | None) -> None:
    """Close the Chroma indexes that are no longer searched.

    A thread that holds an older snapshot has its question answered by exact search.
    """
    segments = before.base.segments.values() if before else ()
    used = {id(s.nearest) for s in after.base.segments.values()} if after else set()
    _close(s.nearest for s in segments if id(s.nearest) not in used)


def _continues(
    before: _State, where: tuple[str, str] | None, revision: int, fingerprint: str | None
) -> bool:
    """Whether the base may stay: the same index, model and register, further on."""
    same = (where, fingerprint) == (before.pointer, before.fingerprint)
    return same and revision >= before.revision


def _outgrown(base_rows: int, overlay_rows: int) -> bool:
    if base_rows + overlay_rows <= FRESH_UP_TO:
        return overlay_rows * 10 > base_rows
    return overlay_rows > base_rows


def _is_from(base: Base, generation: Generation) -> bool:
    """Whether the base's segments are the generation's, not read from the register since."""
    same = (base.generation, base.revision) == (generation, generation.manifest.revision)
    return same and all(
        p.partition in base.segments and len(base.segments[p.partition].exact) == p.chunks
        for p in generation.manifest.partitions
    )


def _with_nearest(state: _State, nearest: Mapping[str, VectorIndex], trouble: str | None) -> _State:
    """The state with these faster indexes of its base, and no others."""
    under = {n: replace(s, nearest=nearest.get(n)) for n, s in state.base.segments.items()}
    base = replace(state.base, segments=under, trouble=trouble)
    segments = state.overlay.over(under, state.removed)
    return replace(state, base=base, segments=segments, snapshots={})
