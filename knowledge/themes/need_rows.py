"""Needs in the register's tables, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, delete, insert, or_, select, update

from knowledge.contacts.contact_schema import contacts
from knowledge.models import Language, Vector
from knowledge.privacy.models import Known
from knowledge.privacy.personal import NOBODY
from knowledge.privacy.redaction import redacted
from knowledge.schema import sources, versions
from knowledge.themes.theme_schema import contact_needs, need_citations, need_subjects
from knowledge.validity import moment

MAX_TEXT_CHARS = 500
"""Of what was said, that is kept with a need; the whole of it is in the contact's turns."""


@dataclass(frozen=True)
class NeedHeard:
    """What a customer needed, as it was understood after a turn.

    Attributes:
        contact: its key.
        turn: number of the newest turn that was heard.
        language: of the customer.
        text: what the customer said.
        verdict: how far the sources answer, see `assistant.models.Verdict`.
        confidence: probability, 0 to 1, that they do.
        cited: names and version numbers of the sources that were suggested.
        subjects: titles that the conversation is about.
        meaning: ``(dimension,)`` float32, unit length, see `knowledge.work.topics`; or `None`.
        known: of the customer; taken out of the text before it is kept.
    """

    contact: str
    turn: int
    language: Language
    text: str
    verdict: str
    confidence: float
    cited: tuple[tuple[str, int], ...] = ()
    subjects: tuple[str, ...] = ()
    meaning: Vector | None = field(default=None, compare=False, repr=False)
    known: Known = field(default=NOBODY, repr=False)


def open_contact(connection: Connection, key: str) -> tuple[int, str] | None:
    """Number and audience of a contact whose words are there; `None` where they are gone."""
    one = (contacts.c.key == key) & contacts.c.erased_at.is_(None)
    row = connection.execute(select(contacts.c.id, contacts.c.audience).where(one)).one_or_none()
    return (row[0], row[1]) if row is not None else None


def put(
    connection: Connection,
    need: NeedHeard,
    contact: tuple[int, str],
    topic: int | None,
    *,
    at: datetime,
    day: date,
) -> int:
    """Write a need down, in place of what was understood of that turn before; its number."""
    number, audience = contact
    same = (contact_needs.c.contact_id == number) & (contact_needs.c.turn == need.turn)
    connection.execute(delete(contact_needs).where(same))
    values = {
        "contact_id": number,
        "turn": need.turn,
        "at": moment(at),
        "day": day.isoformat(),
        "audience": audience,
        "language": need.language,
        "text": redacted(need.text, known=need.known)[:MAX_TEXT_CHARS],
        "verdict": need.verdict,
        "confidence": need.confidence,
        "topic_id": topic,
    }
    added = insert(contact_needs).values(values).returning(contact_needs.c.id)
    row: int = connection.execute(added).scalar_one()
    cited = [{"need_id": row, "version_id": one} for one in _version_ids(connection, need.cited)]
    if cited:
        connection.execute(insert(need_citations), cited)
    named = [{"need_id": row, "source_id": one} for one in _source_ids(connection, need.subjects)]
    if named:
        connection.execute(insert(need_subjects), named)
    return row


def forget(connection: Connection, contact: int) -> None:
    """Take away what was said in a contact; what was counted of it stays."""
    own = contact_needs.c.contact_id == contact
    connection.execute(update(contact_needs).where(own).values(text=None))


def _version_ids(connection: Connection, cited: Iterable[tuple[str, int]]) -> list[int]:
    """Row numbers of versions; those that are gone meanwhile are left out."""
    found: set[int] = set()
    for name, number in cited:
        query = (
            select(versions.c.id)
            .join_from(versions, sources, versions.c.source_id == sources.c.id)
            .where(sources.c.name == name, versions.c.number == number)
        )
        found.update(connection.execute(query).scalars())
    return sorted(found)


def _source_ids(connection: Connection, titles: Iterable[str]) -> list[int]:
    """Row numbers of the sources with these titles, as managers or their files call them."""
    wanted = list(dict.fromkeys(titles))
    if not wanted:
        return []
    query = (
        select(sources.c.id)
        .join_from(sources, versions, versions.c.source_id == sources.c.id)
        .where(or_(sources.c.title.in_(wanted), versions.c.title.in_(wanted)))
        .distinct()
    )
    return sorted(connection.execute(query).scalars())
