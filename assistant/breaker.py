"""A circuit breaker: who fails again and again is left alone for a while, then tried again.

After Nygard, Release It!, 2nd edition, chapter 5: closed, open, half-open.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

FAILURES = 3
REST_S = 15.0


@dataclass(frozen=True)
class Share:
    """Failures among the latest calls from which nothing more is let through.

    Attributes:
        failed: share of them, from 0 to 1.
        calls: how many there must be for their share to count.
        within_s: seconds that they lie back at most.
    """

    failed: float
    calls: int
    within_s: float


class Breaker:
    """Counts failures in a row, and their share of the latest calls. Threads may share it.

    Args:
        failures: in a row, after which nothing is let through.
        rest_s: seconds until one call is let through to try; its success closes the breaker, its
            failure begins another rest. A try that never ends is followed by another, a rest later.
        clock: seconds, only ever growing.
        share: failures that are not in a row and still too many; `None`: only those in a row count.
    """

    def __init__(
        self,
        failures: int = FAILURES,
        rest_s: float = REST_S,
        clock: Callable[[], float] = time.monotonic,
        share: Share | None = None,
    ) -> None:
        self._limit = failures
        self._rest_s = rest_s
        self._clock = clock
        self._share = share
        self._latest: deque[tuple[float, bool]] = deque()
        self._failed = 0
        self._open = False
        self._next_try = 0.0
        self._lock = threading.Lock()

    def admits(self) -> bool:
        """Whether a call may be made now; whoever is told so reports how it went."""
        with self._lock:
            if not self._open:
                return True
            if self._clock() < self._next_try:
                return False
            self._next_try = self._clock() + self._rest_s
            return True

    def succeeded(self) -> None:
        """A call went well."""
        with self._lock:
            self._failed = 0
            if self._open:  # what failed before the rest is over
                self._open = False
                self._latest.clear()
            self._enter(failed=False)

    def failed(self) -> None:
        """A call failed."""
        with self._lock:
            self._failed += 1
            self._enter(failed=True)
            if self._failed >= self._limit or self._too_large_a_share():
                self._open = True
                self._next_try = self._clock() + self._rest_s

    def _enter(self, *, failed: bool) -> None:
        if self._share is None:
            return
        now = self._clock()
        self._latest.append((now, failed))
        while self._latest[0][0] < now - self._share.within_s:
            self._latest.popleft()

    def _too_large_a_share(self) -> bool:
        if self._share is None or len(self._latest) < self._share.calls:
            return False
        failed = sum(failed for _, failed in self._latest)
        return failed >= self._share.failed * len(self._latest)
