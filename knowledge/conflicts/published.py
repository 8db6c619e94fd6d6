"""What contradicts what among the sentences that are in force, for one viewer.

From the register: only what the viewer may see today is read at all, so that nothing of another
sentence shows, not even in the weights of words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from knowledge import chunk_rows
from knowledge.audience import MANAGERS_ONLY, AudienceTree, audience_key, labels_of
from knowledge.conflicts.contradictions import REPORTED_FROM, Contradiction, contradictions
from knowledge.conflicts.statements import Collection, sentences_of
from knowledge.models import StoredChunk, Viewer
from knowledge.work.work_store import WorkStore

Progress = Callable[[str, int, int], None]
"""Told the stage, ``reading`` or ``comparing``, and how many of how many are done."""
_READ_AT_ONCE = 2000


def ignore(stage: str, done: int, total: int) -> None:
    """For callers that show no progress."""


@dataclass(frozen=True)
class Published:
    """The passages in force that a viewer may see.

    Attributes:
        chunks: each once, by source, version and order.
        audiences: key of a passage -> labels of those who may see it.
    """

    chunks: list[StoredChunk]
    audiences: Mapping[int, frozenset[str]]


def published(store: WorkStore, viewer: Viewer, progress: Progress = ignore) -> Published:
    """The passages in force that a viewer may see.

    Args:
        store: the register's work.
        viewer: who asks.
        progress: told how far it is.
    """
    today = store.today()
    found: dict[tuple[str, int, int], StoredChunk] = {}
    audiences: dict[int, frozenset[str]] = defaultdict(frozenset)
    with store.read() as connection:
        keys = chunk_rows.keys_seen(connection, viewer, today)
        for start in range(0, len(keys), _READ_AT_ONCE):
            progress("reading", start, len(keys))
            some = list(keys)[start : start + _READ_AT_ONCE]
            for stored in chunk_rows.stored_chunks(connection, some, viewer, today):
                place = (stored.chunk.document, stored.version, stored.chunk.ordinal)
                first = found.setdefault(place, stored)  # placed once for each of its circles
                audiences[first.key] |= labels_of(keys[stored.key])
    return Published([found[place] for place in sorted(found)], audiences)


def published_contradictions(
    store: WorkStore,
    viewer: Viewer,
    *,
    reported_from: float = REPORTED_FROM,
    progress: Progress = ignore,
) -> list[Contradiction]:
    """Contradictions between sentences in force, the surest first.

    Rules for two circles that no agent is in at once may differ.

    Args:
        store: the register's work.
        viewer: who asks.
        reported_from: least score.
        progress: told how far it is.
    """
    read = published(store, viewer, progress)
    collection = Collection.of(*sentences_of(read.chunks))
    found = contradictions(
        collection,
        reported_from=reported_from,
        progress=lambda done, total: progress("comparing", done, total),
    )
    return list(_met(found, read.audiences, store.tree()))


def _met(
    found: Iterable[Contradiction], audiences: Mapping[int, frozenset[str]], tree: AudienceTree
) -> Iterable[Contradiction]:
    """Those whose two sentences some agent may see."""
    for one in found:
        keys = (audience_key(audiences[side.passage]) for side in (one.first, one.second))
        if tree.within(*keys) != MANAGERS_ONLY:
            yield one
