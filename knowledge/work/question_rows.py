"""Questions and what they cited in the register's tables, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, insert, select

from knowledge.audience import AudienceTree, audience_key, labels_of
from knowledge.models import Language, Vector, Viewer
from knowledge.privacy.redaction import redacted
from knowledge.schema import sources, versions
from knowledge.validity import moment
from knowledge.work.circles import answers_for, places
from knowledge.work.work_schema import citations, questions


@dataclass(frozen=True)
class Asked:
    """A question that was answered, as it is written down.

    Attributes:
        at: when, with a time zone.
        account: who asked.
        audiences: labels that the asker sees.
        language: of the question.
        text: as typed.
        query: what was searched, the conversation taken in.
        verdict: how far the sources answered, see `assistant.models.Verdict`.
        confidence: probability, 0 to 1, that they did.
        cited: names and version numbers of the sources cited.
        meaning: ``(dimension,)`` float32, unit length, see `knowledge.work.topics`; or `None`.
        ms: milliseconds until the answer was there.
    """

    at: datetime
    account: str
    audiences: frozenset[str]
    language: Language
    text: str
    query: str
    verdict: str
    confidence: float
    cited: tuple[tuple[str, int], ...] = ()
    meaning: Vector | None = field(default=None, compare=False, repr=False)
    ms: float = 0.0


def add(connection: Connection, asked: Asked, day: date, topic: int | None, *, words: bool) -> int:
    """Write a question down; its number.

    Args:
        connection: in a write transaction.
        asked: the question.
        day: when, at the company.
        topic: what it is about.
        words: keep its words and who asked.
    """
    values = {
        "at": moment(asked.at),
        "day": day.isoformat(),
        "account": asked.account if words else None,
        "audience": audience_key(asked.audiences),
        "language": asked.language,
        "text": redacted(asked.text) if words else None,
        "query": redacted(asked.query) if words else None,
        "verdict": asked.verdict,
        "confidence": asked.confidence,
        "ms": asked.ms,
        "topic_id": topic,
    }
    added = insert(questions).values(values).returning(questions.c.id)
    number: int = connection.execute(added).scalar_one()
    cited = _version_ids(connection, asked.cited)
    if cited:
        rows = [{"question_id": number, "version_id": version} for version in cited]
        connection.execute(insert(citations), rows)
    return number


def _version_ids(connection: Connection, cited: Iterable[tuple[str, int]]) -> set[int]:
    """Row numbers of versions; those that are gone meanwhile are left out."""
    found: set[int] = set()
    for name, number in cited:
        query = (
            select(versions.c.id)
            .join_from(versions, sources, versions.c.source_id == sources.c.id)
            .where(sources.c.name == name, versions.c.number == number)
        )
        found.update(connection.execute(query).scalars())
    return found


def cited_versions(connection: Connection, question: int) -> list[str]:
    """The versions that the answer to a question cited, each as source's number @ version."""
    query = (
        select(versions.c.source_id, versions.c.number)
        .join_from(citations, versions, citations.c.version_id == versions.c.id)
        .where(citations.c.question_id == question)
        .order_by(versions.c.source_id, versions.c.number)
    )
    return [f"{source}@{number}" for source, number in connection.execute(query)]


def audiences_seen(connection: Connection, viewer: Viewer, tree: AudienceTree) -> list[str]:
    """Keys of the askers whose words the viewer may read, see `knowledge.work.circles`."""
    reach = answers_for(viewer, tree)
    keys = connection.execute(select(questions.c.audience).distinct()).scalars()
    return sorted(key for key in keys if places(labels_of(key), tree) <= reach)
