"""Questions to the company: asked, passed on in time, answered by a person, every step kept.

Everything that is done takes an `EscalationReach`, which `knowledge.identity.access` makes. A
question that somebody may not see answers as one that is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, and_, exists, false, or_

from knowledge import audience_rows
from knowledge.audience import AudienceTree
from knowledge.audit import Action, Event, append
from knowledge.contacts import contact_rows
from knowledge.contacts.contact_schema import contacts
from knowledge.contacts.models import Contact, Turn
from knowledge.errors import AccessRefused, NotFound, SettingsError, WrongState
from knowledge.escalations import escalation_rows as rows
from knowledge.escalations import sending, topic_rows
from knowledge.escalations.escalation_checks import (
    MAX_ANSWER_CHARS,
    checked_escalation,
    checked_words,
)
from knowledge.escalations.escalation_schema import escalation_steps, escalations
from knowledge.escalations.models import (
    CLOCK,
    OPEN,
    Escalation,
    NewEscalation,
    State,
    StepKind,
)
from knowledge.escalations.on_duty import goes_on_at
from knowledge.escalations.topic_rows import Reader
from knowledge.escalations.topics import topics_for
from knowledge.identity import account_rows
from knowledge.identity.access import EscalationReach, Role
from knowledge.models import Viewer
from knowledge.refusals import because
from knowledge.work.circles import places
from knowledge.work.work_store import WorkStore

MAX_LISTED = 500
LAST_TURNS = 8
"""Of the contact, that go with a question: about a minute of a call."""


class Escalations:
    """The questions to the company of one register."""

    def __init__(self, store: WorkStore) -> None:
        self._store = store

    @property
    def minutes(self) -> float:
        """After which a question goes on to the next person."""
        return self._store.escalation_minutes

    # Whoever asks

    def audience(self, new: NewEscalation, reach: EscalationReach) -> str:
        """The label of whose question it is.

        Raises:
            NotFound: the contact is none of theirs.
            AccessRefused: they may not ask for that audience.
            SettingsError: it has to be named.
        """
        with self._store.read() as connection:
            return _audience_for(connection, new, reach)

    def ask(self, new: NewEscalation, reach: EscalationReach) -> Escalation:
        """Ask the first person on duty; it is on disk when this returns.

        Raises:
            SettingsError: the question cannot be kept, or its audience has to be named.
            NotFound: there is no such topic for it, or the contact is none of theirs.
            AccessRefused: they may not ask for that audience.
        """
        new = checked_escalation(new)
        with self._store.change() as connection:
            contact = _own_contact(connection, new, reach)
            audience = _audience_for(connection, new, reach)
            _check_topic(connection, new.topic, audience)
            number = rows.add(
                connection,
                new,
                contact=contact.number if contact else None,
                turns=contact.turns if contact else 0,
                asked_by=reach.name,
                audience=audience,
                now=self._store.now(),
            )
            asked = sending.one(connection, number)
            self._enter(connection, asked, reach.name, "escalation.asked")
            sending.send_on(connection, asked, reach.name, self._store)
            return sending.tell(connection, number, self._store)

    def move(self, key: str, topic: int, reach: EscalationReach) -> Escalation:
        """Ask about another topic, whose people are asked from the first on.

        Raises:
            NotFound: there is none of theirs, or no such topic for it.
            WrongState: it is over.
        """

        def change(connection: Connection, asked: Escalation) -> None:
            _check_open(asked)
            _check_topic(connection, topic, asked.audience)
            moved = {"topic_id": topic}
            rows.step(
                connection, asked.number, "moved", reach.name, self._store.now(), values=moved
            )
            now = replace(sending.one(connection, asked.number), topic=topic)
            sending.send_on(connection, now, reach.name, self._store)

        return self._change(key, reach, change, "escalation.moved", own=True)

    def withdraw(self, key: str, reach: EscalationReach) -> Escalation:
        """Take a question back that nobody has answered.

        Raises:
            NotFound: there is none of theirs.
            WrongState: it is over.
        """

        def change(connection: Connection, asked: Escalation) -> None:
            _check_open(asked)
            self._step(connection, asked, "withdrawn", reach, state="withdrawn", receiver=None)

        return self._change(key, reach, change, "escalation.withdrawn", own=True)

    def note(self, key: str, kind: StepKind, reach: EscalationReach) -> Escalation:
        """Keep that whoever asked has read or used the answer, or a receiver has seen the question.

        Once for each person; again changes nothing.

        Args:
            key: of the question.
            kind: ``read``, ``used`` or ``seen``.
            reach: whose doing it is.

        Raises:
            NotFound: there is none that they may see.
            AccessRefused: it is not theirs to do.
            WrongState: there is no answer yet.
        """
        before = self.get(key, reach)
        if before.happened(kind, reach.name):
            return before
        if kind == "seen" and before.asked_by == reach.name:
            return before

        def change(connection: Connection, asked: Escalation) -> None:
            if kind != "seen" and asked.state != "answered":
                raise _wrong(asked)
            if not asked.happened(kind, reach.name):
                self._step(connection, asked, kind, reach)

        return self._change(key, reach, change, None, own=kind != "seen", tells=kind == "seen")

    # Whoever is on duty

    def queue(self, reach: EscalationReach) -> list[Escalation]:
        """What waits for an answer of somebody, oldest first."""
        with self._store.read() as connection:
            open_ones = escalations.c.state.in_(sorted(OPEN))
            theirs = _answerable(connection, reach)
            return rows.found(connection, open_ones & theirs, limit=MAX_LISTED, oldest_first=True)

    def take(self, key: str, reach: EscalationReach) -> Escalation:
        """Say that one answers it; of two at the same moment, one does.

        Raises:
            NotFound: there is none that they may see.
            AccessRefused: they are not on duty for it.
            WrongState: somebody else took it, or it is over.
        """

        def change(connection: Connection, asked: Escalation) -> None:
            _check_open(asked)
            if asked.state == "taken":
                if asked.receiver == reach.name:
                    return
                raise _taken(asked)
            self._step(connection, asked, "taken", reach, state="taken", receiver=reach.name)

        return self._change(key, reach, change, "escalation.taken")

    def pass_on(self, key: str, reach: EscalationReach, to: str | None = None) -> Escalation:
        """Let somebody else answer it: somebody named, or the next on duty.

        Raises:
            NotFound: there is none that they may see.
            AccessRefused: they are not on duty for it.
            SettingsError: whoever is named may not answer it.
            WrongState: somebody else took it, it is over, or nobody else is on duty.
        """

        def change(connection: Connection, asked: Escalation) -> None:
            _check_open(asked)
            if asked.state == "taken" and asked.receiver != reach.name:
                raise _taken(asked)
            wanted = account_rows.folded_name(to) if to else None
            if wanted is not None:
                _check_receiver(connection, asked, wanted)
            receiver = wanted or sending.next_person(connection, asked, self._store)
            if receiver is None:
                raise WrongState(because("escalation-nobody-else", key=key))
            self._step(connection, asked, "passed", reach)
            sending.send_to(connection, asked, receiver, reach.name, self._store)

        return self._change(key, reach, change, "escalation.passed")

    def answer(self, key: str, text: str, role: Role | None, reach: EscalationReach) -> Escalation:
        """Answer a question; whoever asked is told at once. Late answers are taken too.

        Args:
            key: of the question.
            text: in one's own words.
            role: by which they answer.
            reach: of whoever answers.

        Raises:
            SettingsError: the answer is empty or too long.
            NotFound: there is none that they may see.
            AccessRefused: they are not on duty for it.
            WrongState: somebody else took it, or it was answered or withdrawn.
        """
        text = checked_words("answer", text, MAX_ANSWER_CHARS)

        def change(connection: Connection, asked: Escalation) -> None:
            if asked.state not in (*OPEN, "expired"):
                raise _wrong(asked)
            if asked.question is None:
                raise WrongState(because("escalation-gone", key=key))
            mine = asked.receiver == reach.name or asked.happened("taken", reach.name)
            if asked.state == "taken" and not mine:
                raise _taken(asked)
            self._step(
                connection,
                asked,
                "answered",
                reach,
                state="answered",
                receiver=None,
                answer=text,
                answered_by=reach.name,
                answered_role=role,
            )

        return self._change(key, reach, change, "escalation.answered")

    def carded(self, key: str, card: str, reach: EscalationReach) -> Escalation:
        """Keep that a card was made of an answer; who may, is asked where it is made.

        Raises:
            NotFound: there is none that they may see.
            WrongState: there is no answer.
        """
        with self._store.change() as connection:
            asked = self._locked(connection, key, reach)
            if asked.state != "answered":
                raise _wrong(asked)
            self._step(connection, asked, "carded", reach, card=card)
            self._enter(connection, asked, reach.name, "escalation.carded")
            return sending.one(connection, asked.number)

    # Reading

    def get(self, key: str, reach: EscalationReach) -> Escalation:
        """A question.

        Raises:
            NotFound: there is none that they may see.
        """
        with self._store.read() as connection:
            return _seen(connection, key, reach)

    def all(
        self,
        reach: EscalationReach,
        *,
        state: State | None = None,
        own: bool = False,
        contact: str | None = None,
        limit: int = 100,
    ) -> list[Escalation]:
        """Questions that they may see, newest first.

        Args:
            reach: whose list it is.
            state: only those.
            own: only what they asked themselves.
            contact: only what was asked in the contact of that key.
            limit: at most so many, up to `MAX_LISTED`.
        """
        with self._store.read() as connection:
            wanted = [_visible(connection, reach)]
            if state is not None:
                wanted.append(escalations.c.state == state)
            if own:
                wanted.append(escalations.c.asked_by == reach.name)
            if contact is not None:
                wanted.append(contacts.c.key == contact)
            return rows.found(connection, and_(*wanted), limit=min(limit, MAX_LISTED))

    def conversation(self, contact: str, turns: int | None = None) -> list[Turn]:
        """The last turns of a contact, oldest first; who may see them is asked elsewhere.

        Args:
            contact: its key.
            turns: how many it had when the question was asked; `None`: now.
        """
        with self._store.read() as connection:
            for one in contact_rows.found(connection, contacts.c.key == contact):
                last = one.turns if turns is None else turns
                first = max(0, last - LAST_TURNS)
                said = contact_rows.turns(connection, one.number, after=first, limit=LAST_TURNS)
                return [turn for turn in said if turn.text and turn.number <= last]
        return []

    def first_person(self, new: NewEscalation, reach: EscalationReach) -> str | None:
        """Who would be asked first; `None`: nobody is on duty.

        Raises:
            SettingsError: the question cannot be kept, or its audience has to be named.
            NotFound: there is no such topic for it, or the contact is none of theirs.
            AccessRefused: they may not ask for that audience.
        """
        with self._store.read() as connection:
            audience = _audience_for(connection, new, reach)
            _check_topic(connection, new.topic, audience)
            return sending.first_person(connection, new.topic, audience, reach.name, self._store)

    def reader(self, account: str) -> Reader | None:
        """How somebody sees a question; `None`: nobody who may be signed in."""
        with self._store.read() as connection:
            return topic_rows.reader(connection, account, audience_rows.tree(connection))

    def people(self, audience: str) -> dict[str, str]:
        """Those who may answer questions of an audience: display names by account."""
        with self._store.read() as connection:
            tree = audience_rows.tree(connection)
            return {
                one.name: one.display_name
                for one in account_rows.everybody(connection)
                if (known := topic_rows.reader(connection, one.name, tree)) is not None
                and audience in known.reach.answered
            }

    def looked_at(self, names: Sequence[str], viewer: Viewer) -> list[tuple[str, str]]:
        """Names and titles of sources, without those that the viewer may not see."""
        with self._store.read() as connection:
            found = topic_rows.looked_at(connection, names, viewer)
        return [(about.name, title) for about, title in found]

    # Time

    def pass_overdue(self) -> list[Escalation]:
        """Pass on what nobody answered in time; the questions that changed."""
        with self._store.read() as connection:
            open_ones = rows.found(connection, escalations.c.state.in_(sorted(OPEN)))
        return [one for late in open_ones if self._is_late(late) for one in self._pass(late.key)]

    def _pass(self, key: str) -> list[Escalation]:
        """Pass one on, if it is still late: meanwhile somebody may have answered."""
        with self._store.change() as connection:
            rows.lock(connection, key)
            for asked in rows.found(connection, escalations.c.key == key):
                if self._is_late(asked):
                    rows.step(connection, asked.number, "passed", CLOCK, self._store.now())
                    self._enter(connection, asked, CLOCK, "escalation.passed")
                    sending.send_on(connection, asked, CLOCK, self._store)
                    return [sending.tell(connection, asked.number, self._store)]
        return []

    def _is_late(self, asked: Escalation) -> bool:
        at = goes_on_at(asked, self._store.escalation_minutes)
        return at is not None and at <= self._store.clock()

    # What every change does

    def _change(
        self,
        key: str,
        reach: EscalationReach,
        change: Callable[[Connection, Escalation], None],
        action: Action | None,
        *,
        own: bool = False,
        tells: bool = True,
    ) -> Escalation:
        with self._store.change() as connection:
            asked = self._locked(connection, key, reach)
            if own and not asked.is_of(reach.name):
                raise AccessRefused(because("escalation-not-asked", name=reach.name, key=key))
            if not own and not _answers(connection, asked, reach):
                raise AccessRefused(because("escalation-not-answered", name=reach.name, key=key))
            change(connection, asked)
            after = sending.one(connection, asked.number)
            if len(after.steps) == len(asked.steps):
                return after
            if action is not None:
                self._enter(connection, asked, reach.name, action)
            return sending.tell(connection, asked.number, self._store) if tells else after

    def _locked(self, connection: Connection, key: str, reach: EscalationReach) -> Escalation:
        _seen(connection, key, reach)
        rows.lock(connection, key)
        return _seen(connection, key, reach)

    def _step(
        self,
        connection: Connection,
        asked: Escalation,
        kind: StepKind,
        reach: EscalationReach,
        **values: object,
    ) -> None:
        rows.step(connection, asked.number, kind, reach.name, self._store.now(), values=values)

    def _enter(self, connection: Connection, asked: Escalation, by: str, action: Action) -> None:
        append(connection, Event(by, action, f"escalation:{asked.key}"))


def _wrong(asked: Escalation) -> WrongState:
    state = because(f"escalation-state-{asked.state}")
    return WrongState(because("escalation-state", key=asked.key, state=state))


def _taken(asked: Escalation) -> WrongState:
    name = asked.people.get(asked.receiver or "", asked.receiver)
    return WrongState(because("escalation-taken-by", name=name, key=asked.key))


def _check_open(asked: Escalation) -> None:
    if asked.state not in OPEN:
        raise _wrong(asked)


def _seen(connection: Connection, key: str, reach: EscalationReach) -> Escalation:
    if key.isprintable():  # nor could every database take it as a parameter
        for asked in rows.found(
            connection, (escalations.c.key == key) & _visible(connection, reach)
        ):
            return asked
    raise NotFound(because("escalation-unknown", key=key))


def _visible(connection: Connection, reach: EscalationReach) -> ColumnElement[bool]:
    """Those that they asked, answer, or answer for as managers and QA do.

    Whoever has the contact now has its questions too, also those asked before it was handed over.
    """
    asked = sorted(reach.asked)
    return or_(
        and_(escalations.c.asked_by == reach.name, escalations.c.audience.in_(asked)),
        and_(contacts.c.agent == reach.name, contacts.c.audience.in_(asked)),
        escalations.c.audience.in_(sorted(reach.seen)),
        _answerable(connection, reach),
    )


def _answerable(connection: Connection, reach: EscalationReach) -> ColumnElement[bool]:
    """Those of their topics and those sent to them, for whose audience they answer."""
    if not reach.answered:
        return false()
    sent = exists().where(
        escalation_steps.c.escalation_id == escalations.c.id, escalation_steps.c.to == reach.name
    )
    return and_(
        escalations.c.audience.in_(sorted(reach.answered)),
        escalations.c.asked_by != reach.name,
        or_(escalations.c.topic_id.in_(topic_rows.topics_of(connection, reach.name)), sent),
    )


def _answers(connection: Connection, asked: Escalation, reach: EscalationReach) -> bool:
    if asked.audience not in reach.answered or asked.asked_by == reach.name:
        return False
    return reach.name in asked.sent_to or asked.topic in topic_rows.topics_of(
        connection, reach.name
    )


def _check_receiver(connection: Connection, asked: Escalation, account: str) -> None:
    theirs = topic_rows.reader(connection, account, audience_rows.tree(connection))
    able = theirs is not None and asked.audience in theirs.reach.answered
    if not able or account == asked.asked_by:
        raise SettingsError(because("escalation-not-theirs", account=account, key=asked.key))


def _check_topic(connection: Connection, number: int, audience: str) -> None:
    known = topics_for(connection, audience, audience_rows.tree(connection))
    if number not in {topic.number for topic in known}:
        raise NotFound(because("topic-unknown", number=number))


def _own_contact(
    connection: Connection, new: NewEscalation, reach: EscalationReach
) -> Contact | None:
    if new.contact is None:
        return None
    if not new.contact.isprintable():
        raise NotFound(because("contact-unknown", key="?"))
    mine = (contacts.c.key == new.contact) & (contacts.c.agent == reach.name)
    for contact in contact_rows.found(connection, mine):
        if contact.audience in reach.asked:
            return contact
    raise NotFound(because("contact-unknown", key=new.contact))


def _audience_for(connection: Connection, new: NewEscalation, reach: EscalationReach) -> str:
    contact = _own_contact(connection, new, reach)
    if contact is not None:
        return contact.audience
    tree: AudienceTree = audience_rows.tree(connection)
    known = reach.asked & tree.audiences.keys()
    if new.audience is not None:
        if new.audience not in known:
            raise AccessRefused(
                because("escalation-not-for", name=reach.name, audience=new.audience)
            )
        return new.audience
    narrowest = sorted(places(reach.asked, tree) & known)
    if len(narrowest) != 1:
        raise SettingsError(because("escalation-audience", known=tuple(narrowest)))
    return narrowest[0]
