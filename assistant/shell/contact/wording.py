"""What a chat model composes from what is suggested in contacts, told on their streams.

Beside the hearing, which never waits for it: what is quoted is told first. Of each contact one
need is composed at a time; the next need, and the contact's end, give up the one before.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.contact.suggestions import Worded, word
from assistant.models import Composed, Statement, Turn
from assistant.shell.composing import sources_of, worth_composing
from assistant.shell.contact.keeping import body_of, needs_of, shown_of
from knowledge.contacts.models import AUDIENCES
from knowledge.contacts.suggested import Body, Change
from knowledge.errors import KnowledgeBaseError
from knowledge.identity.access import Principal, contact_reach

if TYPE_CHECKING:
    from assistant.chat.composer import ChatComposer
    from assistant.chat.customer import CustomerFacts
    from assistant.contact.heard import Heard
    from assistant.models import Answer
    from assistant.pipeline import Assistant
    from assistant.shell.customers.desk import CustomerDesk
    from assistant.shell.voicing import Voice
    from knowledge.audience import AudienceTree
    from knowledge.contacts.contacts import Contacts
    from knowledge.models import Language, Viewer

logger = logging.getLogger(__name__)

Tell = Callable[[str], None]

MAX_KEPT = 1_000
"""Contacts whose last need is remembered."""


@dataclass(frozen=True)
class _Running:
    """A need that is being composed, or was."""

    asked: str
    agent: Principal
    composition: Future[Composed]


class Wording:
    """Has what is suggested composed until it is closed. Threads may share it.

    Args:
        composer: composes.
        assistant: has the passages.
        contacts: where what is suggested is kept.
        tree: all audiences, as they are now.
        desk: tells of the customer of a contact, as far as its agent may see them; `None`: nothing.
        voice: whose rules the model is told; `None` tells it none.
    """

    def __init__(
        self,
        composer: ChatComposer,
        assistant: Assistant,
        contacts: Contacts,
        tree: Callable[[], AudienceTree],
        desk: CustomerDesk | None = None,
        voice: Voice | None = None,
    ) -> None:
        self._composer = composer
        self._assistant = assistant
        self._contacts = contacts
        self._tree = tree
        self._desk = desk
        self._voice = voice
        self._running: dict[str, _Running] = {}
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="words contacts")

    def moved_on(self, key: str, heard: Heard) -> None:
        """Give up what is being composed in a contact once the customer needs something else."""
        with self._lock:
            running = self._running.get(key)
        if running is not None and heard.need.needed and running.asked != heard.need.asked:
            self.end(key)

    def begin(
        self,
        key: str,
        heard: Heard,
        turns: Sequence[Turn],
        agent: Principal,
        viewer: Viewer,
        tell: Tell,
    ) -> None:
        """Have a need composed; returns at once.

        Args:
            key: of the contact.
            heard: what was understood after the last turn, and what answers it.
            turns: of the contact, oldest first.
            agent: of the contact.
            viewer: the same, who may read the sources.
            tell: is called with the key once there is something.
        """
        answer = _to_compose(heard)
        if answer is None or heard.evidence is None:
            return
        asked, evidence = heard.need.asked, heard.evidence
        told = self._voice.rules(viewer, answer.language) if self._voice else ()
        with self._lock:
            before = self._running.pop(key, None)
            if before is not None and (before.asked, before.agent.name) == (asked, agent.name):
                self._running[key] = before
                return
            self._forget()
            composition = self._composer.start(
                asked,
                lambda: sources_of(self._assistant, answer, evidence, viewer),
                turns,
                answer.language,
                told,
                lambda: self._facts(key, agent, answer.language),
            )
            running = _Running(asked, agent, composition)
            self._running[key] = running
        if before is not None:
            before.composition.cancel()
        composition.add_done_callback(lambda _: self._done(key, running, tell))

    def end(self, key: str) -> None:
        """Give up what is being composed in a contact."""
        with self._lock:
            running = self._running.pop(key, None)
        if running is not None:
            running.composition.cancel()

    def close(self) -> None:
        """Give up all of it."""
        for key in list(self._running):
            self.end(key)
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _forget(self) -> None:
        """Let go of the oldest contacts, which ended where nobody told of it."""
        while len(self._running) >= MAX_KEPT:
            self._running.pop(next(iter(self._running))).composition.cancel()

    def _done(self, key: str, running: _Running, tell: Tell) -> None:
        """Called in the composer's loop, which must not wait for the register."""
        if running.composition.cancelled():
            return
        try:
            self._threads.submit(self._keep, key, running, tell)
        except RuntimeError:  # closed meanwhile
            logger.debug("contact %s: composed too late", key)

    def _keep(self, key: str, running: _Running, tell: Tell) -> None:
        """Tell it, unless the need or the agent is another one by now."""
        try:
            worded = Worded(running.asked, running.composition.result())
            agent = self._contacts.agent(key)
            if agent is None:  # it has ended
                self.end(key)
                return
            if agent.name != running.agent.name or self._running.get(key) is not running:
                return
            reach = contact_reach(agent, self._tree())

            def decide(body: Body) -> Change | None:
                before = shown_of(body)
                after = word(before, worded)
                if after == before or not reach.told.issuperset(body.get(AUDIENCES, ())):
                    return None
                audiences = frozenset(body[AUDIENCES])
                return Change(body_of(after, audiences, body["ms"], needs_of(body)))

            if self._contacts.suggested.change(key, reach, decide):
                tell(key)
        except (KnowledgeBaseError, CancelledError) as error:
            logger.debug("contact %s: what was composed is not told: %s", key, error)
        except Exception as error:  # noqa: BLE001  # its message may hold a customer's words
            logger.error("contact %s could not be worded: %s", key, type(error).__name__)  # noqa: TRY400

    def _facts(self, key: str, agent: Principal, language: Language) -> CustomerFacts:
        """What the model is told of the contact's customer."""
        from assistant.chat.customer import NOBODY, facts_of

        if self._desk is None:
            return NOBODY
        try:
            contact = self._contacts.get(key, contact_reach(agent, self._tree()))
            if contact.customer is None:
                return NOBODY
            customer = self._desk.customer(agent, contact.customer).customer
        except KnowledgeBaseError as error:
            logger.debug("contact %s: nothing is told of the customer: %s", key, error)
            return NOBODY
        return facts_of(customer, language, self._desk.customers.country) if customer else NOBODY


def _to_compose(heard: Heard) -> Answer | None:
    """The answer without what may not be said; `None` where there is nothing to compose."""
    if heard.answer is None or not heard.need.needed:
        return None
    said: tuple[Statement, ...] = tuple(one.statement for one in heard.suggestions)
    answer = replace(heard.answer, statements=said)
    return answer if worth_composing(answer) else None
