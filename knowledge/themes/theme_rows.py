"""Themes counted in the register's tables, within the caller's transaction.

A theme is a topic (`knowledge.work.topics`). A contact counts once for a theme, on the day on which
it first needed it; every question that was asked counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    Subquery,
    func,
    literal,
    select,
    union,
)

from knowledge.contacts.contact_schema import contacts
from knowledge.models import Language
from knowledge.schema import versions
from knowledge.themes.scope import Scope, has_complaint
from knowledge.themes.theme_schema import contact_needs, need_citations, need_subjects
from knowledge.work.work_schema import citations, questions

MISSED = ("partly", "not_found")
"""Verdicts of what the sources did not answer in full."""


@dataclass(frozen=True)
class Tally:
    """How often a theme was needed on a day by those of an audience.

    Attributes:
        topic: its number; `None`: what it was about is gone, or cannot be told.
        audience: label of the contacts, or key of the circle that asked.
        day: ISO 8601, at the company.
        contacts: that needed it first on that day.
        questions: asked.
    """

    topic: int | None
    audience: str
    day: str
    contacts: int
    questions: int


@dataclass(frozen=True)
class Wording:
    """How somebody put a theme.

    Attributes:
        topic: its number.
        text: what was said or asked.
        language: of the text.
    """

    topic: int
    text: str
    language: Language


def tallies(connection: Connection, scope: Scope) -> list[Tally]:
    """All themes, day by day and audience by audience, in no order."""
    first = (
        select(
            contact_needs.c.topic_id,
            contact_needs.c.audience,
            func.min(contact_needs.c.day).label("day"),
        )
        .where(*scope.needs())
        .group_by(contact_needs.c.contact_id, contact_needs.c.audience, contact_needs.c.topic_id)
        .subquery()
    )
    needed = select(first.c.topic_id, first.c.audience, first.c.day, func.count()).group_by(
        first.c.topic_id, first.c.audience, first.c.day
    )
    by = (questions.c.topic_id, questions.c.audience, questions.c.day)
    asked = select(*by, func.count()).where(*scope.questions()).group_by(*by)
    found = [
        Tally(topic, audience, day, count, 0)
        for topic, audience, day, count in connection.execute(needed)
    ]
    return found + [
        Tally(topic, audience, day, 0, count)
        for topic, audience, day, count in connection.execute(asked)
    ]


def missed(connection: Connection, scope: Scope) -> dict[int, int]:
    """For each theme how often the sources did not answer in full; themes without are left out."""
    found: dict[int, int] = {}
    needed = (
        select(contact_needs.c.topic_id, func.count(contact_needs.c.contact_id.distinct()))
        .where(
            *scope.needs(),
            contact_needs.c.topic_id.is_not(None),
            contact_needs.c.verdict.in_(MISSED),
        )
        .group_by(contact_needs.c.topic_id)
    )
    asked = (
        select(questions.c.topic_id, func.count())
        .where(
            *scope.questions(), questions.c.topic_id.is_not(None), questions.c.verdict.in_(MISSED)
        )
        .group_by(questions.c.topic_id)
    )
    for query in (needed, asked):
        for topic, count in connection.execute(query):
            found[topic] = found.get(topic, 0) + count
    return found


def complained(connection: Connection, scope: Scope) -> dict[int, int]:
    """For each theme how many contacts of it have a complaint; themes without are left out."""
    query = (
        select(contact_needs.c.topic_id, func.count(contact_needs.c.contact_id.distinct()))
        .where(*scope.needs(), contact_needs.c.topic_id.is_not(None), has_complaint())
        .group_by(contact_needs.c.topic_id)
    )
    return {topic: count for topic, count in connection.execute(query)}  # noqa: C416  # rows


def cited(
    connection: Connection, scope: Scope, topics: Iterable[int] | None = None
) -> dict[tuple[int, int], int]:
    """How many contacts and questions each source answered, by theme and source.

    Args:
        connection: in any transaction.
        scope: what is counted.
        topics: only these themes; `None`: all together, as theme 0.
    """
    found: dict[tuple[int, int], int] = {}
    for query in (_cited_needs(scope, topics), _cited_questions(scope, topics)):
        for topic, source, count in connection.execute(query):
            found[topic, source] = found.get((topic, source), 0) + count
    return found


def _cited_needs(scope: Scope, topics: Iterable[int] | None) -> Select[Any]:
    counted = func.count(contact_needs.c.contact_id.distinct())
    by = literal(0) if topics is None else contact_needs.c.topic_id
    query = (
        select(by.label("topic"), versions.c.source_id, counted)
        .join_from(contact_needs, need_citations, need_citations.c.need_id == contact_needs.c.id)
        .join(versions, need_citations.c.version_id == versions.c.id)
        .where(*scope.needs())
    )
    if topics is None:
        return query.group_by(versions.c.source_id)
    wanted = contact_needs.c.topic_id.in_(list(topics))
    return query.where(wanted).group_by(contact_needs.c.topic_id, versions.c.source_id)


def _cited_questions(scope: Scope, topics: Iterable[int] | None) -> Select[Any]:
    counted = func.count(questions.c.id.distinct())
    by = literal(0) if topics is None else questions.c.topic_id
    query = (
        select(by.label("topic"), versions.c.source_id, counted)
        .join_from(questions, citations, citations.c.question_id == questions.c.id)
        .join(versions, citations.c.version_id == versions.c.id)
        .where(*scope.questions())
    )
    if topics is None:
        return query.group_by(versions.c.source_id)
    wanted = questions.c.topic_id.in_(list(topics))
    return query.where(wanted).group_by(questions.c.topic_id, versions.c.source_id)


def touched(
    connection: Connection, scope: Scope, sources: Iterable[int]
) -> dict[int, set[tuple[str, int]]]:
    """Which contacts and questions cited or named each of these sources.

    Returns:
        for each source, ``("contact", number)`` and ``("question", number)``.
    """
    some = _touching(scope, sources)
    found: dict[int, set[tuple[str, int]]] = {}
    query = select(some.c.kind, some.c.number, some.c.source_id)
    for kind, number, source in connection.execute(query):
        found.setdefault(source, set()).add((kind, number))
    return found


def touched_times(connection: Connection, scope: Scope, sources: Iterable[int]) -> dict[int, int]:
    """How many contacts and questions cited or named each of these sources."""
    some = _touching(scope, sources)
    query = select(some.c.source_id, func.count()).group_by(some.c.source_id)
    return {source: count for source, count in connection.execute(query)}  # noqa: C416  # rows


def _touching(scope: Scope, sources: Iterable[int]) -> Subquery:
    wanted = sorted(sources)
    cited_by = (
        select(
            literal("contact").label("kind"),
            contact_needs.c.contact_id.label("number"),
            versions.c.source_id,
        )
        .join_from(contact_needs, need_citations, need_citations.c.need_id == contact_needs.c.id)
        .join(versions, need_citations.c.version_id == versions.c.id)
        .where(*scope.needs(), versions.c.source_id.in_(wanted))
    )
    named_by = (
        select(literal("contact"), contact_needs.c.contact_id, need_subjects.c.source_id)
        .join_from(contact_needs, need_subjects, need_subjects.c.need_id == contact_needs.c.id)
        .where(*scope.needs(), need_subjects.c.source_id.in_(wanted))
    )
    asked = (
        select(literal("question"), questions.c.id, versions.c.source_id)
        .join_from(questions, citations, citations.c.question_id == questions.c.id)
        .join(versions, citations.c.version_id == versions.c.id)
        .where(*scope.questions(), versions.c.source_id.in_(wanted))
    )
    return union(cited_by, named_by, asked).subquery()


def wordings(
    connection: Connection, scope: Scope, topics: Sequence[int], per_topic: int
) -> list[Wording]:
    """How themes were put, the latest first, so many of each in contacts and in questions."""
    found: list[Wording] = []
    needed = _numbered(contact_needs.c, scope.needs(), topics)
    asked = _numbered(questions.c, scope.questions(), topics)
    for some in (needed, asked):
        query = (
            select(some.c.topic_id, some.c.text, some.c.language)
            .where(some.c.place <= per_topic)
            .order_by(some.c.topic_id, some.c.place)
        )
        found += [Wording(*row) for row in connection.execute(query)]
    return found


def _numbered(
    columns: Any,
    conditions: Sequence[ColumnElement[bool]],
    topics: Sequence[int],
) -> Subquery:
    latest = (columns.at.desc(), columns.id.desc())
    place = func.row_number().over(partition_by=columns.topic_id, order_by=latest)
    return (
        select(columns.topic_id, columns.text, columns.language, place.label("place"))
        .where(*conditions, columns.topic_id.in_(list(topics)), columns.text.is_not(None))
        .subquery()
    )


def conversations(
    connection: Connection, scope: Scope, topic: int, limit: int
) -> Sequence[RowMapping]:
    """The contacts that needed a theme, the latest first: key, at, channel, audience, erased_at."""
    last = (
        select(contact_needs.c.contact_id, func.max(contact_needs.c.at).label("at"))
        .where(*scope.needs(), contact_needs.c.topic_id == topic)
        .group_by(contact_needs.c.contact_id)
        .subquery()
    )
    query = (
        select(
            contacts.c.key,
            last.c.at,
            contacts.c.channel,
            contacts.c.audience,
            contacts.c.state,
            contacts.c.erased_at,
        )
        .join(last, last.c.contact_id == contacts.c.id)
        .order_by(last.c.at.desc(), contacts.c.id.desc())
        .limit(limit)
    )
    return connection.execute(query).mappings().all()


def asked(connection: Connection, scope: Scope, topic: int, limit: int) -> Sequence[RowMapping]:
    """The questions of a theme whose words are kept, the latest first."""
    query = (
        select(questions.c.text, questions.c.language, questions.c.verdict, questions.c.at)
        .where(*scope.questions(), questions.c.topic_id == topic, questions.c.text.is_not(None))
        .order_by(questions.c.at.desc(), questions.c.id.desc())
        .limit(limit)
    )
    return connection.execute(query).mappings().all()


def said(connection: Connection, scope: Scope, topic: int, limit: int) -> Sequence[RowMapping]:
    """What was said of a theme in contacts whose words are kept, the latest first."""
    query = (
        select(
            contact_needs.c.text,
            contact_needs.c.language,
            contact_needs.c.verdict,
            contact_needs.c.at,
            contacts.c.key.label("contact"),
        )
        .join(contacts, contact_needs.c.contact_id == contacts.c.id)
        .where(*scope.needs(), contact_needs.c.topic_id == topic, contact_needs.c.text.is_not(None))
        .order_by(contact_needs.c.at.desc(), contact_needs.c.id.desc())
        .limit(limit)
    )
    return connection.execute(query).mappings().all()
