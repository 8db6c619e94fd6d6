"""Passes questions on in time, in a thread of its own until it is closed.

It remembers nothing: what is due is computed from the steps in the register each time, so a process
that was killed goes on where another one left off, and two do no harm.
"""

from __future__ import annotations

import logging
import threading

from assistant.shell.escalations.desk import EscalationDesk

logger = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0


class Clock:
    """Looks for what is overdue.

    Args:
        desk: of the questions.
    """

    def __init__(self, desk: EscalationDesk) -> None:
        self._desk = desk
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="passes questions on", daemon=True)
        self._thread.start()

    def close(self, timeout_s: float = 5.0) -> None:
        """Stop after what is at hand."""
        self._stopping.set()
        self._thread.join(timeout_s)

    def _run(self) -> None:
        while not self._stopping.wait(LOOK_EVERY_S):
            try:
                self._desk.tick()
            except Exception as error:  # noqa: BLE001  # its message may hold a customer's words
                logger.error("questions could not be passed on: %s", type(error).__name__)  # noqa: TRY400
