"""Passages of two versions that are alike without being equal; the last steps of `align`.

Those that differ in their numbers and dates alone first, then those that share enough words:
likeness is measured near the diagonal only where a rewritten stretch is long.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from knowledge.differences.equal import Pair, in_order
from knowledge.differences.passages import Passage
from knowledge.quantities.values import values
from knowledge.text import content_words

ALIKE = 0.5
"""Share of common words (Dice) from which one passage is the other, changed."""
_FULL_CELLS = 40_000
"""Pairs in one stretch up to which every likeness is measured."""
_BAND = 24
"""Beyond: how far from the diagonal likeness is measured."""
_NARROW_CELLS = 150_000
"""Beyond this many pairs the band narrows, down to four."""


def changed_pairs(old: Sequence[Passage], new: Sequence[Passage]) -> list[Pair]:
    """Pairs of alike ones in one stretch, rising on both sides."""
    masked = in_order(
        [(role(one), _masked(one)) for one in old], [(role(one), _masked(one)) for one in new]
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
    return role(passage), frozenset(content_words(_masked(passage, kinds=False)))


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


def pairs_beside(
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


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's share of common words, 0 to 1 (Dice 1945, https://doi.org/10.2307/1932409)."""
    both = len(one) + len(other)
    return 2 * len(one & other) / both if both else 0.0


def role(passage: Passage) -> str:
    """What a passage may become: a heading a heading, text text."""
    return "heading" if passage.kind == "heading" else "text"
