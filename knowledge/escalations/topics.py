"""What the company may be asked about, kept by managers; one's own duty, switched by oneself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection

from knowledge import audience_rows
from knowledge.audience import AudienceTree
from knowledge.audit import Event, append
from knowledge.errors import AccessRefused, NotFound, SettingsError
from knowledge.escalations import topic_rows as rows
from knowledge.escalations.choosing import choose
from knowledge.escalations.escalation_checks import checked_topic
from knowledge.escalations.models import NewTopic, Topic
from knowledge.escalations.on_duty import is_on
from knowledge.identity import account_rows
from knowledge.identity.access import EscalationReach
from knowledge.models import Viewer
from knowledge.refusals import because
from knowledge.work.work_store import WorkStore


@dataclass(frozen=True)
class OnDuty:
    """How it is with somebody's own duty.

    Attributes:
        on: whether they have it switched on.
        topics: names of the topics that they answer for.
        now: of those for which it is their hour.
    """

    on: bool
    topics: tuple[str, ...]
    now: tuple[str, ...]


class Topics:
    """The topics of one register."""

    def __init__(self, store: WorkStore) -> None:
        self._store = store

    def all(self, reach: EscalationReach) -> list[Topic]:
        """Topics that somebody asks about, answers for or keeps, by name."""
        with self._store.read() as connection:
            return rows.found(connection, _near(reach, audience_rows.tree(connection)))

    def for_question(self, audience: str) -> list[Topic]:
        """Topics that take questions of an audience, the narrowest audience first."""
        with self._store.read() as connection:
            return topics_for(connection, audience, audience_rows.tree(connection))

    def chosen(
        self, question: str, sources: Collection[str], audience: str, viewer: Viewer
    ) -> Topic | None:
        """The topic that a question seems to be about; `None`: there is none for it.

        Args:
            question: with what the customer wants to know.
            sources: names of those that were looked at, best first.
            audience: label of whose question it is.
            viewer: who asks; sources that they may not see say nothing.
        """
        with self._store.read() as connection:
            topics = topics_for(connection, audience, audience_rows.tree(connection))
            found = [about for about, _ in rows.looked_at(connection, sources, viewer)]
        return choose(topics, question, found)

    def add(self, new: NewTopic, reach: EscalationReach) -> Topic:
        """Keep a new topic.

        Raises:
            SettingsError: a part of it cannot be used.
            AccessRefused: it is for an audience whose topics they do not keep.
        """
        new = checked_topic(new)
        with self._store.change() as connection:
            _check_people(connection, new, reach)
            number = rows.add(connection, new, reach.name, self._store.now())
            append(connection, Event(reach.name, "topic.changed", f"topic:{number}"))
            return rows.found(connection, [new.audience], number=number)[0]

    def change(self, number: int, new: NewTopic, reach: EscalationReach) -> Topic:
        """Let a topic be another.

        Raises:
            NotFound: there is none that they keep.
            SettingsError: a part of it cannot be used.
            AccessRefused: it is for an audience whose topics they do not keep.
        """
        new = checked_topic(new)
        with self._store.change() as connection:
            _kept(connection, number, reach)
            _check_people(connection, new, reach)
            rows.change(connection, number, new, reach.name, self._store.now())
            append(connection, Event(reach.name, "topic.changed", f"topic:{number}"))
            return rows.found(connection, [new.audience], number=number)[0]

    def remove(self, number: int, reach: EscalationReach) -> None:
        """Let nobody be asked about a topic any more; what waits goes on to nobody.

        Raises:
            NotFound: there is none that they keep.
        """
        with self._store.change() as connection:
            _kept(connection, number, reach)
            rows.remove(connection, number, reach.name, self._store.now())
            append(connection, Event(reach.name, "topic.removed", f"topic:{number}"))

    def off(self) -> frozenset[str]:
        """Accounts that switched themselves off."""
        with self._store.read() as connection:
            return rows.all_off(connection)

    # One's own duty

    def duty(self, reach: EscalationReach) -> OnDuty:
        """How it is with somebody's own duty."""
        now = self._store.here()
        with self._store.read() as connection:
            tree = audience_rows.tree(connection)
            topics = [
                topic
                for topic in rows.found(connection, tree.audiences)
                if any(duty.account == reach.name for duty in topic.duties)
            ]
            on = not rows.is_off(connection, reach.name)
        due = [
            topic.name
            for topic in topics
            if any(duty.account == reach.name and is_on(duty, now) for duty in topic.duties)
        ]
        return OnDuty(on, tuple(topic.name for topic in topics), tuple(due))

    def switch(self, reach: EscalationReach, *, on: bool) -> OnDuty:
        """Be on duty, or not; what they have already stays theirs until it goes on."""
        with self._store.change() as connection:
            rows.switch(connection, reach.name, self._store.now(), on=on)
            append(connection, Event(reach.name, "duty.changed", "duty:own", {"on": on}))
        return self.duty(reach)


def topics_for(connection: Connection, audience: str, tree: AudienceTree) -> list[Topic]:
    """Topics that take questions of an audience, the narrowest audience first."""
    if audience not in tree.audiences:
        return []
    above = tree.above(audience)
    return sorted(rows.found(connection, above), key=lambda topic: -len(tree.above(topic.audience)))


def _near(reach: EscalationReach, tree: AudienceTree) -> frozenset[str]:
    return (reach.asked | reach.answered | reach.seen | reach.managed) & tree.audiences.keys()


def _kept(connection: Connection, number: int, reach: EscalationReach) -> Topic:
    found = rows.found(connection, reach.managed, number=number)
    if not found:
        raise NotFound(because("topic-unknown", number=number))
    return found[0]


def _check_people(connection: Connection, new: NewTopic, reach: EscalationReach) -> None:
    """See to it that the audience is theirs, and that all who are named can do what is asked."""
    tree = audience_rows.tree(connection)
    if new.audience not in tree.audiences:
        known = tuple(sorted(reach.managed & tree.audiences.keys()))
        raise SettingsError(because("audience-unknown", label=new.audience, known=known))
    if new.audience not in reach.managed:
        raise AccessRefused(because("escalation-not-for", name=reach.name, audience=new.audience))
    for duty in new.duties:
        theirs = rows.reader(connection, duty.account, tree)
        if theirs is None or new.audience not in theirs.reach.answered:
            raise SettingsError(because("duty-cannot", account=duty.account, audience=new.audience))
    if new.owner is not None:
        account_rows.get(connection, new.owner)
