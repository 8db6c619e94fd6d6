"""The register as it would be if a version were published or a source retired; nothing is.

The change is made in a transaction, by the very code that makes it real, read, and undone. What it
would add is found under negative keys beside the real indexes, and what it would replace is hidden
in them: nothing is copied but the rows that change. While that transaction lasts, some tens of
milliseconds, other writers wait.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, RowMapping

from knowledge import chunk_rows, publishing, source_rows
from knowledge.audience import AudienceTree, labels_of
from knowledge.curation_checks import seen
from knowledge.curation_rows import version_row
from knowledge.models import Document, StoredChunk, Viewer
from knowledge.ports import ReadableRegister, SearchedIndexes
from knowledge.publishing import Change
from knowledge.search.keywords import Keywords
from knowledge.search.overlay import segment_of
from knowledge.search.partitions import collect
from knowledge.search.rows import UNTIL_NOW, DocumentInfo, IndexRow
from knowledge.search.snapshot import Segment, Snapshot
from knowledge.validity import ALWAYS, NEVER, Validity, moment
from knowledge.work.work_store import WorkStore

Circle = frozenset[str]
"""The labels that somebody sees."""


@dataclass(frozen=True)
class Effect:
    """What a change would do on one day.

    Attributes:
        source: name of the source.
        day: the day asked about: the first one on which it would count.
        gone: ``(n,)`` keys of rows that would no longer be found.
        rows: those that would be found instead, under negative keys.
        stored: their chunks, by key.
        documents: the source's text on that day as each circle would see it.
    """

    source: str
    day: date
    gone: NDArray[np.int64]
    rows: tuple[IndexRow, ...]
    stored: Mapping[int, StoredChunk]
    documents: Mapping[Circle, Document | None]

    def undone(self) -> Effect:
        """No effect, on the same day."""
        return replace(self, gone=np.zeros(0, dtype=np.int64), rows=(), stored={})


def of_publishing(
    store: WorkStore,
    name: str,
    number: int,
    viewer: Viewer,
    circles: Collection[Circle],
    *,
    validity: Validity | None = None,
) -> Effect:
    """What publishing a version would do on the first day on which it is in force.

    Args:
        store: the register's work.
        name: of the source.
        number: of the version, whatever its state.
        viewer: who asks; need not be allowed to publish it.
        circles: labels of those on whose behalf it is asked.
        validity: from which day to which; `None`: as its author asked, but from today on where it
            would be restored.

    Raises:
        SettingsError: there is no such version that the viewer may see.
    """
    today = store.today()

    def publish(connection: Connection, source: RowMapping, change: Change) -> date:
        row = version_row(connection, source["id"], name, number)
        days = validity or _asked_for(connection, row, today)
        publishing.publish(connection, source["id"], row["id"], days, change)
        return days.start if days.end <= today else max(days.start, today)

    return _tried(store, name, viewer, circles, publish)


def of_retiring(
    store: WorkStore,
    name: str,
    viewer: Viewer,
    circles: Collection[Circle],
    *,
    from_day: date | None = None,
) -> Effect:
    """What retiring a source would do on the first day without it.

    Raises:
        SettingsError: there is no such source that the viewer may see.
    """
    first = from_day or store.today()

    def withdraw(connection: Connection, source: RowMapping, change: Change) -> date:
        publishing.withdraw(connection, source["id"], Validity(first, NEVER), change)
        return first

    return _tried(store, name, viewer, circles, withdraw)


class HypotheticalRegister:
    """A register with an effect on it; a `knowledge.ports.ReadableRegister`."""

    def __init__(self, register: ReadableRegister, effect: Effect) -> None:
        self._register = register
        self._effect = effect
        self._audience = {row.key: labels_of(row.audience) for row in effect.rows}

    def chunks(self, keys: Sequence[int], viewer: Viewer) -> list[StoredChunk]:
        """Those that would exist and the viewer may see, in the order asked."""
        _check_day(viewer, self._effect)
        real = self._register.chunks([key for key in keys if key >= 0], viewer)
        found = {stored.key: stored for stored in real}
        for key in keys:
            if key < 0 and self._audience[key] & viewer.audiences:
                found[key] = self._effect.stored[key]
        return [found[key] for key in keys if key in found]

    def documents(self, viewer: Viewer) -> list[DocumentInfo]:
        """Those that there are."""
        return self._register.documents(viewer)

    def document(self, name: str, viewer: Viewer, version: int | None = None) -> Document | None:
        """A source's text as it would be."""
        if name != self._effect.source:
            return self._register.document(name, viewer, version)
        _check_day(viewer, self._effect)
        changed = self._effect.documents[viewer.audiences]
        if version is None or (changed is not None and changed.version == version):
            return changed
        return self._register.document(name, viewer, version)

    def current_versions(self, names: Sequence[str], viewer: Viewer) -> dict[str, int]:
        """Those that are in force now; `document` tells what would be."""
        return self._register.current_versions(names, viewer)

    def audiences(self) -> AudienceTree:
        """All audiences."""
        return self._register.audiences()

    def original_path(self, sha256: str) -> Path:
        """Where the original is."""
        return self._register.original_path(sha256)

    def close(self) -> None:
        """The real register is not this one's to close."""


class HypotheticalIndexes:
    """Indexes with an effect on them, frozen; a `knowledge.ports.SearchedIndexes`."""

    def __init__(self, indexes: SearchedIndexes, effect: Effect) -> None:
        self._indexes = indexes
        self._effect = effect
        self._known: dict[Circle, Snapshot] = {}

    @property
    def degraded(self) -> str | None:
        """What is wrong with the real ones."""
        return self._indexes.degraded

    def refresh(self) -> None:
        """Nothing: what is compared is of one moment."""

    def snapshot(self, viewer: Viewer) -> Snapshot:
        """Everything the viewer could search."""
        _check_day(viewer, self._effect)
        known = self._known.get(viewer.audiences)
        if known is None:
            known = self._known[viewer.audiences] = self._changed(viewer)
        return known

    def settle(self, timeout_s: float | None = None) -> bool:
        """As the real ones."""
        return self._indexes.settle(timeout_s)

    def close(self) -> None:
        """The real indexes are not these ones' to close."""

    def _changed(self, viewer: Viewer) -> Snapshot:
        real, gone = self._indexes.snapshot(viewer), self._effect.gone
        rows = [r for r in self._effect.rows if labels_of(r.audience) & viewer.audiences]
        under = _statistics(real.segments, gone)
        index = under.lexical.extend if under else Keywords.build
        added = [segment_of(part, index) for part in collect(rows).values()]
        segments = [*(_without(segment, gone) for segment in real.segments), *added]
        visible = tuple(segment for segment in segments if len(segment.visible))
        return Snapshot(real.revision, visible, real.on_damage)


def _tried(
    store: WorkStore,
    name: str,
    viewer: Viewer,
    circles: Collection[Circle],
    make: Callable[[Connection, RowMapping, Change], date],
) -> Effect:
    """Make a change, read what it does, and undo it."""
    with store.database.write() as connection:
        trial = connection.begin_nested()
        try:
            source = seen(connection, name, viewer)
            change = Change(moment(datetime.now(UTC)), chunk_rows.next_revision(connection))
            day = make(connection, source, change)
            return _read(connection, name, day, change.revision, circles, store.today())
        finally:
            trial.rollback()


def _read(
    connection: Connection,
    name: str,
    day: date,
    revision: int,
    circles: Collection[Circle],
    today: date,
) -> Effect:
    added = [
        row
        for row in chunk_rows.index_rows(connection, revision - 1)
        if row.times.valid_from <= day.toordinal() < row.times.valid_to
        and row.times.recorded_to == UNTIL_NOW
    ]
    everybody = Viewer("", frozenset(x for r in added for x in labels_of(r.audience)), on=day)
    keys = [row.key for row in added]
    stored = chunk_rows.stored_chunks(connection, keys, everybody, today)
    return Effect(
        source=name,
        day=day,
        gone=np.asarray(chunk_rows.keys_removed(connection, revision - 1), dtype=np.int64),
        rows=tuple(replace(row, key=-row.key) for row in added),
        stored={-one.key: replace(one, key=-one.key) for one in stored},
        documents={
            circle: source_rows.get(connection, name, Viewer("", circle, on=day), today, None)
            for circle in circles
        },
    )


def _asked_for(connection: Connection, row: RowMapping, today: date) -> Validity:
    """The days on which `Curation.publish` would put a version in force."""
    start, end = (date.fromisoformat(row[column]) for column in ("valid_from", "valid_to"))
    if row["state"] not in ("draft", "in_review"):
        return Validity(max(start, today), NEVER)
    if start == ALWAYS and publishing.standing(connection, row["source_id"]):
        return Validity(today, end)
    return Validity(start, end)


def _check_day(viewer: Viewer, effect: Effect) -> None:
    if viewer.on != effect.day or viewer.told is not None:
        raise ValueError(f"the effect is known for {effect.day} alone, got {viewer.on}")


def _without(segment: Segment, gone: NDArray[np.int64]) -> Segment:
    hidden = np.isin(segment.exact.keys, gone)
    return replace(segment, hidden=segment.hidden | hidden) if hidden.any() else segment


def _statistics(segments: Sequence[Segment], gone: NDArray[np.int64]) -> Segment | None:
    """Whose keyword statistics the new rows are scored with: what they replace, else the most."""
    replaced = [s for s in segments if np.isin(s.exact.keys, gone).any()]
    return max(replaced or segments, key=lambda s: s.lexical.chunks.n_rows, default=None)
