"""Questions to the company and their steps as rows, within the caller's transaction.

A question's state and its newest step are always written together.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, Connection, RowMapping, func, insert, select, update

from knowledge.contacts.contact_schema import contacts
from knowledge.escalations.escalation_schema import (
    escalation_steps,
    escalation_topics,
    escalations,
)
from knowledge.escalations.models import Escalation, NewEscalation, Step, StepKind
from knowledge.identity.accounts_schema import users

_KEY_BYTES = 12
_ROW = escalations.c
_STEP = escalation_steps.c


def add(
    connection: Connection,
    new: NewEscalation,
    *,
    contact: int | None,
    turns: int,
    asked_by: str,
    audience: str,
    now: str,
) -> int:
    """Keep a question, with its first step; its number."""
    made = (
        insert(escalations)
        .values(
            key=secrets.token_hex(_KEY_BYTES),
            topic_id=new.topic,
            contact_id=contact,
            turns=turns,
            asked_by=asked_by,
            audience=audience,
            language=new.language,
            question=new.question,
            need=new.need,
            sources=json.dumps(new.sources, ensure_ascii=False),
            state="waiting",
            asked_at=now,
            changed_at=now,
        )
        .returning(_ROW.id)
    )
    number: int = connection.execute(made).scalar_one()
    step(connection, number, "asked", asked_by, now)
    return number


def step(
    connection: Connection,
    number: int,
    kind: StepKind,
    by: str,
    now: str,
    *,
    to: str | None = None,
    values: Mapping[str, object] | None = None,
) -> None:
    """Add a step, and what it changes of the question."""
    last = select(func.coalesce(func.max(_STEP.number), 0)).where(_STEP.escalation_id == number)
    place: int = connection.execute(last).scalar_one() + 1
    connection.execute(
        insert(escalation_steps).values(
            escalation_id=number, number=place, kind=kind, by=by, to=to, at=now
        )
    )
    changed = update(escalations).where(_ROW.id == number)
    connection.execute(changed.values({"changed_at": now, **(values or {})}))


def lock(connection: Connection, key: str) -> None:
    """Let nobody else change a question meanwhile; SQLite has one writer anyway."""
    connection.execute(select(_ROW.id).where(_ROW.key == key).with_for_update()).all()


def found(
    connection: Connection,
    condition: ColumnElement[bool],
    *,
    limit: int | None = None,
    oldest_first: bool = False,
) -> list[Escalation]:
    """Questions that fit, newest first if not asked otherwise."""
    order = _ROW.id if oldest_first else _ROW.id.desc()
    query = (
        select(
            escalations,
            escalation_topics.c.name.label("topic_name"),
            contacts.c.key.label("contact_key"),
            contacts.c.agent,
        )
        .join_from(escalations, escalation_topics, _ROW.topic_id == escalation_topics.c.id)
        .join(contacts, _ROW.contact_id == contacts.c.id, isouter=True)
        .where(condition)
        .order_by(order)
        .limit(limit)
    )
    rows = connection.execute(query).mappings().all()
    steps = _steps(connection, [row["id"] for row in rows])
    people = _people(connection, rows, steps)
    return [_escalation(row, steps.get(row["id"], ()), people) for row in rows]


def forget(connection: Connection, condition: ColumnElement[bool]) -> int:
    """Take the words of questions away; of how many."""
    kept = condition & (_ROW.question.is_not(None) | _ROW.answer.is_not(None))
    gone = update(escalations).where(kept).values(question=None, need=None, answer=None)
    return connection.execute(gone).rowcount


def _steps(connection: Connection, numbers: list[int]) -> dict[int, tuple[Step, ...]]:
    query = (
        select(escalation_steps)
        .where(_STEP.escalation_id.in_(numbers))
        .order_by(_STEP.escalation_id, _STEP.number)
    )
    kept: dict[int, list[Step]] = {}
    for row in connection.execute(query).mappings():
        one = Step(row["number"], row["kind"], row["by"], row["to"], row["at"])
        kept.setdefault(row["escalation_id"], []).append(one)
    return {number: tuple(steps) for number, steps in kept.items()}


def _people(
    connection: Connection, rows: Iterable[RowMapping], steps: Mapping[int, tuple[Step, ...]]
) -> dict[str, str]:
    named = {row["asked_by"] for row in rows}
    for some in steps.values():
        named |= {step.by for step in some} | {step.to for step in some if step.to}
    query = select(users.c.name, users.c.display_name).where(users.c.name.in_(sorted(named)))
    return {row.name: row.display_name for row in connection.execute(query)}


def _escalation(row: RowMapping, steps: tuple[Step, ...], people: Mapping[str, str]) -> Escalation:
    named = {row["asked_by"], *(s.by for s in steps), *(s.to for s in steps if s.to)}
    answered = [one.at for one in steps if one.kind == "answered"]
    return Escalation(
        number=row["id"],
        key=row["key"],
        topic=row["topic_id"],
        topic_name=row["topic_name"],
        contact=row["contact_key"],
        agent=row["agent"],
        turns=row["turns"],
        asked_by=row["asked_by"],
        audience=row["audience"],
        language=row["language"],
        question=row["question"],
        need=row["need"] or "",
        sources=tuple(json.loads(row["sources"])),
        state=row["state"],
        receiver=row["receiver"],
        answer=row["answer"],
        answered_by=row["answered_by"],
        answered_role=row["answered_role"],
        asked_at=row["asked_at"],
        changed_at=row["changed_at"],
        answered_at=answered[-1] if answered else None,
        card=row["card"],
        steps=steps,
        people={name: people[name] or name for name in sorted(named) if name in people},
    )
