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
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.contact.heard import Heard
from assistant.contact.listening import IN_FOCUS, Listener, last_said
from assistant.contact.suggestions import Shown, update
from assistant.models import Turn
from assistant.shell.answer_json import statement_json
from knowledge.audience import AudienceTree
from knowledge.contacts.contacts import Contacts
from knowledge.contacts.models import AUDIENCES
from knowledge.identity.access import contact_reach, viewer_of
from knowledge.models import Viewer
from knowledge.themes.need_rows import NeedHeard

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
        note: is given what a customer needs, to be counted; it must not keep anybody waiting.
    """

    def __init__(
        self,
        listener: Listener,
        contacts: Contacts,
        tree: Callable[[], AudienceTree],
        note: Callable[[NeedHeard], None] = lambda need: None,
    ) -> None:
        self.listener = listener
        self._contacts = contacts
        self._tree = tree
        self._note = note
        self._changed = threading.Condition()
        self._waiting: OrderedDict[str, _New] = OrderedDict()
        self._busy: set[str] = set()
        self._shown: OrderedDict[str, Shown] = OrderedDict()
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
        kept = [t for t in self._contacts.turns(key, reach, after=first) if t.final and t.text]
        turns = [Turn(turn.speaker, turn.text or "") for turn in kept]
        found = self.listener.hear(turns, viewer)
        if found.answer is not None:
            self._note(need_heard(key, kept[-1].number, turns, found))
        before = self._shown.get(key, Shown())
        shown = update(before, found)
        if (shown.suggestions, shown.ask_back) == (before.suggestions, before.ask_back):
            return
        self._remember(key, shown)
        waited_ms = round((time.perf_counter() - new.since) * 1000, 1)
        cited = {(c.document, c.version) for s in shown.suggestions for c in s.statement.citations}
        if self._contacts.suggest(key, _body(shown, viewer, waited_ms), sorted(cited), reach):
            new.tell(key)
            logger.info("contact %s: %d suggestions", key, len(shown.suggestions))

    def _remember(self, key: str, shown: Shown) -> None:
        with self._changed:
            self._shown[key] = shown
            self._shown.move_to_end(key)
            while len(self._shown) > REMEMBERED:
                self._shown.popitem(last=False)


def need_heard(key: str, turn: int, turns: Sequence[Turn], found: Heard) -> NeedHeard:
    """What a customer needs as it is written down; there is an answer, be it that none is found."""
    answer = found.answer
    if answer is None:
        raise ValueError("there is nothing to answer")
    cited = {(c.document, c.version) for s in answer.statements for c in s.citations}
    return NeedHeard(
        contact=key,
        turn=turn,
        language=found.need.language,
        text=last_said(turns).text,
        verdict=answer.verdict,
        confidence=answer.confidence,
        cited=tuple(sorted(cited)),
        subjects=tuple(named.title for named in found.need.names[:IN_FOCUS]),
        meaning=found.meaning,
    )


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
