"""Looks for promises in contacts, and for what has come to be overdue, beside all requests.

What was acknowledged is in the register; how far it was looked through is too. So at the start, and
every `TICK_S`, whatever was left is found, also what a killed process did not get to.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import partial

from knowledge.commitments.recognition import Recogniser, Recognition
from knowledge.commitments.upkeep import tell_overdue
from knowledge.errors import KnowledgeBaseError

logger = logging.getLogger(__name__)

TICK_S = 30.0
"""How often it is looked for what is overdue, and for turns that another process took in."""

Tell = Callable[[str], None]


def _nobody(_: str) -> None:
    return None


class Watching:
    """Looks through contacts in a thread of its own until it is closed.

    Args:
        recognition: where turns are read and promises kept.
        recognise: finds the promises of a turn.
        let_others: returns when what somebody waits for has had the processor. It is asked once
            for all contacts that wait, and must not take long: a promise has to stand there when
            the customer comes again.
    """

    def __init__(
        self,
        recognition: Recognition,
        recognise: Recogniser,
        let_others: Callable[[], object] = lambda: None,
    ) -> None:
        self._recognition = recognition
        self._recognise = recognise
        self._let_others = let_others
        self._changed = threading.Condition()
        self._waiting: OrderedDict[str, Tell] = OrderedDict()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="looks for promises", daemon=True)
        self._thread.start()

    def said(self, key: str, tell: Tell) -> None:
        """Have a contact looked through in which something was said; returns at once.

        Args:
            key: of the contact.
            tell: is called with the key once something was found.
        """
        with self._changed:
            self._waiting[key] = tell
            self._changed.notify()

    def close(self, timeout_s: float = 5.0) -> None:
        """Look for nothing more; the rest is found at the next start."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join(timeout_s)

    def _run(self) -> None:
        due = 0.0
        while not self._closing:
            if time.monotonic() >= due:
                self._guarded(self._catch_up)
                due = time.monotonic() + TICK_S
            with self._changed:
                if not self._waiting and not self._closing:
                    self._changed.wait(max(0.0, due - time.monotonic()))
                said = bool(self._waiting)
            if said:
                self._guarded(self._let_others)
            with self._changed:
                taken, self._waiting = self._waiting, OrderedDict()
            for key, tell in taken.items():
                if not self._closing:
                    self._guarded(partial(self._look_through, key, tell))

    def _catch_up(self) -> None:
        for key in self._recognition.waiting():
            if self._closing:
                return
            self._guarded(partial(self._look_through, key, _nobody))
        late = tell_overdue(self._recognition.store)
        if late:
            logger.info("%d promises and complaints are newly overdue", late)

    def _look_through(self, key: str, tell: Tell) -> None:
        if self._recognition.hear(key, self._recognise):
            tell(key)

    def _guarded(self, work: Callable[[], object]) -> None:
        """One failure leaves the others alone; its message may hold somebody's words."""
        try:
            work()
        except KnowledgeBaseError as error:
            logger.warning("promises are looked for again later: %s", error)
        except Exception as error:  # noqa: BLE001
            logger.error("promises could not be looked for: %s", type(error).__name__)  # noqa: TRY400
