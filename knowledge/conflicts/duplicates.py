"""Sources in force that nearly repeat another, whole or in some passage, for one viewer.

What is kept twice is mended once, and says two things from then on. Translations that are linked
as such repeat nothing, and neither do the versions of one source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from knowledge import curation_rows
from knowledge.conflicts.published import Progress, ignore, published
from knowledge.conflicts.shingles import (
    Hashes,
    Repeat,
    Shingles,
    hashes_of,
    repeats,
    together,
)
from knowledge.models import StoredChunk, Viewer
from knowledge.work.work_store import WorkStore

SOURCE_SHARE = 0.8
"""Share of a source's word sequences that another must have for it to be repeated as a whole."""
PASSAGE_SHARE = 0.7
"""Word sequences that two passages share, over those of either, from which one repeats the other.
One word changed in the middle of 26 leaves so many."""
LEAST_SEQUENCES = 12
"""Shorter texts repeat by chance: headings, addresses, "contact us"."""

Kind = Literal["source", "passage"]


@dataclass(frozen=True)
class Place:
    """A source, or a passage of one.

    Attributes:
        source: its name.
        title: what people read.
        version: number of the version in force.
        headings: above the passage, outermost first; empty for a whole source.
        page: of the passage, from 1; `None` without, and for a whole source.
        text: of the passage; empty for a whole source.
        passage: the register's key of the passage, or of a source's last one.
    """

    source: str
    title: str
    version: int
    headings: tuple[str, ...] = ()
    page: int | None = None
    text: str = ""
    passage: int = 0


@dataclass(frozen=True)
class Duplicate:
    """Something that nearly repeats something longer in another source.

    Attributes:
        kind: whether it is a whole source or a passage.
        place: what repeats.
        of: what it repeats.
        contained: share of its word sequences that the other has, 0 to 1.
        alike: word sequences of both over those of either, 0 to 1.
    """

    kind: Kind
    place: Place
    of: Place
    contained: float
    alike: float


def duplicates(store: WorkStore, viewer: Viewer, *, progress: Progress = ignore) -> list[Duplicate]:
    """Near-copies among what is in force: whole sources first, the most alike first.

    Passages of a source that repeats another as a whole are not looked at again.

    Args:
        store: the register's work.
        viewer: who asks: nothing else is read.
        progress: told how far it is.
    """
    return near_copies(
        published(store, viewer, progress).chunks, _families(store, viewer), progress
    )


def near_copies(
    chunks: Sequence[StoredChunk], families: Mapping[str, str], progress: Progress = ignore
) -> list[Duplicate]:
    """As `duplicates`, of passages in hand.

    Args:
        chunks: by source and order.
        families: name of a source -> that of the one it translates; others are their own.
        progress: told how far it is.
    """
    progress("sources", 0, len(chunks))
    hashed = hashes_of(stored.chunk.text for stored in chunks)
    whole = list(_sources(chunks, hashed, families, progress))
    repeating = {one.place.source for one in whole}
    others = [n for n, stored in enumerate(chunks) if stored.chunk.document not in repeating]
    passages = _passages(
        [chunks[n] for n in others], [hashed[n] for n in others], families, progress
    )
    return [*sorted(whole, key=_order), *sorted(passages, key=_order)]


def _families(store: WorkStore, viewer: Viewer) -> Mapping[str, str]:
    """Name of a source -> that of the one it translates, or its own."""
    with store.read() as connection:
        infos = curation_rows.infos(connection, viewer, store.here())
    return {info.name: info.translation_of or info.name for info in infos}


def _sources(
    chunks: Iterable[StoredChunk],
    hashed: Iterable[Hashes],
    families: Mapping[str, str],
    progress: Progress,
) -> Iterator[Duplicate]:
    parts: dict[str, list[Hashes]] = defaultdict(list)
    last: dict[str, StoredChunk] = {}
    for stored, hashes in zip(chunks, hashed, strict=True):
        parts[stored.chunk.document].append(hashes)
        last[stored.chunk.document] = stored
    names = list(parts)
    found = repeats(
        Shingles([np.unique(together(parts[name])) for name in names]),
        contained=SOURCE_SHARE,
        least=LEAST_SEQUENCES,
        allowed=lambda one, other: not _related(families, names[one], names[other]),
        progress=lambda done, total: progress("sources", done, total),
    )
    for one in found:
        text, of = (last[names[place]] for place in (one.text, one.of))
        yield _duplicate("source", one, _source(text), _source(of))


def _passages(
    chunks: Sequence[StoredChunk],
    hashed: Sequence[Hashes],
    families: Mapping[str, str],
    progress: Progress,
) -> Iterator[Duplicate]:
    names = [stored.chunk.document for stored in chunks]
    found = repeats(
        Shingles(hashed),
        alike=PASSAGE_SHARE,
        least=LEAST_SEQUENCES,
        allowed=lambda one, other: not _related(families, names[one], names[other]),
        progress=lambda done, total: progress("passages", done, total),
    )
    for one in found:
        yield _duplicate("passage", one, _passage(chunks[one.text]), _passage(chunks[one.of]))


def _related(families: Mapping[str, str], one: str, other: str) -> bool:
    """Whether both are one source, or translations of one."""
    return families.get(one, one) == families.get(other, other)


def _source(stored: StoredChunk) -> Place:
    return Place(stored.chunk.document, stored.title, stored.version, passage=stored.key)


def _passage(stored: StoredChunk) -> Place:
    chunk = stored.chunk
    return Place(
        chunk.document,
        stored.title,
        stored.version,
        chunk.headings,
        chunk.page,
        chunk.text,
        stored.key,
    )


def _duplicate(kind: Kind, one: Repeat, place: Place, of: Place) -> Duplicate:
    return Duplicate(kind, place, of, round(one.contained, 4), round(one.alike, 4))


def _order(one: Duplicate) -> tuple[float, float, str, str, str]:
    return -one.alike, -one.contained, one.of.source, one.place.source, one.place.text
