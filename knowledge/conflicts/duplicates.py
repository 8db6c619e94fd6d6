"""Sources in force that nearly repeat another, whole or in some passage, for one viewer.

What is kept twice is mended once, and says two things from then on. Translations that are linked
as such repeat nothing, and neither do the versions of one source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from knowledge import curation_rows
from knowledge.conflicts.published import Progress, ignore, published
from knowledge.conflicts.shingles import Repeat, Shingles, repeats
from knowledge.models import StoredChunk, Viewer
from knowledge.work_store import WorkStore

SOURCE_SHARE = 0.8
"""Share of a source's word sequences that another must have for it to be repeated as a whole."""
PASSAGE_SHARE = 0.8
"""Word sequences that two passages share, over those of either, from which one repeats the other.
One word changed in the middle of 35 leaves so many."""
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
    """

    source: str
    title: str
    version: int
    headings: tuple[str, ...] = ()
    page: int | None = None
    text: str = ""


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
    read = published(store, viewer, progress)
    families = _families(store, viewer)
    whole = list(_sources(read.chunks, families, progress))
    repeating = {one.place.source for one in whole}
    others = [stored for stored in read.chunks if stored.chunk.document not in repeating]
    passages = _passages(others, families, progress)
    return [*sorted(whole, key=_order), *sorted(passages, key=_order)]


def _families(store: WorkStore, viewer: Viewer) -> Mapping[str, str]:
    """Name of a source -> that of the one it translates, or its own."""
    with store.read() as connection:
        infos = curation_rows.infos(connection, viewer, store.today())
    return {info.name: info.translation_of or info.name for info in infos}


def _sources(
    chunks: Iterable[StoredChunk], families: Mapping[str, str], progress: Progress
) -> Iterator[Duplicate]:
    by_name: dict[str, list[StoredChunk]] = defaultdict(list)
    for stored in chunks:
        by_name[stored.chunk.document].append(stored)
    names = list(by_name)
    found = repeats(
        Shingles([[stored.chunk.text for stored in by_name[name]] for name in names]),
        contained=SOURCE_SHARE,
        least=LEAST_SEQUENCES,
        allowed=lambda one, other: not _related(families, names[one], names[other]),
        progress=lambda done, total: progress("sources", done, total),
    )
    for one in found:
        text, of = (by_name[names[place]][-1] for place in (one.text, one.of))
        yield _duplicate("source", one, _source(text), _source(of))


def _passages(
    chunks: list[StoredChunk], families: Mapping[str, str], progress: Progress
) -> Iterator[Duplicate]:
    names = [stored.chunk.document for stored in chunks]
    found = repeats(
        Shingles([[stored.chunk.text] for stored in chunks]),
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
    return Place(stored.chunk.document, stored.title, stored.version)


def _passage(stored: StoredChunk) -> Place:
    chunk = stored.chunk
    return Place(
        chunk.document, stored.title, stored.version, chunk.headings, chunk.page, chunk.text
    )


def _duplicate(kind: Kind, one: Repeat, place: Place, of: Place) -> Duplicate:
    return Duplicate(kind, place, of, round(one.contained, 4), round(one.alike, 4))


def _order(one: Duplicate) -> tuple[float, float, str, str, str]:
    return -one.alike, -one.contained, one.of.source, one.place.source, one.place.text
