"""Where the measures know from what the register keeps of contacts: the ports of `Known`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.themes.ports import Known
from assistant.themes.weeks import Period
from knowledge.themes import measure_rows
from knowledge.work.work_store import WorkStore


@dataclass(frozen=True)
class CustomersOfContacts:
    """Which contacts were with the same customer, as whoever held them has said."""

    store: WorkStore

    def customers(self, period: Period, labels: frozenset[str]) -> Mapping[int, str]:
        """References of the customer system; gone with the words of a contact."""
        with self.store.read() as connection:
            return measure_rows.customers(
                connection, period.first, period.last, labels, self.store.time_zone
            )


def known_of(store: WorkStore) -> Known:
    """All that one register keeps; the rest is unknown."""
    return Known(customers=CustomersOfContacts(store))
