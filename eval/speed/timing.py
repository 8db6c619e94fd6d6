"""Milliseconds of many calls, summed up; memory of this process."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from eval.statistics.percentiles import percentile

_T = TypeVar("_T")


@dataclass(frozen=True)
class Timed:
    """What each of many calls took.

    Attributes:
        wall_ms: on the clock, in the order called.
        cpu_ms: of the processor, all threads together; other processes do not add to it.
    """

    wall_ms: Sequence[float]
    cpu_ms: Sequence[float]

    def with_more(self, later: Timed) -> Timed:
        """These calls and later ones."""
        return Timed([*self.wall_ms, *later.wall_ms], [*self.cpu_ms, *later.cpu_ms])


def timed(call: Callable[[_T], object], items: Sequence[_T]) -> Timed:
    """Call once with each item."""
    wall, cpu = list[float](), list[float]()
    for item in items:
        began, cpu_began = time.perf_counter(), time.process_time()
        call(item)
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - cpu_began) * 1000)
    return Timed(wall, cpu)


def summary(milliseconds: Sequence[float]) -> dict[str, float]:
    """``p50``, ``p95`` (linear interpolation) and ``max``.

    >>> summary([1.0, 2.0, 3.0])
    {'p50': 2.0, 'p95': 2.9, 'max': 3.0}
    """
    return {
        "p50": round(percentile(milliseconds, 50), 2),
        "p95": round(percentile(milliseconds, 95), 2),
        "max": round(max(milliseconds), 2),
    }


def described(result: Timed) -> dict[str, float]:
    """`summary` on the clock, and the same of the processor's time."""
    cpu = summary(result.cpu_ms)
    return {**summary(result.wall_ms), "cpu_p50": cpu["p50"], "cpu_p95": cpu["p95"]}


def resident_mib() -> float:
    """Memory this process holds now, in MiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * resource.getpagesize() / 2**20, 1)
