"""Which sentences may be about one thing: the nearest of each, by blocks of matrix products."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

BLOCK_ROWS = 1024
GROUP = 16


def nearest_pairs(
    rows: NDArray[np.float32],
    columns: NDArray[np.float32],
    *,
    floor: float,
    top_k: int,
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float32]]]:
    """For each row the columns nearest to it, block by block.

    Args:
        rows: ``(n, dimension)`` unit vectors.
        columns: ``(m, dimension)`` unit vectors.
        floor: least cosine similarity.
        top_k: about so many columns for each row, never fewer of those that reach the floor.

    Yields:
        Row numbers, column numbers and similarities of one block's pairs.
    """
    for start in range(0, len(rows), BLOCK_ROWS):
        similar = rows[start : start + BLOCK_ROWS] @ columns.T
        least = np.maximum(_kth_at_least(similar, top_k), np.float32(floor))
        first, second = np.nonzero(similar >= least[:, None])
        yield first + start, second, similar[first, second]


def _kth_at_least(similar: NDArray[np.float32], top_k: int) -> NDArray[np.float32]:
    """For each row a value that at least ``top_k`` columns reach, and hardly more than those.

    The ``top_k``-th greatest of the greatest of every few columns: several times faster than
    selecting among all. Neighbours are alike, so those of one group stand far apart.
    """
    columns = similar.shape[1] // GROUP * GROUP
    groups = similar[:, :columns].reshape(len(similar), GROUP, -1).max(axis=1)
    if groups.shape[1] <= top_k:
        return np.full(len(similar), -np.inf, dtype=np.float32)
    least: NDArray[np.float32] = np.partition(groups, -top_k, axis=1)[:, -top_k]
    return least
