"""After something was said in a contact: which steps it does, and which procedure may help.

Beside the request that brought the turn in, in one thread of its own. What turns say is read again
as a whole each time, so that a corrected turn corrects its ticks; what a turn says of a procedure
is remembered, so that only new words are embedded.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.contact.heard import Heard
from assistant.shell.steps.guide import Guide, Who
from assistant.steps import state
from assistant.steps.choosing import Offer, cited_in, offers
from assistant.steps.library import DocumentOf, Library
from assistant.steps.models import Procedure
from assistant.steps.progress import Mark, excluded_by
from assistant.steps.resolving import heard as says_of
from assistant.steps.ticking import proposals, tells
from knowledge.audience import AudienceTree
from knowledge.contacts.contacts import Contacts
from knowledge.contacts.models import Turn
from knowledge.contacts.step_states import StepStates
from knowledge.errors import KnowledgeBaseError
from knowledge.identity.access import contact_reach, viewer_of
from knowledge.models import Vector
from knowledge.ports import Embedder
from knowledge.work.work_store import WorkStore

logger = logging.getLogger(__name__)

LATEST_TURNS = 120
"""Turns of a contact that are read, the newest; what older ones said stays as it was."""
REMEMBERED = 20_000
"""Turns of which it is known what they say of a procedure."""
REMEMBERED_PROCEDURES = 200

_Said = tuple[tuple[str, ...], tuple[tuple[str, bool], ...]]
"""Keys of the steps that a turn says are done, and of conditions with whether they hold."""


@dataclass(frozen=True)
class _News:
    """Why a contact is looked at: what its need was heard as, if that is new, and whom to tell."""

    tell: Callable[[str], None]
    heard: Heard | None
    since: float


class Following:
    """Follows contacts until it is closed.

    Args:
        guide: where progress is kept and procedures are found.
        embedder: compares steps with what is said.
        tree: all audiences, as they are now.
    """

    def __init__(self, guide: Guide, embedder: Embedder, tree: Callable[[], AudienceTree]) -> None:
        self.guide = guide
        self._embedder = embedder
        self._tree = tree
        self._changed = threading.Condition()
        self._waiting: OrderedDict[str, _News] = OrderedDict()
        self._closing = False
        self._known: OrderedDict[tuple[str, int, str, str], _Said] = OrderedDict()
        self._vectors: OrderedDict[tuple[str, int], Vector] = OrderedDict()
        self._thread = threading.Thread(target=self._run, name="follows steps", daemon=True)
        self._thread.start()

    def said(self, key: str, tell: Callable[[str], None], heard: Heard | None = None) -> None:
        """Have a contact looked at; returns at once.

        Args:
            key: of the contact, in which something was said or chosen.
            tell: is called with the key once there is news.
            heard: what the customer needs, where that was just heard.
        """
        with self._changed:
            before = self._waiting.pop(key, None)
            since = before.since if before else time.perf_counter()
            heard = heard or (before.heard if before else None)
            self._waiting[key] = _News(tell, heard, since)
            self._changed.notify()

    def close(self, timeout_s: float = 5.0) -> None:
        """Follow nothing more; what is being read is given that time."""
        with self._changed:
            self._closing = True
            self._waiting.clear()
            self._changed.notify_all()
        self._thread.join(timeout_s)

    def _run(self) -> None:
        while (taken := self._next()) is not None:
            key, news = taken
            try:
                if self._look(key, news):
                    news.tell(key)
            except KnowledgeBaseError as error:  # it ended meanwhile, or is another agent's now
                logger.info("steps of contact %s stay as they are: %s", key, type(error).__name__)
            except Exception as error:  # noqa: BLE001  # its message may hold a customer's words
                logger.error("contact %s could not be followed: %s", key, type(error).__name__)  # noqa: TRY400

    def _next(self) -> tuple[str, _News] | None:
        with self._changed:
            while not self._closing:
                if self._waiting:
                    return self._waiting.popitem(last=False)
                self._changed.wait()
        return None

    def _look(self, key: str, news: _News) -> bool:
        agent = self.guide.contacts.agent(key)
        if agent is None:
            return False
        tree = self._tree()
        who = Who(contact_reach(agent, tree), viewer_of(agent, tree))
        new_offers = self._offers(news.heard, who) if news.heard is not None else None
        read = self._read(key, who)
        if not new_offers and read is None:
            return False

        def make(kept: state.Kept) -> state.Kept:
            if new_offers:
                kept = state.offered(kept, new_offers)
            return state.heard(kept, *read) if read is not None else kept

        different = self.guide.states.change(key, who.reach, make)
        ms = (time.perf_counter() - news.since) * 1000
        logger.info("contact %s: steps looked at in %.0f ms, new: %s", key, ms, different)
        return different

    def _offers(self, heard: Heard, who: Who) -> list[Offer]:
        """Procedures of what is suggested first, then of what else answers."""
        if not heard.need.needed:
            return []
        suggested = [c for one in heard.suggestions for c in one.statement.citations]
        cited = [*suggested, *cited_in(heard.answer)]
        need = heard.need
        return offers(cited, need.asked, need.language, self.guide.library, who.viewer)

    def _read(self, key: str, who: Who) -> tuple[Procedure, state.Heard, int] | None:
        """The chosen procedure, what the turns say of it, and the first turn that was read."""
        contact, kept = self.guide.states.get(key, who.reach)
        progress = state.progress_of(kept)
        if progress is None:
            return None
        shelf = self.guide.library.of(progress.source, who.viewer, progress.version)
        procedure = shelf.get(progress.procedure) if shelf is not None else None
        if procedure is None:
            return None
        first = max(0, contact.turns - LATEST_TURNS)
        turns = self.guide.contacts.turns(key, who.reach, after=first)
        turns = [turn for turn in turns if turn.final and turn.text]
        said = self._said_of(procedure, turns)
        ticks: dict[str, Mark] = {}
        answers: dict[str, Mark] = {}
        for turn, (done, holds) in zip(turns, said, strict=True):
            for condition, yes in holds:  # the latest word counts
                answers[condition] = Mark(yes, "heard", turn.at, turn=turn.number)
            for step in done:  # the first time it is said counts
                ticks.setdefault(step, Mark(True, "heard", turn.at, turn=turn.number))
        if procedure.form == "cases":
            ticks = _of_the_case(procedure, ticks, answers, kept)
        return procedure, (ticks, answers), first + 1

    def _said_of(self, procedure: Procedure, turns: Sequence[Turn]) -> list[_Said]:
        keys = [(procedure.key, procedure.version, t.speaker, t.text or "") for t in turns]
        new = list(dict.fromkeys(key for key in keys if key not in self._known))
        telling = [key for key in new if tells(key[3], key[2])]
        vectors = dict(
            zip(telling, self._embedder.embed_queries([key[3] for key in telling]), strict=True)
            if telling
            else ()
        )
        for key in new:
            self._known[key] = self._says(procedure, key[2], key[3], vectors.get(key))
        found = [self._known[key] for key in keys]
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return found

    def _says(self, procedure: Procedure, speaker: str, text: str, vector: Vector | None) -> _Said:
        done: tuple[str, ...] = ()
        if vector is not None:
            steps = [step.quote.text for step in procedure.steps]
            found = proposals(
                steps, self._steps_of(procedure), text, speaker, vector, procedure.language
            )
            done = tuple(procedure.steps[one.step].key for one in found)
        if speaker != "customer":
            return done, ()
        holds = (
            (key, says_of(condition, procedure.language, text))
            for key, condition in procedure.all_conditions.items()
        )
        return done, tuple((key, yes) for key, yes in holds if yes is not None)

    def _steps_of(self, procedure: Procedure) -> Vector:
        """``(n_steps, dimension)`` vectors of the steps."""
        key = procedure.key, procedure.version
        if key not in self._vectors:
            texts = [step.quote.text for step in procedure.steps]
            self._vectors[key] = np.stack(self._embedder.embed_queries(texts))
            while len(self._vectors) > REMEMBERED_PROCEDURES:
                self._vectors.popitem(last=False)
        return self._vectors[key]


def guide_of(document_of: DocumentOf, work: WorkStore) -> Guide:
    """The guide over a register's sources and contacts."""
    return Guide(Library(document_of), Contacts(work), StepStates(work), work.now)


def _of_the_case(
    procedure: Procedure,
    ticks: dict[str, Mark],
    answers: dict[str, Mark],
    kept: state.Kept,
) -> dict[str, Mark]:
    """Only ticks of the row whose case is known to be the customer's."""
    now = state.progress_of(kept)
    if now is None:
        return {}
    given = {key: mark for key, mark in now.answers.items() if mark.by == "hand"}
    progress = state.answered(now, answers | given)
    excluded = excluded_by(procedure, progress)
    known = {key for key, mark in progress.answers.items() if mark.yes}
    of_case = {step.key for step in procedure.steps if any(c.key in known for c in step.conditions)}
    return {key: mark for key, mark in ticks.items() if key in of_case and key not in excluded}
