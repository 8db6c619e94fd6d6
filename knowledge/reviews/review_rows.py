"""Samples, tasks and reviews in the register's tables, within the caller's transaction."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    case,
    func,
    insert,
    select,
    update,
)

from knowledge.contacts.contact_schema import contact_turns, contacts
from knowledge.identity.accounts_schema import users
from knowledge.reviews.models import Candidate, Judgement, Placed, Review, Sample, Task, Wanted
from knowledge.reviews.review_schema import (
    review_samples,
    review_tasks,
    reviews,
    sampled_contacts,
    scorecards,
)

_GIVEN = select(reviews.c.id).where(reviews.c.task_id == review_tasks.c.id).exists()
_GONE = contacts.c.erased_at.is_not(None) & ~_GIVEN
_OPEN = contacts.c.erased_at.is_(None) & ~_GIVEN


def candidates(
    connection: Connection, audiences: Collection[str], since: str, before: str
) -> list[Candidate]:
    """Contacts that ended from one moment to another, whose agent said something that is kept."""
    said = (
        select(contact_turns.c.id)
        .where(
            contact_turns.c.contact_id == contacts.c.id,
            contact_turns.c.speaker == "agent",
            contact_turns.c.text.is_not(None),
        )
        .exists()
    )
    query = (
        select(contacts, func.coalesce(users.c.began_on, users.c.created_at).label("since"))
        .select_from(contacts.outerjoin(users, users.c.name == contacts.c.agent))
        .where(
            contacts.c.audience.in_(sorted(audiences)),
            contacts.c.ended_at >= since,
            contacts.c.ended_at < before,
            contacts.c.erased_at.is_(None),
            contacts.c.agent.is_not(None),
            said,
        )
        .order_by(contacts.c.id)
    )
    rows = connection.execute(query).mappings().all()
    had = _had(connection, [row["id"] for row in rows])
    return [
        Candidate(
            row["id"],
            row["key"],
            row["agent"],
            row["audience"],
            _days(row["since"], row["opened_at"]),
            frozenset(had.get(row["id"], ())),
        )
        for row in rows
    ]


def _had(connection: Connection, numbers: Sequence[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    wanted = frozenset(numbers)
    query = select(review_tasks.c.contact_id, review_tasks.c.reviewer)
    for contact, reviewer in connection.execute(query) if wanted else ():
        if contact in wanted:
            found.setdefault(contact, set()).add(reviewer)
    return found


def _days(since: str | None, until: str) -> int | None:
    if since is None:
        return None
    return max(0, (date.fromisoformat(until[:10]) - date.fromisoformat(since[:10])).days)


def add_sample(
    connection: Connection,
    scorecard: tuple[int, int],
    wanted: Wanted,
    placed: Sequence[Placed],
    population: int,
    audiences: dict[int, tuple[str, str]],
    by: str,
    now: str,
) -> int:
    """Keep a sample that was drawn; its number.

    Args:
        connection: in a write transaction.
        scorecard: number and version of the scorecard.
        wanted: what was asked for.
        placed: what was drawn.
        population: contacts that might have been.
        audiences: agent and audience of each contact, by its number.
        by: who drew it.
        now: this moment.
    """
    made = connection.execute(
        insert(review_samples)
        .values(
            scorecard_id=scorecard[0],
            version=scorecard[1],
            audience=wanted.audience,
            first_day=wanted.first.isoformat(),
            last_day=wanted.last.isoformat(),
            double_share=wanted.double_share,
            seed=wanted.seed,
            population=population,
            drawn_by=by,
            drawn_at=now,
        )
        .returning(review_samples.c.id)
    )
    number: int = made.scalar_one()
    for one in placed:
        agent, audience = audiences[one.number]
        place = connection.execute(
            insert(sampled_contacts)
            .values(
                sample_id=number,
                contact_id=one.number,
                agent=agent,
                audience=audience,
                tenure=one.tenure,
                stratum_size=one.stratum_size,
            )
            .returning(sampled_contacts.c.id)
        ).scalar_one()
        for reviewer in one.reviewers:
            connection.execute(
                insert(review_tasks).values(
                    place_id=place, contact_id=one.number, reviewer=reviewer
                )
            )
    return number


def samples(connection: Connection, condition: ColumnElement[bool]) -> list[Sample]:
    """Samples that fit, the newest first, with how far they are."""
    columns = review_samples.c
    far = (
        select(
            sampled_contacts.c.sample_id,
            func.count(sampled_contacts.c.id.distinct()).label("contacts"),
            func.count(review_tasks.c.id).label("tasks"),
            func.sum(case((_GIVEN, 1), else_=0)).label("done"),
            func.sum(case((_GONE, 1), else_=0)).label("gone"),
        )
        .select_from(
            sampled_contacts.join(
                review_tasks, review_tasks.c.place_id == sampled_contacts.c.id
            ).join(contacts, contacts.c.id == sampled_contacts.c.contact_id)
        )
        .group_by(sampled_contacts.c.sample_id)
        .subquery()
    )
    query = (
        select(
            columns.id.label("number"),
            scorecards.c.name.label("scorecard"),
            columns.version,
            columns.audience,
            columns.first_day.label("first"),
            columns.last_day.label("last"),
            columns.double_share,
            columns.seed,
            columns.population,
            columns.drawn_by,
            columns.drawn_at,
            far.c.contacts,
            far.c.tasks,
            far.c.done,
            far.c.gone,
        )
        .select_from(
            review_samples.join(scorecards, scorecards.c.id == columns.scorecard_id).join(
                far, far.c.sample_id == columns.id
            )
        )
        .where(condition)
        .order_by(columns.id.desc())
    )
    return [Sample(**row) for row in connection.execute(query).mappings()]


def tasks(
    connection: Connection, condition: ColumnElement[bool], *, limit: int | None = None
) -> list[Task]:
    """Tasks that fit, in the order in which they were assigned."""
    query = _tasks().where(condition).order_by(review_tasks.c.id).limit(limit)
    return [_task(row) for row in connection.execute(query).mappings()]


def _tasks() -> Select[tuple[Any, ...]]:
    other = review_tasks.alias("other")
    here = other.c.place_id == sampled_contacts.c.id
    given = select(reviews.c.id).where(reviews.c.task_id == other.c.id).exists()
    awaited = select(other.c.id).where(here, ~given).correlate(sampled_contacts).exists()
    double = (
        select(other.c.id)
        .where(here, other.c.id != review_tasks.c.id)
        .correlate(sampled_contacts, review_tasks)
        .exists()
    )
    return (
        select(
            review_tasks.c.id.label("number"),
            sampled_contacts.c.sample_id.label("sample"),
            scorecards.c.name.label("scorecard"),
            review_samples.c.version,
            contacts.c.key.label("contact"),
            contacts.c.channel,
            sampled_contacts.c.audience,
            sampled_contacts.c.agent,
            sampled_contacts.c.tenure,
            contacts.c.ended_at,
            review_tasks.c.reviewer,
            case((_GIVEN, "in"), (_OPEN, "open"), else_="erased").label("state"),
            double.label("double"),
            (~awaited | contacts.c.erased_at.is_not(None)).label("settled"),
        )
        .select_from(review_tasks)
        .join(sampled_contacts, sampled_contacts.c.id == review_tasks.c.place_id)
        .join(review_samples, review_samples.c.id == sampled_contacts.c.sample_id)
        .join(scorecards, scorecards.c.id == review_samples.c.scorecard_id)
        .join(contacts, contacts.c.id == sampled_contacts.c.contact_id)
    )


def _task(row: RowMapping) -> Task:
    values = dict(row)
    return Task(**{**values, "double": bool(values["double"]), "settled": bool(values["settled"])})


def add_review(connection: Connection, task: int, review: Review) -> None:
    """Keep a review."""
    said = review.judgement
    connection.execute(
        insert(reviews).values(
            task_id=task,
            number=review.number,
            answers=_json(dict(said.answers)),
            measured=_json(dict(said.measured)),
            notes=_json(dict(said.notes)),
            reason=said.reason,
            apart=review.apart,
            made_by=review.made_by,
            made_at=review.made_at,
        )
    )


def of_tasks(connection: Connection, numbers: Iterable[int]) -> dict[int, list[Review]]:
    """Reviews of some tasks, oldest first, by the task."""
    found: dict[int, list[Review]] = {}
    wanted = sorted(set(numbers))
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        query = (
            select(reviews)
            .where(reviews.c.task_id.in_(some))
            .order_by(reviews.c.task_id, reviews.c.number)
        )
        for row in connection.execute(query).mappings():
            found.setdefault(row["task_id"], []).append(_review(row))
    return found


def stratum_sizes(connection: Connection, sample: Collection[int]) -> dict[tuple[int, str], int]:
    """Size of the stratum of each contact of some samples, by sample and the contact's key."""
    query = (
        select(sampled_contacts.c.sample_id, contacts.c.key, sampled_contacts.c.stratum_size)
        .join_from(sampled_contacts, contacts, contacts.c.id == sampled_contacts.c.contact_id)
        .where(sampled_contacts.c.sample_id.in_(sorted(sample)))
    )
    return {(number, key): size for number, key, size in connection.execute(query)}


def forget(connection: Connection, contact: int) -> None:
    """Take away the words of a contact's reviews; answers to the scorecard have none and stay."""
    own = select(review_tasks.c.id).where(review_tasks.c.contact_id == contact)
    connection.execute(
        update(reviews).where(reviews.c.task_id.in_(own)).values(notes=None, reason=None)
    )


def lock(connection: Connection, task: int) -> None:
    """Wait until nobody else is changing a task."""
    own = review_tasks.c.id == task
    connection.execute(update(review_tasks).where(own).values(reviewer=review_tasks.c.reviewer))


def words_gone(connection: Connection, contact: str) -> bool:
    """Whether the words of a contact were let go, by its key."""
    query = select(contacts.c.erased_at).where(contacts.c.key == contact)
    return connection.execute(query).scalar_one() is not None


def sample_of(labels: Collection[str]) -> ColumnElement[bool]:
    """Samples of some audiences."""
    return review_samples.c.audience.in_(sorted(labels))


def sample_numbered(number: int) -> ColumnElement[bool]:
    """The sample of a number."""
    return review_samples.c.id == number


def of_agent(name: str) -> ColumnElement[bool]:
    """Tasks that are about somebody's own work."""
    return sampled_contacts.c.agent == name


def of_reviewer(name: str) -> ColumnElement[bool]:
    """Tasks that somebody does."""
    return review_tasks.c.reviewer == name


def of_audiences(labels: Collection[str]) -> ColumnElement[bool]:
    """Tasks that are about contacts of some audiences."""
    return sampled_contacts.c.audience.in_(sorted(labels))


def numbered(number: int) -> ColumnElement[bool]:
    """The task of a number."""
    return review_tasks.c.id == number


def of_sample(number: int) -> ColumnElement[bool]:
    """Tasks of a sample."""
    return sampled_contacts.c.sample_id == number


def given() -> ColumnElement[bool]:
    """Tasks that are done."""
    return _GIVEN


def _review(row: RowMapping) -> Review:
    said = Judgement(
        json.loads(row["answers"]),
        json.loads(row["measured"]),
        json.loads(row["notes"]) if row["notes"] else {},
        row["reason"] or "",
    )
    return Review(
        row["task_id"], row["number"], said, bool(row["apart"]), row["made_by"], row["made_at"]
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
