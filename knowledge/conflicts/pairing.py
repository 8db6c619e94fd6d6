"""Which statements are compared at all: the nearest by their vectors, in each pair of languages.

`knowledge.conflicts.contradictions` compares what they say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import product

import numpy as np
from numpy.typing import NDArray

from knowledge.conflicts.nearest import nearest_pairs
from knowledge.conflicts.statements import Collection
from knowledge.conflicts.surroundings import view
from knowledge.models import LANGUAGES

FLOOR = 0.84
FLOOR_ACROSS = 0.15
"""Least cosine, in one language and across the two, where it is of centred vectors
(`knowledge.conflicts.centring`): below the lowest of what was planted on half ``fit``."""
NEAREST = 12
NEAREST_ACROSS = 8
NEAREST_OF_MARKS = 12
NEAREST_OF_MARKS_ACROSS = 25
"""How many of a sentence's nearest are compared with it. Of what was planted on half ``fit`` all
quantities were among the 20 nearest, nearly all among 8; of obligations across languages, one in
five was not among 20."""


def near_pairs(
    one: Collection, other: Collection, told: Callable[[float], None]
) -> Iterator[tuple[tuple[int, int], float]]:
    """Statements that are near each other and of which something can be compared.

    Args:
        one: a collection.
        other: another, or the same again: then each pair comes with the lower position first.
        told: told what share is done.

    Yields:
        Positions in both, and their cosine, of centred vectors where the languages differ. A pair
        may come twice.
    """
    measured = (NEAREST, NEAREST_ACROSS)
    demanded = (NEAREST_OF_MARKS, NEAREST_OF_MARKS_ACROSS)
    sets = [(one.measuring, other.measuring, measured), (one.marked, other.long, demanded)]
    if one is not other:
        sets.append((one.long, other.marked, demanded))
    parts = list(product(sets, LANGUAGES, LANGUAGES))
    for done, ((rows, columns, top_k), language, against) in enumerate(parts):
        told(done / len(parts))
        left = rows[one.languages[rows] == language]
        right = columns[other.languages[columns] == against]
        floor, nearest = (FLOOR, top_k[0]) if language == against else (FLOOR_ACROSS, top_k[1])
        if len(left) and len(right):
            vectors = view(one, left, against), view(other, right, language)
            found = nearest_pairs(*vectors, floor=floor, top_k=nearest)
            yield from _placed(found, left, right, mirrored=one is other)


def _placed(
    found: Iterable[tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float32]]],
    left: NDArray[np.intp],
    right: NDArray[np.intp],
    *,
    mirrored: bool,
) -> Iterator[tuple[tuple[int, int], float]]:
    """Pairs of positions and their cosines.

    Args:
        found: rows of ``left`` and ``right``, and their cosines, by blocks.
        left: positions.
        right: positions.
        mirrored: whether both are of one collection.
    """
    for first, second, similar in found:
        for i, j, cosine in zip(
            left[first].tolist(), right[second].tolist(), similar.tolist(), strict=True
        ):
            if not mirrored:
                yield (i, j), cosine
            elif i != j:
                yield (min(i, j), max(i, j)), cosine
