"""From the turns of a contact to proposed promises, so that none that was acknowledged is lost.

How far a contact was looked through is kept with what was found, in one transaction; so after a
killed process the rest is found at the next start, and nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_

from knowledge.audit import Action, Event, append
from knowledge.commitments import commitment_rows as rows
from knowledge.commitments.commitment_schema import commitments
from knowledge.commitments.models import Commitment, Kind, Recognised, StepKind, What
from knowledge.commitments.telling import tell
from knowledge.commitments.upkeep import PROGRAM
from knowledge.contacts import contact_rows
from knowledge.contacts.contact_schema import contacts
from knowledge.contacts.models import Contact, Turn
from knowledge.work.work_store import WorkStore

MAX_WAITING = 1_000


@dataclass(frozen=True)
class Suggested:
    """What somebody could open; nothing is opened by itself.

    Attributes:
        kind: a complaint that a customer wants to make, or a promise on a condition.
        what: what it is about.
        words: in which words.
    """

    kind: Kind
    what: What
    words: str


@dataclass(frozen=True)
class Heard:
    """What was recognised in a turn."""

    promises: Sequence[Recognised] = ()
    suggested: Sequence[Suggested] = ()


Recogniser = Callable[[Turn], Heard]


@dataclass(frozen=True)
class Recognition:
    """Looks for promises in the contacts of one register."""

    store: WorkStore

    def waiting(self) -> list[str]:
        """Keys of contacts with turns that nobody has looked through yet, oldest first."""
        with self.store.read() as connection:
            return rows.with_unheard(connection, MAX_WAITING)

    def hear(self, key: str, recognise: Recogniser) -> bool:
        """Look through the turns that came since the last time; whether that changed anything.

        What an agent promised is kept as proposed: due or not, it stands on the card from now on,
        and only its agent's word or a colleague's takes it away.
        """
        with self.store.read() as connection:
            contact = _contact(connection, key)
            last, turns = rows.unheard(connection, contact.number) if contact else (0, [])
        if contact is None or not last:
            return False
        heard = [(turn, recognise(turn)) for turn in turns]
        return self._keep(contact, last, heard)

    def _keep(self, read: Contact, last: int, heard: list[tuple[Turn, Heard]]) -> bool:
        """Keep what was found, unless somebody else did meanwhile.

        Where nothing was found, no entry of the audit trail is written: turns come every second.
        """
        found = any(one.promises or one.suggested for _, one in heard)
        with self.store.read() as connection:
            turns = [turn.number for turn, _ in heard]
            before = rows.found(connection, _of_turns(read.number, turns))
        if not found and not before:
            with self.store.database.write() as connection:
                if rows.heard(connection, read.number) < last:
                    rows.note_heard(connection, read.number, last)
            return False
        with self.store.change() as connection:
            # Whose contact it is may have been found out while its words were read
            contact = _contact(connection, read.key)
            if contact is None or rows.heard(connection, contact.number) >= last:
                return False
            now = self.store.now()
            for turn, one in heard:
                self._keep_turn(connection, contact, turn, one.promises, now)
            rows.note_heard(connection, contact.number, last)
            suggested = [_suggestion(turn, one) for turn, had in heard for one in had.suggested]
            numbers = frozenset(turn.number for turn, _ in heard)
            tell(connection, contact, now, suggested, heard=numbers)
        return True

    def _keep_turn(
        self,
        connection: Connection,
        contact: Contact,
        turn: Turn,
        promises: Sequence[Recognised],
        now: str,
    ) -> None:
        """Add the promises of a turn; of one that was corrected, change what is still proposed."""
        kept = rows.found(connection, _of_turns(contact.number, [turn.number]))
        kept.sort(key=lambda one: one.number)
        for one, new in zip(kept, promises, strict=False):
            if one.state == "proposed" and not rows.same(one, new):
                self._correct(connection, one, new, now)
        for new in promises[len(kept) :]:
            self._propose(connection, contact, turn, new, now)
        for one in kept[len(promises) :]:
            if one.state == "proposed":
                rows.change(connection, one.number, {"state": "discarded"}, now)
                self._enter(connection, one, "discarded", now)
                append(connection, _entry("commitment.discarded", one))

    def _propose(
        self, connection: Connection, contact: Contact, turn: Turn, new: Recognised, now: str
    ) -> None:
        values = {
            "kind": "promise",
            **_values(new),
            "customer": contact.customer,
            "contact_id": contact.number,
            "turn": turn.number,
            "audience": contact.audience,
            "made_by": contact.agent,
            "responsible": contact.agent,
            "state": "proposed",
        }
        made = rows.add(connection, values, now)
        self._enter(connection, made, "proposed", now)
        append(connection, _entry("commitment.proposed", made))

    def _correct(self, connection: Connection, one: Commitment, new: Recognised, now: str) -> None:
        rows.change(connection, one.number, _values(new), now)
        corrected = rows.found(connection, commitments.c.id == one.number)[0]
        self._enter(connection, corrected, "corrected", now)
        append(connection, _entry("commitment.proposed", one))

    def _enter(self, connection: Connection, one: Commitment, kind: StepKind, now: str) -> None:
        text = one.words or ""
        rows.add_step(
            connection, one.number, kind, PROGRAM, now, text=text, due=one.due, due_at=one.due_at
        )


def _contact(connection: Connection, key: str) -> Contact | None:
    found = contact_rows.found(connection, contacts.c.key == key)
    return found[0] if found and found[0].erased_at is None else None


def _of_turns(contact: int, turns: Sequence[int]) -> ColumnElement[bool]:
    return and_(commitments.c.contact_id == contact, commitments.c.turn.in_(turns))


def _values(new: Recognised) -> dict[str, Any]:
    return {
        "what": new.what,
        "words": new.words,
        "due": new.due.isoformat() if new.due else None,
        "due_at": new.due_at,
    }


def _suggestion(turn: Turn, one: Suggested) -> dict[str, Any]:
    return {"turn": turn.number, "kind": one.kind, "what": one.what, "words": one.words}


def _entry(action: Action, one: Commitment) -> Event:
    return Event(PROGRAM, action, f"commitment:{one.key}")
