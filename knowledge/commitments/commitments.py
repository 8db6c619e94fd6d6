"""Promises and complaints: opened, confirmed, assigned, settled, and read by whoever may.

Everything that is done takes a `CommitmentReach`. One that somebody may not see answers as one that
is not there. What agents promise in contacts comes in by `hearing`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, false, or_, true

from knowledge import audience_rows
from knowledge.audience import AudienceTree
from knowledge.audit import Event, append
from knowledge.audit.event import Action, Detail
from knowledge.commitments import commitment_rows as rows
from knowledge.commitments.commitment_checks import checked_customer, checked_due, checked_text
from knowledge.commitments.commitment_schema import commitments
from knowledge.commitments.keys import read_key
from knowledge.commitments.models import (
    PENDING,
    Commitment,
    Kind,
    NewCommitment,
    Outcome,
    State,
    Step,
    StepKind,
)
from knowledge.commitments.reach import CommitmentReach, commitment_reach
from knowledge.commitments.telling import tell
from knowledge.contacts import contact_rows
from knowledge.contacts.contact_schema import contacts
from knowledge.contacts.models import Contact
from knowledge.errors import AccessRefused, NotFound, SettingsError, WrongState
from knowledge.identity import account_rows
from knowledge.identity.access import ContactReach, Principal
from knowledge.refusals import because
from knowledge.work import notice_rows
from knowledge.work.work_store import WorkStore

PROGRAM = "voz"
"""Who a step and the audit trail say it was when the program did it by itself."""
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


class Commitments:
    """The promises and complaints of one register."""

    def __init__(self, store: WorkStore) -> None:
        self._store = store

    # Reading

    def get(self, key: str, reach: CommitmentReach) -> Commitment:
        """One, by its key as typed.

        Raises:
            SettingsError: that is no key.
            NotFound: there is none that they may see.
        """
        with self._store.read() as connection:
            return self._shown(_seen(connection, key, reach))

    def steps(self, key: str, reach: CommitmentReach) -> list[Step]:
        """What was done about one, in order.

        Raises:
            SettingsError: that is no key.
            NotFound: there is none that they may see.
        """
        with self._store.read() as connection:
            number = _seen(connection, key, reach).number
            return rows.steps(connection, [number])[number]

    def all(self, wanted: Wanted, reach: CommitmentReach, *, limit: int = 100) -> list[Commitment]:
        """Those that they may see whole, what is due first before the rest."""
        with self._store.read() as connection:
            condition = and_(_within(reach), self._condition(wanted, reach))
            found = rows.found(connection, condition, limit=min(limit, MAX_LISTED))
        return [self._shown(one) for one in found]

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
        shown = [self._shown(one) for one in found]
        return [one if one.audience in reach.whole else _in_part(one) for one in shown]

    def counts(self, reach: CommitmentReach) -> list[tuple[str, str, str, int, int]]:
        """Audience, kind, state, how many there are and how many of them are overdue."""
        with self._store.read() as connection:
            late = rows.overdue(self._store.today(), self._store.now())
            return rows.counts(connection, _within(reach), late)

    def export(self, wanted: Wanted, reach: CommitmentReach) -> list[tuple[Commitment, list[Step]]]:
        """All that they may see whole, oldest first, each with its steps; it is audited."""
        with self._store.change() as connection:
            condition = and_(_within(reach), self._condition(wanted, reach))
            found = rows.found(connection, condition, newest=True)[::-1]
            steps = rows.steps(connection, [one.number for one in found])
            details: dict[str, Detail] = {"count": len(found)}
            told = Event(reach.name, "commitment.exported", "commitment:all", details)
            append(connection, told)
        return [(self._shown(one), steps[one.number]) for one in found]

    # Opening

    def open(self, new: NewCommitment, reach: CommitmentReach) -> Commitment:
        """Open a promise or a complaint.

        Raises:
            SettingsError: a value cannot be kept, a day is missing, or there is no such contact.
            AccessRefused: they may open none for that audience.
        """
        with self._store.change() as connection:
            contact = _contact(connection, new.contact) if new.contact else None
            audience = _audience_for(new, contact, reach, audience_rows.tree(connection))
            customer = checked_customer(new.customer) if new.customer else None
            if customer is None and contact is not None:
                customer = rows.customer_of(connection, contact.number)
            if new.due is None:
                raise SettingsError(because("commitment-due-needed", key=new.kind))
            values = {
                "kind": new.kind,
                "what": new.what,
                "words": checked_text(new.words),
                "customer": customer,
                "contact_id": contact.number if contact else None,
                "audience": audience,
                "made_by": reach.name,
                "responsible": reach.name,
                "due": checked_due(new.due, self._store.today()).isoformat(),
                "due_at": new.due_at,
                "state": "open",
            }
            now = self._store.now()
            made = rows.add(connection, values, now)
            rows.add_step(
                connection, made.number, "opened", reach.name, now, due=new.due, due_at=new.due_at
            )
            append(connection, _entry(reach.name, "commitment.opened", made))
            if new.responsible and new.responsible != reach.name:
                self._assign(connection, made, new.responsible, reach)
            self._tell_contact(connection, made, now)
            return self._shown(rows.found(connection, commitments.c.id == made.number)[0])

    def confirm(self, key: str, reach: CommitmentReach, *, due: date | None = None) -> Commitment:
        """Say that what was recognised is a promise; with a day where none was said.

        Raises:
            NotFound: there is none that they may see.
            AccessRefused: it is not theirs to confirm.
            WrongState: it is not waiting for it.
            SettingsError: no day is known, or the one given cannot be.
        """
        with self._store.change() as connection:
            kept = _acted(connection, key, reach)
            if kept.state != "proposed":
                raise WrongState(because("commitment-not-proposed", key=kept.key))
            if due is None and kept.due is None:
                raise SettingsError(because("commitment-due-needed", key=kept.key))
            values: dict[str, Any] = {"state": "open"}
            if due is not None and due != kept.due:
                values |= {"due": checked_due(due, self._store.today()).isoformat(), "due_at": None}
            return self._step(connection, kept, "confirmed", reach, values, due=due)

    def discard(self, key: str, reach: CommitmentReach, *, reason: str = "") -> Commitment:
        """Say that what was recognised is no promise.

        Raises:
            NotFound: there is none that they may see.
            AccessRefused: it is not theirs to discard.
            WrongState: it was confirmed or discarded before.
        """
        text = checked_text(reason) if reason.strip() else ""
        with self._store.change() as connection:
            kept = _acted(connection, key, reach)
            if kept.state != "proposed":
                raise WrongState(because("commitment-not-proposed", key=kept.key))
            values = {"state": "discarded", "reason": text or None}
            return self._step(connection, kept, "discarded", reach, values, text=text)

    # What is done about one

    def assign(self, key: str, account: str, reach: CommitmentReach) -> Commitment:
        """Give one to an account, which is told.

        Raises:
            NotFound: there is none that they may see.
            AccessRefused: it is not theirs to give.
            WrongState: it is settled.
            SettingsError: there is no account that may see to it.
        """
        with self._store.change() as connection:
            return self._assign(connection, _pending(connection, key, reach), account, reach)

    def note(self, key: str, text: str, reach: CommitmentReach) -> Commitment:
        """Enter something that was done or said about one, also once it is settled.

        Raises:
            NotFound: there is none that they may see.
            AccessRefused: it is not theirs.
            SettingsError: the text cannot be kept.
        """
        text = checked_text(text)
        with self._store.change() as connection:
            kept = _acted(connection, key, reach)
            return self._step(connection, kept, "noted", reach, {}, text=text)

    def move(self, key: str, due: date, reason: str, reach: CommitmentReach) -> Commitment:
        """Set another day, with the reason for it.

        Raises:
            NotFound: there is none that they may see.
            AccessRefused: it is not theirs.
            WrongState: it is settled.
            SettingsError: the day or the reason cannot be.
        """
        text = checked_text(reason)
        with self._store.change() as connection:
            kept = _pending(connection, key, reach)
            day = checked_due(due, self._store.today())
            values = {"due": day.isoformat(), "due_at": None}
            return self._step(connection, kept, "due", reach, values, text=text, due=day)

    def close(
        self, key: str, outcome: Outcome, reach: CommitmentReach, *, reason: str = ""
    ) -> Commitment:
        """Settle one: kept, broken, or closed otherwise; a reason is needed unless it was kept.

        Raises:
            NotFound: there is none that they may see.
            AccessRefused: it is not theirs.
            WrongState: it is settled already.
            SettingsError: there is no reason, or it cannot be kept.
        """
        with self._store.change() as connection:
            kept = _pending(connection, key, reach)
            if outcome != "kept" and not reason.strip():
                raise SettingsError(because("commitment-reason-needed", key=kept.key))
            text = checked_text(reason) if reason.strip() else ""
            values = {"state": outcome, "reason": text or None}
            return self._step(connection, kept, outcome, reach, values, text=text)

    def erase(self, key: str, reach: CommitmentReach) -> None:
        """Take the words of one away and whose it is; that it was there and its steps stay.

        Raises:
            NotFound: there is none that they may see.
            AccessRefused: it is not theirs.
        """
        with self._store.change() as connection:
            kept = _acted(connection, key, reach)
            rows.erase(connection, kept.number, self._store.now())
            append(connection, _entry(reach.name, "commitment.erased", kept))

    # Contacts and time

    def link(self, contact: str, customer: str, reach: ContactReach) -> None:
        """Say who the customer of a contact is; what came up in it is theirs from now on.

        Raises:
            NotFound: there is no contact that they may see.
            AccessRefused: it is not theirs.
            SettingsError: that is no reference.
        """
        reference = checked_customer(customer)
        with self._store.database.write() as connection:
            kept = _contact(connection, contact)
            if not reach.sees(kept.made_by, kept.agent, kept.audience):
                raise NotFound(because("contact-unknown", key=contact))
            if not reach.feeds(kept.made_by, kept.agent, kept.audience):
                raise AccessRefused(because("contact-not-fed", name=reach.name, key=contact))
            rows.note_contact(connection, kept.number, {"customer": reference})
            for one in rows.found(connection, commitments.c.contact_id == kept.number):
                if one.customer != reference:
                    rows.change(connection, one.number, {"customer": reference}, self._store.now())

    def tell_overdue(self) -> int:
        """Tell those responsible of what has come to be overdue; how many there were."""
        store = self._store
        untold = and_(
            rows.overdue(store.today(), store.now()),
            or_(
                commitments.c.overdue_told.is_(None),
                commitments.c.overdue_told != commitments.c.due,
            ),
        )
        with store.read() as connection:
            if not rows.found(connection, untold, limit=1):
                return 0
        with store.change() as connection:
            found = rows.found(connection, untold)
            now = store.now()
            for one in found:
                due = one.due.isoformat() if one.due else None
                rows.change(connection, one.number, {"overdue_told": due}, now)
                rows.add_step(connection, one.number, "overdue", PROGRAM, now, due=one.due)
                if one.responsible:
                    notice_rows.add(
                        connection,
                        one.responsible,
                        "commitment_overdue",
                        now,
                        commitment=one.number,
                    )
                append(connection, _entry(PROGRAM, "commitment.overdue", one))
        return len(found)

    # Within

    def _condition(self, wanted: Wanted, reach: CommitmentReach) -> ColumnElement[bool]:
        columns = commitments.c
        parts: list[ColumnElement[bool]] = []
        if wanted.customer is not None:
            parts.append(columns.customer == wanted.customer)
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

    def _shown(self, one: Commitment) -> Commitment:
        """With whether it is overdue, as of now."""
        if one.state not in PENDING or one.due is None:
            return one
        late = (
            one.due_at < self._store.now()
            if one.due_at is not None
            else one.due < self._store.today()
        )
        return replace(one, overdue=late)

    def _step(
        self,
        connection: Connection,
        kept: Commitment,
        kind: StepKind,
        reach: CommitmentReach,
        values: dict[str, Any],
        *,
        text: str = "",
        due: date | None = None,
        account: str | None = None,
    ) -> Commitment:
        now = self._store.now()
        rows.change(connection, kept.number, values, now)
        rows.add_step(
            connection, kept.number, kind, reach.name, now, text=text, account=account, due=due
        )
        append(connection, _entry(reach.name, _ACTIONS[kind], kept))
        self._tell_contact(connection, kept, now)
        return self._shown(rows.found(connection, commitments.c.id == kept.number)[0])

    def _assign(
        self, connection: Connection, kept: Commitment, account: str, reach: CommitmentReach
    ) -> Commitment:
        name = account_rows.folded_name(account)
        if not self._may_see_to(connection, name, kept.audience):
            raise SettingsError(because("commitment-account", account=account, key=kept.key))
        done = self._step(connection, kept, "assigned", reach, {"responsible": name}, account=name)
        if name != reach.name:
            notice_rows.add(
                connection, name, "commitment_assigned", self._store.now(), commitment=kept.number
            )
        return done

    def _may_see_to(self, connection: Connection, name: str, audience: str) -> bool:
        account = account_rows.find(connection, name)
        if account is None or account.disabled:
            return False
        principal = Principal(account.number, account.name, account.grants, "session")
        return audience in commitment_reach(principal, audience_rows.tree(connection)).acting

    def _tell_contact(self, connection: Connection, kept: Commitment, now: str) -> None:
        """Tell whoever follows the contact in which it came up that something is new."""
        if kept.contact is None:
            return
        contact = _contact(connection, kept.contact)
        tell(connection, contact, now)


_ACTIONS: dict[StepKind, Action] = {
    "confirmed": "commitment.confirmed",
    "discarded": "commitment.discarded",
    "assigned": "commitment.assigned",
    "due": "commitment.moved",
    "noted": "commitment.noted",
    "kept": "commitment.closed",
    "broken": "commitment.closed",
    "closed": "commitment.closed",
}


def _entry(by: str, action: Action, one: Commitment) -> Event:
    return Event(by, action, f"commitment:{one.key}")


def _within(reach: CommitmentReach) -> ColumnElement[bool]:
    own = commitments.c.audience.in_(sorted(reach.whole))
    return or_(false(), own)


def _seen(connection: Connection, key: str, reach: CommitmentReach) -> Commitment:
    read = read_key(key)
    for one in rows.found(connection, commitments.c.key == read):
        if one.audience in reach.whole:
            return one
    raise NotFound(because("commitment-unknown", key=read))


def _acted(connection: Connection, key: str, reach: CommitmentReach) -> Commitment:
    one = _seen(connection, key, reach)
    if one.audience not in reach.acting:
        raise AccessRefused(because("commitment-not-yours", name=reach.name, key=one.key))
    return one


def _pending(connection: Connection, key: str, reach: CommitmentReach) -> Commitment:
    one = _acted(connection, key, reach)
    if one.state not in PENDING:
        raise WrongState(because("commitment-settled", key=one.key))
    return one


def _in_part(one: Commitment) -> Commitment:
    """What others are told: what it is, by when, how it stands, and the key to ask for it."""
    return replace(
        one,
        words=None,
        contact=None,
        turn=None,
        made_by=None,
        responsible=None,
        reason="",
        whole=False,
    )


def _contact(connection: Connection, key: str) -> Contact:
    for contact in contact_rows.found(connection, contacts.c.key == key):
        return contact
    raise NotFound(because("contact-unknown", key=key))


def _audience_for(
    new: NewCommitment, contact: Contact | None, reach: CommitmentReach, tree: AudienceTree
) -> str:
    """Whose a new one is: the contact's, the one named, or where whoever opens it stands.

    Raises:
        NotFound: the contact is none of theirs.
        AccessRefused: they may open none for it.
        SettingsError: it has to be named.
    """
    if contact is not None and contact.audience not in reach.whole:
        raise NotFound(because("contact-unknown", key=contact.key))
    audience = contact.audience if contact is not None else new.audience
    if audience is None:
        known = reach.acting & tree.audiences.keys()
        tops = sorted(label for label in known if not (tree.above(label) - {label}) & known)
        if len(tops) != 1:
            raise SettingsError(because("commitment-audience-needed", known=tuple(tops)))
        return tops[0]
    if audience not in reach.acting:
        raise AccessRefused(
            because("commitment-not-opened", name=reach.name, audience=audience[:40])
        )
    return audience
