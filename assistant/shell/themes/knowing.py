"""Where the measures know from what the register keeps of contacts: the ports of `Known`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assistant.themes.ports import Kept, Known, Met, Outcome
from assistant.themes.weeks import Period
from knowledge.themes import kept_rows, measure_rows
from knowledge.themes.kept_rows import Owed
from knowledge.work.work_store import WorkStore

_OUTCOMES: Mapping[str, Outcome] = {
    "resolved": "resolved",
    "not_resolved": "unresolved",
    "escalated": "unresolved",
    "transferred": "unresolved",
}
"""Of a summary; where it says that nothing was said of it, the outcome is not known."""
_KEPT: Mapping[str, Kept] = {"kept": "kept", "broken": "broken", "open": "open", "proposed": "open"}
"""By state; what was closed otherwise was neither kept nor broken."""


@dataclass(frozen=True)
class Keeping:
    """What one register keeps; implements every port of `assistant.themes.ports`."""

    store: WorkStore

    def customers(self, period: Period, labels: frozenset[str]) -> Mapping[int, str]:
        """References of the customer system; gone with the words of a contact."""
        with self.store.read() as connection:
            return measure_rows.customers(
                connection, period.first, period.last, labels, self.store.time_zone
            )

    def outcomes(self, period: Period, labels: frozenset[str]) -> Mapping[int, Outcome]:
        """As saved summaries say; gone with the words of a contact."""
        with self.store.read() as connection:
            found = kept_rows.outcomes(
                connection, period.first, period.last, labels, self.store.time_zone
            )
        return {n: _OUTCOMES[said] for n, said in found.items() if said in _OUTCOMES}

    def escalated(self, period: Period, labels: frozenset[str]) -> frozenset[int]:
        """Contacts in which the company was asked."""
        with self.store.read() as connection:
            return kept_rows.escalated(
                connection, period.first, period.last, labels, self.store.time_zone
            )

    def promises(self, period: Period, labels: frozenset[str]) -> list[Kept]:
        """Promises whose day is over or today, also those that nobody has confirmed."""
        last = min(period.last, self.store.today())
        with self.store.read() as connection:
            found = kept_rows.owed(connection, "promise", period.first, last, labels)
        return [_KEPT[one.state] for one in found if one.state in _KEPT]

    def complaints(self, period: Period, labels: frozenset[str]) -> list[Met]:
        """Complaints by their deadline as it stands."""
        with self.store.read() as connection:
            found = kept_rows.owed(connection, "complaint", period.first, period.last, labels)
        return [self._met(one, self.store.today()) for one in found]

    def _met(self, one: Owed, today: date) -> Met:
        """Broken is late: a complaint that nobody will answer any more was not answered in time."""
        if one.settled_at is None:
            return "open" if one.due >= today else "late"
        day = self.store.day_of(one.settled_at)
        return "met" if one.state != "broken" and day <= one.due else "late"


def known_of(store: WorkStore) -> Known:
    """All that one register keeps."""
    kept = Keeping(store)
    return Known(kept, kept, kept, kept, kept)
