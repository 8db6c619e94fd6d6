"""Promises and complaints as they are read: one, lists, what a customer is owed, all with steps."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, and_, true

from knowledge.audit import Event, append
from knowledge.audit.event import Detail
from knowledge.commitments import commitment_rows as rows
from knowledge.commitments.commitment_checks import checked_customer
from knowledge.commitments.commitment_schema import commitments
from knowledge.commitments.models import PENDING, Commitment, Kind, State, Step
from knowledge.commitments.reach import CommitmentReach
from knowledge.commitments.rights import in_part, seen, within
from knowledge.contacts import contact_doors
from knowledge.contacts.contact_schema import contacts
from knowledge.errors import AccessRefused
from knowledge.identity.access import ContactReach
from knowledge.refusals import because
from knowledge.work.work_store import WorkStore

MAX_LISTED = 500


@dataclass(frozen=True)
class Wanted:
    """Which ones a list has.

    Attributes:
        customer: only those of this reference.
        state: only those that stand so.
        kind: only promises or complaints.
        pending: only those still owed.
        overdue: only those whose day is past.
        mine: only those that whoever asks sees to.
        contact: only those of this contact's key.
    """

    customer: str | None = None
    state: State | None = None
    kind: Kind | None = None
    pending: bool = False
    overdue: bool = False
    mine: bool = False
    contact: str | None = None


class CommitmentLists:
    """The promises and complaints of one register, to be read."""

    def __init__(self, store: WorkStore) -> None:
        self._store = store

    def get(self, key: str, reach: CommitmentReach) -> Commitment:
        """One, by its key as typed.

        Raises:
            SettingsError: that is no key.
            NotFound: there is none that they may see.
        """
        with self._store.read() as connection:
            return self.shown_now(seen(connection, key, reach))

    def steps(self, key: str, reach: CommitmentReach) -> list[Step]:
        """What was done about one, in order.

        Raises:
            SettingsError: that is no key.
            NotFound: there is none that they may see.
        """
        with self._store.read() as connection:
            number = seen(connection, key, reach).number
            return rows.steps(connection, [number])[number]

    def all(self, wanted: Wanted, reach: CommitmentReach, *, limit: int = 100) -> list[Commitment]:
        """Those that they may see whole, what is due first before the rest."""
        with self._store.read() as connection:
            condition = and_(within(reach), self._condition(wanted, reach))
            found = rows.found(connection, condition, limit=min(limit, MAX_LISTED))
        return [self.shown_now(one) for one in found]

    def of_contact(self, key: str, reach: ContactReach) -> list[Commitment]:
        """What came up in a contact, in the order in which it did, for whoever may read it.

        What turned out to be none is left out.

        Raises:
            NotFound: there is no contact that they may see.
        """
        with self._store.read() as connection:
            contact = contact_doors.seen(connection, key, reach)
            wanted = (commitments.c.contact_id == contact.number) & (
                commitments.c.state != "discarded"
            )
            found = rows.found(connection, wanted, newest=True)[::-1]
        return [self.shown_now(one) for one in found]

    def of_customer(self, customer: str, reach: CommitmentReach) -> list[Commitment]:
        """What a customer is still owed, for who talks with them: of others, what, due and state.

        Raises:
            SettingsError: that is no reference.
            AccessRefused: they talk with no customers.
        """
        if not reach.cards:
            raise AccessRefused(because("commitment-no-card", name=reach.name))
        wanted = Wanted(customer=checked_customer(customer), pending=True)
        with self._store.read() as connection:
            condition = self._condition(wanted, reach)
            found = rows.found(connection, condition, limit=MAX_LISTED)
        shown = [self.shown_now(one) for one in found]
        return [one if one.audiences & reach.whole else in_part(one) for one in shown]

    def counts(self, reach: CommitmentReach) -> list[tuple[str, str, str, int, int]]:
        """Audience, kind, state, how many there are and how many of them are overdue."""
        with self._store.read() as connection:
            late = rows.overdue(self._store.today(), self._store.now())
            return rows.counts(connection, within(reach), late)

    def export(self, wanted: Wanted, reach: CommitmentReach) -> list[tuple[Commitment, list[Step]]]:
        """All that they may see whole, oldest first, each with its steps; it is audited."""
        with self._store.change() as connection:
            condition = and_(within(reach), self._condition(wanted, reach))
            found = rows.found(connection, condition, newest=True)[::-1]
            steps = rows.steps(connection, [one.number for one in found])
            details: dict[str, Detail] = {"count": len(found)}
            told = Event(reach.name, "commitment.exported", "commitment:all", details)
            append(connection, told)
        return [(self.shown_now(one), steps[one.number]) for one in found]

    # Within

    def _condition(self, wanted: Wanted, reach: CommitmentReach) -> ColumnElement[bool]:
        columns = commitments.c
        parts: list[ColumnElement[bool]] = []
        if wanted.customer is not None:
            parts.append(columns.customer == checked_customer(wanted.customer))
        if wanted.state is not None:
            parts.append(columns.state == wanted.state)
        if wanted.kind is not None:
            parts.append(columns.kind == wanted.kind)
        if wanted.pending:
            parts.append(columns.state.in_(PENDING))
        if wanted.overdue:
            parts.append(rows.overdue(self._store.today(), self._store.now()))
        if wanted.mine:
            parts.append(columns.responsible == reach.name)
        if wanted.contact is not None:
            parts.append(contacts.c.key == wanted.contact)
        return and_(true(), *parts)

    def shown_now(self, one: Commitment) -> Commitment:
        """With whether it is overdue, as of now."""
        if one.state not in PENDING or one.due is None:
            return one
        late = (
            one.due_at < self._store.now()
            if one.due_at is not None
            else one.due < self._store.today()
        )
        return replace(one, overdue=late)
