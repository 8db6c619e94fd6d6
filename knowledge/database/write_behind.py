"""What is written down beside the work that it tells of: nobody waits for it, nor fails with it.

What is put in goes into a bounded queue; a thread writes it, many at a time. So a process that is
killed loses what came in its last second, and where the disk is full or the register busy for
long, items are not written: a WARNING says how many. What they hold never gets into the log.
"""

from __future__ import annotations

import logging
import math
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from knowledge.errors import RegisterError, RegisterLocked

logger = logging.getLogger(__name__)

Item = TypeVar("Item")

CAPACITY = 2_000
"""Items that may wait; at 50 a second, those of 40 seconds."""
GATHER_S = 0.5
BATCH = 200
_ATTEMPTS = 3
_RETRY_AFTER_S = 2.0


@dataclass(frozen=True)
class Chore:
    """What the thread does now and then beside the writing.

    Attributes:
        run: does it, and raises nothing.
        first_s: seconds after the start.
        every_s: seconds from one time to the next.
    """

    run: Callable[[], None]
    first_s: float
    every_s: float


class WriteBehind(Generic[Item]):
    """A queue and the thread that writes what is in it.

    Args:
        write: writes a batch, all of it or nothing; what it raises is logged.
        what: the items, in the plural, for the log.
        capacity: items that may wait to be written.
        chore: what else the thread does.
    """

    def __init__(
        self,
        write: Callable[[Sequence[Item]], None],
        what: str,
        *,
        capacity: int = CAPACITY,
        chore: Chore | None = None,
    ) -> None:
        self._write_batch = write
        self._what = what
        self._waiting: queue.Queue[Item | None] = queue.Queue(capacity)
        self._lost = 0
        self._chore = chore
        self._chore_at = time.monotonic() + chore.first_s if chore else math.inf
        name = f"writes {what}"
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def put(self, item: Item) -> bool:
        """Have an item written; returns at once, and whether there was room for it."""
        try:
            self._waiting.put_nowait(item)
        except queue.Full:
            self._lost += 1
            return False
        return True

    def close(self, timeout_s: float = 5.0) -> bool:
        """Write what waits, if that takes no longer than the time given; whether it has ended."""
        try:
            self._waiting.put(None, timeout=timeout_s)
            self._thread.join(timeout_s)
        except queue.Full:
            self._lost += self._waiting.qsize()
        if self._thread.is_alive():
            logger.warning("%s are still being written down; the last ones may be lost", self._what)
            return False
        return True

    def _run(self) -> None:
        closing = False
        while not closing:
            batch, closing = self._gather()
            if batch:
                self._write(batch)
            if self._chore and time.monotonic() >= self._chore_at:
                self._chore_at = time.monotonic() + self._chore.every_s
                self._chore.run()
            self._tell_lost()

    def _gather(self) -> tuple[list[Item], bool]:
        """What waits, a little later than its first; and whether that was the last."""
        batch: list[Item] = []
        until = self._chore_at
        while len(batch) < BATCH:
            left = None if until == math.inf else max(0.0, until - time.monotonic())
            try:
                item = self._waiting.get(timeout=left)
            except queue.Empty:
                break
            if item is None:
                return batch, True
            if not batch:
                until = time.monotonic() + GATHER_S
            batch.append(item)
        return batch, False

    def _write(self, batch: list[Item]) -> None:
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                self._write_batch(batch)
            except RegisterLocked:
                if attempt < _ATTEMPTS:
                    time.sleep(_RETRY_AFTER_S)
                    continue
                logger.warning("the register is busy", exc_info=True)
            except RegisterError:
                logger.warning("%s cannot be written down", self._what, exc_info=True)
            except Exception:
                logger.exception("%s cannot be written down", self._what)
            else:
                return
            break
        self._lost += len(batch)

    def _tell_lost(self) -> None:
        lost, self._lost = self._lost, 0
        if lost:
            logger.warning("%d %s were not written down", lost, self._what)
