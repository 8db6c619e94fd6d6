"""The words of a list within a few slips of a given one, without comparing it with each.

One slip changes how often at most two letters stand in a word, so words whose letters differ by
more need no comparison: of fifty thousand words some dozens are left, and the result is exact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_LETTER = np.uint32(31)
"""Letters share 32 bits by the end of their code; two that share one are compared in vain."""


class NearWords:
    """A list of words, prepared for being searched."""

    def __init__(self, words: Iterable[str]) -> None:
        by_length: dict[int, list[str]] = defaultdict(list)
        for word in words:
            by_length[len(word)].append(word)
        self._by_length = {n: (found, _letters_of(found, n)) for n, found in by_length.items() if n}

    def within(self, word: str, distance: int) -> list[tuple[int, str]]:
        """``(distance, word)`` of the words at most so many slips away, in no set order.

        A slip is a letter too many, missing, wrong, or changed with its neighbour: optimal string
        alignment (Damerau-Levenshtein without editing a part twice).
        """
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        if not word:
            return []
        own = _letters_of_one(word)
        candidates: list[str] = []
        for length in range(len(word) - distance, len(word) + distance + 1):
            if length in self._by_length:
                words, letters = self._by_length[length]
                near = np.flatnonzero(np.bitwise_count(letters ^ own) <= 2 * distance)
                candidates += [words[i] for i in near.tolist()]
        found = process.extract(
            word, candidates, scorer=OSA.distance, score_cutoff=distance, limit=None
        )
        return [(int(slips), near_word) for near_word, slips, _ in found]


@lru_cache(maxsize=1_000)
def _letters_of_one(word: str) -> NDArray[np.uint64]:
    return _letters_of([word], len(word))


def _letters_of(words: Sequence[str], length: int) -> NDArray[np.uint64]:
    """``(n_words,)``: which letters stand in each word of one length once, and which twice."""
    codes = np.frombuffer("".join(words).encode("utf-32-le"), dtype=np.uint32)
    once = np.zeros(len(words), dtype=np.uint64)
    twice = np.zeros(len(words), dtype=np.uint64)
    for letter in codes.reshape(-1, length).T:
        bit = np.uint64(1) << (letter & _LETTER).astype(np.uint64)
        twice |= once & bit
        once |= bit
    return once | twice << np.uint64(32)
