"""How near two statements are, beside how near everything else is to either.

A cosine alone says little: where many sentences are about much the same, all of them are near. So
the mean over each one's nearest is taken from it, as in cross-domain similarity local scaling
(Conneau et al. 2018, https://arxiv.org/abs/1710.04087), which also brings the cosines within one
language and those across two onto one scale.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.conflicts.nearest import BLOCK_ROWS
from knowledge.conflicts.statements import Collection
from knowledge.models import Language

Vectors = NDArray[np.float32]

NEIGHBOURS = 10
"""How many of the nearest are averaged, as in the paper."""
SAMPLE = 8192
"""At most so many statements of each language are looked at, evenly spread: the time stays linear
in the statements, and a collection twice as large does not seem twice as dense."""


def view(collection: Collection, rows: NDArray[np.intp], against: Language) -> Vectors:
    """Vectors as they are compared with those of a language: centred if it is another.

    Args:
        collection: of the rows, which are of one language.
        rows: at least one.
        against: language of what they are compared with.
    """
    vectors = collection.vectors[rows]
    own: Language = collection.statements[int(rows[0])].sentence.language
    return vectors if own == against else collection.centres.centred(vectors, own)


def density(
    one: Collection, rows: Sequence[int], other: Collection, against: Language
) -> dict[int, float]:
    """By row, the mean cosine of its nearest in a language, the very nearest left out.

    That one is the row itself, or what it is compared with. 0 where there are no others.

    Args:
        one: collection of the rows.
        rows: any.
        other: where its nearest are looked for.
        against: their language.
    """
    there = np.flatnonzero(other.languages == against)
    there = there[:: max(1, -(-len(there) // SAMPLE))]
    found: dict[int, float] = dict.fromkeys(rows, 0.0)
    for part in _by_language(one, rows) if len(there) else ():
        own: Language = one.statements[int(part[0])].sentence.language
        columns = view(other, there, own).T
        for start in range(0, len(part), BLOCK_ROWS):
            block = part[start : start + BLOCK_ROWS]
            means = _means(view(one, block, against) @ columns)
            found |= zip(block.tolist(), means.tolist(), strict=True)
    return found


def _by_language(one: Collection, rows: Sequence[int]) -> Iterator[NDArray[np.intp]]:
    chosen = np.array(sorted(set(rows)), dtype=np.intp)
    for language in ("es", "en"):
        part = chosen[one.languages[chosen] == language] if len(chosen) else chosen
        if len(part):
            yield part


def _means(similar: Vectors) -> NDArray[np.float32]:
    """The mean of each row's greatest but the very greatest; 0 where there is no other."""
    count = min(NEIGHBOURS + 1, similar.shape[1])
    if count < 2:
        return np.zeros(len(similar), dtype=np.float32)
    greatest = np.partition(similar, -count, axis=1)[:, -count:]
    means: NDArray[np.float32] = (greatest.sum(axis=1) - greatest.max(axis=1)) / (count - 1)
    return means
