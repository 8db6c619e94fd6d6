"""Promises and complaints: opened, confirmed, assigned, settled, and read by whoever may.

Everything that is done takes a `CommitmentReach`. One that somebody may not see answers as one that
is not there. What agents promise in contacts comes in by `hearing`.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection

from knowledge import audience_rows
from knowledge.audit import append
from knowledge.audit.event import Action
from knowledge.commitments import commitment_rows as rows
from knowledge.commitments.commitment_checks import checked_customer, checked_due, checked_text
from knowledge.commitments.commitment_lists import CommitmentLists
from knowledge.commitments.commitment_schema import commitments
from knowledge.commitments.models import (
    Commitment,
    NewCommitment,
    Outcome,
    StepKind,
)
from knowledge.commitments.reach import CommitmentReach, commitment_reach
from knowledge.commitments.rights import acted, audience_for, contact_of, entry, pending
from knowledge.commitments.telling import tell
from knowledge.errors import SettingsError, WrongState
from knowledge.identity import account_rows
from knowledge.identity.access import Principal
from knowledge.refusals import because
from knowledge.work import notice_rows


class Commitments(CommitmentLists):
    """The promises and complaints of one register, to be read and acted on."""

    def open(self, new: NewCommitment, reach: CommitmentReach) -> Commitment:
        """Open a promise or a complaint.

        Raises:
            SettingsError: a value cannot be kept, a day is missing, or there is no such contact.
            AccessRefused: they may open none for that audience.
        """
        with self._store.change() as connection:
            contact = contact_of(connection, new.contact) if new.contact else None
            audience = audience_for(new, contact, reach, audience_rows.tree(connection))
            customer = checked_customer(new.customer) if new.customer else None
            if customer is None and contact is not None:
                customer = contact.customer
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
            append(connection, entry(reach.name, "commitment.opened", made))
            if new.responsible and new.responsible != reach.name:
                self._assign(connection, made, new.responsible, reach)
            self._tell_contact(connection, made, now)
            return self.shown_now(rows.found(connection, commitments.c.id == made.number)[0])

    def confirm(self, key: str, reach: CommitmentReach, *, due: date | None = None) -> Commitment:
        """Say that what was recognised is a promise; with a day where none was said.

        Raises:
            NotFound: there is none that they may see.
            AccessRefused: it is not theirs to confirm.
            WrongState: it is not waiting for it.
            SettingsError: no day is known, or the one given cannot be.
        """
        with self._store.change() as connection:
            kept = acted(connection, key, reach)
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
            kept = acted(connection, key, reach)
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
            return self._assign(connection, pending(connection, key, reach), account, reach)

    def note(self, key: str, text: str, reach: CommitmentReach) -> Commitment:
        """Enter something that was done or said about one, also once it is settled.

        Raises:
            NotFound: there is none that they may see.
            AccessRefused: it is not theirs.
            SettingsError: the text cannot be kept.
        """
        text = checked_text(text)
        with self._store.change() as connection:
            kept = acted(connection, key, reach)
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
            kept = pending(connection, key, reach)
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
            kept = pending(connection, key, reach)
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
            kept = acted(connection, key, reach)
            rows.erase(connection, kept.number, self._store.now())
            append(connection, entry(reach.name, "commitment.erased", kept))

    # Within

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
        append(connection, entry(reach.name, _ACTIONS[kind], kept))
        self._tell_contact(connection, kept, now)
        return self.shown_now(rows.found(connection, commitments.c.id == kept.number)[0])

    def _assign(
        self, connection: Connection, kept: Commitment, account: str, reach: CommitmentReach
    ) -> Commitment:
        name = account_rows.folded_name(account)
        if not self._may_see_to(connection, name, kept):
            raise SettingsError(because("commitment-account", account=account, key=kept.key))
        done = self._step(connection, kept, "assigned", reach, {"responsible": name}, account=name)
        if name != reach.name:
            notice_rows.add(
                connection, name, "commitment_assigned", self._store.now(), commitment=kept.number
            )
        return done

    def _may_see_to(self, connection: Connection, name: str, kept: Commitment) -> bool:
        account = account_rows.find(connection, name)
        if account is None or account.disabled:
            return False
        principal = Principal(account.number, account.name, account.grants, "session")
        reach = commitment_reach(principal, audience_rows.tree(connection))
        return bool(kept.audiences & reach.acting)

    def _tell_contact(self, connection: Connection, kept: Commitment, now: str) -> None:
        """Tell whoever follows the contact in which it came up that something is new."""
        if kept.contact is None:
            return
        contact = contact_of(connection, kept.contact)
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
