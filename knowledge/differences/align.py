"""Which passage of one version became which of the other.

In this order, each step on what those before it left: equal ones in order, equal ones elsewhere
(moved), those that differ in their numbers and dates alone, those that are alike. The first two
are `knowledge.differences.equal`, the others `knowledge.differences.alike`; 200 pages take a second
or two.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from knowledge.differences.alike import changed_pairs, pairs_beside, role
from knowledge.differences.equal import Pair, in_order, moved_pairs
from knowledge.differences.passages import Passage


@dataclass(frozen=True)
class Alignment:
    """Positions in both lists that belong together.

    Attributes:
        kept: equal, in order.
        changed: alike, in order with those kept.
        moved: equal, but elsewhere.
        moved_changed: alike, beside what moved.
    """

    kept: tuple[Pair, ...]
    changed: tuple[Pair, ...]
    moved: tuple[Pair, ...]
    moved_changed: tuple[Pair, ...]


def align(old: Sequence[Passage], new: Sequence[Passage]) -> Alignment:
    """Bring two versions' passages together."""
    old_keys = [(role(one), one.key) for one in old]
    new_keys = [(role(one), one.key) for one in new]
    kept = in_order(old_keys, new_keys)
    moved = moved_pairs(old_keys, new_keys, kept)
    old_left = _left(len(old), kept, moved, side=0)
    new_left = _left(len(new), kept, moved, side=1)
    changed: list[Pair] = []
    for ours, theirs in _stretches(kept, old_left, new_left):
        pairs = changed_pairs([old[i] for i in ours], [new[j] for j in theirs])
        changed += [(ours[a], theirs[b]) for a, b in pairs]
    stayed = [*kept, *changed]
    beside = pairs_beside(old, new, moved, {i for i, _ in stayed}, {j for _, j in stayed})
    # Short ones that moved with others, and where thousands repeat a few phrases.
    same, changed = _split(changed, old_keys, new_keys)
    with_them, beside = _split(beside, old_keys, new_keys)
    return Alignment(
        tuple(sorted(kept + same)), tuple(changed), tuple(moved + with_them), tuple(beside)
    )


def _split(
    pairs: Sequence[Pair], old: Sequence[Hashable], new: Sequence[Hashable]
) -> tuple[list[Pair], list[Pair]]:
    """Those that are equal after all, and the others."""
    same = [(i, j) for i, j in pairs if old[i] == new[j]]
    return same, [(i, j) for i, j in pairs if old[i] != new[j]]


def _left(count: int, kept: Sequence[Pair], moved: Sequence[Pair], *, side: int) -> list[int]:
    taken = {pair[side] for pair in (*kept, *moved)}
    return [position for position in range(count) if position not in taken]


def _stretches(
    kept: Sequence[Pair], old_left: Sequence[int], new_left: Sequence[int]
) -> list[tuple[list[int], list[int]]]:
    """What is left on both sides between two neighbours that were kept."""
    ours, theirs = _between(kept, old_left, 0), _between(kept, new_left, 1)
    return [(ours[gap], theirs[gap]) for gap in sorted(ours.keys() & theirs.keys())]


def _between(kept: Sequence[Pair], left: Sequence[int], side: int) -> dict[int, list[int]]:
    places = [pair[side] for pair in kept]
    found: dict[int, list[int]] = {}
    for position in left:
        found.setdefault(bisect_left(places, position), []).append(position)
    return found
