"""Takes messages out of the outbox and to their receiver, beside everything else.

A thread of its own: no page and no request waits for the receiver. What is in the outbox is on
disk, so a server that is killed goes on with it at its next start. Words are never in the log.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from assistant.shell.summary.receiver import Attempt, Receiver, deliver
from knowledge.errors import KnowledgeBaseError
from knowledge.outbox.outbox import Outbox

logger = logging.getLogger(__name__)

LOOK_EVERY_S = 2.0
"""How soon what another process put in is seen, and what is due again."""

Deliver = Callable[[Receiver, str, str], Attempt]


class Courier:
    """Sends what waits, until it is closed.

    Args:
        outbox: what waits.
        receiver: whom it is sent to.
        deliver: makes one attempt.
    """

    def __init__(self, outbox: Outbox, receiver: Receiver, deliver: Deliver = deliver) -> None:
        self._outbox = outbox
        self._receiver = receiver
        self._deliver = deliver
        self._something = threading.Event()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """There is something to send; returns at once."""
        self._something.set()

    def close(self, timeout_s: float = 5.0) -> None:
        """Send nothing more; what is being sent is given that time."""
        self._closing.set()
        self._something.set()
        self._thread.join(timeout_s)

    def _run(self) -> None:
        while not self._closing.is_set():
            self._something.clear()
            try:
                while not self._closing.is_set() and self._send_one():
                    pass
            except KnowledgeBaseError as error:
                logger.warning("the outbox cannot be read just now: %s", type(error).__name__)
            except Exception as error:  # noqa: BLE001  # its message may hold words of a contact
                logger.error("a message could not be sent: %s", type(error).__name__)  # noqa: TRY400
            self._something.wait(LOOK_EVERY_S)

    def _send_one(self) -> bool:
        """Send what has been due for longest; whether there was anything."""
        message = self._outbox.take()
        if message is None:
            return False
        if message.body is None:
            return True
        done = self._deliver(self._receiver, message.message, message.body)
        name, tried = message.message, message.attempts + 1
        if done.trouble is None:
            self._outbox.sent(message)
            logger.info("message %s: taken in %.0f ms, attempt %d", name, done.ms, tried)
        elif self._outbox.failed(message, done.trouble, wait_s=done.wait_s, for_good=done.for_good):
            logger.error("message %s: given up after attempt %d (%s)", name, tried, done.trouble)
        else:
            logger.warning("message %s: not taken, attempt %d (%s)", name, tried, done.trouble)
        return True
