"""Texts that nearly repeat each other: word sequences, exactly compared.

Each text is the set of its sequences of `WORDS` words (w-shingling: Broder, "On the resemblance and
containment of documents", 1997). Which may be alike is looked up from their rarest ones (prefix
filter: Chaudhuri et al., "A primitive operator for similarity joins", 2006), so that what all
documents of a company have in common costs nothing, and nothing is missed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from knowledge.quantities.numerals import same_length_fold

WORDS = 4
_WORD = re.compile(r"\w+")
_BASE = np.uint64(0x9E3779B97F4A7C15)

Ids = NDArray[np.int64]
Allowed = Callable[[int, int], bool]
Progress = Callable[[int, int], None]
_TELL_EVERY = 1000


@dataclass(frozen=True, slots=True)
class Repeat:
    """A text that nearly repeats a longer one.

    Attributes:
        text: position of the one that repeats.
        of: position of the one it repeats, as long or longer.
        contained: share of its sequences that the other has, 0 to 1.
        alike: sequences of both over those of either (Jaccard), 0 to 1.
    """

    text: int
    of: int
    contained: float
    alike: float


Hashes = NDArray[np.uint64]
"""Of the word sequences of a text, each once, in order."""


class Shingles:
    """The sets of word sequences of some texts, numbered, the rarest first.

    Args:
        hashed: of each text, as `hashes_of` gives them all at once.
    """

    def __init__(self, hashed: Sequence[Hashes]) -> None:
        self.sizes = np.array([len(one) for one in hashed], dtype=np.int64)
        every = together(hashed)
        self._starts = np.concatenate(([0], np.cumsum(self.sizes)))
        _, numbers, holding = np.unique(every, return_inverse=True, return_counts=True)
        self.holding = holding[np.argsort(holding, kind="stable")]
        rank = np.empty(len(holding), dtype=np.int64)
        rank[np.argsort(holding, kind="stable")] = np.arange(len(holding))
        self._ids = rank[numbers]
        for start, end in zip(self._starts[:-1], self._starts[1:], strict=True):
            self._ids[start:end].sort()
        order = np.argsort(self._ids, kind="stable")
        self._holders = np.repeat(np.arange(len(hashed)), self.sizes)[order]
        self._held_from = np.concatenate(([0], np.cumsum(self.holding)))

    def __len__(self) -> int:
        return len(self.sizes)

    def of(self, text: int) -> Ids:
        """The sequences of a text, the rarest first."""
        return self._ids[self._starts[text] : self._starts[text + 1]]

    def holders(self, shingle: int) -> Ids:
        """The texts that have a sequence."""
        return self._holders[self._held_from[shingle] : self._held_from[shingle + 1]]


def hashes_of(texts: Iterable[str]) -> list[Hashes]:
    """The word sequences of each text; one of fewer words than `WORDS` is one sequence."""
    vocabulary: dict[str, int] = {}
    found: list[Hashes] = []
    for text in texts:
        words = [vocabulary.setdefault(word, len(vocabulary) + 1) for word in _words(text)]
        numbers = np.array(words, dtype=np.uint64)
        width = min(WORDS, len(numbers))
        sequences = np.zeros(max(0, len(numbers) - width + 1) if width else 0, dtype=np.uint64)
        for place in range(width):
            sequences = sequences * _BASE + numbers[place : place + len(sequences)]
        found.append(np.unique(sequences))
    return found


def together(hashed: Sequence[Hashes]) -> Hashes:
    """All sequences of some texts, one after another."""
    return np.concatenate(hashed) if hashed else np.zeros(0, dtype=np.uint64)


def _words(text: str) -> list[str]:
    return _WORD.findall(same_length_fold(text))


def repeats(
    shingles: Shingles,
    *,
    contained: float = 0.0,
    alike: float = 0.0,
    least: int = 1,
    allowed: Allowed = lambda one, other: True,
    progress: Progress = lambda done, total: None,
) -> Iterator[Repeat]:
    """For each text that nearly repeats one of the longer ones, the first of them that it does.

    Of many copies one, the longest, stands for all: it is what the others are said to repeat.

    Args:
        shingles: of the texts.
        contained: least share of the shorter one's sequences that the longer one has.
        alike: least share of the sequences of either that both have; one of both shares is above 0.
        least: fewest sequences of a text that is looked at.
        allowed: tells of two texts whether one may repeat the other.
        progress: told how many texts are done.
    """
    bar = max(contained, alike)
    if not 0 < bar <= 1:
        raise ValueError(f"one of contained and alike must be above 0 and at most 1, got {bar}")
    standing = np.zeros(len(shingles), dtype=np.bool_)
    marked = np.zeros(len(shingles.holding), dtype=np.bool_)
    order = np.lexsort((np.arange(len(shingles)), -shingles.sizes)).tolist()
    for done, text in enumerate(order):
        if done % _TELL_EVERY == 0:
            progress(done, len(order))
        own = shingles.of(text)
        if len(own) < least:
            continue
        marked[own] = True
        longest = len(own) / alike if alike else np.inf
        found = next(
            (
                repeat
                for other in _candidates(shingles, own, bar, standing)
                if shingles.sizes[other] <= longest
                and allowed(text, other)
                and (repeat := _compared(shingles, text, other, marked))
                and repeat.contained >= contained
                and repeat.alike >= alike
            ),
            None,
        )
        marked[own] = False
        if found:
            yield found
        else:
            standing[text] = True


def _candidates(
    shingles: Shingles, own: Ids, bar: float, standing: NDArray[np.bool_]
) -> Iterator[int]:
    """Texts that have any of so many of the rarest sequences that one at least must be shared."""
    tried: set[int] = set()
    for shingle in own[: len(own) - ceil(bar * len(own)) + 1].tolist():
        holders = shingles.holders(shingle)
        for other in holders[standing[holders]].tolist():
            if other not in tried:
                tried.add(other)
                yield other


def _compared(shingles: Shingles, text: int, other: int, marked: NDArray[np.bool_]) -> Repeat:
    common = int(marked[shingles.of(other)].sum())
    size, longer = int(shingles.sizes[text]), int(shingles.sizes[other])
    return Repeat(text, other, common / size, common / (size + longer - common))
