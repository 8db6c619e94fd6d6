"""Who follows which contact in this process, and how they hear that there is news.

Nothing of a contact passes through here: whoever is woken reads the register, as whoever they are
then. So no event can get to a wrong listener by way of a mistake in here.
"""

from __future__ import annotations

import asyncio
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from assistant.refusals import because
from knowledge.errors import NotAllowed
from knowledge.identity.access import Principal
from knowledge.refusals.reason import Reason

MAX_OF_PERSON = 20
"""Connections of an account at once: several tabs, a few contacts each."""
MAX_OF_PROGRAM = 500
"""Of an API key: a platform follows the contacts of all its agents."""


class TooManyConnections(NotAllowed):
    """An account follows as many contacts as it may.

    Attributes:
        why: says so.
    """

    def __init__(self, why: Reason) -> None:
        super().__init__(why)
        self.why = why


class Ear:
    """One connection's way to hear of news; made in the event loop that it is waited for in."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()

    def wake(self) -> None:
        """Say that there is news, from any thread."""
        with suppress(RuntimeError):  # the loop is closed: the server stops
            self._loop.call_soon_threadsafe(self._news.set)

    def forget(self) -> None:
        """From here on, only what comes later is news."""
        self._news.clear()

    async def wait(self, timeout_s: float) -> None:
        """Until there is news, or the time is over."""
        try:
            await asyncio.wait_for(self._news.wait(), timeout_s)
        except TimeoutError:
            return


class Hub:
    """The connections of one process. Threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ears: dict[str, set[Ear]] = defaultdict(set)
        self._open: Counter[str] = Counter()

    @contextmanager
    def listening(self, key: str, principal: Principal) -> Iterator[Ear]:
        """Hear of news of a contact while this lasts.

        Raises:
            TooManyConnections: the account has as many connections as it may.
        """
        limit = MAX_OF_PROGRAM if principal.kind == "key" else MAX_OF_PERSON
        ear = Ear()
        with self._lock:
            if self._open[principal.name] >= limit:
                raise TooManyConnections(
                    because("too-many-connections", name=principal.name, limit=limit)
                )
            self._open[principal.name] += 1
            self._ears[key].add(ear)
        try:
            yield ear
        finally:
            with self._lock:
                self._open[principal.name] -= 1
                self._ears[key].discard(ear)
                if not self._ears[key]:
                    del self._ears[key]
                if not self._open[principal.name]:
                    del self._open[principal.name]

    def tell(self, key: str) -> None:
        """Wake whoever follows a contact."""
        with self._lock:
            for ear in self._ears.get(key, ()):
                ear.wake()
