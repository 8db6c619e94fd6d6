"""Customers as pages and routes ask for them: always a state to show, never an exception.

Around the directory: a time limit that holds whatever the directory does, a circuit breaker, and
names ranked. What a directory says is neither kept nor logged.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from typing import Literal, TypeVar

from assistant.breaker import Breaker
from assistant.customers.models import KINDS, MAX_MATCHES, Customer, Found, Kind, Match, Sought
from assistant.customers.none import NoDirectory
from assistant.customers.ports import CustomerDirectory, DirectoryUnavailable
from assistant.customers.sought import name_variants, ranked
from assistant.refusals import because
from knowledge.refusals.reason import Reason

logger = logging.getLogger(__name__)

PARALLEL = 8
"""Calls at once; those that a system keeps waiting hold a place until they end."""
GRACE_S = 0.25
"""Seconds that a directory may need beyond its own limit to say that it was too slow."""

State = Literal["found", "nothing", "unavailable", "unconfigured"]
Told = TypeVar("Told")


@dataclass(frozen=True)
class Finding:
    """What a search came to.

    Attributes:
        state: ``found``, ``nothing``, ``unavailable`` (`reason` says why), or ``unconfigured``.
        matches: the most likely first, at most `models.MAX_MATCHES`.
        more: whether there are others.
        reason: what to tell; `None` where something was found or nothing is there.
    """

    state: State
    matches: tuple[Match, ...] = ()
    more: bool = False
    reason: Reason | None = None


@dataclass(frozen=True)
class Look:
    """What opening a customer came to; as `Finding`, with the customer."""

    state: State
    customer: Customer | None = None
    reason: Reason | None = None


class Customers:
    """Finds and opens customers. Threads may share it.

    Args:
        directory: where they are; `None`: nowhere.
        kinds: what they can be found by there.
        country: whose telephone numbers are meant where none is said.
        timeout_s: seconds that a search or a look may take.
        breaker: when a failing system is left alone.
    """

    def __init__(
        self,
        directory: CustomerDirectory | None = None,
        kinds: tuple[Kind, ...] = KINDS,
        country: str = "ES",
        *,
        timeout_s: float = 2.0,
        breaker: Breaker | None = None,
    ) -> None:
        self._directory = directory or NoDirectory()
        self.kinds = kinds
        self.country = country
        self._timeout_s = timeout_s
        self._breaker = breaker or Breaker()
        self._places = threading.Semaphore(PARALLEL)
        self._threads = ThreadPoolExecutor(PARALLEL, thread_name_prefix="customers")

    @property
    def configured(self) -> bool:
        """Whether there is a directory."""
        return self._directory.configured

    def find(self, *wanted: Sought) -> Finding:
        """The customers that the first of some things to look for finds; the surest goes first."""
        if not self.configured:
            return Finding("unconfigured", reason=because("customers-none"))
        able = [one for one in wanted if one.kind in self.kinds]
        if wanted and not able:
            known = tuple(because(f"customers-kind-{kind}") for kind in self.kinds)
            kind = because(f"customers-kind-{wanted[0].kind}")
            return Finding(
                "unavailable", reason=because("customers-not-by", kind=kind, known=known)
            )
        try:
            found = self._within_time(lambda: self._first(able))
        except DirectoryUnavailable as error:
            return Finding("unavailable", reason=error.why)
        shown = found.matches[:MAX_MATCHES]
        more = found.more or len(found.matches) > len(shown)
        return Finding("found" if shown else "nothing", shown, more)

    def customer(self, key: str) -> Look:
        """A customer with everything that is known of them."""
        if not self.configured:
            return Look("unconfigured", reason=because("customers-none"))
        try:
            customer = self._within_time(lambda: self._directory.customer(key))
        except DirectoryUnavailable as error:
            return Look("unavailable", reason=error.why)
        if customer is None:
            return Look("nothing", reason=because("customer-unknown"))
        return Look("found", customer)

    def close(self) -> None:
        """Close the directory; a call that still waits is left to end by itself."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._directory.close()

    def _first(self, wanted: list[Sought]) -> Found:
        for sought in wanted:
            found = self._by_name(sought) if sought.kind == "name" else self._directory.find(sought)
            if found.matches:
                return found
        return Found()

    def _by_name(self, sought: Sought) -> Found:
        """Whose name is like it; systems that know words as written are asked for each word."""
        until = time.monotonic() + self._timeout_s
        for variant in name_variants(sought.value):
            if time.monotonic() >= until:  # nobody waits for it any more
                break
            found = self._directory.find(Sought("name", variant))
            near = ranked(sought.value, found.matches)
            if near:
                return Found(near, found.more)
        return Found()

    def _within_time(self, work: Callable[[], Told]) -> Told:
        if not self._places.acquire(blocking=False):
            raise DirectoryUnavailable(because("customers-busy"), at_fault=False)
        if not self._breaker.admits():
            self._places.release()
            raise DirectoryUnavailable(because("customers-resting"), at_fault=False)
        future: Future[Told] = self._threads.submit(work)
        future.add_done_callback(lambda _: self._places.release())
        try:
            told = future.result(self._timeout_s + GRACE_S)
        except DirectoryUnavailable as error:
            self._noted(error.why, at_fault=error.at_fault)
            raise
        except FutureTimeout as error:
            why = because("customers-slow", seconds=f"{self._timeout_s:g}")
            self._noted(why, at_fault=True)
            raise DirectoryUnavailable(why) from error
        except Exception as error:  # noqa: BLE001 - what a driver makes of strange data
            # Its text may hold some of them, so only its kind is told.
            why = because("customers-garbled", what=type(error).__name__)
            self._noted(why, at_fault=True)
            raise DirectoryUnavailable(why) from None
        self._breaker.succeeded()
        return told

    def _noted(self, why: Reason, *, at_fault: bool) -> None:
        logger.warning("customers cannot be read: %s", why)
        if at_fault:
            self._breaker.failed()
        else:
            self._breaker.succeeded()
