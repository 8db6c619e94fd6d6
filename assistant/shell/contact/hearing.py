"""After what the customer said: what the sources say to it, told on the contact's stream.

Beside the request that brought the turn in, which never waits for this. Of each contact at most one
conversation is heard at a time and one waits, the newest: turns that came meanwhile are heard
together. What is suggested is what the contact's agent may read.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.contact.heard import Heard
from assistant.contact.listening import Listener
from assistant.contact.suggestions import Shown, update
from assistant.models import Turn
from assistant.shell.contact.keeping import body_of, needs_of, shown_of
from assistant.shell.contact.needing import need_heard
from assistant.shell.contact.wording import Wording
from assistant.shell.steps.following import Following
from knowledge.audience import AudienceTree
from knowledge.contacts.contacts import Contacts
from knowledge.contacts.models import AUDIENCES
from knowledge.contacts.suggested import Body, Change
from knowledge.errors import WrongState
from knowledge.identity.access import contact_reach, viewer_of
from knowledge.models import Viewer
from knowledge.themes.need_rows import NeedHeard

logger = logging.getLogger(__name__)

WORKERS = 2
"""Hearing is the work of a processor; more than there are cores would only take turns."""
LATEST_TURNS = 60
"""Turns of a contact that are heard together, the newest."""


@dataclass(frozen=True)
class _New:
    """Something was said: whom to tell, and since when they wait."""

    tell: Callable[[str], None]
    since: float


class Hearing:
    """Hears contacts in threads of its own until it is closed.

    Attributes:
        listener: what it hears with.
        steps: is told what was heard; `None`: nobody is.
        wording: has what is suggested composed; `None`: quotations alone.

    Args:
        listener: finds what answers.
        contacts: where turns are read and suggestions kept.
        tree: all audiences, as they are now.
        steps: follows the steps of contacts.
        note: is given what a customer needs, to be counted; it must not keep anybody waiting.
        wording: has what is suggested composed, beside; `None`: it is quoted.
    """

    def __init__(
        self,
        listener: Listener,
        contacts: Contacts,
        tree: Callable[[], AudienceTree],
        steps: Following | None = None,
        note: Callable[[NeedHeard], None] = lambda need: None,
        wording: Wording | None = None,
    ) -> None:
        self.listener = listener
        self.steps = steps
        self.wording = wording
        self._contacts = contacts
        self._suggested = contacts.suggested
        self._tree = tree
        self._note = note
        self._changed = threading.Condition()
        self._waiting: OrderedDict[str, _New] = OrderedDict()
        self._busy: set[str] = set()
        self._closing = False
        self._threads = [
            threading.Thread(target=self._run, name=f"hears contacts {n}", daemon=True)
            for n in range(WORKERS)
        ]
        for thread in self._threads:
            thread.start()

    def heard(self, key: str, tell: Callable[[str], None]) -> None:
        """Have a contact heard; returns at once.

        Args:
            key: of the contact, in which the customer said something.
            tell: is called with the key once there is a new suggestion.
        """
        with self._changed:
            # Who waits already waits since the older turn, and for the newer one
            self._waiting.setdefault(key, _New(tell, time.perf_counter()))
            self._changed.notify_all()

    def wait_until_idle(self, at_most_s: float) -> None:
        """Return once nothing is heard, or after so long.

        For work that nobody looks at while it is done: it would take the processor from this.
        """
        with self._changed:
            self._changed.wait_for(lambda: not (self._waiting or self._busy), at_most_s)

    def over(self, key: str) -> None:
        """Compose nothing more in a contact: it has ended, or is not listened to."""
        if self.wording is not None:
            self.wording.end(key)

    def close(self, timeout_s: float = 5.0) -> None:
        """Hear nothing more; what is being heard is given that time to be told."""
        with self._changed:
            self._closing = True
            self._waiting.clear()
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(timeout_s)

    def _run(self) -> None:
        while (taken := self._next()) is not None:
            key, new = taken
            try:
                self._hear(key, new)
            except Exception as error:  # noqa: BLE001  # its message may hold a customer's words
                logger.error("contact %s could not be heard: %s", key, type(error).__name__)  # noqa: TRY400
            finally:
                with self._changed:
                    self._busy.discard(key)
                    self._changed.notify_all()

    def _next(self) -> tuple[str, _New] | None:
        with self._changed:
            while not self._closing:
                for key in self._waiting:
                    if key not in self._busy:
                        self._busy.add(key)
                        return key, self._waiting.pop(key)
                self._changed.wait()
        return None

    def _hear(self, key: str, new: _New) -> None:
        agent, tree = self._contacts.agent(key), self._tree()
        if agent is None:
            return
        reach, viewer = contact_reach(agent, tree), viewer_of(agent, tree)
        contact, before = self._suggested.now(key, reach)
        if not shown_of(before).listening:
            if self.steps is not None:  # what is done is ticked all the same
                self.steps.said(key, new.tell)
            return
        first = max(0, contact.turns - LATEST_TURNS)
        kept = [t for t in self._contacts.turns(key, reach, after=first) if t.final and t.text]
        turns = [Turn(turn.speaker, turn.text or "") for turn in kept]
        found = self.listener.hear(turns, viewer)
        if found.answer is not None:
            self._note(need_heard(key, kept[-1].number, turns, found, found.answer))
        if self.steps is not None:
            self.steps.said(key, new.tell, found)
        if self.wording is not None:
            self.wording.moved_on(key, found)

        def decide(body: Body) -> Change | None:
            waited_ms = round((time.perf_counter() - new.since) * 1000, 1)
            carried = self._carried(body, viewer)
            return _changed(body, carried, found, viewer, waited_ms)

        try:
            if self._suggested.change(key, reach, decide):
                new.tell(key)
                logger.info("contact %s: what is suggested has changed", key)
        except WrongState:
            logger.debug("contact %s ended while it was heard", key)
            return
        if self.wording is not None:
            self.wording.begin(key, found, turns, agent, viewer, new.tell)

    def _carried(self, body: Body, viewer: Viewer) -> Shown:
        """What was suggested, as far as the contact's agent of now may read its passages.

        A contact changes hands, and what somebody reads changes too.
        """
        shown = shown_of(body)
        if _reads_all(body, viewer):
            return shown
        readable = tuple(
            one
            for one in shown.suggestions
            if all(self.listener.reads(cited, viewer) for cited in one.statement.citations)
        )
        pinned = shown.pinned & frozenset(one.key for one in readable)
        return replace(shown, suggestions=readable, pinned=pinned, ask_back=None, worded=None)


def _changed(
    body: Body, before: Shown, found: Heard, viewer: Viewer, waited_ms: float
) -> Change | None:
    """What is suggested after a turn was heard; `None` where nothing is new.

    Args:
        body: as it is kept.
        before: what of it the agent may read.
        found: what was heard.
        viewer: the agent.
        waited_ms: since it was said.
    """
    needs = needs_of(body)
    shown = update(before, found)
    if found.need.needed and shown.listening and found.need.asked not in needs:
        needs = (*needs, found.need.asked)
    now = body_of(shown, viewer.audiences, waited_ms, needs)
    kept = shown_of(body)
    withheld = not _reads_all(body, viewer) and kept.suggestions  # told anew, for whoever reads now
    if withheld or _seen(shown) != _seen(before):
        cited = {(c.document, c.version) for s in shown.suggestions for c in s.statement.citations}
        return Change(now, cited=sorted(cited))
    if needs and needs != needs_of(body):
        return Change({**now, "ms": body.get("ms", waited_ms)}, told=not body)
    return None


def _seen(shown: Shown) -> tuple[object, ...]:
    return shown.suggestions, shown.ask_back, shown.worded


def _reads_all(body: Body, viewer: Viewer) -> bool:
    """Whether somebody may read whatever those may for whom it was suggested."""
    return viewer.audiences.issuperset(body.get(AUDIENCES, ()))
