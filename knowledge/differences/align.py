"""Which passage of one version became which of the other.

In this order, each step on what those before it left: equal ones in order, equal ones elsewhere
(moved), those that differ in their numbers and dates alone, those that are alike. The first three
are read off in nearly linear time; likeness is measured near the diagonal only where a rewritten
stretch is long, so that 200 pages take a second or two.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from knowledge.differences.passages import Passage
from knowledge.differences.values import values
from knowledge.text import content_words

ALIKE = 0.5
"""Share of common words (Dice) from which one passage is the other, changed."""
MOVED_CHARS = 20
"""Shorter ones ("Yes.") that stand elsewhere are not called moved."""
_MATCHED_CELLS = 200_000
"""Equal pairs in one stretch up to which difflib looks for the best order of them."""
_FULL_CELLS = 40_000
"""Pairs in one stretch up to which every likeness is measured."""
_BAND = 24
"""Beyond: how far from the diagonal likeness is measured."""

_NARROW_CELLS = 150_000
"""Beyond this many pairs the band narrows, down to four."""

Pair = tuple[int, int]


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
    old_keys = [(_role(one), one.key) for one in old]
    new_keys = [(_role(one), one.key) for one in new]
    kept = _in_order(old_keys, new_keys)
    moved = _moved(old_keys, new_keys, kept)
    old_left = _left(len(old), kept, moved, side=0)
    new_left = _left(len(new), kept, moved, side=1)
    changed: list[Pair] = []
    for ours, theirs in _stretches(kept, old_left, new_left):
        pairs = _changed([old[i] for i in ours], [new[j] for j in theirs])
        changed += [(ours[a], theirs[b]) for a, b in pairs]
    beside = _beside(old, new, moved, {i for i, _ in changed}, {j for _, j in changed})
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


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's share of common words, 0 to 1 (Dice 1945, https://doi.org/10.2307/1932409)."""
    both = len(one) + len(other)
    return 2 * len(one & other) / both if both else 0.0


# Equal ones


def _in_order(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
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


def _moved(
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


# Changed ones


def _changed(old: Sequence[Passage], new: Sequence[Passage]) -> list[Pair]:
    """Pairs of alike ones in one stretch, rising on both sides."""
    masked = _in_order(
        [(_role(one), _masked(one)) for one in old], [(_role(one), _masked(one)) for one in new]
    )
    found = list(masked)
    for before, after in pairwise([(-1, -1), *masked, (len(old), len(new))]):
        ours, theirs = old[before[0] + 1 : after[0]], new[before[1] + 1 : after[1]]
        pairs = _alike(ours, theirs)
        found += [(before[0] + 1 + a, before[1] + 1 + b) for a, b in pairs]
    return sorted(found)


def _masked(passage: Passage, *, kinds: bool = True) -> str:
    """The passage in small letters, each value in it as its kind, or as nothing."""
    text, done, parts = passage.text, 0, []
    for value in values(text, passage.language):
        parts += [text[done : value.start], f"<{value.kind}>" if kinds else " "]
        done = value.end
    return " ".join("".join([*parts, text[done:]]).lower().split())


def _worded(passage: Passage) -> tuple[str, frozenset[str]]:
    """Role and words without the values: what becomes of "30 days" is a rule of other days."""
    return _role(passage), frozenset(content_words(_masked(passage, kinds=False)))


def _alike(old: Sequence[Passage], new: Sequence[Passage]) -> list[Pair]:
    """The rising pairs, each at least `ALIKE`, whose likeness is largest in sum.

    A dynamic programme over ``best[i][j]``: the best of the first ``i`` and first ``j``.
    """
    if not old or not new:
        return []
    score = _scorer(old, new)
    band = len(new)
    if len(old) * len(new) > _FULL_CELLS:
        band = max(4, min(_BAND, _NARROW_CELLS // len(old)))
    best = [0.0] * (len(new) + 1)  # of the rows so far, by number of columns
    reached = 0
    choices: list[tuple[int, bytearray]] = []
    for i in range(len(old)):
        low, high = _columns(i, len(old), len(new), band)
        while reached < high:
            reached += 1
            best[reached] = best[reached - 1]
        row = bytearray(high - low)
        corner = best[low]
        for j in range(low, high):
            up, left, value = best[j + 1], best[j], score(i, j)
            if value >= ALIKE and corner + value > max(up, left):
                best[j + 1], row[j - low] = corner + value, _PAIR
            elif left > up:
                best[j + 1], row[j - low] = left, _LEFT
            corner = up
        choices.append((low, row))
    return _traced(choices, len(new))


_UP, _LEFT, _PAIR = 0, 1, 2


def _columns(i: int, n_old: int, n_new: int, band: int) -> tuple[int, int]:
    """Which of the new ones the i-th old one is measured with."""
    middle = i * n_new // n_old
    return max(0, middle - band), min(n_new, middle + n_new // n_old + band + 1)


def _traced(choices: Sequence[tuple[int, bytearray]], n_new: int) -> list[Pair]:
    found: list[Pair] = []
    i, j = len(choices) - 1, n_new - 1
    while i >= 0 and j >= 0:
        low, row = choices[i]
        j = min(j, low + len(row) - 1)
        choice = row[j - low] if j >= low else _UP
        if choice == _PAIR:
            found.append((i, j))
            i, j = i - 1, j - 1
        elif choice == _LEFT:
            j -= 1
        else:
            i -= 1
    return found[::-1]


def _scorer(old: Sequence[Passage], new: Sequence[Passage]) -> Callable[[int, int], float]:
    ours, theirs = [_worded(one) for one in old], [_worded(one) for one in new]

    def score(i: int, j: int) -> float:
        one, other = ours[i], theirs[j]
        return likeness(one[1], other[1]) if one[0] == other[0] else 0.0

    return score


def _beside(
    old: Sequence[Passage],
    new: Sequence[Passage],
    moved: Sequence[Pair],
    old_taken: set[int],
    new_taken: set[int],
) -> list[Pair]:
    """Alike ones that stand directly after or before what moved: they moved with it."""
    old_taken, new_taken = old_taken | {i for i, _ in moved}, new_taken | {j for _, j in moved}
    found: list[Pair] = []
    for i, j in moved:
        for step in (1, -1):
            a, b = i + step, j + step
            while (
                0 <= a < len(old)
                and 0 <= b < len(new)
                and a not in old_taken
                and b not in new_taken
                and _scorer([old[a]], [new[b]])(0, 0) >= ALIKE
            ):
                found.append((a, b))
                old_taken.add(a)
                new_taken.add(b)
                a, b = a + step, b + step
    return sorted(found, key=lambda pair: pair[1])


# What is left


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


def _role(passage: Passage) -> str:
    return "heading" if passage.kind == "heading" else "text"
