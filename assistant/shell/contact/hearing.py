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
from typing import Any

from assistant.contact.listening import Listener
from assistant.contact.suggestions import Shown, update
from assistant.models import Turn
from assistant.shell.answer_json import statement_json
from knowledge.audience import AudienceTree
from knowledge.contacts.contacts import Contacts
from knowledge.contacts.models import AUDIENCES
from knowledge.identity.access import contact_reach, viewer_of
from knowledge.models import Viewer

logger = logging.getLogger(__name__)

WORKERS = 2
"""Hearing is the work of a processor; more than there are cores would only take turns."""
LATEST_TURNS = 60
"""Turns of a contact that are heard together, the newest."""
REMEMBERED = 1_000
"""Contacts whose suggestions stay in their places from one turn to the next."""


@dataclass(frozen=True)
class _New:
    """Something was said: whom to tell, and since when they wait."""

    tell: Callable[[str], None]
    since: float


class Hearing:
    """Hears contacts in threads of its own until it is closed.

    Attributes:
        listener: what it hears with.

    Args:
        listener: finds what answers.
        contacts: where turns are read and suggestions kept.
        tree: all audiences, as they are now.
    """

    def __init__(
        self, listener: Listener, contacts: Contacts, tree: Callable[[], AudienceTree]
    ) -> None:
        self.listener = listener
        self._contacts = contacts
        self._tree = tree
        self._changed = threading.Condition()
        self._waiting: OrderedDict[str, _New] = OrderedDict()
        self._busy: set[str] = set()
        self._shown: OrderedDict[str, tuple[Shown, frozenset[str]]] = OrderedDict()
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
            self._changed.notify()

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
                    self._changed.notify()

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
        first = max(0, self._contacts.get(key, reach).turns - LATEST_TURNS)
        turns = [
            Turn(turn.speaker, turn.text)
            for turn in self._contacts.turns(key, reach, after=first)
            if turn.final and turn.text
        ]
        found = self.listener.hear(turns, viewer)
        before, heard_for = self._shown.get(key, (Shown(), viewer.audiences))
        changed_hands = heard_for != viewer.audiences
        if changed_hands:  # what helped somebody else is not for whoever may not read it
            before = self._readable(before, viewer)
        shown = update(before, found)
        same = (shown.suggestions, shown.ask_back) == (before.suggestions, before.ask_back)
        if same and not changed_hands:
            return
        self._remember(key, shown, viewer)
        waited_ms = round((time.perf_counter() - new.since) * 1000, 1)
        cited = {(c.document, c.version) for s in shown.suggestions for c in s.statement.citations}
        if self._contacts.suggest(key, _body(shown, viewer, waited_ms), sorted(cited), reach):
            new.tell(key)
            logger.info("contact %s: %d suggestions", key, len(shown.suggestions))

    def _readable(self, shown: Shown, viewer: Viewer) -> Shown:
        """What is shown, as far as the viewer may read every passage that it rests on."""
        readable = tuple(
            one
            for one in shown.suggestions
            if all(self.listener.reads(cited, viewer) for cited in one.statement.citations)
        )
        keys = frozenset(one.key for one in readable)
        return replace(shown, suggestions=readable, pinned=shown.pinned & keys)

    def _remember(self, key: str, shown: Shown, viewer: Viewer) -> None:
        with self._changed:
            self._shown[key] = shown, viewer.audiences
            self._shown.move_to_end(key)
            while len(self._shown) > REMEMBERED:
                self._shown.popitem(last=False)


def _body(shown: Shown, viewer: Viewer, waited_ms: float) -> dict[str, Any]:
    """What the event says; with of whom it holds sources, see `ContactEvent`."""
    asked = shown.ask_back
    return {
        "suggestions": [
            {
                "key": one.key,
                "score": round(one.score, 4),
                "statement": statement_json(one.statement),
            }
            for one in shown.suggestions
        ],
        "ask_back": {"missing": asked.missing, "question": asked.question} if asked else None,
        "ms": waited_ms,
        AUDIENCES: sorted(viewer.audiences),
    }
