"""What measures need to know of contacts, from whoever keeps it; what nobody keeps is unknown.

Each port is one method over the contacts of some audiences in some days. Contacts are named by the
register's numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from assistant.themes.weeks import Period

Outcome = Literal["resolved", "unresolved"]
Kept = Literal["kept", "broken", "open"]
Met = Literal["met", "late", "open"]


class Outcomes(Protocol):
    """How contacts ended, as their saved summaries say."""

    def outcomes(self, period: Period, labels: frozenset[str]) -> Mapping[int, Outcome]:
        """Of contacts opened in the period; one whose outcome nobody noted is left out."""
        ...


class CustomersOf(Protocol):
    """Which contacts were with the same customer."""

    def customers(self, period: Period, labels: frozenset[str]) -> Mapping[int, str]:
        """A key of the customer that is the same in each of their contacts; unknown: left out."""
        ...


class Escalated(Protocol):
    """Which contacts needed a person of the company."""

    def escalated(self, period: Period, labels: frozenset[str]) -> frozenset[int]:
        """Numbers of contacts opened in the period."""
        ...


class Promised(Protocol):
    """What became of promises that fell due in a period."""

    def promises(self, period: Period, labels: frozenset[str]) -> Sequence[Kept]:
        """One for each; ``open`` where it is due and nobody has closed it."""
        ...


class Complained(Protocol):
    """What became of complaints whose deadline was in a period."""

    def complaints(self, period: Period, labels: frozenset[str]) -> Sequence[Met]:
        """One for each; ``open`` where nobody has answered it and the deadline has not passed."""
        ...


@dataclass(frozen=True)
class Known:
    """Where each of these is known from; `None`: nowhere, so it is shown as unknown."""

    outcomes: Outcomes | None = None
    customers: CustomersOf | None = None
    escalated: Escalated | None = None
    promised: Promised | None = None
    complained: Complained | None = None
