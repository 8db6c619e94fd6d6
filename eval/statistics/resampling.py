"""How far a number would be off in other samples: it is taken again over clusters drawn anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]
"""Places of the cases in one resample."""


def resamples(keys: Sequence[Hashable], *, times: int, seed: int) -> Iterator[Places]:
    """Places of the cases in each resample: as many clusters as there are, drawn with replacement.

    Args:
        keys: of each case, equal for those that hang together; none without any.
        times: how many resamples.
        seed: of the draw.
    """
    of: dict[Hashable, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        of[key].append(place)
    places = [np.array(cases, dtype=np.intp) for cases in of.values()]
    if not places:
        return
    draws = np.random.default_rng(seed).integers(0, len(places), (times, len(places)))
    for draw in draws:
        yield np.concatenate([places[one] for one in draw])


def bootstrap_error(
    of: Callable[[Places], float | None], keys: Sequence[Hashable], *, times: int, seed: int = 0
) -> float | None:
    """Standard error of a number: its spread over the resamples (Efron 1979).

    Args:
        of: the number of the cases at some places; `None` where there is none.
        keys: see `resamples`.
        times: how many resamples.
        seed: of the draw.

    Returns:
        `None` where fewer than two resamples have a number.
    """
    drawn = (of(places) for places in resamples(keys, times=times, seed=seed))
    values = [value for value in drawn if value is not None]
    return float(np.std(values, ddof=1)) if len(values) > 1 else None
