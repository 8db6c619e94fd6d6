"""Topics and who is on duty for them in the register's tables, within the caller's transaction."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from knowledge.audience import AudienceTree, labels_of
from knowledge.escalations.choosing import About
from knowledge.escalations.escalation_schema import (
    escalation_duties,
    escalation_topics,
    off_duty,
)
from knowledge.escalations.models import Duty, NewTopic, Topic
from knowledge.identity import account_rows
from knowledge.identity.access import EscalationReach, Principal, escalation_reach, viewer_of
from knowledge.models import Viewer
from knowledge.schema import sources, versions

_TOPICS = escalation_topics.c


def add(connection: Connection, new: NewTopic, by: str, now: str) -> int:
    """Keep a new topic; its number."""
    values = _values(new) | {"changed_by": by, "changed_at": now}
    made = insert(escalation_topics).values(values).returning(_TOPICS.id)
    number: int = connection.execute(made).scalar_one()
    _put_duties(connection, number, new.duties)
    return number


def change(connection: Connection, number: int, new: NewTopic, by: str, now: str) -> None:
    """Let a topic be another."""
    values = _values(new) | {"changed_by": by, "changed_at": now}
    connection.execute(update(escalation_topics).where(_TOPICS.id == number).values(values))
    _put_duties(connection, number, new.duties)


def remove(connection: Connection, number: int, by: str, now: str) -> None:
    """Let nobody be asked about a topic any more."""
    values = {"changed_by": by, "changed_at": now, "removed_at": now}
    connection.execute(update(escalation_topics).where(_TOPICS.id == number).values(values))
    _put_duties(connection, number, ())


def found(
    connection: Connection, audiences: Iterable[str], *, number: int | None = None
) -> list[Topic]:
    """Topics of these audiences, by name."""
    query = select(escalation_topics).where(
        _TOPICS.removed_at.is_(None), _TOPICS.audience.in_(sorted(audiences))
    )
    if number is not None:
        query = query.where(_TOPICS.id == number)
    rows = connection.execute(query.order_by(_TOPICS.name, _TOPICS.id)).mappings().all()
    duties = _duties(connection, [row["id"] for row in rows])
    return [_topic(row, duties.get(row["id"], ())) for row in rows]


def duties_of(connection: Connection, number: int) -> tuple[Duty, ...]:
    """Who answers for a topic, in order."""
    return _duties(connection, [number]).get(number, ())


def topics_of(connection: Connection, account: str) -> list[int]:
    """Numbers of the topics that an account answers for."""
    duties = escalation_duties.c
    query = select(duties.topic_id).where(duties.account == account).distinct()
    return list(connection.execute(query).scalars())


def switch(connection: Connection, account: str, now: str, *, on: bool) -> None:
    """Let an account be on duty, or not."""
    connection.execute(delete(off_duty).where(off_duty.c.account == account))
    if not on:
        connection.execute(insert(off_duty).values(account=account, since=now))


def all_off(connection: Connection) -> frozenset[str]:
    """Accounts that switched themselves off."""
    return frozenset(connection.execute(select(off_duty.c.account)).scalars())


def is_off(connection: Connection, account: str) -> bool:
    """Whether an account switched itself off."""
    query = select(off_duty.c.account).where(off_duty.c.account == account)
    return connection.execute(query).first() is not None


@dataclass(frozen=True)
class Reader:
    """How somebody sees questions.

    Attributes:
        name: account.
        display_name: what people read.
        reach: what they may do.
        viewer: what they may read.
    """

    name: str
    display_name: str
    reach: EscalationReach
    viewer: Viewer


def reader(connection: Connection, account: str, tree: AudienceTree) -> Reader | None:
    """How somebody sees questions; `None`: nobody who may be signed in."""
    known = account_rows.find(connection, account)
    if known is None or known.disabled:
        return None
    principal = Principal(known.number, known.name, known.grants, "session")
    seen = escalation_reach(principal, tree), viewer_of(principal, tree)
    return Reader(known.name, known.display_name, *seen)


def looked_at(
    connection: Connection, names: Collection[str], viewer: Viewer
) -> list[tuple[About, str]]:
    """What is known of sources, each with its title; those that the viewer may not see left out."""
    query = select(sources).where(sources.c.name.in_(sorted(names)))
    by_name = {row["name"]: row for row in connection.execute(query).mappings()}
    seen = [
        by_name[name]
        for name in names
        if name in by_name and labels_of(by_name[name]["audience"]) & viewer.audiences
    ]
    return [
        (
            About(row["name"], row["kind"], row["owner"], json.loads(row["tags"])),
            row["title"] or _title(connection, row["id"]) or row["name"],
        )
        for row in seen
    ]


def _title(connection: Connection, source: int) -> str | None:
    query = (
        select(versions.c.title)
        .where(versions.c.source_id == source, versions.c.state == "published")
        .order_by(versions.c.number.desc())
        .limit(1)
    )
    title: str | None = connection.execute(query).scalar_one_or_none()
    return title


def _values(new: NewTopic) -> dict[str, object]:
    return {
        "name": new.name,
        "audience": new.audience,
        "words": json.dumps(new.words, ensure_ascii=False),
        "sources": json.dumps(new.sources, ensure_ascii=False),
        "owner": new.owner,
        "fallback": new.fallback,
    }


def _put_duties(connection: Connection, number: int, duties: Iterable[Duty]) -> None:
    connection.execute(delete(escalation_duties).where(escalation_duties.c.topic_id == number))
    rows = [
        {"topic_id": number, "place": place, **vars(duty)}
        for place, duty in enumerate(duties, start=1)
    ]
    if rows:
        connection.execute(insert(escalation_duties), rows)


def _duties(connection: Connection, numbers: Collection[int]) -> dict[int, tuple[Duty, ...]]:
    duties = escalation_duties.c
    query = select(escalation_duties).where(duties.topic_id.in_(numbers)).order_by(duties.place)
    kept: dict[int, tuple[Duty, ...]] = {}
    for row in connection.execute(query).mappings():
        one = Duty(row["account"], row["days"], row["start"], row["end"])
        kept[row["topic_id"]] = (*kept.get(row["topic_id"], ()), one)
    return kept


def _topic(row: RowMapping, duties: tuple[Duty, ...]) -> Topic:
    return Topic(
        row["name"],
        row["audience"],
        tuple(json.loads(row["words"])),
        tuple(json.loads(row["sources"])),
        row["owner"],
        row["fallback"],
        duties,
        row["id"],
    )
