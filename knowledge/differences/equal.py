"""Passages that two versions have in common, in order or moved; the first steps of `align`.

All of it is nearly linear in the number of passages. `knowledge.differences.alike` goes on with
what is left.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

MOVED_CHARS = 20
"""Shorter ones ("Yes.") that stand elsewhere are not called moved."""
_MATCHED_CELLS = 200_000
"""Equal pairs in one stretch up to which difflib looks for the best order of them."""

Pair = tuple[int, int]
"""Positions in the old and the new list."""


def in_order(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """Pairs of equal ones, rising on both sides.

    Those that are there once on both sides come first, as in Bram Cohen's patience diff
    (https://bramcohen.livejournal.com/73318.html): a heading holds better than an empty phrase.
    Between them difflib decides.
    """
    anchors = _grown(_unique(old, new), old, new)
    found: list[Pair] = []
    for before, after in pairwise([(-1, -1), *anchors, (len(old), len(new))]):
        start, other = before[0] + 1, before[1] + 1
        if start < after[0] and other < after[1]:
            ours, theirs = old[start : after[0]], new[other : after[1]]
            found += [(start + a, other + b) for a, b in _matched(ours, theirs)]
    return sorted([*anchors, *found])


def _unique(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """The longest rising row of those that are there once on both sides."""
    once, there = Counter(old), Counter(new)
    places = {key: j for j, key in enumerate(new) if there[key] == 1}
    pairs = [(i, places[key]) for i, key in enumerate(old) if once[key] == 1 and key in places]
    return _rising(pairs)


def _rising(pairs: Sequence[Pair]) -> list[Pair]:
    """The longest subsequence whose second numbers rise, by patience sorting."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for position, (_, j) in enumerate(pairs):
        pile = bisect_left(tails, j)
        previous.append(ends[pile - 1] if pile else -1)
        tails[pile : pile + 1] = [j]
        ends[pile : pile + 1] = [position]
    found: list[Pair] = []
    position = ends[-1] if ends else -1
    while position >= 0:
        found.append(pairs[position])
        position = previous[position]
    return found[::-1]


def _grown(anchors: Sequence[Pair], old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """The anchors, and whatever is equal directly after or before them or at either end."""
    found: list[Pair] = []
    edges = [(-1, -1), *anchors, (len(old), len(new))]
    for (i, j), (i_next, j_next) in pairwise(edges):
        if i >= 0:
            found.append((i, j))
        a, b = i + 1, j + 1
        while a < i_next and b < j_next and old[a] == new[b]:
            found.append((a, b))
            a, b = a + 1, b + 1
        back: list[Pair] = []
        c, d = i_next - 1, j_next - 1
        while c >= a and d >= b and old[c] == new[d]:
            back.append((c, d))
            c, d = c - 1, d - 1
        found += back[::-1]
    return found


def _matched(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """Pairs of equal ones as difflib finds them; none where thousands repeat a few phrases."""
    once, there = Counter(old), Counter(new)
    if not 0 < sum(n * there[key] for key, n in once.items()) <= _MATCHED_CELLS:
        return []
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return [(a + k, b + k) for a, b, size in blocks for k in range(size)]


def moved_pairs(
    old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]], kept: Sequence[Pair]
) -> list[Pair]:
    """Equal ones that stand elsewhere, in runs as long as they stay together.

    Short ones count together with their run, or where they are a heading that is there once.
    """
    once, there = Counter(old), Counter(new)
    new_free = set(range(len(new))) - {j for _, j in kept}
    old_free = set(range(len(old))) - {i for i, _ in kept}
    places: dict[tuple[str, str], list[int]] = {}
    for j in sorted(new_free):
        places.setdefault(new[j], []).append(j)
    found: list[Pair] = []
    for i in sorted(old_free):
        if i not in old_free:
            continue
        run = _run(i, old, new, old_free, new_free, places)
        heading = old[i][0] == "heading" and once[old[i]] == there[old[i]] == 1
        if heading or sum(len(old[a][1]) for a, _ in run) >= MOVED_CHARS:
            found += run
            old_free -= {a for a, _ in run}
            new_free -= {b for _, b in run}
    return found


def _run(
    i: int,
    old: Sequence[tuple[str, str]],
    new: Sequence[tuple[str, str]],
    old_free: set[int],
    new_free: set[int],
    places: dict[tuple[str, str], list[int]],
) -> list[Pair]:
    start = next((j for j in places.get(old[i], ()) if j in new_free), None)
    run: list[Pair] = []
    while start is not None:
        a, b = i + len(run), start + len(run)
        if a not in old_free or b not in new_free or old[a] != new[b]:
            break
        run.append((a, b))
    return run
