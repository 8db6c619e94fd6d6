"""What nobody answered becomes a gap in what sources answer, given to whoever keeps its topic."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, exists, insert, select, update

from knowledge import audience_rows
from knowledge.audit import Event, append
from knowledge.escalations import escalation_rows as rows
from knowledge.escalations.escalation_schema import (
    escalation_steps,
    escalation_topics,
    escalations,
)
from knowledge.escalations.models import CLOCK, Escalation
from knowledge.models import Vector
from knowledge.validity import moment
from knowledge.work import gap_rows, notice_rows, question_rows
from knowledge.work.question_rows import Asked
from knowledge.work.topics import Topics as Meanings
from knowledge.work.work_schema import gaps
from knowledge.work.work_store import WorkStore

_EXPIRED = (escalations.c.state == "expired") & ~exists().where(
    escalation_steps.c.escalation_id == escalations.c.id, escalation_steps.c.kind == "gap"
)


def unanswered(store: WorkStore) -> list[Escalation]:
    """Questions that nobody answered and that are no gaps yet, while their words are kept."""
    with store.read() as connection:
        return rows.found(connection, _EXPIRED & escalations.c.question.is_not(None))


def note_gap(store: WorkStore, asked: Escalation, meaning: Vector | None) -> None:
    """Write a question down as one that found no answer, and give it to the topic's owner.

    Args:
        store: the register's work.
        asked: the question.
        meaning: ``(dimension,)`` float32, unit length, see `knowledge.work.topics`; `None`: it is
            put together with no other, and only the owner is told.
    """
    with store.change() as connection:
        rows.lock(connection, asked.key)
        if not rows.found(connection, _EXPIRED & (escalations.c.key == asked.key)):
            return
        owner = connection.execute(
            select(escalation_topics.c.owner).where(escalation_topics.c.id == asked.topic)
        ).scalar_one()
        gap = _written_down(connection, store, asked, meaning)
        rows.step(connection, asked.number, "gap", CLOCK, store.now(), to=owner)
        if owner is None:
            return
        kind: notice_rows.NoticeKind = "escalation_unanswered"
        notice_rows.add(connection, owner, kind, store.now(), escalation=asked.number, topic=gap)
        if gap is not None:
            _give(connection, store, gap, owner)


def _written_down(
    connection: Connection, store: WorkStore, asked: Escalation, meaning: Vector | None
) -> int | None:
    """The number of the gap; `None` where no words of questions are kept, or nothing compares."""
    if meaning is None or store.question_days == 0 or asked.question is None:
        return None
    known = Meanings()
    known.follow(connection)
    gap = known.assign(connection, meaning)
    at = datetime.fromisoformat(asked.asked_at)
    labels = audience_rows.tree(connection).above(asked.audience)
    text, query = asked.question, asked.need or asked.question
    missed = Asked(at, asked.asked_by, labels, asked.language, text, query, "not_found", 0.0)
    question_rows.add(connection, missed, store.day_of(at), gap, words=True)
    return gap


def _give(connection: Connection, store: WorkStore, gap: int, owner: str) -> None:
    """Give a gap to an account, unless somebody works on it already."""
    decided = gap_rows.decisions(connection).get(gap)
    if decided is not None and decided.state == "in_work":
        return
    (whole,) = gap_rows.numbers(connection, None, "", topic=gap)
    values = {
        "state": "in_work",
        "owner": owner,
        "settled_at": None,
        "changed_by": CLOCK,
        "changed_at": store.now(),
        "missed_then": whole.not_found + whole.partly,
    }
    same = gaps.c.topic_id == gap
    if not connection.execute(update(gaps).where(same).values(values)).rowcount:
        connection.execute(insert(gaps).values(values | {"topic_id": gap}))
    append(connection, Event(CLOCK, "gap.assigned", f"gap:{gap}", {"owner": owner}))


def purge(store: WorkStore) -> int:
    """Let go of the words of questions whose time is over; of how many."""
    before = moment(store.clock() - timedelta(days=store.contact_days))
    over = escalations.c.changed_at < before
    with store.change() as connection:
        return rows.forget(connection, over)
