"""What was asked: how often sources were cited, who asks, what is asked most, and letting go of it.

`knowledge.work.question_log` writes it down. After `Settings.question_days` the words of a question
and who asked are gone; day, verdict and what was cited stay, for the numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, delete, func, or_, select, update

from knowledge import audience_rows
from knowledge.audience import AudienceTree, labels_of
from knowledge.audit import Event, append
from knowledge.errors import SettingsError
from knowledge.models import Language, Viewer
from knowledge.schema import sources, versions
from knowledge.text import fold
from knowledge.work.circles import answers_for, places, shared_place
from knowledge.work.question_rows import audiences_seen
from knowledge.work.topics import drop_unspoken
from knowledge.work.work_schema import (
    acknowledgements,
    citations,
    feedback,
    notices,
    questions,
)
from knowledge.work.work_store import WorkStore

PURGER = "voz"
"""Who the audit trail says it was when words are let go because their time is over."""
_Conditions = tuple[ColumnElement[bool], ...]
MIN_SEARCHED = 4
"""Characters that a text to erase by must have."""


@dataclass(frozen=True)
class Person:
    """An account that answers customers.

    Attributes:
        account: its name.
        audiences: labels that it sees.
    """

    account: str
    audiences: frozenset[str]


@dataclass(frozen=True)
class Cited:
    """How often a source was cited.

    Attributes:
        answers: that cited any of its versions.
        last: day of the last one.
    """

    answers: int
    last: date


@dataclass(frozen=True)
class MostAsked:
    """A question that many ask, in the wording of the last one.

    Attributes:
        text: as it was searched.
        audience: label of the narrowest audience that all who asked it see.
        times: how often it was asked.
    """

    text: str
    language: Language
    audience: str
    times: int


class Questions:
    """The questions of one register."""

    def __init__(self, store: WorkStore) -> None:
        self._store = store

    def cited(self, days: int) -> dict[str, Cited]:
        """How often each source was cited in the last days, by name; those never cited not."""
        since = self._store.before(days)
        query = (
            select(
                sources.c.name,
                func.count(citations.c.question_id.distinct()),
                func.max(questions.c.day),
            )
            .join_from(citations, questions, citations.c.question_id == questions.c.id)
            .join(versions, citations.c.version_id == versions.c.id)
            .join(sources, versions.c.source_id == sources.c.id)
            .where(questions.c.at >= since)
            .group_by(sources.c.name)
        )
        with self._store.read() as connection:
            return {
                name: Cited(count, date.fromisoformat(last))
                for name, count, last in connection.execute(query)
            }

    def logged_since(self) -> date | None:
        """Day of the first question that was written down; `None` before there is one."""
        with self._store.read() as connection:
            first = connection.execute(select(func.min(questions.c.day))).scalar_one()
        return date.fromisoformat(first) if first else None

    def people(self, viewer: Viewer) -> list[Person]:
        """Accounts that asked or confirmed a reading, as far as the viewer answers for them.

        Each with what it saw last; by name.
        """
        with self._store.read() as connection:
            tree = audience_rows.tree(connection)
            seen = _accounts(connection)
        reach = answers_for(viewer, tree)
        return [
            Person(account, labels_of(key))
            for account, (_, key) in sorted(seen.items())
            if places(labels_of(key), tree) <= reach
        ]

    def most_asked(self, viewer: Viewer, *, days: int, limit: int) -> list[MostAsked]:
        """What was asked most often, of what the viewer may read; most often first."""
        with self._store.read() as connection:
            tree = audience_rows.tree(connection)
            keys = audiences_seen(connection, viewer, tree)
            asked = (questions.c.audience.in_(keys), questions.c.at >= self._store.before(days))
            often = (
                select(questions.c.topic_id, func.count())
                .where(questions.c.topic_id.is_not(None), *asked)
                .group_by(questions.c.topic_id)
                .order_by(func.count().desc(), questions.c.topic_id)
                .limit(limit)
            )
            return [
                _most_asked(connection, topic, count, asked, tree)
                for topic, count in connection.execute(often).all()
            ]

    # Letting go

    def purge(self) -> int:
        """Let go of the words whose time is over; how many questions and remarks had some."""
        store = self._store
        with store.read() as connection:
            if not any(_over(connection, store)):
                return 0
        with store.change() as connection:
            asked, given = _over(connection, store)
            forget_questions(connection, asked)
            forget_feedback(connection, given)
            old = notices.c.read_at < store.before(store.feedback_days)
            connection.execute(delete(notices).where(old))
            details = {"questions": len(asked), "feedback": len(given)}
            append(connection, Event(PURGER, "data.expired", "question:all", details))
        return len(asked) + len(given)

    def erase(
        self, viewer: Viewer, *, containing: str | None = None, account: str | None = None
    ) -> int:
        """Erase the words of questions and feedback; how many had some.

        Args:
            viewer: who does it; only what they may read is erased.
            containing: those with this in them, whatever its accents and capitals.
            account: those of this account.

        Raises:
            SettingsError: neither or both are given, or the text is too short to mean somebody.
        """
        if (containing is None) == (account is None):
            raise SettingsError("say what to erase: either a text or an account")
        wanted = fold(containing or "").strip()
        if containing is not None and len(wanted) < MIN_SEARCHED:
            raise SettingsError(
                f"{containing!r} is in too many questions: give at least {MIN_SEARCHED} characters"
            )
        with self._store.change() as connection:
            keys = audiences_seen(connection, viewer, audience_rows.tree(connection))
            asked = _chosen_questions(connection, keys, wanted, account)
            given = _chosen_feedback(connection, viewer, wanted, account)
            forget_questions(connection, asked)
            forget_feedback(connection, given)
            details = {"questions": len(asked), "feedback": len(given)}
            append(connection, Event(viewer.name, "question.erased", "question:some", details))
        return len(asked) + len(given)


def forget_questions(connection: Connection, numbers: Iterable[int]) -> None:
    """Take the words of questions away, who asked, and what they were about."""
    nothing = {"text": None, "query": None, "account": None, "topic_id": None}
    for number in numbers:
        connection.execute(update(questions).where(questions.c.id == number).values(nothing))
    drop_unspoken(connection)


def forget_feedback(connection: Connection, numbers: Iterable[int]) -> None:
    """Take the words of remarks and their answers away, and who gave them."""
    nothing = {"comment": "", "question": "", "answer": "", "account": None}
    for number in numbers:
        connection.execute(update(feedback).where(feedback.c.id == number).values(nothing))


def _over(connection: Connection, store: WorkStore) -> tuple[list[int], list[int]]:
    """Questions and remarks that have words whose time is over."""
    asked = select(questions.c.id).where(
        questions.c.at < store.before(store.question_days),
        or_(questions.c.text.is_not(None), questions.c.account.is_not(None)),
    )
    given = select(feedback.c.id).where(
        func.coalesce(feedback.c.closed_at, feedback.c.at) < store.before(store.feedback_days),
        feedback.c.state.not_in(("open", "in_work")),
        feedback.c.account.is_not(None),
    )
    return (
        list(connection.execute(asked).scalars()),
        list(connection.execute(given).scalars()),
    )


def _chosen_questions(
    connection: Connection, keys: list[str], wanted: str, account: str | None
) -> list[int]:
    query = select(questions.c.id, questions.c.text, questions.c.query).where(
        questions.c.audience.in_(keys), questions.c.text.is_not(None)
    )
    if account is not None:
        query = query.where(questions.c.account == account)
    return [n for n, *words in connection.execute(query) if any(wanted in fold(w) for w in words)]


def _chosen_feedback(
    connection: Connection, viewer: Viewer, wanted: str, account: str | None
) -> list[int]:
    tree = audience_rows.tree(connection)
    reach = answers_for(viewer, tree)
    query = select(
        feedback.c.id,
        feedback.c.audience,
        feedback.c.comment,
        feedback.c.question,
        feedback.c.answer,
    )
    if account is not None:
        query = query.where(feedback.c.account == account)
    return [
        number
        for number, key, *words in connection.execute(query)
        if places(labels_of(key), tree) <= reach and any(wanted in fold(w) for w in words)
    ]


def _accounts(connection: Connection) -> dict[str, tuple[str, str]]:
    """For each account when it was seen last, and what it saw then."""
    seen: dict[str, tuple[str, str]] = {}
    for table in (questions, acknowledgements):
        query = (
            select(table.c.account, table.c.audience, func.max(table.c.at))
            .where(table.c.account.is_not(None))
            .group_by(table.c.account, table.c.audience)
        )
        for account, key, at in connection.execute(query):
            seen[account] = max(seen.get(account, ("", "")), (at, key))
    return seen


def _most_asked(
    connection: Connection, topic: int, count: int, asked: _Conditions, tree: AudienceTree
) -> MostAsked:
    same = (questions.c.topic_id == topic, *asked)
    latest = connection.execute(
        select(questions.c.query, questions.c.language)
        .where(*same)
        .order_by(questions.c.at.desc(), questions.c.id.desc())
        .limit(1)
    ).one()
    keys = connection.execute(select(questions.c.audience).where(*same).distinct())
    place = shared_place([labels_of(key) for key in keys.scalars()], tree)
    return MostAsked(latest[0], latest[1], place, count)
