"""Gaps in the register's tables, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, RowMapping, case, func, select

from knowledge.schema import publications, sources, versions
from knowledge.validity import STILL
from knowledge.work.work_schema import gaps, questions

GapState = Literal["open", "in_work", "dismissed", "closed"]

_MISSED = questions.c.verdict.in_(("partly", "not_found"))
_LATEST = 200
"""Questions of one topic among which its examples are looked for."""


@dataclass(frozen=True)
class Numbers:
    """A topic in numbers, over the questions of some askers.

    Attributes:
        topic: its number.
        asked: times in all.
        not_found: times without an answer.
        partly: times with part of one.
        missed: sum of 1 less the confidence, over those.
        first: moment at which it was missed first.
        last: moment at which it was missed last.
        spanish: times missed in Spanish.
        audiences: keys of the askers.
    """

    topic: int
    asked: int
    not_found: int
    partly: int
    missed: float
    first: str
    last: str
    spanish: int
    audiences: frozenset[str]


@dataclass(frozen=True)
class Decision:
    """What was decided about a gap.

    Attributes:
        state: as decided; ``closed`` as well once its card is in force.
        settled_at: moment at which it was dismissed or closed.
        missed_then: how often it had been missed when that was decided.
        missed_since: how often it was since.
    """

    state: GapState
    owner: str | None
    reason: str | None
    card: str | None
    settled_at: str | None
    missed_then: int
    missed_since: int = 0


def numbers(
    connection: Connection, keys: Sequence[str] | None, since: str, *, topic: int | None = None
) -> list[Numbers]:
    """Every topic that was missed at all.

    Args:
        connection: in any transaction.
        keys: of the askers that count; `None`: all.
        since: moment from which on questions count; empty: all.
        topic: only this one.
    """
    query = (
        select(
            questions.c.topic_id,
            questions.c.audience,
            func.count(),
            _times(questions.c.verdict == "not_found"),
            _times(questions.c.verdict == "partly"),
            func.sum(case((_MISSED, 1 - questions.c.confidence), else_=0.0)),
            func.min(case((_MISSED, questions.c.at))),
            func.max(case((_MISSED, questions.c.at))),
            _times(_MISSED & (questions.c.language == "es")),
        )
        .where(questions.c.topic_id.is_not(None), questions.c.at >= since)
        .group_by(questions.c.topic_id, questions.c.audience)
        .order_by(questions.c.topic_id, questions.c.audience)
    )
    if keys is not None:
        query = query.where(questions.c.audience.in_(keys))
    if topic is not None:
        query = query.where(questions.c.topic_id == topic)
    found: dict[int, Numbers] = {}
    for number, key, asked, not_found, partly, missed, first, last, spanish in connection.execute(
        query
    ):
        some = frozenset({key})
        one = Numbers(number, asked, not_found, partly, missed, first, last, spanish, some)
        found[number] = _summed(found[number], one) if number in found else one
    return [n for n in found.values() if n.not_found + n.partly]


def missed_questions(connection: Connection, topic: int, keys: Sequence[str]) -> list[RowMapping]:
    """The latest questions of a topic that were missed, no wording twice, latest first."""
    query = (
        select(questions)
        .where(
            questions.c.topic_id == topic,
            questions.c.audience.in_(keys),
            questions.c.text.is_not(None),
            _MISSED,
        )
        .order_by(questions.c.at.desc(), questions.c.id.desc())
        .limit(_LATEST)
    )
    found: dict[str, RowMapping] = {}
    for row in connection.execute(query).mappings():
        found.setdefault(" ".join(row["text"].lower().split()), row)
    return list(found.values())


def decisions(connection: Connection) -> dict[int, Decision]:
    """What was decided, by topic."""
    query = select(gaps, sources.c.name.label("card")).join_from(
        gaps, sources, gaps.c.card_id == sources.c.id, isouter=True
    )
    rows = connection.execute(query).mappings().all()
    in_force = _in_force_since(connection, [r["card_id"] for r in rows if r["card_id"]])
    return {row["topic_id"]: _decision(connection, row, in_force) for row in rows}


def missed_again_at(connection: Connection, topic: int, after: str, times: int) -> str | None:
    """The moment at which a topic had been missed so many times after another moment."""
    query = (
        select(questions.c.at)
        .where(questions.c.topic_id == topic, questions.c.at > after, _MISSED)
        .order_by(questions.c.at)
        .limit(1)
        .offset(times - 1)
    )
    found: str | None = connection.execute(query).scalar_one_or_none()
    return found


def _decision(connection: Connection, row: RowMapping, in_force: dict[int, str]) -> Decision:
    state, settled_at = row["state"], row["settled_at"]
    if state == "in_work" and row["card_id"] in in_force:
        state, settled_at = "closed", in_force[row["card_id"]]
    since = 0
    if settled_at is not None:
        query = select(func.count()).where(
            questions.c.topic_id == row["topic_id"], questions.c.at > settled_at, _MISSED
        )
        since = connection.execute(query).scalar_one()
    return Decision(
        state, row["owner"], row["reason"], row["card"], settled_at, row["missed_then"], since
    )


def _in_force_since(connection: Connection, cards: Sequence[int]) -> dict[int, str]:
    """For each source that the register says is in force at any time, since when it says so."""
    query = (
        select(versions.c.source_id, func.min(publications.c.recorded_from))
        .join_from(publications, versions, publications.c.version_id == versions.c.id)
        .where(versions.c.source_id.in_(cards), publications.c.recorded_to == STILL)
        .group_by(versions.c.source_id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _times(condition: Any) -> Any:
    return func.sum(case((condition, 1), else_=0))


def _summed(one: Numbers, other: Numbers) -> Numbers:
    firsts = [n.first for n in (one, other) if n.first]
    lasts = [n.last for n in (one, other) if n.last]
    return Numbers(
        one.topic,
        one.asked + other.asked,
        one.not_found + other.not_found,
        one.partly + other.partly,
        one.missed + other.missed,
        min(firsts, default=""),
        max(lasts, default=""),
        one.spanish + other.spanish,
        one.audiences | other.audiences,
    )
