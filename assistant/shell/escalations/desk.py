"""Questions to the company for one who looks: what they may see of them, and who is woken.

What a page or route shows of a question comes from here and from nowhere else, and is masked for
whoever may not see customers.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from assistant.escalations.masking import masked_words
from assistant.meaning import meaning_of
from assistant.refusals import because
from assistant.shell.access import Access
from assistant.shell.contact.hub import Hub
from assistant.shell.escalations.bodies import AskIn
from knowledge.audit.views import ContactView, ViewLog
from knowledge.contacts.models import Turn
from knowledge.errors import KnowledgeBaseError, NotFound, WrongState
from knowledge.escalations.escalation_checks import possible_names
from knowledge.escalations.escalations import Escalations
from knowledge.escalations.models import CLOCK, Escalation, NewEscalation, Topic
from knowledge.escalations.on_duty import goes_on_at
from knowledge.escalations.sending import answer_of
from knowledge.escalations.topics import Topics
from knowledge.escalations.unanswered import note_gap, unanswered
from knowledge.identity.access import (
    EscalationReach,
    Principal,
    answering_role,
    escalation_reach,
    viewer_of,
)
from knowledge.language import question_language
from knowledge.models import Vector, Viewer
from knowledge.privacy.known import introduced_in
from knowledge.work.work_store import WorkStore

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

logger = logging.getLogger(__name__)
Json = dict[str, Any]

QUEUE = "queue"
"""What those who follow their queue listen to."""
_SEARCHED_CHARS = 2_000
SEARCHED = 5
"""Sources that tell the topic of a question, where none are named."""


@dataclass(frozen=True)
class Seeing:
    """How somebody sees questions.

    Attributes:
        reach: what they may do.
        viewer: what they may read.
    """

    reach: EscalationReach
    viewer: Viewer


@dataclass(frozen=True)
class EscalationDesk:
    """The services behind the routes of questions.

    Attributes:
        store: the register's work.
        access: who makes a request, and what they may do.
        assistant: finds the sources of a question where none are named, and what it means; `None`:
            nobody does.
        views: enters in the audit trail who reads a contact; `None` enters nothing.
        contacts: who follows which contact in this process.
        queues: who follows their queue in this process.
    """

    store: WorkStore
    access: Access
    assistant: Assistant | None = None
    views: ViewLog | None = None
    contacts: Hub = field(default_factory=Hub)
    queues: Hub = field(default_factory=Hub)

    @property
    def kept(self) -> Escalations:
        """Where questions are kept."""
        return Escalations(self.store)

    @property
    def topics(self) -> Topics:
        """What may be asked about."""
        return Topics(self.store)

    def seeing(self, principal: Principal) -> Seeing:
        """How somebody sees questions, as audiences are now."""
        tree = self.access.tree()
        return Seeing(escalation_reach(principal, tree), viewer_of(principal, tree))

    # Asking

    def preview(self, given: AskIn, seeing: Seeing) -> Json:
        """What would be sent, as whoever is asked would see it.

        Raises:
            KnowledgeBaseError: it cannot be asked so.
        """
        new, topics, topic = self._made(given, seeing)
        audience = self.kept.audience(new, seeing.reach)
        receiver = self.kept.first_person(new, seeing.reach) if topic else None
        turns = self.kept.conversation(given.contact) if given.contact else []
        return {
            **self._told(
                new.question, new.need, possible_names(new.sources), turns, audience, receiver
            ),
            "topic": _named(topic) if topic else None,
            "topics": [_named(one) for one in topics],
            "receiver": self._display_name(receiver),
            "audience": audience,
        }

    def ask(self, given: AskIn, seeing: Seeing) -> Json:
        """Ask the first person on duty; what is on disk now.

        Raises:
            KnowledgeBaseError: it cannot be asked so.
        """
        new, _, topic = self._made(given, seeing)
        if topic is None:
            raise WrongState(because("topic-none"))
        return self.changed(self.kept.ask(new, seeing.reach), seeing)

    def _made(
        self, given: AskIn, seeing: Seeing
    ) -> tuple[NewEscalation, list[Topic], Topic | None]:
        new = NewEscalation(
            given.question,
            question_language(given.question),
            given.topic or 0,
            given.need,
            tuple(given.sources),
            given.contact,
            given.audience,
        )
        audience = self.kept.audience(new, seeing.reach)
        topics = self.topics.for_question(audience)
        if given.topic is not None:
            topic = next((one for one in topics if one.number == given.topic), None)
            if topic is None:
                raise NotFound(because("topic-unknown", number=given.topic))
            return new, topics, topic
        words = f"{new.question} {new.need}"
        sources = possible_names(new.sources) or self._found(words, seeing.viewer)
        topic = self.topics.chosen(words, sources, audience, seeing.viewer)
        if topic is None:
            return new, topics, None
        return replace(new, topic=topic.number), topics, topic

    def _found(self, question: str, viewer: Viewer) -> tuple[str, ...]:
        """Names of the sources that come nearest; none where the search fails."""
        if self.assistant is None:
            return ()
        try:
            found = self.assistant.search(question[:_SEARCHED_CHARS], viewer, top_k=SEARCHED)
        except KnowledgeBaseError as error:
            logger.warning("the topic of a question is chosen by its words alone: %s", error)
            return ()
        return tuple(dict.fromkeys(one.stored.chunk.document for one in found.chunks))

    # Showing

    def changed(self, asked: Escalation, seeing: Seeing) -> Json:
        """Wake whoever follows a question that changed; how whoever changed it sees it."""
        self.wake([asked])
        return self.shown(asked, seeing)

    def wake(self, changed: Iterable[Escalation]) -> None:
        """Wake whoever follows questions that changed."""
        contacts = {asked.contact for asked in changed}
        for key in contacts - {None}:
            self.contacts.tell(str(key))
        if contacts:
            self.queues.tell(QUEUE)

    def queue(self, principal: Principal) -> list[Json]:
        """What waits for an answer of somebody, oldest first."""
        seeing = self.seeing(principal)
        return [self.shown(one, seeing) for one in self.kept.queue(seeing.reach)]

    def shown(self, asked: Escalation, seeing: Seeing) -> Json:
        """A question, as somebody may see it."""
        reach = seeing.reach
        own = asked.is_of(reach.name)
        talks = own or asked.audience in reach.conversations
        said = self._turns(asked)
        turns = said if talks else []
        if turns and not own and self.views is not None:
            self.views.seen(ContactView(reach.name, str(asked.contact)))
        told = (
            _whole(asked, self._sources(asked.sources, seeing.viewer), turns)
            if own
            else self._seen_by(asked.question, asked.need, asked.sources, turns, seeing, said)
        )
        goes_on = goes_on_at(asked, self.kept.minutes)
        return {
            **told,
            "key": asked.key,
            "state": asked.state,
            "topic": {"number": asked.topic, "name": asked.topic_name},
            "audience": asked.audience,
            "language": asked.language,
            "contact": asked.contact if talks else None,
            "asked_by": _name(asked, asked.asked_by),
            "asked_at": asked.asked_at,
            "own": own,
            "receiver": _name(asked, asked.receiver),
            "mine": asked.receiver == reach.name,
            "goes_on_at": goes_on.isoformat() if goes_on else None,
            "answer": self._answer(asked),
            "answered_by_me": asked.answered_by == reach.name,
            "card": asked.card,
            "steps": [
                {
                    "kind": step.kind,
                    "by": None if step.by == CLOCK else _name(asked, step.by),
                    "to": _name(asked, step.to),
                    "at": step.at,
                }
                for step in asked.steps
            ],
            "sent": self._sent(asked) if own else None,
        }

    def _answer(self, asked: Escalation) -> Json | None:
        answer = answer_of(asked)
        return None if answer is None else dict(answer)

    def _sent(self, asked: Escalation) -> Json:
        """What whoever has a question, or had it last, sees of it."""
        receiver = asked.receiver or (asked.sent_to[-1] if asked.sent_to else None)
        turns = self._turns(asked)
        return self._told(
            asked.question, asked.need, asked.sources, turns, asked.audience, receiver
        )

    def _turns(self, asked: Escalation) -> list[Turn]:
        return self.kept.conversation(asked.contact, asked.turns) if asked.contact else []

    def _told(
        self,
        question: str | None,
        need: str,
        sources: Sequence[str],
        turns: Sequence[Turn],
        audience: str,
        receiver: str | None,
    ) -> Json:
        """What a receiver sees of a question; with nobody, what everybody would."""
        reader = self.kept.reader(receiver) if receiver else None
        if reader is None:
            none = frozenset[str]()
            nobody = EscalationReach("", none, none, none, none)
            return self._seen_by(
                question, need, (), (), Seeing(nobody, Viewer("", frozenset())), turns
            )
        seen = turns if audience in reader.reach.conversations else ()
        return self._seen_by(
            question, need, sources, seen, Seeing(reader.reach, reader.viewer), turns
        )

    def _seen_by(
        self,
        question: str | None,
        need: str,
        sources: Sequence[str],
        turns: Sequence[Turn],
        seeing: Seeing,
        said: Sequence[Turn],
    ) -> Json:
        """What somebody sees of a question; names that customers ``said`` go from all of it."""
        masked = False
        known = introduced_in(one.text or "" for one in said if one.speaker == "customer")

        def mask(text: str) -> str:
            nonlocal masked
            reach = seeing.reach
            kept = masked_words(
                text, names=reach.customers, contacts=reach.customer_contacts, known=known
            )
            masked = masked or kept != text
            return kept

        told = {
            "question": None if question is None else mask(question),
            "need": mask(need),
            "sources": self._sources(sources, seeing.viewer),
            "turns": [{"speaker": one.speaker, "text": mask(one.text or "")} for one in turns],
        }
        return told | {"masked": masked}

    def _sources(self, names: Sequence[str], viewer: Viewer) -> list[Json]:
        return [
            {"name": name, "title": title} for name, title in self.kept.looked_at(names, viewer)
        ]

    def _display_name(self, account: str | None) -> str | None:
        reader = self.kept.reader(account) if account else None
        return reader.display_name or reader.name if reader else None

    # Answering

    def answer(self, key: str, text: str, principal: Principal) -> Json:
        """Answer a question, by the role that lets one.

        Raises:
            KnowledgeBaseError: it cannot be answered so.
        """
        seeing = self.seeing(principal)
        audience = self.kept.get(key, seeing.reach).audience
        role = answering_role(principal, audience, self.access.tree())
        return self.changed(self.kept.answer(key, text, role, seeing.reach), seeing)

    # Time

    def tick(self) -> int:
        """Pass on what is overdue, and make gaps of what nobody answered; how many changed."""
        late = self.kept.pass_overdue()
        self.wake(late)
        for asked in unanswered(self.store):
            note_gap(self.store, asked, self._meaning(asked))
        return len(late)

    def _meaning(self, asked: Escalation) -> Vector | None:
        reader = self.kept.reader(asked.asked_by)
        if self.assistant is None or reader is None or not asked.question:
            return None
        try:
            evidence = self.assistant.look(asked.question[:_SEARCHED_CHARS], reader.viewer)
        except KnowledgeBaseError as error:
            logger.warning("a question that nobody answered is put with no other: %s", error)
            return None
        return meaning_of(evidence.found, evidence.background)


def _named(topic: Topic) -> Json:
    return {"number": topic.number, "name": topic.name}


def _name(asked: Escalation, account: str | None) -> str | None:
    return None if account is None else asked.people.get(account, account)


def _whole(asked: Escalation, sources: list[Json], turns: Sequence[Turn]) -> Json:
    return {
        "question": asked.question,
        "need": asked.need,
        "sources": sources,
        "turns": [{"speaker": one.speaker, "text": one.text} for one in turns],
        "masked": False,
    }
