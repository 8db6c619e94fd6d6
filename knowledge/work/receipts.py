"""Who must read a version, who has, and who has not: by when, and for each contractor.

A published version can require "I have read it" of audiences until a day. It is asked for while
that version is in force, or is going to be: nobody must read what no longer applies.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, insert, update

from knowledge import audience_rows
from knowledge.audience import AudienceTree, audience_key, labels_of
from knowledge.audit import Event, append
from knowledge.audit.event import Detail
from knowledge.curation_checks import require, seen
from knowledge.curation_rows import may_manage, version_row
from knowledge.errors import NotAllowed, NotFound, SettingsError
from knowledge.models import Viewer
from knowledge.refusals import because
from knowledge.work import receipt_rows
from knowledge.work.circles import answers_for, places
from knowledge.work.questions import Person
from knowledge.work.receipt_rows import Requirement
from knowledge.work.work_schema import acknowledgements, read_requirements
from knowledge.work.work_store import WorkStore


@dataclass(frozen=True)
class Read:
    """Somebody confirmed that they read a version.

    Attributes:
        account: who.
        at: when, UTC.
    """

    account: str
    at: datetime


@dataclass(frozen=True)
class Reading:
    """A requirement among the people of one circle.

    Attributes:
        requirement: what must be read, by when.
        place: label where these people stand.
        read: those who have, first one first.
        waiting: accounts that have not, by name.
        overdue: its day is over and somebody has not.
    """

    requirement: Requirement
    place: str
    read: tuple[Read, ...]
    waiting: tuple[str, ...]
    overdue: bool


class Receipts:
    """The reading that is required in one register."""

    def __init__(self, store: WorkStore) -> None:
        self._store = store

    # For who manages

    def require(
        self, name: str, number: int, labels: Collection[str], due: date, viewer: Viewer
    ) -> int:
        """Ask people to read a version; the requirement's number.

        Args:
            name: of the source.
            number: of the version.
            labels: who stands at one of them or below must read it.
            due: last day for it.
            viewer: who asks for it.

        Raises:
            NotAllowed: the version is not published, or the viewer does not answer for a label.
            SettingsError: there is no such version for the viewer, no such audience, one that may
                not see the source, none at all, or the day is past.
        """
        if due < self._store.today():
            raise SettingsError(because("reading-past", day=due))
        with self._store.change() as connection:
            source = seen(connection, name, viewer)
            row = version_row(connection, source["id"], name, number)
            require(row, name, "published")
            tree = audience_rows.tree(connection)
            wanted = _checked_labels(labels, source["audience"], viewer, tree)
            values = {
                "version_id": row["id"],
                "audience": audience_key(wanted),
                "due": due.isoformat(),
                "required_by": viewer.name,
                "required_at": self._store.now(),
            }
            added = insert(read_requirements).values(values).returning(read_requirements.c.id)
            requirement: int = connection.execute(added).scalar_one()
            details: dict[str, Detail] = {
                "requirement": requirement,
                "version": number,
                "audience": tuple(sorted(wanted)),
                "due": due.isoformat(),
            }
            event = Event(viewer.name, "policy.reading_required", f"source:{source['id']}", details)
            append(connection, event)
        return requirement

    def withdraw(self, requirement: int, viewer: Viewer) -> None:
        """No longer ask for it; who has read it stays on record.

        Raises:
            NotFound: there is no such requirement for the viewer.
            NotAllowed: the viewer does not answer for all who must read it.
        """
        with self._store.change() as connection:
            row = receipt_rows.requirement_row(connection, requirement)
            if row is None or not may_manage(row["source_audience"], viewer):
                raise NotFound(because("reading-unknown", number=requirement))
            reach = answers_for(viewer, audience_rows.tree(connection))
            if not labels_of(row["audience"]) <= reach:
                raise NotAllowed(because("reading-of-others", number=requirement, name=viewer.name))
            connection.execute(
                update(read_requirements)
                .where(read_requirements.c.id == requirement)
                .values(withdrawn_at=self._store.now())
            )
            details = {"requirement": requirement}
            object_ = f"source:{row['source_id']}"
            append(connection, Event(viewer.name, "policy.reading_withdrawn", object_, details))

    def readings(self, viewer: Viewer, people: Sequence[Person]) -> list[Reading]:
        """Who has read what is required and who has not, soonest due first, by circle.

        Args:
            viewer: who asks; only people whom they answer for.
            people: who there is.
        """
        today = self._store.today()
        with self._store.read() as connection:
            tree = audience_rows.tree(connection)
            reach = answers_for(viewer, tree)
            own = [p for p in people if places(p.audiences, tree) <= reach]
            found: list[Reading] = []
            for requirement in receipt_rows.standing(connection, today):
                if requirement.source_audience & viewer.audiences:
                    read = receipt_rows.read_by(connection, requirement.version_id)
                    found += _readings(requirement, own, read, tree, today)
        return found

    # For who must read

    def pending(self, viewer: Viewer) -> list[Requirement]:
        """What the viewer must still read, soonest due first."""
        with self._store.read() as connection:
            return [
                requirement
                for requirement in receipt_rows.standing(connection, self._store.today())
                if must_read(viewer.audiences, requirement)
                and not receipt_rows.has_read(connection, viewer.name, requirement.version_id)
            ]

    def versions_before(
        self, requirements: Sequence[Requirement], viewer: Viewer
    ) -> dict[int, int]:
        """By number of the requirement, the version that the viewer knows from before it."""
        with self._store.read() as connection:
            found = {
                one.number: receipt_rows.version_before(
                    connection, one.version_id, viewer.audiences
                )
                for one in requirements
            }
        return {number: before for number, before in found.items() if before is not None}

    def acknowledge(self, name: str, number: int, viewer: Viewer) -> None:
        """Note that the viewer has read a version; a second time changes nothing.

        Raises:
            SettingsError: there is no such version in force, now or later, that they may see.
        """
        with self._store.change() as connection:
            row = receipt_rows.published_row(connection, name, number)
            if row is None or not labels_of(row["audience"]) & viewer.audiences:
                raise SettingsError(because("reading-no-version", number=number, name=name))
            if receipt_rows.has_read(connection, viewer.name, row["version_id"]):
                return
            _note(connection, row, viewer, self._store.now())
            details = {"version": number}
            object_ = f"source:{row['source_id']}"
            append(connection, Event(viewer.name, "policy.acknowledged", object_, details))


def _note(connection: Connection, row: RowMapping, viewer: Viewer, at: str) -> None:
    values = {
        "account": viewer.name,
        "version_id": row["version_id"],
        "audience": audience_key(viewer.audiences),
        "at": at,
    }
    connection.execute(insert(acknowledgements).values(values))


def _checked_labels(
    labels: Collection[str], source_key: str, viewer: Viewer, tree: AudienceTree
) -> frozenset[str]:
    """The labels in as few as it takes."""
    if not labels:
        raise SettingsError(because("reading-for-nobody"))
    wanted = tree.reduced(labels)
    blind = sorted(label for label in wanted if not tree.above(label) & labels_of(source_key))
    if blind:
        raise SettingsError(because("reading-unseen", label=blind[0]))
    strange = sorted(wanted - answers_for(viewer, tree))
    if strange:
        raise NotAllowed(because("reading-not-yours", name=viewer.name, label=strange[0]))
    return wanted


def must_read(audiences: Collection[str], requirement: Requirement) -> bool:
    """Whether somebody who sees these labels must read it, and may."""
    seen_by_them = requirement.source_audience & frozenset(audiences)
    return bool(seen_by_them and requirement.audience & frozenset(audiences))


def _readings(
    requirement: Requirement,
    people: Sequence[Person],
    read: dict[str, datetime],
    tree: AudienceTree,
    today: date,
) -> list[Reading]:
    by_place: dict[str, list[str]] = {}
    for person in people:
        if must_read(person.audiences, requirement):
            for place in places(person.audiences, tree):
                by_place.setdefault(place, []).append(person.account)
    found: list[Reading] = []
    for place, accounts in sorted(by_place.items()):
        done = sorted((read[name], name) for name in accounts if name in read)
        waiting = tuple(sorted(name for name in accounts if name not in read))
        overdue = bool(waiting) and requirement.due < today
        have = tuple(Read(name, at) for at, name in done)
        found.append(Reading(requirement, place, have, waiting, overdue))
    return found
