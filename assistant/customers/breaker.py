"""A circuit breaker: who fails again and again is left alone for a while, then tried again.

After Nygard, Release It!, 2nd edition, chapter 5: closed, open, half-open.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

FAILURES = 3
REST_S = 15.0


class Breaker:
    """Counts failures in a row. Threads may share it.

    Args:
        failures: in a row, after which nothing is let through.
        rest_s: seconds until one call is let through to try; its success closes the breaker, its
            failure begins another rest. A try that never ends is followed by another, a rest later.
        clock: seconds, only ever growing.
    """

    def __init__(
        self,
        failures: int = FAILURES,
        rest_s: float = REST_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limit = failures
        self._rest_s = rest_s
        self._clock = clock
        self._failed = 0
        self._next_try = 0.0
        self._lock = threading.Lock()

    def admits(self) -> bool:
        """Whether a call may be made now; whoever is told so reports how it went."""
        with self._lock:
            if self._failed < self._limit:
                return True
            if self._clock() < self._next_try:
                return False
            self._next_try = self._clock() + self._rest_s
            return True

    def succeeded(self) -> None:
        """A call went well."""
        with self._lock:
            self._failed = 0

    def failed(self) -> None:
        """A call failed."""
        with self._lock:
            self._failed += 1
            self._next_try = self._clock() + self._rest_s
