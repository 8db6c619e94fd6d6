"""The nearest of each row are all found, whatever the block they stand in."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.conflicts.nearest import BLOCK_ROWS, nearest_pairs


@pytest.mark.parametrize("columns", [5, 16, 300])
def test_no_near_column_is_missed_and_none_below_the_floor_is_given(columns: int) -> None:
    rng = np.random.default_rng(7)
    rows, others = (
        rng.standard_normal((n, 8)).astype(np.float32) for n in (BLOCK_ROWS + 3, columns)
    )
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    others /= np.linalg.norm(others, axis=1, keepdims=True)
    found: dict[tuple[int, int], float] = {}
    for first, second, similar in nearest_pairs(rows, others, floor=0.5, top_k=4):
        found |= dict(
            zip(zip(first.tolist(), second.tolist(), strict=True), similar.tolist(), strict=True)
        )
    every = rows @ others.T
    best = np.argsort(-every, axis=1)[:, :4]
    wanted = {
        (row, int(column))
        for row in range(len(rows))
        for column in best[row]
        if every[row, column] >= 0.501
    }
    assert wanted
    assert wanted <= found.keys()
    assert min(found.values()) >= 0.5
    assert all(found[pair] == pytest.approx(every[pair], abs=1e-5) for pair in found)
