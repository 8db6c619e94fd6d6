"""What each part of a check takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

_T = TypeVar("_T")


class Laps:
    """Milliseconds of each part."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self._laps: dict[str, float] = {}

    def of(self, name: str, work: Callable[[], Sequence[_T]]) -> Sequence[_T]:
        """What a part finds, its time noted under a name."""
        began = time.perf_counter()
        found = work()
        self._laps[name] = round((time.perf_counter() - began) * 1000, 2)
        return found

    def done(self) -> dict[str, float]:
        """The times so far, and in ``total`` since the beginning."""
        return {**self._laps, "total": round((time.perf_counter() - self._began) * 1000, 2)}
